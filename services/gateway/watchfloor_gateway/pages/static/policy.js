// The one policy of Trusted Types: what may become markup in this page is what our server writes, and nothing else.
//
// It reads markup more strictly than a browser does. Every `<` must begin a tag that it knows, with attributes that it
// knows, values in quotes and without `<`. So whatever a browser takes for a tag has been looked at, in whichever of its
// modes (text of a title, foreign content) it reads.

const SPACE = "[ \\t\\n\\f\\r]";
const ATTRIBUTE = `${SPACE}+[a-zA-Z][-a-zA-Z0-9:]*(?:=(?:"[^"<]*"|'[^'<]*'))?`;
const TAG = new RegExp(`<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:${ATTRIBUTE})*)${SPACE}*/?>`, "y");
const EACH_ATTRIBUTE = new RegExp(`${SPACE}+([a-zA-Z][-a-zA-Z0-9:]*)(?:=(?:"([^"]*)"|'([^']*)'))?`, "g");
const DOCTYPE = /^\s*<!doctype html>/i;

const ELEMENTS = words(`
  html head title body header main footer nav section article aside div hgroup search address h1 h2 h3 h4 h5 h6
  p span a b i em strong small s u del ins mark q blockquote cite abbr time data code kbd samp var pre sub sup dfn bdi bdo
  ruby rt rp br wbr hr ul ol menu li dl dt dd figure figcaption
  table caption colgroup col thead tbody tfoot tr th td
  form fieldset legend label input button select option optgroup datalist textarea output progress meter
  details summary dialog noscript
  svg g defs path rect circle ellipse line polyline polygon text tspan desc`);

const ATTRIBUTES = words(`
  class id lang dir title role tabindex hidden translate datetime value open start reversed
  href hreflang rel target type name for label placeholder autocomplete autocapitalize spellcheck inputmode enterkeyhint
  action method maxlength minlength min max low high optimum step pattern required readonly checked selected disabled size
  rows cols multiple list colspan rowspan scope headers span abbr popover popovertarget popovertargetaction
  xmlns viewbox preserveaspectratio x y x1 y1 x2 y2 dx dy cx cy r rx ry width height d points transform pathlength
  fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-opacity stroke-linecap stroke-linejoin opacity
  text-anchor dominant-baseline font-size font-weight textlength lengthadjust vector-effect pointer-events paint-order focusable
  hx-boost hx-get hx-target hx-select hx-select-oob hx-swap hx-sync hx-trigger hx-indicator hx-history-elt hx-preserve
  hx-push-url`);
const OPEN_ENDED = /^(?:aria-[a-z]+|data-(?!hx-)[a-z-]+)$/;

const OWN = /^\/(?![/\\])/;
const HARMLESS_REFERENCE = /&(?:amp|lt|gt|quot|#34|#39);/g;
const ANY_REFERENCE = /&#|&[a-z0-9]+;/i;

// What a value must be, for the attributes that name addresses or tell htmx what to do.
const VALUES = {
  href: (value) => value === "" || isAddress(value),
  action: (value) => isOwn(value),
  "hx-get": (value) => isOwn(value),
  target: (value) => value === "_blank" || value === "_self",
  fill: (value) => !value.includes("("),
  stroke: (value) => !value.includes("("),
  transform: (value) => /^[-a-z0-9.,() ]*$/i.test(value),
  xmlns: (value) => value === "http://www.w3.org/2000/svg",
  "hx-trigger": (value) => /^[a-z0-9:, ]+$/i.test(value),
  "hx-push-url": (value) => value === "true" || value === "false",
};

function words(text) {
  return new Set(text.trim().split(/\s+/));
}

function plain(value) {
  return value.replace(HARMLESS_REFERENCE, (found) => (found === "&amp;" ? "&" : "_"));
}

function isAddress(value) {
  if (ANY_REFERENCE.test(value.replace(HARMLESS_REFERENCE, ""))) return false;
  const start = plain(value).split(/[/?#]/, 1)[0];
  return !/[\0-\x20\\]/.test(value) && (!start.includes(":") || /^https?:$/i.test(start));
}

function isOwn(value) {
  return isAddress(value) && OWN.test(value);
}

function faultOf(name, value) {
  const told = name.replace(/:inherited$/, "");
  if (told !== name && !told.startsWith("hx-")) return `the attribute ${name}`;
  if (!ATTRIBUTES.has(told) && !OPEN_ENDED.test(told)) return `the attribute ${name}`;
  const rule = VALUES[told];
  return rule && !rule(value) ? `the value of ${name}` : null;
}

/** Why markup is none of our server's, in a few words; null where it may be. */
export function refusal(markup) {
  const text = String(markup).replace(DOCTYPE, (found) => " ".repeat(found.length));
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", TAG.lastIndex)) {
    TAG.lastIndex = at;
    const found = TAG.exec(text);
    if (found === null) return `a tag at ${at} that is not written as ours`;
    const [, closing, name, attributes] = found;
    if (!ELEMENTS.has(name.toLowerCase())) return `the element ${name}`;
    if (closing && attributes) return "an end with attributes";
    for (const [, attribute, quoted, single] of attributes.matchAll(EACH_ATTRIBUTE)) {
      const fault = faultOf(attribute.toLowerCase(), quoted ?? single ?? "");
      if (fault) return fault;
    }
  }
  return null;
}

const rules = {
  createHTML(markup) {
    const why = refusal(markup);
    if (why !== null) throw new TypeError(`the policy refuses ${why}`);
    return markup;
  },
  createScript() {
    throw new TypeError("the policy refuses every script in text");
  },
  createScriptURL(address) {
    const { origin, pathname } = new URL(address, location.href);
    if (origin === location.origin && pathname.startsWith("/static/")) return address;
    throw new TypeError("the policy refuses scripts from elsewhere");
  },
};

/** The policy by the name that our header allows; where a browser knows no Trusted Types, its rules alone. */
export const policy = globalThis.trustedTypes?.createPolicy("watchfloor", rules) ?? rules;
