// The watch line must not look well when nobody answers it: then it says since when. The next answer takes that away.

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function told() {
  const since = new Date().toISOString().slice(11, 16);
  const state = element("span", "state failing", `no answer since ${since} UTC; what stands here is older`);
  const group = element("div", "", element("dt", "unseen", "Watchfloor"), element("dd", "", state));
  group.id = "watch-lost";
  return group;
}

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  const line = ctx?.sourceElement;
  if (line?.id !== "watch-line" || document.getElementById("watch-lost")) return;
  line.querySelector("dl").prepend(told());
});
