"""What the guarded client promises to those who use it."""

import asyncio
import gzip
import socket
import ssl
from pathlib import Path

import pytest
import trustme
from aiohttp.abc import AbstractResolver, ResolveResult
from fixtures.small_server import SmallServer, page, serving

from watchfloor.web.client import Client
from watchfloor.web.errors import Code, FetchError
from watchfloor.web.limits import Limits

AGENT = "WatchfloorBot/0.0 (+https://watchfloor.example/bot)"


class Everywhere(AbstractResolver):
    """Every name is at 127.0.0.1."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """One address for all."""
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=family, proto=0, flags=0)]

    async def close(self) -> None:
        """Nothing is held."""


def client_of(server: SmallServer, limits: Limits | None = None) -> Client:
    return Client(AGENT, limits=limits or Limits(), allowed=server.allowed, resolver=Everywhere())


def elsewhere(server: SmallServer) -> frozenset[tuple[str, int]]:
    """An exception that lets the server's port be asked, but not at its address."""
    return frozenset({("elsewhere.test", server.port)})


async def fails(client: Client, url: str, code: Code, **how: object) -> FetchError:
    with pytest.raises(FetchError) as raised:
        await client.get(url, **how)  # type: ignore[arg-type]
    assert raised.value.code == code
    return raised.value


async def test_an_answer_holds_what_a_reader_and_an_archive_need() -> None:
    packed = gzip.compress(b"<p>hello</p>")
    answer = page(packed, "Content-Encoding: GZIP", "X-Twice: 1", "x-twice: 2", "X-Motto: Київ", status="203 Just So")
    async with serving(lambda _: answer) as server, client_of(server) as client:
        response = await client.get(server.url("/a/../b?q=ü#top"))
    assert (response.url, response.final_url) == (server.url("/a/../b?q=ü#top"), server.url("/b?q=%C3%BC"))
    assert (response.status, response.reason, response.http_version) == (203, "Just So", "1.1")
    assert (response.content, response.wire, response.complete) == (b"<p>hello</p>", packed, True)
    assert (response.content_encoding, response.remote_address, response.hops) == ("gzip", "127.0.0.1", ())
    assert response.raw_headers[1:4] == ((b"Content-Encoding", b"GZIP"), (b"X-Twice", b"1"), (b"x-twice", b"2"))
    assert response.headers[-1] == ("X-Motto", "Київ")
    assert (response.header("X-TWICE"), response.header("absent")) == ("1", None)
    assert server.asked[0].startswith("GET /b?q=%C3%BC HTTP/1.1\r\n")


async def test_whatever_is_told_can_be_written_down() -> None:
    answer = b"HTTP/1.1 200 \xff\xfe\r\nX-Surrogate: \xed\xa0\x80\r\nX-Motto: caf\xe9\r\nContent-Length: 0\r\n\r\n"
    async with serving(lambda _: answer) as server, client_of(server) as client:
        response = await client.get(server.url())
        error = await fails(client, "http://\ud800/", "guard")
    for text in (response.reason, *(value for _, value in response.headers), str(error), error.subject):
        assert text.encode().decode() == text
    assert response.header("X-Motto") == "café"


async def test_a_request_says_who_asks_and_nothing_of_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    answers = {"/": page(b"", "Location: /next", "Set-Cookie: a=b", status="302 Found"), "/next": page()}
    async with serving(answers.get) as server, client_of(server) as client:
        await client.get(server.url())
        await client.get(server.url())
    for asked in server.asked:
        names = {line.partition(":")[0].lower() for line in asked.split("\r\n")[1:] if line}
        assert names == {"host", "user-agent", "accept", "accept-encoding"}
        assert f"User-Agent: {AGENT}\r\n" in asked
        assert "Accept-Encoding: gzip, deflate, br\r\n" in asked


async def test_connections_are_kept_and_closed_at_the_end() -> None:
    async with serving(lambda _: page()) as server:
        async with client_of(server) as client:
            for number in range(5):
                await client.get(server.url(f"/{number}"))
            assert (server.connections, server.open_now) == (1, 1)
        async with asyncio.timeout(30):
            await server.none_open.wait()


async def test_a_kept_connection_that_was_closed_meanwhile_is_replaced() -> None:
    answers: list[bytes | None] = [page(b"one"), None, page(b"two")]
    async with serving(lambda _: answers.pop(0)) as server, client_of(server) as client:
        assert (await client.get(server.url())).content == b"one"
        assert (await client.get(server.url())).content == b"two"
    assert server.connections == 2


async def test_a_server_that_breaks_the_connection_is_not_asked_twice() -> None:
    async with serving(lambda _: None) as server, client_of(server) as client:
        await fails(client, server.url(), "connect")
    assert len(server.asked) == 1


async def test_nobody_listening_is_a_failed_connection() -> None:
    async with serving(lambda _: page()) as server:
        gone = server
    async with client_of(gone) as client:
        await fails(client, gone.url(), "connect")


async def test_the_machines_resolver_tells_an_unknown_name() -> None:
    async with Client(AGENT) as client:
        await fails(client, "http://no-such-name.invalid/", "dns")


async def test_localhost_is_found_out_though_it_is_a_name() -> None:
    async with serving(lambda _: page()) as server, Client(AGENT, allowed=elsewhere(server)) as client:
        error = await fails(client, server.url(host="localhost"), "guard")
    assert "loopback" in error.reason
    assert server.connections == 0


async def test_an_allowed_name_holds_for_that_name_alone() -> None:
    async with serving(lambda _: page()) as server:
        allowed = frozenset({("newsroom", server.port)})
        async with Client(AGENT, allowed=allowed, resolver=Everywhere()) as client:
            assert (await client.get(server.url(host="NewsRoom"))).status == 200
            await fails(client, server.url(host="elsewhere.test"), "guard")
            await fails(client, server.url(), "guard")
            await fails(client, "http://newsroom/", "guard")
            await fails(client, "http://newsroom:22/", "guard")


async def test_redirects_are_followed_and_recorded() -> None:
    answers = {
        "/": page(b"", "Location: /two", status="301 Moved Permanently"),
        "/two": page(b"x" * 10, "Location: three?q=1#part", status="307 Temporary Redirect"),
        "/three?q=1": page(b"there", status="404 Not Found"),
    }
    async with serving(answers.get) as server, client_of(server) as client:
        response = await client.get(server.url())
    assert [(hop.url, hop.status, hop.location) for hop in response.hops] == [
        (server.url(), 301, "/two"),
        (server.url("/two"), 307, "three?q=1#part"),
    ]
    assert (response.final_url, response.status, response.content) == (server.url("/three?q=1"), 404, b"there")


async def test_the_caller_is_asked_before_each_redirect_and_may_forbid_it() -> None:
    answers = {
        "/": page(b"", "Location: /two", status="302 Found"),
        "/two": page(b"", "Location: /three", status="302 Found"),
    }
    seen: list[str] = []

    async def may_follow(url: str) -> None:
        seen.append(url)
        if url.endswith("/three"):
            raise PermissionError("robots.txt")

    async with serving(answers.get) as server, client_of(server) as client:
        with pytest.raises(PermissionError, match=r"robots\.txt"):
            await client.get(server.url(), may_follow=may_follow)
        assert seen == [server.url("/two"), server.url("/three")]
        assert len(server.asked) == 2


async def test_the_callers_own_waiting_does_not_count() -> None:
    answers = {"/": page(b"", "Location: /two", status="302 Found"), "/two": page(b"there")}

    async def may_follow(_: str) -> None:
        await asyncio.sleep(3.5)

    async with serving(answers.get) as server, client_of(server, Limits(total_seconds=3)) as client:
        assert (await client.get(server.url(), may_follow=may_follow)).content == b"there"


async def test_the_callers_headers_stay_with_their_host() -> None:
    async with serving(lambda _: page()) as other:
        answers = {
            "/": page(b"", "Location: /same", status="302 Found"),
            "/same": page(b"", f"Location: {other.url('/other')}", status="302 Found"),
        }
        async with serving(answers.get) as server, Client(AGENT, allowed=server.allowed | other.allowed) as client:
            await client.get(server.url(), headers=(("Authorization", "Bearer secret"), ("If-None-Match", '"one"')))
    assert all("Authorization: Bearer secret\r\n" in asked for asked in server.asked)
    assert all('If-None-Match: "one"\r\n' in asked for asked in server.asked)
    assert "secret" not in other.asked[0]
    assert "If-None-Match" not in other.asked[0]


async def test_what_was_dropped_does_not_come_back() -> None:
    answers = {"/back": page(b"home")}
    async with serving(answers.get) as server:
        answers["/away"] = page(b"", f"Location: {server.url('/back')}", status="302 Found")
        away = server.url("/away", host="elsewhere.test")
        answers["/"] = page(b"", f"Location: {away}", status="302 Found")
        async with client_of(server) as client:
            await client.get(server.url(), headers=[("X-Key", "secret")])
    assert ["secret" in asked for asked in server.asked] == [True, False, False]


@pytest.mark.parametrize(
    "header",
    [("Host", "other"), ("Cookie", "a=b"), ("User-Agent", "Mozilla"), ("X-A", "b\r\nX-C: d"), ("X A", "b"), ("", "b")],
)
async def test_a_header_that_is_not_the_callers_to_set_is_refused(header: tuple[str, str]) -> None:
    async with serving(lambda _: page()) as server, client_of(server) as client:
        await fails(client, server.url(), "guard", headers=[header])
    assert server.asked == []


async def test_a_body_is_cut_where_the_caller_wants_no_more() -> None:
    async with serving(lambda _: page(b"a" * 3_000_000)) as server, client_of(server) as client:
        response = await client.get(server.url(), limits=Limits(cut_at=500_000, wire_bytes=2_000_000))
        assert (response.content, response.complete) == (b"a" * 500_000, False)
        whole = await client.get(server.url(), limits=Limits(cut_at=3_000_000))
        assert (len(whole.content), whole.complete) == (3_000_000, True)


async def test_a_bomb_is_cut_too() -> None:
    bomb = page(gzip.compress(bytes(200_000_000), 9), "Content-Encoding: gzip")
    async with serving(lambda _: bomb) as server, client_of(server) as client:
        response = await client.get(server.url(), limits=Limits(cut_at=500_000))
    assert (response.content, response.complete) == (bytes(500_000), False)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(wire_bytes=99_999), "too_large"),
        (Limits(decoded_bytes=999_999), "too_large"),
        (Limits(ratio=5, ratio_free_bytes=1000), "ratio"),
        (Limits(header_bytes=100), "headers"),
        (Limits(header_count=3), "headers"),
    ],
)
async def test_each_limit_holds(limits: Limits, code: Code) -> None:
    body = bytes(range(250)) * 4000
    packed = gzip.compress(body) + bytes(100_000)
    headers = ("Content-Encoding: gzip", "X-One: 1", "X-Two: 2", "X-Three: " + "3" * 60)
    async with serving(lambda _: page(packed, *headers)) as server, client_of(server) as client:
        assert (await client.get(server.url())).content == body
        await fails(client, server.url(), code, limits=limits)


async def test_after_a_failure_the_next_request_is_well() -> None:
    answers = {"/bad": page(b"not packed", "Content-Encoding: gzip"), "/good": page(b"good")}
    async with serving(answers.get) as server, client_of(server) as client:
        for _ in range(3):
            await fails(client, server.url("/bad"), "encoding")
            assert (await client.get(server.url("/good"))).content == b"good"


async def test_a_cancelled_request_is_cancelled() -> None:
    async with serving(lambda _: b"") as server, client_of(server) as client:
        request = asyncio.create_task(client.get(server.url()))
        await server.was_asked.wait()
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request


async def test_tls_is_verified_by_the_machines_certificates(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("news.test").configure_cert(tls)
    async with serving(lambda _: page(b"secure"), tls) as server:
        secure = server.url(host="news.test").replace("http:", "https:")
        elsewhere = server.url(host="other.test").replace("http:", "https:")
        async with client_of(server) as client:
            await fails(client, secure, "tls")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        async with client_of(server) as client:
            assert (await client.get(secure)).content == b"secure"
            await fails(client, elsewhere, "tls")
    assert len(server.asked) == 1
