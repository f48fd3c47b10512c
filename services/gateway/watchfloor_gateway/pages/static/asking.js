// While an answer is awaited: after two seconds the words "still asking", and a way to stop.

const PATIENCE_MS = 2000;
const asked = new Set();
let patience = null;

function place() {
  return document.querySelector("#asking p");
}

function stop() {
  for (const request of asked) request.abort();
}

function say() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button low";
  button.textContent = "Stop";
  button.addEventListener("click", stop);
  place().replaceChildren("Still asking. ", button);
}

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.target?.id !== "main") return;
  asked.add(ctx.request);
  patience ??= setTimeout(say, PATIENCE_MS);
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (!asked.delete(ctx.request) || asked.size > 0) return;
  clearTimeout(patience);
  patience = null;
  place().replaceChildren();
});
