"""Every reason code of a decision about a page, and of an explanation: once, with its meaning and its remedy.

Whoever decides about a page takes the code from here; light to import, it knows neither store nor broker. A meaning
speaks of the page as "it", so that a sentence can be made with it. A remedy may name `{source}`, `{stage}`, `{url}`
and `{target}`, where it leads.
The detail of `redirected` names the address that it leads to.
"""

import re
from dataclasses import dataclass, replace

from watchfloor.events import Verdict

IN_SOURCES = "of {source} in sources.yaml"
HAND_IN = 'hand the page in: POST /v1/pages {{"url", "html"}}'
ASK_FOR_IT = 'ask for it: POST /v1/pages {{"url": "{url}"}}'
COMES_AGAIN = "none is needed while the site mends itself: it is asked again, at growing intervals"
SOURCE_AGAIN = "watchfloor sources check {url} shows what is answered now"


@dataclass(frozen=True)
class Reason:
    """A code that stays the same, what it means, and what an operator can do about it."""

    code: str
    meaning: str
    remedy: str | None = None


FEED = Reason("feed", "a feed lists it")
SITEMAP = Reason("sitemap", "a sitemap lists it")
SECTION = Reason("section", "a section page links to it")
HOME = Reason("home", "the home page links to it")
PAGE = Reason("page", "another page names it as its own address or form")
REQUEST = Reason("request", "somebody asked for it")
PUSH = Reason("push", "somebody handed it in")
BACKFILL = Reason("backfill", "it came out of an archive, or long after it appeared, as a backfill")

OFF_DOMAIN = Reason(
    "off_domain",
    "it leaves the domain of the source that lists it",
    f"make its site a source, or allow its domain {IN_SOURCES}",
)
EXCLUDED = Reason("excluded", "a pattern of `exclude` matches it", f"change `exclude` {IN_SOURCES}")
NOT_INCLUDED = Reason("not_included", "no pattern of `include` matches it", f"change `include` {IN_SOURCES}")
NOT_HTTP = Reason("not_http", "its address is neither http nor https")
PAUSED = Reason("paused", "its source is paused", "watchfloor sources resume {source}")
TRAP = Reason("trap", "it looks like one of an endless series of addresses, such as a calendar's", ASK_FOR_IT)

ROBOTS = Reason("robots", "the site's robots.txt forbids it", f"ask the site for leave, or {HAND_IN}")
ROBOTS_UNREACHABLE = Reason(
    "robots_unreachable",
    "the site's robots.txt cannot be had, which forbids everything (RFC 9309, 2.3.1.4)",
    "none is needed while the site mends itself: robots.txt is asked for again within 24 hours",
)
TDM = Reason("tdm", "the site reserves text and data mining (TDMRep)", f"ask the site for a licence, or {HAND_IN}")

DNS = Reason("dns", "the name of its host has no address", f"if the site has moved, change its address {IN_SOURCES}")
CONNECT = Reason("connect", "its host takes no connection", COMES_AGAIN)
TLS = Reason("tls", "no secure connection to its host can be made", SOURCE_AGAIN)
TIMEOUT = Reason("timeout", "its host did not answer in time", COMES_AGAIN)
TOO_SLOW = Reason("too_slow", "it came slower than the least rate that is borne", COMES_AGAIN)
TOO_LARGE = Reason("too_large", "it is larger than a page may be", HAND_IN)
RATIO = Reason("ratio", "it unpacks to more than its size can honestly hold")
HEADERS = Reason("headers", "its headers are too many or too long")
PROTOCOL = Reason("protocol", "its host breaks the rules of HTTP", SOURCE_AGAIN)
TRUNCATED = Reason("truncated", "it broke off before its end", COMES_AGAIN)
ENCODING = Reason("encoding", "its content encoding cannot be undone", SOURCE_AGAIN)
REDIRECTS = Reason("redirects", "it leads through more redirects than are followed", SOURCE_AGAIN)
REDIRECT_LOOP = Reason("redirect_loop", "its redirects go in a circle", SOURCE_AGAIN)
GUARD = Reason(
    "guard",
    "it leads where nobody may ask: to a private network, a closed port or another scheme",
    "if the host is the operator's own, allow it by name in the settings",
)
HTTP_403 = Reason("http_403", "the site refuses it (403)", f"ask the site for leave, or {HAND_IN}")
HTTP_4XX = Reason("http_4xx", "the site refuses it (400 to 499)", SOURCE_AGAIN)
HTTP_5XX = Reason("http_5xx", "the site fails (500 to 599)", COMES_AGAIN)
NOT_FOUND = Reason("http_404", "the site does not know it (404), so far once", "none: it is asked once more")
NO_MORE = Reason("http_410", "the site says that it is gone (410), so far once", "none: it is asked once more")
RATE_LIMITED = Reason("rate_limited", "the site asks us to come less often (429)", COMES_AGAIN)
NOT_HTML = Reason("not_html", "it is no HTML page")
UNREADABLE = Reason("unreadable", "it cannot be read as the list that it should be", SOURCE_AGAIN)
FAULT = Reason("unforeseen", "the {stage} met an error that nobody foresaw", COMES_AGAIN)
EMPTY = Reason("empty", "it was served without content", COMES_AGAIN)

HTTP_200 = Reason("http_200", "it was served")
REDIRECTED = Reason("redirected", "it leads to another address", "watchfloor explain {target}")
NOT_MODIFIED = Reason("not_modified", "the site says that it has not changed (304)")
SAME_BYTES = Reason("same_bytes", "it was served with the same bytes as before")
HTTP_404 = Reason("http_404", "the site did not know it twice (404)")
HTTP_410 = Reason("http_410", "the site said twice that it is gone (410)")

INDEX = Reason("index", "it is a list of articles and no article")
LOGIN = Reason("login", "it is a page to sign in at", HAND_IN)
VIDEO = Reason("video", "it is a film without an article")
GALLERY = Reason("gallery", "it is a gallery without an article")
TYPES = tuple(
    Reason(code, f"an article was read out of it: {words}")
    for code, words in {
        "news": "news",
        "opinion": "opinion",
        "analysis": "analysis",
        "live_blog": "a live blog",
        "interview": "an interview",
        "press_release": "a press release",
        "other": "of no known kind",
    }.items()
)
REJECTED = Reason(
    "rejected",
    "the {stage} could do nothing with it: it lies with the dead letters, whole",
    "watchfloor dlq list --stage {stage} --each; once the cause is mended: watchfloor dlq retry --stage {stage} --all",
)
UNFORESEEN = Reason("unforeseen", "the {stage} met an error that nobody foresaw", REJECTED.remedy)

OF_VERDICT: dict[Verdict, tuple[Reason, ...]] = {
    "found": (FEED, SITEMAP, SECTION, HOME, PAGE),
    "requested": (REQUEST,),
    "held_back": (OFF_DOMAIN, EXCLUDED, NOT_INCLUDED, NOT_HTTP, PAUSED, TRAP),
    "refused": (ROBOTS, ROBOTS_UNREACHABLE, TDM),
    "fetched": (HTTP_200, REDIRECTED),
    "unchanged": (NOT_MODIFIED, SAME_BYTES),
    "failed": (
        *(DNS, CONNECT, TLS, TIMEOUT, TOO_SLOW, TOO_LARGE, RATIO, HEADERS, PROTOCOL, TRUNCATED, ENCODING, REDIRECTS),
        *(REDIRECT_LOOP, GUARD, HTTP_403, NOT_FOUND, NO_MORE, HTTP_4XX, HTTP_5XX, RATE_LIMITED, NOT_HTML, EMPTY),
        *(UNREADABLE, FAULT),
    ),
    "gone": (HTTP_404, HTTP_410),
    "parsed": TYPES,
    "ended": (INDEX, LOGIN, VIDEO, GALLERY, NOT_HTML, REDIRECTED),
    "rejected": (REJECTED, UNFORESEEN),
}
"""The reasons of decisions, by what was decided."""

NO_SOURCE = Reason(
    "no_source", "no source is configured for its domain", f"watchfloor sources add {{url}}; or {ASK_FOR_IT}"
)
NEVER_FOUND = Reason(
    "never_found",
    "none of the lists that are read names it",
    f"watchfloor sources check {{url}}; add the list that names it to {{source}}; or {ASK_FOR_IT}",
)
SOURCE_PAUSED = Reason("source_paused", "its source is paused, so its lists are not read", PAUSED.remedy)
SOURCE_DOWN = Reason("source_down", "its source cannot be fetched or read", SOURCE_AGAIN)
SOURCE_SILENT = Reason(
    "source_silent", "its source has listed nothing new for longer than its own rhythm explains", SOURCE_AGAIN
)
SOURCE_LATE = Reason("source_late", "the lists of its source are read later than planned", "watchfloor doctor")
SOURCE_NEW = Reason(
    "source_new", "its source is new, and its lists have not been read yet", "none: they are read in their turn"
)
WAITING = Reason(
    "waiting", "it is known and waits for its turn to be fetched", "none: its host is asked at its own pace"
)
UNPARSED = Reason("unparsed", "it was fetched and is on its way to the parser", "none: it comes")
UNINDEXED = Reason("unindexed", "it was parsed and is on its way through enricher and indexer", "none: it comes")
LAGGING = Reason(
    "lagging",
    "it was handed on and a stage is far behind, or does not run",
    "watchfloor health; watchfloor topics describe shows who is behind",
)
GONE = Reason("gone", "its page is no more at any of its addresses")
HERE = Reason("here", "it is here as it was last fetched")
MERGED = Reason("merged", "its article goes by another address, which the page names as its own")
OTHER_ADDRESS = Reason("other_address", "it is known in another form of its address")
CANONICALISED = Reason("canonicalised", "it goes by its canonical form, without what never tells two articles apart")
DOUBLED = Reason(
    "doubled",
    "another address carries the same article as an article of its own",
    "if one of the two pages names the other as canonical, tell the site; what reads them may join by content_hash",
)
PARSE_EMPTY = Reason("parse_empty", "an article without any text was read out of it", SOURCE_AGAIN)
LAYOUT_CHANGED = Reason(
    "layout_changed", "its text is far shorter than its source's usual, as all its new ones are", SOURCE_AGAIN
)
SHORT = Reason("short", "its text is far shorter than its source's usual")
PAYWALLED = Reason("paywalled", "the page withholds a part of its text from those who do not pay", HAND_IN)
NO_DATE = Reason("no_date", "the page names no time of publication, so it is sorted by when it was first fetched")
OTHER_LANGUAGE = Reason("other_language", "it is filed in another language than its source's")
FOUND_LATE = Reason(
    "found_late",
    "it was found long after it was published",
    f"list its feed or section, or shorten the `cadence` {IN_SOURCES}",
)
FETCHED_LATE = Reason("fetched_late", "it was fetched long after it was found")
OF_EXPLANATIONS: tuple[Reason, ...] = (
    *(NO_SOURCE, NEVER_FOUND, SOURCE_PAUSED, SOURCE_DOWN, SOURCE_SILENT, SOURCE_LATE, SOURCE_NEW),
    *(WAITING, UNPARSED, UNINDEXED, LAGGING),
    *(
        GONE,
        HERE,
        MERGED,
        OTHER_ADDRESS,
        CANONICALISED,
        DOUBLED,
        PARSE_EMPTY,
        LAYOUT_CHANGED,
        SHORT,
        PAYWALLED,
        NO_DATE,
    ),
    *(OTHER_LANGUAGE, FOUND_LATE, FETCHED_LATE, PUSH, BACKFILL),
)
"""What an explanation says beyond the reasons of decisions."""
_STATUS = re.compile(r"^http_([1-5])\d\d$")


def reason_of(verdict: Verdict, code: str) -> Reason:
    """The reason of a decision. A code of a later version has no meaning here, but stays what it is.

    >>> reason_of("failed", "http_451").meaning
    'the site refuses it (400 to 499)'
    """
    known = {reason.code: reason for reason in OF_VERDICT[verdict]}
    status = _STATUS.match(code)
    family = known.get(f"http_{status[1]}xx") if status else None
    by_family = replace(family, code=code) if family else None
    return known.get(code) or by_family or Reason(code, f"it was {verdict.replace('_', ' ')} ({code})")


def as_markdown() -> str:
    """The table of all reasons, as docs/consumers.md has it."""
    rows = [(verdict, reason) for verdict, reasons in OF_VERDICT.items() for reason in reasons]
    lines = ["| verdict | reason | meaning |", "|---|---|---|"]
    return "\n".join(
        [*lines, *(f"| {verdict} | `{reason.code}` | {_shown(reason.meaning)} |" for verdict, reason in rows)]
    )


def _shown(meaning: str) -> str:
    return meaning.format(stage="stage")
