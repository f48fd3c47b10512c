"""What follows where an address redirects to another host: the new address is to be asked for in that host's own turn."""

from collections.abc import Sequence

from watchfloor.errors import InvalidAddress
from watchfloor.identity import canonical_url
from watchfloor.source import Visit
from watchfloor_scraper.answers.consequence import Consequence, decided, decision, outcome
from watchfloor_scraper.answers.failures import Failure, follow_failure
from watchfloor_scraper.configuration import Outlet
from watchfloor_scraper.frontier import Finding, Target
from watchfloor_scraper.health.facts import DAY

MOST_HOPS = 10
"""From host to host, as within one (see `watchfloor.web.limits`): hosts that send one round have an end."""


def follow_elsewhere(
    target: Target, url: str, outlet: Outlet | None, now: float, way: Sequence[str] = ()
) -> Consequence:
    """Make the new address known, where the outlet covers it; a list is asked again for where it now leads.

    `way` are the addresses that led to this one by redirects, the nearest first.
    """
    address = url
    if target.kind == "page":
        try:
            address = canonical_url(url)
        except InvalidAddress as error:
            return follow_failure(target, Failure("failed", "guard", f"redirects to {url}: {error.reason}"), now)
    endless = _endless(target, address, way)
    if endless is not None:
        return follow_failure(target, endless, now)
    coverage = outlet.covers(address) if outlet else None
    if coverage is not None and not coverage.ok and target.kind == "page":
        held = decided(target, "held_back", coverage.code, f"redirects to {address}: {coverage.sentence}", now)
        return Consequence(target, outcome(target, None, misses=0, failures=0), (held,))
    finding = Finding(address, target.kind, target.source_id, target.url, now, target.origin, title=target.title)
    said = [decided(target, "ended", "redirected", f"redirects to {address}", now)]
    if target.kind == "page":
        said.append(_found(target, address, now))
    again = None if target.kind == "page" else now + (target.interval or DAY)
    kept = outcome(target, again, fetched_at=now, misses=0, failures=0)
    return Consequence(target, kept, tuple(said), (finding,))


def _found(target: Target, address: str, now: float) -> Visit:
    """That the new address is known from now on."""
    detail = f"{target.url} redirects to it"
    event = decision(address, "found", "page", detail, now, source_id=target.source_id, origin=target.origin)
    return Visit(event, f"found:page:{target.page_id}:{target.visit}")


def _endless(target: Target, address: str, way: Sequence[str]) -> Failure | None:
    if address in (target.url, *way):
        return Failure("failed", "redirect_loop", f"redirects to {address}, which led here")
    if len(way) >= MOST_HOPS:
        return Failure("failed", "redirects", f"redirects to {address}, after {len(way)} other hosts")
    return None
