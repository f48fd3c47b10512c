"""Asking politely: what is asked of a host, in which order, and what is not asked at all. Against a real server."""

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import trustme
from fixtures.frontier import NOON, Clock
from fixtures.small_server import page, serving
from fixtures.small_site import SmallSite, html, moved, rss, small_site, target

from watchfloor.web.client import Client
from watchfloor.web.response import Response
from watchfloor_scraper.answers.failures import Failure
from watchfloor_scraper.asking import Asker, Elsewhere, NotYet, Reply
from watchfloor_scraper.configuration import Outlet
from watchfloor_scraper.frontier import Frontier, host_key
from watchfloor_scraper.politeness.tdmrep import PATH as TDMREP

RULES = page(b"User-agent: *\nDisallow: /drafts/\nCrawl-delay: 7\n", "Content-Type: text/plain")
TDM_FILE = page(b'[{"location": "/story", "tdm-reservation": 1, "tdm-policy": "https://a.example/terms"}]')
HAD: dict[str, Any] = {
    "body_hash": "x",
    "etag": '"one"',
    "last_modified": "Tue, 05 May 2026 10:00:00 GMT",
    "last_fetched_at": NOON - 60,
}


@dataclass
class Asking:
    """A host, and who asks it."""

    site: SmallSite
    asker: Asker
    frontier: Frontier
    clock: Clock

    def outlet(self, **more: object) -> Outlet:
        """The outlet of the host, asked without pause."""
        return Outlet.model_validate({"id": "gazette", "home": self.site.url(), "delay": "0s", **more})

    async def ask(self, path: str = "/story", outlet: Outlet | None = None, **known: Any) -> Reply:
        """Ask in as many turns as it takes."""
        url = path if "://" in path else self.site.url(path)
        wanted = target(url, host=host_key(url), **known)
        for _ in range(3):
            reply = await self.asker.ask(wanted, outlet or self.outlet())
            if not isinstance(reply, NotYet):
                return reply
        raise AssertionError("robots.txt and tdmrep.json take a turn each, and no more")


@asynccontextmanager
async def asking(folder: Path, answers: Mapping[str, bytes | list[bytes] | None]) -> AsyncIterator[Asking]:
    clock = Clock()
    async with small_site({"/story": html("Story"), **answers}) as site:
        with Frontier(folder / "frontier.sqlite", now=clock) as frontier:
            async with Client("WatchfloorBot/0 (+desk@watchfloor.example)", allowed=site.server.allowed) as client:
                yield Asking(site, Asker(client, frontier, clock=clock), frontier, clock)


def refusal(reply: Reply) -> tuple[str, str, bool]:
    """Verdict and reason of a failure, and whether the site was asked for the page."""
    assert isinstance(reply, Failure), reply
    return reply.verdict, reply.reason, reply.asked


async def test_a_host_is_asked_for_robots_txt_then_for_tdmrep_json_each_in_a_turn_of_its_own(tmp_path: Path) -> None:
    async with asking(tmp_path, {}) as host:
        wanted = target(host.site.url("/story"), host=host.site.host)
        replies = [await host.asker.ask(wanted, host.outlet()) for _ in range(4)]
        assert replies[:2] == [NotYet(), NotYet()]
        assert all(isinstance(reply, Response) and reply.status == 200 for reply in replies[2:])
        assert host.site.paths == ["/robots.txt", TDMREP, "/story", "/story"]


async def test_both_are_asked_for_again_once_they_have_expired(tmp_path: Path) -> None:
    async with asking(tmp_path, {}) as host:
        await host.ask()
        host.clock.now += 86_400
        await host.ask()
        assert host.site.paths == ["/robots.txt", TDMREP, "/story"] * 2


async def test_what_robots_txt_forbids_is_not_asked_for_and_leaves_the_turn_to_others(tmp_path: Path) -> None:
    async with asking(tmp_path, {"/robots.txt": RULES}) as host:
        reply = await host.ask("/drafts/story")
        assert refusal(reply) == ("refused", "robots", False)
        assert "Disallow: /drafts/" in str(reply)
        assert host.site.pages() == []


async def test_a_robots_txt_that_is_out_of_order_forbids_everything(tmp_path: Path) -> None:
    async with asking(tmp_path, {"/robots.txt": page(b"", status="503 Busy")}) as host:
        assert refusal(await host.ask()) == ("refused", "robots_unreachable", False)
        assert host.site.paths == ["/robots.txt"]


async def test_where_the_host_itself_is_out_of_reach_that_is_the_reason(tmp_path: Path) -> None:
    async with asking(tmp_path, {"/robots.txt": None}) as host:
        assert refusal(await host.ask()) == ("failed", "connect", False)
        assert refusal(await host.ask("http://127.0.0.2:80/")) == ("failed", "guard", False)
        assert refusal(await host.ask("http://nowhere.invalid/")) == ("failed", "dns", False)
        assert host.site.paths == ["/robots.txt"]


async def test_a_crawl_delay_holds_from_the_moment_when_it_was_read(tmp_path: Path) -> None:
    async with asking(tmp_path, {"/robots.txt": RULES}) as host:
        await host.asker.ask(target(host.site.url("/story"), host=host.site.host), host.outlet())
        assert host.frontier.host(host.site.host).delay == 7


@pytest.mark.parametrize(("own", "delay"), [("0s", 7), ("20s", 20)])
async def test_a_host_is_asked_no_faster_than_operator_and_robots_txt_say(tmp_path: Path, own: str, delay: int) -> None:
    async with asking(tmp_path, {"/robots.txt": RULES}) as host:
        await host.ask(outlet=host.outlet(delay=own))
        assert host.frontier.host(host.site.host).delay == delay


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({TDMREP: TDM_FILE}, "file; its terms: https://a.example/terms"),
        ({"/story": html("Story", "tdm-reservation: 1")}, "header"),
        ({"/story": page(b'<html><meta name="tdm-reservation" content="1">', "Content-Type: text/html")}, "meta"),
    ],
)
async def test_a_site_that_reserves_mining_is_heeded_unless_the_operator_has_a_licence(
    tmp_path: Path, answers: Mapping[str, bytes], where: str
) -> None:
    async with asking(tmp_path, answers) as host:
        reply = await host.ask()
        assert refusal(reply) == ("refused", "tdm", True)
        assert str(reply.detail if isinstance(reply, Failure) else "").endswith(f"says its {where}")
    async with asking(tmp_path / "licensed", answers) as host:
        assert isinstance(await host.ask(outlet=host.outlet(tdm="licensed")), Response)
        assert TDMREP not in host.site.paths


async def test_a_reservation_speaks_of_pages_and_not_of_the_lists_that_name_them(tmp_path: Path) -> None:
    feed = rss("/story").replace(b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\ntdm-reservation: 1\r\n")
    async with asking(tmp_path, {"/feed.xml": feed}) as host:
        assert isinstance(await host.ask("/feed.xml", kind="feed"), Response)


async def test_a_redirect_to_another_host_is_not_followed(tmp_path: Path) -> None:
    async with asking(tmp_path, {"/story": moved("https://www.a.example/story")}) as host:
        assert await host.ask() == Elsewhere("https://www.a.example/story")


@pytest.mark.parametrize(
    "place", ["http://169.254.169.254/latest/", "http://[::1]/", "file:///etc/passwd", "http://./"]
)
async def test_a_redirect_to_where_nobody_may_go_is_stopped_by_the_guard(tmp_path: Path, place: str) -> None:
    async with asking(tmp_path, {"/story": moved(place)}) as host:
        assert refusal(await host.ask()) == ("failed", "guard", True)


async def test_a_redirect_to_what_robots_txt_forbids_is_not_followed(tmp_path: Path) -> None:
    async with asking(tmp_path, {"/robots.txt": RULES, "/story": moved("/drafts/story")}) as host:
        reply = await host.ask()
        assert refusal(reply) == ("refused", "robots", True)
        assert "Disallow: /drafts/" in str(reply)
        assert host.site.pages() == ["/story"]


async def test_a_known_page_is_asked_for_by_condition(tmp_path: Path) -> None:
    async with asking(tmp_path, {}) as host:
        await host.ask(**HAD)
        (headers,) = host.site.headers("/story")
        assert (headers["if-none-match"], headers["if-modified-since"]) == ('"one"', HAD["last_modified"])


@pytest.mark.parametrize("known", [{"unchanged": 3}, {"body_hash": None}, {"lastmod": NOON}, {"gone": True}])
async def test_a_page_is_asked_for_whole_where_a_not_modified_would_not_be_believed(
    tmp_path: Path, known: dict[str, Any]
) -> None:
    """At every fourth visit that found nothing, without a body of before, where a list says it changed, where it is gone."""
    async with asking(tmp_path, {}) as host:
        await host.ask(**{**HAD, **known})
        (headers,) = host.site.headers("/story")
        assert not {"if-none-match", "if-modified-since"} & set(headers)


async def test_what_the_operator_adds_is_sent_with_every_request_and_says_who_asks(tmp_path: Path) -> None:
    async with asking(tmp_path, {}) as host:
        await host.ask(outlet=host.outlet(headers={"X-Reader": "desk"}))
        (headers,) = host.site.headers("/story")
        assert headers["x-reader"] == "desk"
        assert headers["user-agent"].startswith("WatchfloorBot")


async def test_a_password_is_sent_to_the_outlets_own_host_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(tls)
    async with serving(lambda _: html("Story"), tls) as server:
        allowed = server.allowed | {("localhost", server.port)}
        own, other = (f"https://{host}:{server.port}/story" for host in ("127.0.0.1", "localhost"))
        outlet = Outlet.model_validate(
            {
                "id": "gazette",
                "home": own,
                "domains": [f"localhost:{server.port}"],
                "headers": {"Authorization": "secret"},
            }
        )
        with Frontier(tmp_path / "frontier.sqlite", now=Clock()) as frontier:
            async with Client("WatchfloorBot/0", allowed=allowed) as client:
                for url in (own, own, own, other, other, other):
                    await Asker(client, frontier, clock=Clock()).ask(target(url, host=host_key(url)), outlet)
    stories = [asked for asked in server.asked if "GET /story" in asked]
    assert ["secret" in asked for asked in stories] == [True, False]
    assert not any("secret" in asked for asked in server.asked if "GET /story" not in asked)


async def test_a_further_page_of_a_list_is_asked_for_without_condition_and_by_the_same_rules(tmp_path: Path) -> None:
    answers = {
        "/robots.txt": page(b"User-agent: *\nDisallow: /drafts/"),
        "/feed?2": rss("/b"),
        "/drafts/feed": rss("/c"),
    }
    async with asking(tmp_path, {"/feed": rss("/a"), **answers}) as host:
        first = replace(target(host.site.url("/feed"), "feed", host=host.site.host), **HAD)
        await host.ask("/feed", kind="feed")
        assert await host.asker.ask_on(first, host.outlet(), host.site.url("/feed?2")) is not None
        assert "if-none-match" not in host.site.headers("/feed?2")[0]
        for url in (host.site.url("/drafts/feed"), "https://elsewhere.example/feed?2", host.site.url("/feed?3")):
            assert await host.asker.ask_on(first, host.outlet(), url) is None
        assert host.site.pages() == ["/feed", "/feed?2", "/feed?3"]
