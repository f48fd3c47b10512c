// Keys within an article: from mark to mark, a kind on or off, the evidence of the mark in focus.

import { isOn, switchOf } from "./marks_kinds.js";

const MARK = ":is(a[href^='#']:not(.no), q.mark[id])";

/** In the order of the text. A mark in several pieces stops once, as it does for the tabulator. */
function marks() {
  return [...document.querySelectorAll(`#main .reading ${MARK}:not(a[tabindex="-1"])`)].filter(isOn);
}

function isAfter(mark, element) {
  return Boolean(element.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
}

function focus(mark) {
  if (mark.localName === "q") mark.tabIndex = -1;
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "nearest" });
}

/** Put the focus on the next mark (1) or the one before (-1) of the kinds that are on. */
export function move(step) {
  const from = document.activeElement.closest(".reading") && document.activeElement;
  const all = step === 1 ? marks() : marks().reverse();
  const next = from ? all.find((mark) => mark !== from && isAfter(mark, from) === (step === 1)) : all[0];
  if (next) focus(next);
  return Boolean(next);
}

/** Switch a kind of marks on or off. */
export function turn(name) {
  switchOf(name)?.click();
  return switchOf(name) !== null;
}

/** Show what the mark in focus rests on: `watchfloor:evidence` asks for it; unheard, the mark's link is followed. */
export function evidence() {
  const mark = document.activeElement.closest(`.reading ${MARK}`);
  if (mark?.dispatchEvent(new CustomEvent("watchfloor:evidence", { bubbles: true, cancelable: true }))) mark.click();
  return mark !== null;
}
