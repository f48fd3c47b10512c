// Rows and dots of one place find each other: a row's dots get rings, a dot's rows get a mark.
// A row names its dots in `data-spots`, parted by spaces; a dot its place in `data-spot`.

const SVG = "http://www.w3.org/2000/svg";
const CLEAR = 5;
const started = new WeakSet();

/** Listen in the whole page that `root` is of, once: what comes in later is heard too. */
export function start(root) {
  const page = root.ownerDocument ?? root;
  if (started.has(page)) return;
  started.add(page);
  for (const kind of ["pointerover", "focusin"]) page.addEventListener(kind, (event) => show(event.target));
  for (const kind of ["pointerout", "focusout"]) page.addEventListener(kind, hide);
}

function show(target) {
  if (!(target instanceof Element)) return;
  clear();
  const row = target.closest("[data-spots]");
  const dot = target.closest("[data-spot]");
  if (row) ring(new Set(spots(row)));
  if (dot) mark(dot.dataset.spot);
}

function hide(event) {
  const left = event.target instanceof Element && event.target.closest("[data-spots], [data-spot]");
  const inside = event.relatedTarget instanceof Node && left && left.contains(event.relatedTarget);
  if (left && !inside) clear();
}

function clear() {
  for (const drawn of document.querySelectorAll(".map .ring")) drawn.remove();
  for (const row of document.querySelectorAll(".near")) row.classList.remove("near");
}

function ring(wanted) {
  for (const dot of document.querySelectorAll(".map [data-spot]")) {
    const circle = dot.querySelector(".spot, .loose");
    if (circle && wanted.has(dot.dataset.spot)) dot.parentNode.insertBefore(around(circle), dot);
  }
}

function around(circle) {
  const drawn = document.createElementNS(SVG, "circle");
  drawn.setAttribute("class", "ring");
  drawn.setAttribute("pointer-events", "none");
  for (const name of ["cx", "cy"]) drawn.setAttribute(name, circle.getAttribute(name));
  drawn.setAttribute("r", String(Number(circle.getAttribute("r")) + CLEAR));
  return drawn;
}

function mark(spot) {
  for (const row of document.querySelectorAll("[data-spots]")) {
    row.classList.toggle("near", spots(row).includes(spot));
  }
}

function spots(row) {
  return row.dataset.spots.split(" ");
}
