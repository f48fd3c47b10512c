// A drag over the bars of a chart asks for the days between its ends; Esc lets go. A press without a drag stays a link.

const SVG = "http://www.w3.org/2000/svg";
let held = null;

function barAt(chart, x) {
  const { left, width } = chart.getBoundingClientRect();
  const bars = chart.querySelectorAll("a[data-first]");
  const slot = Math.floor(((x - left) / width) * chart.viewBox.baseVal.width);
  return { slot: Math.max(0, Math.min(slot, bars.length - 1)), bars };
}

function draw() {
  const { chart, from, to } = held;
  const taken = chart.querySelector(".taken") ?? chart.insertBefore(document.createElementNS(SVG, "rect"), chart.firstChild);
  const sides = { class: "taken", x: Math.min(from, to), y: 0, width: Math.abs(to - from) + 1, height: chart.viewBox.baseVal.height };
  for (const [name, value] of Object.entries(sides)) taken.setAttribute(name, String(value));
}

function letGo() {
  held?.chart.querySelector(".taken")?.remove();
  held = null;
}

function ask({ chart, from, to, bars }) {
  const [first, last] = [bars[Math.min(from, to)].dataset.first, bars[Math.max(from, to)].dataset.last];
  const field = document.getElementById("q");
  field.value = `${chart.dataset.drag}published:[${first} TO ${last}]`;
  field.form.requestSubmit();
}

document.addEventListener("pointerdown", ({ target, button, clientX }) => {
  const chart = target.closest?.("svg[data-drag]");
  if (!chart || button !== 0) return;
  const { slot, bars } = barAt(chart, clientX);
  held = { chart, bars, from: slot, to: slot, dragged: false };
});

document.addEventListener("pointermove", ({ clientX, pointerId }) => {
  if (held === null) return;
  held.to = barAt(held.chart, clientX).slot;
  if (held.to === held.from && !held.dragged) return;
  held.dragged = true;
  held.chart.setPointerCapture(pointerId);
  draw();
});

// The chart has captured the pointer: the click that ends a drag is none on a link.
document.addEventListener("pointerup", () => {
  if (held?.dragged) ask(held);
  held = null;
});

document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("svg[data-drag]")) event.preventDefault();
});

document.addEventListener("pointercancel", letGo);

document.addEventListener("keydown", (event) => {
  if (held === null || event.key !== "Escape") return;
  event.stopImmediatePropagation();
  letGo();
}, { capture: true });
