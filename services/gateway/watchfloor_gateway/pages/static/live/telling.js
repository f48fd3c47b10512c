// What the live list says of itself: the bar above the rows, a box when something is wrong, and aloud.

const SPOKEN_EVERY_MS = 10_000;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Say things aloud, the newest alone, and not more often than every ten seconds. */
export class Voice {
  #last = -Infinity;
  #timer = null;

  say(text) {
    clearTimeout(this.#timer);
    const wait = Math.max(0, this.#last + SPOKEN_EVERY_MS - performance.now());
    this.#timer = setTimeout(() => this.#speak(text), wait);
  }

  #speak(text) {
    const place = document.getElementById("live-status");
    if (!place || place.textContent === text) return;
    this.#last = performance.now();
    place.textContent = text;
  }

  /** What was said no longer holds: the same again is news. */
  silence() {
    clearTimeout(this.#timer);
    document.getElementById("live-status")?.replaceChildren();
  }
}

/** The bar above the rows: how many wait, and what a press does. */
export function tellCount(feed, words, isPaused) {
  const [said, go] = feed.querySelector(".fresh").children;
  said.dataset.read ??= said.textContent;
  said.textContent = [isPaused && "Paused", words || (!isPaused && said.dataset.read)].filter(Boolean).join(". ");
  go.textContent = words ? "Show them" : "Look again";
  said.parentElement.classList.toggle("some", Boolean(words));
}

/** A button that `act`s, and that the key of the name `press` presses. */
export function button(id, press, text, act) {
  const made = element("button", { id, type: "button", className: "button low", textContent: text });
  made.dataset.press = press;
  made.addEventListener("click", act);
  return made;
}

function box(id, { action, act }) {
  const text = element("p", {}, element("span", {}), button(`${id}-act`, "", action, act));
  return element("div", { id, className: "state-box wrong" }, element("h3", {}), text);
}

/** Show what is wrong, below the list, so that nothing above it moves; or, without `parts`, that it is over. */
export function tellTrouble(id, parts) {
  const shown = document.getElementById(id);
  if (!parts) return shown?.remove();
  const made = shown ?? box(id, parts);
  made.querySelector("h3").textContent = parts.heading;
  made.querySelector("span").textContent = parts.text;
  if (!shown) document.getElementById("live-trouble").append(made);
}

/** `40 s`, `3 min`. */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}
