// A switch that is moved is kept at once, so that the next page comes as it was set. The server alone writes the cookie.

const SWITCHES = 'input[name="theme"], input[name="rows"], input[name="marks"]';

function told(changed) {
  if (changed.name !== "marks") return [[changed.name, changed.value]];
  const marks = document.querySelectorAll('input[name="marks"]:checked');
  return [["marks", ""], ...Array.from(marks, (mark) => ["marks", mark.value])];
}

function keep(changed) {
  const body = new URLSearchParams([...told(changed), ["quiet", "1"]]);
  fetch("/settings", { method: "POST", body, keepalive: true }).catch(() => {
    // The switch has worked on this page; it is asked for again where the page is next rendered.
  });
}

document.addEventListener("change", ({ target }) => {
  if (target.matches(SWITCHES)) keep(target);
});
