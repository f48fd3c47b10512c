// The list read anew, and put in the place of the one that is shown: rows that stay are not touched.

import * as rows from "../rows.js";
import htmx from "../vendor/htmx/htmx.js";

const BESIDE = "#watch-line:outerMorph,#minutes:outerMorph,#live-where:outerMorph";
let gate = null;

/** What is unfolded beside the list, so that it stays so. */
function unfolded() {
  return [...document.querySelectorAll(":is(#minutes, #live-where):has(details[open])")].map(({ id }) => `#${id} details`);
}

/** Fetch the list and take it in, if `mayMove(feed)` when it is there. Answers whether it was taken in. */
export async function readAnew(feed, mayMove) {
  const inHand = rows.here()?.id;
  const open = unfolded();
  gate = { feed, mayMove, came: false };
  await htmx.ajax("GET", location.pathname + location.search, {
    source: feed,
    target: feed,
    select: "#feed",
    selectOOB: BESIDE,
    swap: "outerMorph",
    push: "false",
  });
  const { came } = gate;
  if (came && inHand) document.getElementById(inHand)?.classList.add("here");
  for (const details of came ? open : []) document.querySelector(details)?.setAttribute("open", "");
  if (came) rows.start(document);
  return came;
}

// An answer that is no list must not take its place; one that came too late waits until it is asked for again.
document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  if (ctx.target === gate?.feed && ctx.response.status !== 200) event.preventDefault();
});
document.addEventListener("htmx:before:swap", (event) => {
  if (event.detail.ctx.target !== gate?.feed) return;
  gate.came = gate.mayMove(gate.feed);
  if (!gate.came) event.preventDefault();
});
