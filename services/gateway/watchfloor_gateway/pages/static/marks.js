// What a mark rests on, beside it: the entry that its link leads to, when the pointer or the focus has rested on it. And an
// entry that was asked for comes into view inside its own panel, so that the page does not move.

import { isOn } from "./marks_kinds.js";

const LINK = ".reading a[href^='#']:not(.no)";
const MARK = ".reading .mark";
const RESTED_MS = 300;
const LEFT_MS = 200;
const APART = 8;
const WIDE = matchMedia("(min-width: 68rem)");

let peek = null;
let shownFor = null;
let waiting = 0;
const started = new WeakSet();

/** Listen in `root`; once for each, however often it is called. What was shown of an earlier screen goes. */
export function start(root) {
  hide();
  const page = root.ownerDocument ?? root;
  if (started.has(page)) return;
  started.add(page);
  page.addEventListener("pointerover", ({ target }) => rest(target));
  page.addEventListener("focusin", ({ target }) => rest(target));
  page.addEventListener("keydown", escape, { capture: true });
  page.addEventListener("watchfloor:evidence", (event) => {
    if (!show(markOf(event.target))) return;
    event.preventDefault();
    peek.focus({ preventScroll: true });
  });
  page.addEventListener("click", bringIntoView);
}

function markOf(element) {
  return element instanceof Element ? element.closest(LINK) ?? element.closest(MARK) : null;
}

/** The id of the entry: a link says it, a quotation keeps it aside. */
function entryOf(mark) {
  const id = mark?.getAttribute("href")?.slice(1) ?? mark?.dataset.entry;
  return id ? document.getElementById(id) : null;
}

function rest(target) {
  if (peek?.contains(target)) return clearTimeout(waiting);
  const mark = markOf(target);
  if (mark !== null && mark === shownFor) return clearTimeout(waiting);
  clearTimeout(waiting);
  if (mark !== null && isOn(mark)) waiting = setTimeout(show, RESTED_MS, mark);
  else if (shownFor) waiting = setTimeout(hide, LEFT_MS);
}

function escape(event) {
  clearTimeout(waiting);
  if (event.key !== "Escape" || !shownFor) return;
  // Where `e` has put the focus on the evidence, it goes back to the mark.
  if (peek.contains(document.activeElement)) shownFor.focus({ preventScroll: true });
  hide();
  event.preventDefault();
  event.stopPropagation();
}

function show(mark) {
  const entry = entryOf(mark);
  if (!entry || !mark.isConnected) return false;
  hide();
  peek = document.createElement("div");
  peek.className = "peek";
  peek.tabIndex = -1;
  peek.setAttribute("role", "group");
  peek.setAttribute("aria-label", "What the mark rests on");
  peek.append(...copies(entry));
  if ("popover" in peek) peek.popover = "manual";
  mark.closest("article").append(peek);
  peek.showPopover?.();
  place(mark);
  shownFor = mark;
  return true;
}

function hide() {
  clearTimeout(waiting);
  peek?.remove();
  peek = shownFor = null;
}

/** The nodes that make an entry, without the ids that only one element can have. */
function copies(entry) {
  if (entry.localName === "tr") return [row(copy(entry))];
  if (entry.localName !== "blockquote") return Array.from(entry.childNodes, copy);
  return [entry.parentElement.querySelector("h3"), entry, entry.nextElementSibling].filter(Boolean).map(copy);
}

function copy(node) {
  const made = node.cloneNode(true);
  if (!(made instanceof Element)) return made;
  for (const each of [made, ...made.querySelectorAll("[id]")]) each.removeAttribute("id");
  return made;
}

function row(made) {
  const table = document.createElement("table");
  table.createTBody().append(made);
  return table;
}

/** Under the mark's first line, or over it where there is more room. */
function place(mark) {
  const [line] = mark.getClientRects();
  const { width, height } = peek.getBoundingClientRect();
  const below = line.bottom + APART + height <= innerHeight || line.top < innerHeight / 2;
  const top = below ? line.bottom + APART : line.top - APART - height;
  const left = Math.min(Math.max(line.left, APART), Math.max(document.documentElement.clientWidth - width - APART, APART));
  peek.style.top = `${Math.max(top, APART)}px`;
  peek.style.left = `${left}px`;
}

/** Where panel and text stand side by side: show the entry in its panel, and leave the line that is read where it is. */
function bringIntoView(event) {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target instanceof Element ? event.target.closest(LINK) : null;
  const entry = link && entryOf(link);
  if (!entry || !WIDE.matches) return hideOutside(event.target);
  event.preventDefault();
  hide();
  const { scrollX, scrollY } = globalThis;
  location.hash = entry.id;
  scrollTo(scrollX, scrollY);
  const panel = entry.closest(".article > .rail");
  if (panel) within(panel, entry);
}

/** Scroll the panel alone. */
function within(panel, entry) {
  const [outer, inner] = [panel.getBoundingClientRect(), entry.getBoundingClientRect()];
  if (inner.top < outer.top) panel.scrollTop += inner.top - outer.top - APART;
  else if (inner.bottom > outer.bottom) panel.scrollTop += inner.bottom - outer.bottom + APART;
}

function hideOutside(target) {
  if (shownFor && !peek.contains(target)) hide();
}
