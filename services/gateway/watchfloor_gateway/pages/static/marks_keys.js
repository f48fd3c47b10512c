// Keys within an article: from mark to mark, a kind on or off, the evidence of the mark in focus.

const SWITCHES = {
  person: "people", organisation: "organisations", place: "places", quote: "quotations", time: "times", quantity: "quantities",
};

function switchOf(name) {
  return document.getElementById(`marks-${name}`);
}

function isOn(mark) {
  const kind = Object.keys(SWITCHES).find((name) => mark.classList.contains(name));
  return switchOf(SWITCHES[kind])?.checked !== false;
}

function marks() {
  return [...document.querySelectorAll('#main .reading a.mark[href]:not([tabindex="-1"])')].filter(isOn);
}

function isAfter(mark, element) {
  return Boolean(element.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
}

/** Put the focus on the next mark (1) or the one before (-1) of the kinds that are on. */
export function move(step) {
  const from = document.activeElement.closest(".reading a") && document.activeElement;
  const all = step === 1 ? marks() : marks().reverse();
  const next = from ? all.find((mark) => mark !== from && isAfter(mark, from) === (step === 1)) : all[0];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
  return Boolean(next);
}

/** Switch a kind of marks on or off. */
export function turn(name) {
  switchOf(name)?.click();
  return switchOf(name) !== null;
}

/** Show what the mark in focus rests on: `watchfloor:evidence` asks for it; unheard, the mark's link is followed. */
export function evidence() {
  const mark = document.activeElement.closest(".reading a.mark[href]");
  if (mark?.dispatchEvent(new CustomEvent("watchfloor:evidence", { bubbles: true, cancelable: true }))) mark.click();
  return mark !== null;
}
