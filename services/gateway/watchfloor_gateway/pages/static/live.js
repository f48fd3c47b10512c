// The live list: counts what comes, and brings it in when it is asked for, or while nobody is looking at the rows.

import { Connection } from "./live/connection.js";
import { readAnew } from "./live/reading.js";
import { Tally } from "./live/tally.js";
import { button, span, tellCount, tellTrouble, Voice } from "./live/telling.js";

const TICK_MS = 1000;
const LOOKS_APART_MS = 3000;
const HICCUP_MS = 3000;
const UNSEEN_MS = 60_000;
let watch = null;

class Watch {
  isPaused = false;
  isReading = false;
  readAt = performance.now();
  voice = new Voice();

  constructor(feed) {
    const { events, position, known, newest } = feed.dataset;
    this.feed = feed;
    this.newest = newest;
    this.tally = new Tally(known);
    this.connection = new Connection(
      events,
      position,
      (name, data) => this.hear(name, data),
      () => this.tellConnection(),
    );
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.see();
  }

  /** A tab that nobody has seen for a while leaves its connection to others, and catches up when it is seen again. */
  see() {
    clearTimeout(this.resting);
    if (document.hidden) this.resting = setTimeout(() => this.connection.rest(), UNSEEN_MS);
    else this.connection.wake();
  }

  hear(name, data) {
    if (name === "gap") return this.tellGap(data);
    this.tally[name](data);
    this.newest = data.changed_at ?? data.withdrawn_at;
    this.tell();
  }

  tell() {
    const { words } = this.tally;
    tellCount(this.feed, words, this.isPaused);
    if (words) this.voice.say(words);
  }

  tellGap({ missed }) {
    const many = missed ? `${missed.toLocaleString("en")} changes were` : "Some changes were";
    const heading = `${many} not told`;
    this.voice.say(heading);
    const text = "They came faster than this page took them; the store has them all. ";
    tellTrouble("live-gap", { heading, text, action: "Look again", act: showNew });
  }

  tellConnection() {
    const { brokenSince, retryAt } = this.connection;
    const broken = brokenSince === null ? 0 : Date.now() - brokenSince;
    if (broken < HICCUP_MS) return tellTrouble("live-broken");
    const heading = `The connection broke ${span(broken)} ago`;
    if (!document.getElementById("live-broken")) this.voice.say(heading);
    const last = this.newest ? `Last article ${this.newest.slice(11, 19)}. ` : "";
    const again = retryAt === null ? "Trying now" : `Trying again in ${span(retryAt - Date.now())}`;
    const text = `${last}${again}; what was missed will come first, in order. `;
    tellTrouble("live-broken", { heading, text, action: "Try now", act: () => this.connection.tryNow() });
  }

  tick() {
    if (this.connection.brokenSince !== null) this.tellConnection();
    const rested = performance.now() - this.readAt > LOOKS_APART_MS;
    if (this.tally.size > 0 && rested && !this.isPaused && isUnwatched(this.feed)) this.read(isUnwatched);
  }

  /** Bring in what has come, unless `mayMove(feed)` says no when it is there. */
  async read(mayMove = () => true) {
    if (this.isReading) return;
    this.isReading = true;
    this.readAt = performance.now();
    const came = await readAnew(this.feed, mayMove);
    this.isReading = false;
    if (!came || watch !== this) return;
    this.tally.read(this.feed.dataset.known, this.readAt);
    tellTrouble("live-gap");
    this.voice.silence();
    this.tell();
  }

  stop() {
    clearInterval(this.timer);
    clearTimeout(this.resting);
    this.voice.silence();
    this.connection.close();
  }
}

/** Whether rows may move: the list is at its top, pointer and focus are off all that moves with it, no text is chosen. */
function isUnwatched(feed) {
  if (document.hidden || feed.getBoundingClientRect().top < 0) return false;
  const held = document.querySelector(":is(#feed, #live-trouble, #minutes, #live-where):is(:hover, :focus-within)");
  return held === null && (getSelection()?.isCollapsed ?? true);
}

function leave() {
  watch?.stop();
  watch = null;
}

/** Show what has come, from the top of the list on. */
export async function showNew() {
  await watch?.read();
  if (watch?.feed.getBoundingClientRect().top < 0) watch.feed.scrollIntoView();
}

export function togglePause() {
  if (!watch) return;
  watch.isPaused = !watch.isPaused;
  document.getElementById("live-pause").textContent = watch.isPaused ? "Go on" : "Pause";
  watch.voice.say(watch.isPaused ? "Paused" : "Going on");
  tellCount(watch.feed, watch.tally.words, watch.isPaused);
}

/** Listen where there is a live list; where there is none, or another one, end what was. */
export function start() {
  const feed = document.querySelector("#feed[data-events]");
  if (watch && watch.feed === feed) return;
  leave();
  if (!feed) return;
  watch = new Watch(feed);
  document.getElementById("live-tools").append(button("live-pause", "pause", "Pause", togglePause));
}

document.addEventListener("click", (event) => {
  if (!watch || event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest("#feed .fresh")) return;
  event.preventDefault();
  showNew();
});
document.addEventListener("visibilitychange", () => watch?.see());
addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => event.persisted && start());
