"""What the configuration means for the frontier: which lists are read, which outlets are served, how fast."""

from collections.abc import Iterator

from watchfloor_scraper.configuration import Configuration, Outlet
from watchfloor_scraper.configuration.identification import PRODUCT
from watchfloor_scraper.frontier import CONFIGURED, Finding, Frontier, Kind, host_key
from watchfloor_scraper.politeness import pace
from watchfloor_scraper.politeness.robots_policy import verdict


def adopt(frontier: Frontier, configuration: Configuration, now: float) -> None:
    """Bring the frontier in line with what the operator asks for; what is known already keeps its schedule."""
    lists = [finding for outlet in configuration.outlets for finding in lists_of(outlet, now)]
    frontier.keep_outlets(outlet.id for outlet in configuration.outlets)
    frontier.keep_lists(finding.url for finding in lists)
    frontier.pause(outlet.id for outlet in configuration.outlets if outlet.paused)
    frontier.add(lists)
    for outlet in configuration.outlets:
        for host in {host_key(url) for url in (outlet.home, *outlet.lists)}:
            frontier.set_delay(host, _delay(frontier, host, outlet))


def _delay(frontier: Frontier, host: str, outlet: Outlet) -> float:
    """As long as the operator says, and no shorter than the robots.txt that is known asks."""
    robots = frontier.robots(host)
    asked = verdict(robots, outlet.home, PRODUCT).crawl_delay if robots else None
    return pace.host_delay(outlet.delay.total_seconds(), asked)


def lists_of(outlet: Outlet, now: float) -> Iterator[Finding]:
    """The lists that an outlet is read by; its home page where it names no others."""
    for kind, urls in _kinds(outlet):
        for url in urls:
            yield Finding(url, kind, outlet.id, CONFIGURED, now, "live")


def _kinds(outlet: Outlet) -> Iterator[tuple[Kind, tuple[str, ...]]]:
    yield "feed", outlet.feeds
    yield "sitemap", outlet.sitemaps
    yield "section", outlet.sections
    if not outlet.lists:
        yield "home", (outlet.home,)
