// The stream of events. Where it breaks it is asked for again, after growing waits, from the last event that was heard.

const WAITS_MS = [1000, 2000, 4000, 8000, 15000, 30000];
const SPREAD = 0.2; // so that all readers do not come back in the same moment
const BEAT_MS = 15_000; // the server says at least so often that it is still there
const SILENCE_MS = 3.3 * BEAT_MS; // three of them are missed: a connection whose other end is gone breaks by itself only later
const EVENTS = ["article", "withdrawn", "gap"];

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
    this.isResting = false;
    this.#open();
  }

  #open() {
    const address = new URL(this.#address, location.href);
    if (this.position) address.searchParams.set("last_event_id", this.position);
    const source = new EventSource(address);
    source.addEventListener("open", () => this.#mended());
    source.addEventListener("error", () => this.#broke());
    source.addEventListener("beat", (event) => this.#mark(event));
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => {
        this.#mark(event);
        this.heard(name, JSON.parse(event.data));
      });
    }
    this.#source = source;
    this.#listen();
  }

  /** From now on, count the silence. */
  #listen() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#broke(Date.now() - SILENCE_MS), SILENCE_MS);
  }

  #mark(event) {
    this.position = event.lastEventId || this.position;
    this.#listen();
  }

  #mended() {
    this.#attempts = 0;
    this.brokenSince = null;
    this.retryAt = null;
    this.#listen();
    this.turned(this);
  }

  #broke(since = Date.now()) {
    this.close();
    const wait = WAITS_MS[Math.min(this.#attempts++, WAITS_MS.length - 1)] * (1 + SPREAD * Math.random());
    this.brokenSince ??= since;
    this.retryAt = Date.now() + wait;
    this.#timer = setTimeout(() => this.tryNow(), wait);
    this.turned(this);
  }

  /** Try at once, where it is broken. */
  tryNow() {
    if (this.retryAt === null) return;
    this.retryAt = null;
    this.#open();
  }

  /** Let go of the connection while nobody looks: a browser has few of them for one server. Not without a place to go on from. */
  rest() {
    if (this.isResting || !this.position) return;
    this.isResting = true;
    this.retryAt = null;
    this.close();
  }

  /** Go on from the last event that was heard. */
  wake() {
    if (!this.isResting) return;
    this.isResting = false;
    this.#open();
  }

  close() {
    clearTimeout(this.#timer);
    this.#source.close();
  }
}
