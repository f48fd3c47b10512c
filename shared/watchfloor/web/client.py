"""The guarded client: the one door by which the services ask the outside world.

Each request is bounded in time, bytes and redirects (limits.py), goes to public addresses alone (addresses.py) but for
those that the operator allows (allowed.py), and carries no cookies, no credentials and nothing of the environment.
"""

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self, cast

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from watchfloor.web.addresses import is_address, why_forbidden
from watchfloor.web.allowed import Allowed
from watchfloor.web.body import Body, read_body
from watchfloor.web.connecting import ATTEMPT, Answer, Attempt, NameResolver, ask_once, connector, machine_tls
from watchfloor.web.decoding import ACCEPT_ENCODING, codings_of
from watchfloor.web.errors import FetchError
from watchfloor.web.failures import LIBRARY_ERRORS, REMEDIES, failure
from watchfloor.web.journey import Journey
from watchfloor.web.limits import DEFAULT_LIMITS, Limits
from watchfloor.web.request_headers import Headers, check_headers
from watchfloor.web.response import Response, header_of, text_of
from watchfloor.web.target import Target, read_target

PORTS = frozenset({80, 443})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
SWITCHING_PROTOCOLS = 101

Resolver = AbstractResolver
"""What names are resolved by."""
MayFollow = Callable[[str], Awaitable[None]]


class Client:
    """Asks by GET; an asynchronous context, at whose end the connections are closed.

    `user_agent` names the robot and its contact. `allowed` are host:port pairs that may be at a forbidden address; their
    ports may be asked everywhere. Without `resolver`, the machine resolves names.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        limits: Limits = DEFAULT_LIMITS,
        allowed: Allowed = frozenset(),
        resolver: Resolver | None = None,
    ) -> None:
        self._limits = limits
        self._allowed = allowed
        self._ports = PORTS | {port for _, port in allowed}
        self._headers = {"User-Agent": user_agent, "Accept": "*/*", "Accept-Encoding": ACCEPT_ENCODING}
        self._resolver = resolver
        self._tls = machine_tls()

    async def __aenter__(self) -> Self:
        self._names = self._resolver or NameResolver()
        self._session = aiohttp.ClientSession(
            connector=connector(self._allowed, self._names, self._tls),
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(),  # none of the library's: ours run over all of it
            response_class=Answer,
            auto_decompress=False,
            trust_env=False,
            middlewares=(ask_once,),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        if self._resolver is None:
            await self._names.close()

    def introduce(self, user_agent: str) -> None:
        """Name itself so from the next request on."""
        self._session.headers["User-Agent"] = user_agent

    async def get(
        self, url: str, *, headers: Headers = (), limits: Limits | None = None, may_follow: MayFollow | None = None
    ) -> Response:
        """Ask for an address and follow its redirects; the answer may have any status.

        `headers` are sent to the host that they are meant for and to no other that it redirects to. `may_follow` is
        awaited with the address of each redirect before that is asked; what it raises ends the request. The body of a
        redirect is not read; one without Location is an answer like others.

        Raises FetchError, and nothing else but what `may_follow` raises.
        """
        limits = limits or self._limits
        check_headers(headers, url)
        journey = Journey(url, read_target(url, self._ports), headers, limits, limits.total_seconds)
        now = asyncio.get_running_loop().time
        while True:
            began = now()
            response = await self._ask(journey)
            if response is not None:
                return response
            journey.seconds -= now() - began
            if may_follow is not None:
                await may_follow(journey.target.url)

    async def _ask(self, journey: Journey) -> Response | None:
        """The answer; None where it is a redirect, which the journey has then followed."""
        target, limits = journey.target, journey.limits
        ATTEMPT.set(Attempt(target.url, target.host, target.port))
        ends = asyncio.get_running_loop().time() + journey.seconds
        try:
            async with asyncio.timeout(min(journey.seconds, limits.answer_seconds)) as clock:
                answer = await self._send(journey)
                try:
                    clock.reschedule(ends)
                    return await self._read(journey, answer)
                finally:
                    answer.close()  # a body that was read to its end has given its connection back before
        except TimeoutError as error:
            reason = f"no answer in {limits.answer_seconds:g} s, or not all of it in {limits.total_seconds:g} s"
            raise FetchError("timeout", reason, subject=target.url) from error
        except LIBRARY_ERRORS as error:
            raise failure(error, target.url) from error

    def _refuse_forbidden(self, target: Target) -> None:
        """Refuse a redirect to a forbidden IP address at once, so that no caller takes it for a site that it might ask.

        Raises FetchError `guard`.
        """
        why = why_forbidden(target.host) if is_address(target.host) else None
        if why and (target.host, target.port) not in self._allowed:
            raise FetchError("guard", f"{target.host} is {why}", subject=target.url, remedy=REMEDIES["guard"])

    async def _send(self, journey: Journey) -> Answer:
        limits = journey.limits
        answer = await self._session.get(
            URL(journey.target.url, encoded=True),
            headers=list(journey.headers) or None,
            allow_redirects=False,
            max_line_size=limits.header_bytes,
            max_field_size=limits.header_bytes,
            max_headers=limits.header_count,
        )
        return cast("Answer", answer)

    async def _read(self, journey: Journey, answer: Answer) -> Response | None:
        _check(answer, journey)
        if answer.status in REDIRECTS and (location := header_of(answer.raw_headers, "Location")) is not None:
            journey.follow(answer.status, location, self._ports)
            self._refuse_forbidden(journey.target)
            return None
        coding = header_of(answer.raw_headers, "Content-Encoding")
        body = await read_body(answer.content, coding, answer.content_length, journey.limits, journey.target.url)
        return _response(journey, answer, coding, body)


def _check(answer: Answer, journey: Journey) -> None:
    size = sum(len(name) + len(value) for name, value in answer.raw_headers)
    subject = journey.target.url
    if size > journey.limits.header_bytes:
        raise FetchError("headers", f"{size:,} bytes of headers", subject=subject)
    if answer.status == SWITCHING_PROTOCOLS:
        raise FetchError("protocol", "switches to another protocol unasked", subject=subject)
    transfer = answer.headers.get("Transfer-Encoding", "chunked").strip().lower()
    if transfer not in ("chunked", "identity"):
        raise FetchError("encoding", f"the transfer coding {transfer[:40]!r} is unknown", subject=subject)


def _response(journey: Journey, answer: Answer, coding: str | None, body: Body) -> Response:
    version = answer.version
    return Response(
        url=journey.url,
        final_url=journey.target.url,
        hops=tuple(journey.hops),
        status=answer.status,
        reason=text_of((answer.reason or "").encode(errors="surrogateescape")),
        http_version=f"{version.major}.{version.minor}" if version else "",
        raw_headers=answer.raw_headers,
        content=body.content,
        wire=body.wire,
        content_encoding=", ".join(codings_of(coding)) or None,
        remote_address=answer.remote_address,
        complete=body.complete,
    )
