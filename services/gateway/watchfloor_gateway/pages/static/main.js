// Everything that makes the page quicker; whatever is here, reading works without. Each part says `start(root)` where it
// has to look at what came onto the page: at load, and after every new `#main`.

import "./asking.js";
import { follow } from "./boost.js";
import "./drag.js";
import "./keys.js";
import * as marks from "./marks.js";
import "./preferences.js";
import * as live from "./live.js";
import * as map from "./map.js";
import * as rows from "./rows.js";
import "./watch.js";

const parts = [marks, rows, live, map];

function start(root) {
  for (const part of parts) part.start(root);
}

start(document);
rows.restore();
follow((main, restored) => {
  start(main);
  return restored && rows.restore();
});
