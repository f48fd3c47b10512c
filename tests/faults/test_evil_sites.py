"""The scraper at work on every evil site at once, while three healthy sources keep their rhythm.

`ENDS` is to be read from the right to the left: case, and how its evil place ends in the trail. What each case does is
told in `fixtures.evil_server`. Where the evil is not at the page that the outlet's feed lists, `AT` says where it is; the
cases of `LISTS` lie in what they list, and have a test each of what became of that.
"""

import asyncio
import os
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from fixtures.crawling import Crawling, crawl_settings, crawling
from fixtures.evil_server import EvilSites, Site, cases, start
from fixtures.evil_server.case import Request
from fixtures.small_server import SmallServer, page, serving

from watchfloor.events import PageDecided
from watchfloor.identity import canonical_url
from watchfloor.web.limits import Limits
from watchfloor_scraper.discovery.listings import MAX_FOUND
from watchfloor_scraper.listing import MOST_LISTS

pytestmark = pytest.mark.faults

LIMITS = Limits(total_seconds=15, answer_seconds=6, rate_seconds=3)
"""Shorter times than by default, so that what never ends is soon over; all other limits are the defaults."""
LONGEST_VISIT_SECONDS = LIMITS.total_seconds + 20
"""A list is read after it was fetched, in a process of its own with its own bounds; the rest is for a machine under load."""
MEMORY_MB = 300
"""What the scraper and all the sites, which live in the same process, may take more than at the beginning."""
PATIENCE_SECONDS = 150.0
HEALTHY, LATEST_ROUNDS, ROUNDS = 3, 2, 5

ENDS: dict[tuple[str, str], str] = {
    # nothing comes, or not in time
    ("failed", "timeout"): "silent silent_everywhere silent_on_tls_port slow_headers half_headers endless_continue",
    ("failed", "connect"): "closes resets cut_headers",
    ("failed", "tls"): "plain_on_tls_port self_signed",
    ("failed", "dns"): "redirect_to_unknown_name",
    ("failed", "too_slow"): "one_byte_a_second stalls endless_chunk_size",
    # what comes is too much
    ("failed", "headers"): """
        endless_headers huge_header endless_header endless_reason many_large_headers cookie_flood""",
    ("failed", "too_large"): "endless_chunks endless_body endless_robots endless_missing_page declares_a_terabyte",
    ("failed", "ratio"): """
        gzip_bomb gzip_bomb_404 gzip_bomb_302_nowhere gzip_bomb_robots gzip_bomb_sitemap gzip_bomb_feed
        brotli_bomb brotli_bomb_404 brotli_bomb_302_nowhere brotli_bomb_robots brotli_bomb_sitemap brotli_bomb_feed
        gzip_in_gzip_bomb""",
    ("failed", "unreadable"): "sitemap_file_bomb",
    # what comes is not what it says
    ("failed", "protocol"): """
        switches_protocols http_0_9 garbage nul_in_header no_status two_answers tls_on_plain_port declares_too_little
        length_below_zero length_in_words two_lengths chunk_garbage chunk_size_overflow no_content part
        redirect_nowhere not_modified_unasked""",
    ("failed", "truncated"): """
        declares_too_much resets_in_body resets_in_chunks unfinished_chunks cut_gzip cut_brotli""",
    ("failed", "encoding"): """
        packed_ten_times gzip_that_is_none brotli_that_is_none unknown_coding gzip_of_members""",
    ("failed", "empty"): "empty",
    ("ended", "not_html"): "html_as_picture",
    # it leads where nobody should go, or nowhere
    ("failed", "guard"): """
        redirect_to_file redirect_to_javascript redirect_to_data redirect_to_ftp redirect_to_gopher redirect_to_metadata
        redirect_to_metadata_ipv6 redirect_to_private_10 redirect_to_private_172 redirect_to_private_192
        redirect_to_carrier_grade_nat redirect_to_loopback redirect_to_loopback_decimal redirect_to_loopback_octal
        redirect_to_loopback_hex redirect_to_loopback_wide_digits redirect_to_loopback_mapped redirect_to_loopback_ipv6
        redirect_to_loopback_6to4 redirect_to_loopback_nat64 redirect_to_unspecified redirect_to_another_port
        redirect_to_credentials redirect_to_private_name redirect_to_no_host redirect_to_broken rebinding""",
    ("held_back", "off_domain"): "redirect_to_label_too_long",
    ("failed", "redirect_loop"): "redirect_to_itself redirect_in_a_ring robots_loop",
    ("failed", "redirects"): "redirect_chain redirect_without_end",
    # the site does not want it, or cannot
    ("refused", "robots_unreachable"): "server_error",
    ("failed", "rate_limited"): "come_back_in_a_century",
    # it is a page after all: what it says is for the parser to judge
    ("fetched", "http_200"): """
        cookie_shower windows_1251_as_utf_8 utf_8_as_utf_16 unheard_of_charset two_charsets broken_utf_8 binary_as_html
        content_type_garbage headers_in_latin_1 same_page_everywhere deep_nesting many_attributes
        same_tag_changed_body changed_tag_same_body never_modified modified_in_the_future huge_tag""",
    ("fetched", "redirected"): "gzip_bomb_302 brotli_bomb_302 redirect_home",
}
LISTS = {
    "entity_bomb": 2,  # found and fetched
    "entity_bomb_sitemap": 2,
    "external_entity": 2,
    "javascript_links": 4,
    "year_9999": 14,
    "feed_of_100000": MAX_FOUND,
    "sitemap_of_50000": MAX_FOUND,
    "sitemap_names_itself": 0,
    "sitemaps_name_each_other": 0,
    "sitemaps_without_end": 0,
    "calendar": 0,
}
"""The cases that lie in what a list says, and how many steps their trails have at least when it was read."""
EXPECTED = {name: end for end, names in ENDS.items() for name in names.split()}
CHANGING = "same_tag_changed_body never_modified modified_in_the_future huge_tag".split()
"""Pages that change, whatever their validators say."""
AT = {
    **dict.fromkeys(
        "silent_everywhere silent_on_tls_port plain_on_tls_port self_signed server_error".split(), "/feed.xml"
    ),
    "redirect_to_unknown_name": "http://nowhere.test:{port}/",
    "redirect_to_private_name": "http://private.test:{port}/",
    "rebinding": "https://rebinding.test/",
}
"""Where a case ends, if not at its evil place: at the feed, where nothing of the host can be had; or where it leads to."""
MORE = {
    "redirect_to_unknown_name": ", domains: [nowhere.test]",
    "redirect_to_private_name": ", domains: [private.test]",
    **dict.fromkeys(("feed_of_100000", "sitemap_of_50000"), ", delay: 1s"),
    **dict.fromkeys((*CHANGING, "changed_tag_same_body"), ", revisit: {first: 1s, growth: 1, until: 1h}"),
}
"""What the operator sets beside."""


def outlet(site: Site) -> str:
    """An outlet as an operator would write it: by its sitemap or section where the case lies there, else by its feed."""
    kind = "sitemaps" if "sitemap" in site.case.path else "sections" if site.case.name == "calendar" else "feeds"
    place = site.base + "/feed.xml" if kind == "feeds" else site.url
    more = MORE.get(site.case.name, "")
    calm = "" if "delay" in more else ", delay: 0s"
    name = site.case.name
    return f"  - {{id: {name}, home: '{site.base}/', {kind}: ['{place}'], cadence: 1h{calm}{more}}}\n"


@dataclass
class Healthy:
    """A source with one more article each time its feed is read."""

    name: str
    server: SmallServer = field(default_factory=SmallServer)
    readings: int = 0
    late: list[int] = field(default_factory=list)
    """Of each request for an article: how often the feed had been read since it was new."""

    def respond(self, path: str) -> bytes | None:
        """What the source answers."""
        if path == "/feed.xml":
            self.readings += 1
            items = "".join(f"<item><link>{self.article(n)}</link></item>" for n in range(self.readings, 0, -1))
            return page(f"<rss><channel>{items}</channel></rss>".encode(), "Content-Type: application/rss+xml")
        if path.startswith("/news/"):
            number = int(path.rpartition("-")[2])
            self.late.append(self.readings - number)
            return page(f"<html><title>{number}</title><p>News of {self.name}</p>".encode(), "Content-Type: text/html")
        return page(b"", status="404 Not Found")

    def article(self, number: int) -> str:
        """The address of one of its articles."""
        return self.server.url(f"/news/article-{number}")

    def outlet(self) -> str:
        """Its line in sources.yaml."""
        feed = self.server.url("/feed.xml")
        return f"  - {{id: {self.name}, home: '{self.server.url()}', feeds: ['{feed}'], cadence: 1s, delay: 0s}}\n"


@dataclass
class Watch:
    """What the crawl took at its worst."""

    visit_seconds: float = 0.0
    memory: int = 0

    async def look(self) -> None:
        """Look again and again, until cancelled."""
        process, begun = psutil.Process(os.getpid()), dict[asyncio.Task[object], float]()
        before = process.memory_info().rss
        while True:
            now = time.monotonic()
            visits = [task for task in asyncio.all_tasks() if "Visitor.visit" in str(task.get_coro())]
            begun = {task: begun.get(task, now) for task in visits}
            self.visit_seconds = max([self.visit_seconds, *(now - since for since in begun.values())])
            self.memory = max(self.memory, process.memory_info().rss - before)
            await asyncio.sleep(0.05)


@dataclass
class Scene:
    """The end of the crawl: every case has ended."""

    sites: EvilSites
    healthy: list[Healthy]
    crawl: Crawling
    watch: Watch
    seconds: float

    def trail(self, name: str) -> list[PageDecided]:
        """What was decided of the pages and lists of a case."""
        return [step for step in self.crawl.events(PageDecided) if step.source_id == name]

    def asked(self, name: str) -> list[str]:
        """The paths that a site was asked for."""
        return [request.path for request in self.sites[name].asked]


def place(site: Site) -> str:
    """Where a case ends, as the trail names it."""
    at = AT.get(site.case.name, site.url)
    return canonical_url(site.base + at if at.startswith("/") else at.format(port=site.port))


def open_cases(sites: EvilSites, crawl: Crawling) -> Iterator[str]:
    """The cases that have not ended yet, each with what is known of it so far."""
    trails: dict[str, list[tuple[str, str]]] = {}
    for step in crawl.events(PageDecided):
        trails.setdefault(step.url, []).append((step.verdict, step.reason))
    steps = Counter(step.source_id for step in crawl.events(PageDecided))
    bodies = Counter(fetched.url for fetched in crawl.fetched())
    for name, site in sites.by_name.items():
        trail = trails.get(place(site), [])
        if name in EXPECTED and (set(trail) <= {("found", "feed")} or (name in CHANGING and bodies[place(site)] < 2)):
            yield f"{name}: {trail}"
        elif site.case.path == "/robots.txt" and set(trails.get(site.base + "/calm", [])) <= {("found", "feed")}:
            yield f"{name}: its other page waits"
        elif name in LISTS and (site.case.path not in map(_path, site.asked) or steps[name] < LISTS[name]):
            yield f"{name}: {steps[name]} steps"


def _path(request: Request) -> str:
    return request.path


@asynccontextmanager
async def scene(folder: Path) -> AsyncIterator[Scene]:
    """Crawl until every case has ended and every healthy source was read often."""
    healthy = [Healthy(f"healthy-{number}") for number in range(HEALTHY)]
    async with (
        start() as sites,
        serving(healthy[0].respond) as healthy[0].server,
        serving(healthy[1].respond) as healthy[1].server,
        serving(healthy[2].respond) as healthy[2].server,
    ):
        outlets = [*map(outlet, sites.by_name.values()), *(source.outlet() for source in healthy)]
        pairs = sites.allowed.union(*(source.server.allowed for source in healthy))
        allowed = ",".join(f"{host}:{port}" for host, port in sorted(pairs))
        settings = crawl_settings(folder, "".join(outlets), allowed=allowed)
        async with crawling(settings, resolver=sites.resolver, limits=LIMITS) as crawl:
            watch, began = Watch(), time.monotonic()
            looking = asyncio.create_task(watch.look())
            await _ended(sites, crawl, healthy)
            looking.cancel()
            yield Scene(sites, healthy, crawl, watch, time.monotonic() - began)


async def _ended(sites: EvilSites, crawl: Crawling, healthy: list[Healthy]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while still := list(open_cases(sites, crawl)) or [one.name for one in healthy if one.readings < ROUNDS]:
        assert time.monotonic() < deadline, still
        await asyncio.sleep(0.2)


def test_every_case_of_the_evil_server_is_in_the_table() -> None:
    assert sorted([*EXPECTED, *LISTS]) == sorted(case.name for case in cases)


@pytest.mark.timeout(400)
async def test_every_evil_site_ends_for_its_reason_while_healthy_sources_keep_their_rhythm(tmp_path: Path) -> None:
    """136 sites at once: each ends as the table says, in bounded time and memory, and no healthy source waits for one."""
    async with scene(tmp_path) as seen:
        print(
            f"{len(cases)} cases in {seen.seconds:.0f} s; at most {seen.watch.memory / 2**20:.0f} MB more, "
            f"{seen.watch.visit_seconds:.1f} s a visit; healthy ones read {[one.readings for one in seen.healthy]} times, "
            f"their articles at most {max(max(one.late) for one in seen.healthy)} rounds late; "
            f"{len(seen.asked('sitemaps_without_end'))} requests for sitemaps without end"
        )
        _each_ends_for_its_reason(seen)
        _a_robots_txt_without_end_is_read_to_its_bound(seen)
        _changes_are_found_whatever_validators_say(seen)
        _lists_are_read_within_bounds(seen)
        _entities_are_not_expanded(seen)
        _links_that_are_none_are_not_asked_for(seen)
        _impossible_dates_do_not_count(seen)
        _healthy_sources_kept_their_rhythm(seen)
        assert seen.watch.visit_seconds < LONGEST_VISIT_SECONDS
        assert seen.watch.memory < MEMORY_MB * 2**20


def _each_ends_for_its_reason(seen: Scene) -> None:
    ends = {name: seen.crawl.decided(place(seen.sites[name])) for name in EXPECTED}
    wrong = {name: trail for name, trail in ends.items() if EXPECTED[name] not in trail}
    assert wrong == {}
    besides = {("found", "feed"), ("found", "page"), ("unchanged", "same_bytes"), ("unchanged", "not_modified")}
    mixed = {name: trail for name, trail in ends.items() if not set(trail) <= {EXPECTED[name], *besides}}
    assert mixed == {}
    assert not any(step.reason == "unforeseen" for step in seen.crawl.events(PageDecided))


def _a_robots_txt_without_end_is_read_to_its_bound(seen: Scene) -> None:
    """Of what is too long 500 KiB are read, and what they say holds (RFC 9309, 2.5); a loop is no robots.txt (2.3.1.3)."""
    for name in ("endless_robots", "gzip_bomb_robots", "brotli_bomb_robots", "robots_loop"):
        assert ("fetched", "http_200") in seen.crawl.decided(seen.sites[name].base + "/calm"), name


def _changes_are_found_whatever_validators_say(seen: Scene) -> None:
    for name in CHANGING:
        bodies = [page.content() for page in seen.crawl.fetched() if page.url == seen.sites[name].url]
        assert len(set(bodies)) == len(bodies) >= 2, name
    assert ("unchanged", "same_bytes") in seen.crawl.decided(seen.sites["changed_tag_same_body"].url)


def _lists_are_read_within_bounds(seen: Scene) -> None:
    for name in ("feed_of_100000", "sitemap_of_50000"):
        found = [step for step in seen.trail(name) if step.verdict == "found"]
        assert MAX_FOUND <= len(found) <= 2 * MAX_FOUND, name
    assert seen.asked("sitemap_names_itself").count("/sitemap.xml") == 1
    assert {"/sitemap.xml", "/other.xml"} <= set(seen.asked("sitemaps_name_each_other"))
    assert len(seen.asked("sitemaps_name_each_other")) <= 4
    assert len(set(seen.asked("sitemaps_without_end"))) <= MOST_LISTS + 3
    assert sorted(seen.asked("calendar")) == ["/.well-known/tdmrep.json", "/evil", "/robots.txt"]


def _entities_are_not_expanded(seen: Scene) -> None:
    for name in ("entity_bomb", "external_entity"):
        assert seen.crawl.decided(seen.sites[name].base + "/calm")[-1] == ("fetched", "http_200"), name
    assert "/more.dtd" not in seen.asked("external_entity")
    said = "".join(step.detail for name in ("entity_bomb", "external_entity") for step in seen.trail(name))
    assert "lol" not in said
    assert "root:" not in said
    (bombed,) = {step.url for step in seen.trail("entity_bomb_sitemap")}
    assert len(bombed) < 100


def _links_that_are_none_are_not_asked_for(seen: Scene) -> None:
    site = seen.sites["javascript_links"]
    trail = {(step.url, step.verdict, step.reason) for step in seen.trail("javascript_links")}
    assert trail == {
        (f"http://127.0.0.1:{site.port}/", "held_back", "off_domain"),
        ("http://169.254.169.254/latest/", "held_back", "off_domain"),
        (f"{site.base}/calm", "found", "feed"),
        (f"{site.base}/calm", "fetched", "http_200"),
    }
    assert set(seen.asked("javascript_links")) == {"/robots.txt", "/.well-known/tdmrep.json", "/feed.xml", "/calm"}


def _impossible_dates_do_not_count(seen: Scene) -> None:
    fetched = {page.url for page in seen.crawl.fetched() if page.source_id == "year_9999"}
    assert fetched == {f"{seen.sites['year_9999'].base}/calm?{number}" for number in range(7)}
    health = seen.crawl.health("year_9999")
    assert health is not None
    assert (health.state, health.articles_24h) == ("well", 0)
    assert health.next_fetch_at is None or (health.next_fetch_at - health.at).total_seconds() <= 3600


def _healthy_sources_kept_their_rhythm(seen: Scene) -> None:
    """Each article was fetched before its feed was read three times more, and nothing is missing or doubled."""
    for source in seen.healthy:
        assert max(source.late) <= LATEST_ROUNDS, source.name
        fetched = [page.url for page in seen.crawl.fetched() if page.source_id == source.name]
        assert len(fetched) == len(set(fetched))
        assert {source.article(n) for n in range(1, source.readings - LATEST_ROUNDS)} <= set(fetched)
        health = seen.crawl.health(source.name)
        assert health is not None
        assert health.state == "well"
