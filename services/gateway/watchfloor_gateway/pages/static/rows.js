// The row in hand: one headline of all lists on the screen is a tab stop (roving tabindex), and back lands on the same row.

function rowsIn(root) {
  return [...root.querySelectorAll(".rows .row")];
}

function headline(row) {
  return row.querySelector("h3 a");
}

/** The row in hand, or null. */
export function here() {
  return document.querySelector("#main .row.here");
}

function take(row) {
  for (const other of document.querySelectorAll("#main .row.here")) other.classList.remove("here");
  row.classList.add("here");
  for (const other of rowsIn(document)) headline(other)?.setAttribute("tabindex", other === row ? "0" : "-1");
}

/** Put the focus on a row's headline, without moving the page more than is needed to see the row. */
export function goTo(row) {
  const link = headline(row);
  if (!link) return false;
  take(row);
  link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  return true;
}

/** Go `step` rows on from the row in hand, or to the first in sight where there is none. */
export function move(step) {
  const rows = rowsIn(document).filter(headline);
  const at = rows.indexOf(here());
  const next = at === -1 ? rows.find((row) => row.getBoundingClientRect().bottom > 0) : rows[at + step];
  return next ? goTo(next) : false;
}

/** Go to the row that was left for the screen from which the reader came back. */
export function restore() {
  const row = history.state?.row && document.getElementById(history.state.row);
  return row ? goTo(row) : false;
}

function remember(row) {
  if (row.id) history.replaceState({ htmx: true, ...history.state, row: row.id }, "");
}

document.addEventListener("focusin", ({ target }) => {
  const row = target.closest?.("#main .rows .row");
  if (row) take(row);
});

document.addEventListener(
  "click",
  ({ target }) => {
    const row = target.closest?.("#main .rows .row");
    if (row && target.closest("a[href]")) remember(row);
  },
  { capture: true },
);

export function start(root) {
  const rows = rowsIn(root).filter(headline);
  const chosen = here() ?? rows[0];
  for (const row of rows) headline(row).setAttribute("tabindex", row === chosen ? "0" : "-1");
}
