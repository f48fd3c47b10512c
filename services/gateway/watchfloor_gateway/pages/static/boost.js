// Links and forms between our screens fetch the next screen and take its `#main`: see docs/adr/0009-htmx.md.

import htmx from "./vendor/htmx/htmx.js";
import { policy } from "./policy.js";
import * as unanswered from "./unanswered.js";

const SCREENS = new Set(["", "search", "articles", "live", "sources", "explain", "keys"]);
const RESTORED = "HX-History-Restore-Request";
const visits = new WeakSet();

function noCode() {
  throw new TypeError("no attribute is run as code");
}

function isScreen(address) {
  return address.origin === location.origin && SCREENS.has(address.pathname.split("/")[1]);
}

/** Whether a link leads to another screen. Places within a page need a real visit, or `:target` knows nothing of them. */
function leadsToScreen(link) {
  const address = new URL(link.getAttribute("href"), location.href);
  return address.hash === "" && isScreen(address);
}

/** Whether htmx may follow an element: what is neither link nor form says itself what it asks for. */
function isFollowed(element) {
  if (element.localName === "form") return element.method === "get" && isScreen(new URL(element.action));
  return element.localName !== "a" || leadsToScreen(element);
}

htmx.registerExtension("watchfloor", {
  init: (api) => api.initSecurity(policy, noCode, noCode),
  htmx_before_init: isFollowed,
});

// Links within drawings are unknown to htmx.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("svg a[href]");
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || event.defaultPrevented || !leadsToScreen(link)) return;
  event.preventDefault();
  htmx.ajax("GET", link.getAttribute("href"), { target: "#main", push: "true" });
});

function isMain(target) {
  return target instanceof Element && target.id === "main";
}

function isRestored(asked) {
  return RESTORED in asked.request.headers;
}

/** Ask for the same as an ordinary visit would. */
function leave(asked) {
  if (isRestored(asked)) location.reload();
  else location.assign(asked.request.action);
}

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (isMain(ctx.target)) visits.add(ctx);
});

// htmx asks for a screen of the history without saying that it asks, and without a way to break off.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (!isRestored(ctx)) return;
  const broken = new AbortController();
  ctx.request.headers["HX-Request"] = "true";
  ctx.request.signal = AbortSignal.any([ctx.request.signal, broken.signal]);
  ctx.request.abort = (reason) => broken.abort(reason);
});

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  if (ctx.response.headers.get("content-type")?.startsWith("text/html")) return;
  event.preventDefault();
  if (visits.has(ctx)) leave(ctx);
});

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  if (isMain(ctx.target)) unanswered.clear();
});

// An answer that cannot be used, such as one that the policy refuses, is left to the browser; none at all is told.
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (!visits.has(ctx)) return;
  if (ctx.response) leave(ctx);
  else unanswered.tell(ctx.request.action);
});

function focusOnHeading(main) {
  const heading = main.querySelector("h1, #problem h2");
  if (heading === null) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Call `arrived(main, restored)` after each new `#main`; it answers whether it has found a place for the focus. */
export function follow(arrived) {
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (!isMain(ctx.target)) return;
    const main = document.getElementById("main");
    const restored = isRestored(ctx);
    unanswered.sign(main);
    if (arrived(main, restored)) return;
    if (!restored) scrollTo(0, 0);
    focusOnHeading(main);
  });
}
