"""robots.txt, by RFC 9309. Pure: the bytes of the file in, verdicts out.

Where the RFC leaves a matter open:
- A group begins at the first `User-agent` after a rule, and at nothing else: unknown lines, blank lines and Crawl-delay
  neither end one nor begin one (section 2.2.4). Crawl-delay, which the RFC does not know, holds for the agents that are
  named in its group before it, so that it never reaches an agent that is named after it.
- A product token is what a name begins with: letters, digits, `_` and `-`; versions and further words are left out.
- In a query `:` `/` `?` and `@`, which may stand there bare, are the same encoded and not (the RFC's own example).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

MAX_BYTES = 500 * 1024
"""What section 2.5 asks to be read at least; what stands after it is not read."""
LINE_END = re.compile(r"\r\n|\r|\n")
BLANKS = " \t\v\f"
"""What is white space in a file that is read octet by octet: beyond ASCII an octet is a part of a letter."""
NUMBER = re.compile(r"\+?(?:\d{1,9}(?:\.\d*)?|\.\d+)")
MAX_SITEMAPS = 100
PRODUCT_TOKEN = re.compile(r"[A-Za-z0-9_-]+")
PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
BARE_IN_QUERY = frozenset(":/?@")
FIELDS = {
    "user-agent": "agent",
    "useragent": "agent",
    "user agent": "agent",
    "allow": "allow",
    "disallow": "disallow",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl-delay": "delay",
    "crawldelay": "delay",
    "crawl delay": "delay",
    "sitemap": "sitemap",
    "site-map": "sitemap",
}
"""Names of lines, with the misspellings that the reference parser (google/robotstxt) takes."""


@dataclass(frozen=True)
class Rule:
    """An allow or disallow line."""

    allow: bool
    pattern: str
    """Normalised: percent-encoded ASCII, `*` any octets, `$` at the end the end of the address."""

    def matches(self, address: str) -> bool:
        """Whether a normalised address begins as the pattern says; linear for each part between two stars."""
        anchored = self.pattern.endswith("$")
        first, *parts = self.pattern.removesuffix("$").split("*")
        if not address.startswith(first):
            return False
        if not parts:
            return not anchored or address == first
        position = len(first)
        for part in parts[:-1]:
            position = address.find(part, position)
            if position < 0:
                return False
            position += len(part)
        if anchored:
            return address.endswith(parts[-1]) and len(address) - len(parts[-1]) >= position
        return address.find(parts[-1], position) >= 0


@dataclass(frozen=True)
class Group:
    """The rules for some agents."""

    agents: frozenset[str]
    """Product tokens in lower case, or `*`."""
    rules: tuple[Rule, ...]
    delays: tuple[tuple[frozenset[str], float], ...]
    """Seconds between two requests, and the agents that had been named when the line came."""


@dataclass(frozen=True)
class Robots:
    r"""What one robots.txt says.

    >>> robots = read_robots(b"User-agent: *\nDisallow: /drafts/\nAllow: /drafts/*.html$\nCrawl-delay: 2.5")
    >>> [robots.allows(path, "WatchfloorBot/1.0") for path in ("/drafts/a", "/drafts/a.html", "/robots.txt")]
    [False, True, True]
    >>> robots.crawl_delay("WatchfloorBot")
    2.5
    """

    groups: tuple[Group, ...]
    sitemaps: tuple[str, ...] = ()
    """Addresses of `Sitemap` lines, as they are written, at most `MAX_SITEMAPS`; they hold for every agent."""

    def allows(self, address: str, agent: str) -> bool:
        """Whether this agent may fetch an address (path and query, or a whole URL).

        The match of most octets decides, an allow where two are equal; /robots.txt itself is always allowed (section
        2.2.2). `agent` is a product token, or a User-Agent header that begins with one.
        """
        if normalise_address(address).partition("?")[0] == "/robots.txt":
            return True
        rule = self.deciding(address, agent)
        return rule is None or rule.allow

    def deciding(self, address: str, agent: str) -> Rule | None:
        """The rule that decides on an address, /robots.txt itself aside; None where none speaks of it."""
        wanted = normalise_address(address)
        rules = (rule for group in self._groups_of(agent) for rule in group.rules)
        return max((rule for rule in rules if rule.matches(wanted)), key=_weight, default=None)

    def crawl_delay(self, agent: str) -> float | None:
        """Seconds that this agent shall leave between two requests, the longest it is told; None where none."""
        names = self._names_of(agent)
        delays = (delay for group in self.groups for agents, delay in group.delays if agents & names)
        return max(delays, default=None)

    def _names_of(self, agent: str) -> frozenset[str]:
        """The name under which the file speaks of this agent: its own, else the star."""
        token = _product_token(agent)
        named = any(token in group.agents for group in self.groups)
        return frozenset({token if named else "*"})

    def _groups_of(self, agent: str) -> Iterator[Group]:
        names = self._names_of(agent)
        return (group for group in self.groups if group.agents & names)


def read_robots(content: bytes) -> Robots:
    r"""Read the bytes of a robots.txt. Never raises: lines that say nothing are passed over.

    >>> read_robots(b"User-agent: *\nDisallow: /a\n\nUser-agent: Bot\nDisallow: /b").allows("/a", "Bot")
    True
    """
    lines = list(_lines(content))
    sitemaps = dict.fromkeys(_text(value) for kind, value in lines if kind == "sitemap" and value)
    rules = (line for line in lines if line[0] != "sitemap")
    return Robots(tuple(_groups(rules)), tuple(sitemaps)[:MAX_SITEMAPS])


@lru_cache(maxsize=1024)
def normalise_address(address: str) -> str:
    """Path and query as they are compared: what must be percent-encoded is, what need not be is not (section 2.2.2).

    >>> normalise_address("https://news.example/caf\u00e9/%7Eeditor?next=http%3A//b.example#top")
    '/caf%C3%A9/~editor?next=http://b.example'
    """
    path = address.partition("#")[0]
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", path):
        path = re.sub(r"^[^:]*://[^/?]*", "", path)
    path = path if path.startswith("/") else "/" + path
    return _normalise(path.encode("utf-8", "replace").decode("latin-1")).replace("*", "%2A").replace("$", "%24")


def _normalise(octets: str) -> str:
    """One form for each address. `octets` has one character for each byte."""
    path, mark, query = octets.partition("?")
    return _settle(path, UNRESERVED) + mark + _settle(query, UNRESERVED | BARE_IN_QUERY)


def _settle(octets: str, bare: frozenset[str]) -> str:
    def settle(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        return character if character in bare else found[0].upper()

    settled = PERCENT.sub(settle, STRAY_PERCENT.sub("%25", octets))
    return "".join(sign if "!" <= sign <= "~" else f"%{ord(sign):02X}" for sign in settled)


def _text(octets: str) -> str:
    return octets.encode("latin-1").decode("utf-8", "replace")


def _weight(rule: Rule) -> tuple[int, bool]:
    return len(rule.pattern), rule.allow


def _product_token(name: str) -> str:
    found = PRODUCT_TOKEN.match(name.strip())
    return found[0].lower() if found else ""


def _lines(content: bytes) -> Iterator[tuple[str, str]]:
    """The lines that mean something: the kind of line, and its value as text of one character a byte."""
    octets = content[:MAX_BYTES].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    lines = LINE_END.split(octets)
    if len(content) > MAX_BYTES:
        lines.pop()  # cut off: the beginning of a rule would forbid more than the rule
    for line in lines:
        said = line.partition("#")[0]
        name, colon, value = said.partition(":")
        words = [word for word in re.split(f"[{BLANKS}]+", said) if word]
        if not colon and len(words) == 2:  # the reference parser forgives a missing colon
            name, value = words
        kind = FIELDS.get(" ".join(name.lower().split()))
        if kind:
            yield kind, value.strip(BLANKS)


def _groups(lines: Iterable[tuple[str, str]]) -> Iterator[Group]:
    agents: list[str] = []
    rules: list[Rule] = []
    delays: list[tuple[frozenset[str], float]] = []
    has_rules = False
    for kind, value in lines:
        if kind == "agent":
            if has_rules:
                yield Group(frozenset(agents), tuple(rules), tuple(delays))
                agents, rules, delays, has_rules = [], [], [], False
            agents.append("*" if re.fullmatch(r"\*(?:\s.*)?", value) else _product_token(value))
        elif kind == "delay":
            delays.extend((frozenset(agents), seconds) for seconds in _seconds(value))
        else:
            has_rules = bool(agents)
            rules.extend(_rules(kind, value) if agents else ())
    yield Group(frozenset(agents), tuple(rules), tuple(delays))


def _rules(kind: str, value: str) -> Iterator[Rule]:
    """An empty pattern matches nothing, and so does one that does not begin as a path does."""
    if value.startswith(("/", "*")):
        pattern = _normalise(value)
        inner, end = (pattern[:-1], "$") if pattern.endswith("$") else (pattern, "")
        yield Rule(kind == "allow", inner.replace("$", "%24") + end)


def _seconds(value: str) -> Iterator[float]:
    if NUMBER.fullmatch(value):
        yield float(value)
