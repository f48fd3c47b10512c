// Keys for what links and buttons do. Which key does what stands in the table of the dialog, as the server has written it.
// An element with `data-press="name"` is what the key of that name presses.

import * as marks from "./marks_keys.js";
import * as rows from "./rows.js";

const FIELD = "input:not([type=radio]):not([type=checkbox]), select, textarea, [contenteditable]";
const GOING_MS = 2000;
const ALONE = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta"]);
let goingUntil = 0;

function table() {
  return document.getElementById("keys-dialog");
}

/** What the keys do: by `data-action` alone, by `data-screen` after the key that goes. */
function bound(kind) {
  return new Map(Array.from(table().querySelectorAll(`kbd[data-${kind}]`), (key) => [key.textContent, key.dataset[kind]]));
}

/** The key; where the keyboard writes another alphabet, the Latin letter at its place. */
function keyOf(event) {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (!letter || /^[\x20-\x7e]$/.test(event.key)) return event.key;
  return event.shiftKey ? letter : letter.toLowerCase();
}

function actionOf(event) {
  const inList = event.target.closest?.(".rows");
  const always = { Escape: "back", ArrowDown: inList && "next", ArrowUp: inList && "previous" };
  return always[event.key] ?? bound("action").get(keyOf(event));
}

function click(element) {
  element?.click();
  return Boolean(element);
}

/** Of a list only the row in hand is pressed. */
function pressed(action) {
  const named = `[data-press~="${action}"]`;
  return rows.here()?.querySelector(named) ?? document.querySelector(`#main ${named}:not(.row *)`);
}

function source() {
  const link = pressed("source");
  if (link) open(link.href, "_blank", "noopener,noreferrer");
  return link !== null;
}

function turn(name) {
  const choices = [...document.querySelectorAll(`.switches input[name="${name}"]`)];
  return click(choices[(choices.findIndex((choice) => choice.checked) + 1) % choices.length]);
}

/** The last screen before this one; steps within this one are passed over. */
function before() {
  const isElsewhere = ({ url }) => new URL(url).pathname !== location.pathname;
  return navigation.entries().slice(0, navigation.currentEntry.index).findLast(isElsewhere);
}

function back() {
  if (document.querySelector("#main .rows .row")) return false;
  if (!globalThis.navigation) history.back();
  else if (before()) navigation.traverseTo(before().key);
  else return click(document.querySelector("#screens a"));
  return true;
}

function query() {
  const field = document.querySelector("#main .query input");
  field?.focus();
  field?.select();
  return field !== null;
}

function show() {
  table().showModal();
  return true;
}

function go() {
  goingUntil = performance.now() + GOING_MS;
  return true;
}

const ACTIONS = {
  next: () => rows.move(1),
  previous: () => rows.move(-1),
  open: () => click(rows.here()?.querySelector("h3 a")),
  back,
  go,
  query,
  source,
  next_mark: () => marks.move(1),
  previous_mark: () => marks.move(-1),
  evidence: marks.evidence,
  rows: () => turn("rows"),
  light: () => turn("theme"),
  keys: show,
};

function act(action) {
  if (!action) return false;
  if (action.startsWith("marks_")) return marks.turn(action.slice("marks_".length));
  return action in ACTIONS ? ACTIONS[action]() : click(pressed(action));
}

function goTo(screen) {
  goingUntil = 0;
  return Boolean(screen) && click(document.querySelector(`#screens a[href="/${screen}"]`));
}

function isOurs(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false;
  if (ALONE.has(event.key) || event.target.closest?.(FIELD)) return false;
  return table()?.dataset.keys === "on" && document.querySelector("dialog[open]") === null;
}

document.addEventListener("keydown", (event) => {
  if (!isOurs(event)) return;
  const going = performance.now() < goingUntil;
  if (going ? goTo(bound("screen").get(keyOf(event))) : act(actionOf(event))) event.preventDefault();
});
