// The kinds of marks, and the switch of each. A kind that is switched off is text.

const SWITCHES = {
  person: "people", organisation: "organisations", place: "places", quote: "quotations", time: "times", quantity: "quantities",
};

export function switchOf(name) {
  return document.getElementById(`marks-${name}`);
}

/** Whether the kind of a mark is on; a link without a kind of its own is a stretch of the mark around it. */
export function isOn(mark) {
  const { classList } = mark.closest(mark.localName === "q" ? ".mark" : ":is(a, span).mark") ?? mark;
  const kind = Object.keys(SWITCHES).find((name) => classList.contains(name));
  return switchOf(SWITCHES[kind])?.checked !== false;
}
