// The stream of events. Where it breaks it is asked for again, after growing waits, from the last event that was heard.

const WAITS_MS = [1000, 2000, 4000, 8000, 15000, 30000];
const SPREAD = 0.2; // so that all readers do not come back in the same moment

export class Connection {
  #address;
  #source = null;
  #timer = null;
  #attempts = 0;

  /** `heard(name, data)` is told each event, `turned(connection)` each break and each mending. */
  constructor(address, position, heard, turned) {
    this.#address = address;
    this.position = position;
    this.heard = heard;
    this.turned = turned;
    this.brokenSince = null;
    this.retryAt = null;
    this.#open();
  }

  #open() {
    const address = new URL(this.#address, location.href);
    if (this.position) address.searchParams.set("last_event_id", this.position);
    this.#source = new EventSource(address);
    this.#source.addEventListener("open", () => this.#mended());
    this.#source.addEventListener("error", () => this.#broke());
    for (const name of ["article", "withdrawn", "gap"]) {
      this.#source.addEventListener(name, (event) => this.#take(name, event));
    }
  }

  #take(name, event) {
    this.position = event.lastEventId || this.position;
    this.heard(name, JSON.parse(event.data));
  }

  #mended() {
    this.#attempts = 0;
    this.brokenSince = null;
    this.retryAt = null;
    this.turned(this);
  }

  #broke() {
    this.#source.close();
    const wait = WAITS_MS[Math.min(this.#attempts++, WAITS_MS.length - 1)] * (1 + SPREAD * Math.random());
    this.brokenSince ??= Date.now();
    this.retryAt = Date.now() + wait;
    this.#timer = setTimeout(() => this.#open(), wait);
    this.turned(this);
  }

  /** Try at once, where it is broken. */
  tryNow() {
    if (this.retryAt === null) return;
    clearTimeout(this.#timer);
    this.retryAt = null;
    this.#open();
  }

  close() {
    clearTimeout(this.#timer);
    this.#source.close();
  }
}
