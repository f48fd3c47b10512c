// Where an answer is away, what was read stays, and is said to be of then.

let read = new Date(performance.timeOrigin);

function element(name, ...content) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

function clock() {
  return read.toISOString().slice(11, 16);
}

function box(address) {
  const made = element("div", element("h2", "Watchfloor does not answer"));
  const again = element("a", "Try again");
  again.href = address;
  made.append(element("p", `What you see was read at ${clock()} UTC. `, again));
  made.className = "state-box wrong";
  made.id = "problem";
  made.setAttribute("role", "alert");
  return made;
}

/** Say above what was read that the question for `address` had no answer. */
export function tell(address) {
  clear();
  document.getElementById("main").prepend(box(address));
}

/** Take away what was said of the last question. */
export function clear() {
  document.getElementById("problem")?.remove();
}

/** An answer has come: say when the screen was read, where it says that it is an old one; or note that it is new. */
export function sign(main) {
  const beside = main.querySelector(":scope > #problem:first-child [data-read-at]");
  if (beside) beside.textContent = `What you see below was read at ${clock()} UTC. `;
  else read = new Date();
}
