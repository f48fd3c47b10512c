"""The desk of the crawl: the configuration that holds, requests that come in, the health of the outlets."""

import logging
import time
from collections.abc import Callable, Sequence

from watchfloor import logs, metrics
from watchfloor.errors import InvalidAddress, Rejected, Stop, TryLater
from watchfloor.events import Event, PageDecided, PageRequested
from watchfloor.identity import canonical_url
from watchfloor.settings import Settings
from watchfloor.source import Visit
from watchfloor_scraper.adoption import adopt
from watchfloor_scraper.answers.consequence import Consequence, decision
from watchfloor_scraper.configuration import Configuration, ConfigurationFile
from watchfloor_scraper.configuration.identification import PRODUCT, user_agent
from watchfloor_scraper.frontier import Finding, Frontier
from watchfloor_scraper.health.watch import HealthWatch

log = logging.getLogger(__name__)
LOOK_SECONDS, COUNT_SECONDS = 1.0, 30.0
REQUEST = "request"


class Desk:
    """What goes on beside the visits. Without a file of sources only what is requested is fetched.

    Raises InvalidConfiguration where the file is bad at the start, Stop where nobody answers for the crawler.
    """

    def __init__(
        self, settings: Settings, frontier: Frontier, health: HealthWatch, clock: Callable[[], float] = time.time
    ) -> None:
        self._frontier = frontier
        self._health = health
        self._file = ConfigurationFile(settings.sources_path) if settings.sources_path else None
        self._nothing = Configuration(outlets=())
        self._said: list[Visit] = []
        self._look_at = self._count_at = 0.0
        self._wake: Callable[[], None] | None = None
        self._introduce: Callable[[str], None] | None = None
        self._settings = settings
        self._closed = False
        self.user_agent = _user_agent(settings, self.configuration())
        adopt(frontier, self.configuration(), clock())

    def configuration(self) -> Configuration:
        """The configuration that holds."""
        return self._file.current if self._file else self._nothing

    def remark(self) -> str:
        """What is wrong with the file of sources, by its first fault; empty while what it says is what holds."""
        trouble = self._file.trouble if self._file else None
        if trouble is None:
            return ""
        first, *more = trouble.faults
        others = f"; and {len(more)} more" if more else ""
        return f"the sources stay as they were: {trouble.subject}: {first}{others}"

    def wakes(self, wake: Callable[[], None]) -> None:
        """Whom to wake where something is due at once."""
        self._wake = wake

    def introduces(self, introduce: Callable[[str], None]) -> None:
        """Whom to tell where the crawler is to name itself anew."""
        self._introduce = introduce

    def close(self) -> None:
        """Take nothing any more."""
        self._closed = True

    def between(self, now: float) -> Sequence[Visit]:
        """Look after everything once; what is to be said."""
        if now >= self._look_at:
            self._look_at = now + LOOK_SECONDS
            self._look(now)
        said, self._said = self._said, []
        return [*said, *self._health.news(self.configuration(), now)]

    def settled(self, consequence: Consequence) -> None:
        """A visit is over: what it says of its outlet is noted."""
        target = consequence.target
        if consequence.trouble is not None:
            self._health.note_trouble(target.source_id, target.url, consequence.trouble)
        self._health.note_arrivals(target.source_id, consequence.arrivals)

    def receive(self, event: Event) -> None:
        """Take a request, or what the parser says of a page. Raises Rejected, TryLater."""
        if self._closed:
            raise TryLater("the scraper is about to stop", subject=event.key)
        if isinstance(event, PageDecided):
            self._health.note_decision(event)
        elif isinstance(event, PageRequested):
            self._request(event)
        else:
            raise Rejected(f"the scraper reads no {type(event).__name__}", subject=event.key)

    def _request(self, event: PageRequested) -> None:
        try:
            url = canonical_url(event.url)
        except InvalidAddress as error:
            raise InvalidAddress(error.reason, subject=event.url, remedy=error.remedy) from error
        outlet = next((one for one in self.configuration().outlets if one.covers(url).ok), None)
        source_id = outlet.id if outlet else None
        self._frontier.request(Finding(url, "page", source_id, REQUEST, event.requested_at.timestamp(), "pushed"))
        at = event.requested_at.timestamp()
        requested = decision(
            url, "requested", "request", "asked for over HTTP", at, source_id=source_id, origin="pushed"
        )
        self._said.append(Visit(requested, f"requested:{event.requested_at.isoformat()}"))
        if self._wake is not None:
            self._wake()

    def _look(self, now: float) -> None:
        if self._file is not None and self._file.poll() is not None:
            adopt(self._frontier, self.configuration(), now)
            self._name_anew()
        if now >= self._count_at:
            self._count_at = now + COUNT_SECONDS
            for kind, count in self._frontier.count().items():
                metrics.KNOWN_ADDRESSES.labels(kind).set(count)

    def _name_anew(self) -> None:
        """Take over a new contact; where there is none any more, the last one still answers for the crawler."""
        try:
            self.user_agent = _user_agent(self._settings, self.configuration())
        except Stop as trouble:
            log.warning("the crawler goes on as %s: %s", self.user_agent, trouble, extra=logs.event("contact_missing"))
        if self._introduce is not None:
            self._introduce(self.user_agent)


def _user_agent(settings: Settings, configuration: Configuration) -> str:
    """How the crawler names itself. Raises Stop where outlets are read and nobody answers for it."""
    if not (settings.contact or configuration.outlets):
        return PRODUCT
    return user_agent(settings.contact, configuration.contact)
