"""What the article screen shows: the store's data put in order. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from watchfloor.events import ArticleLatest, SourceHealth
from watchfloor.store.highlights import Finds
from watchfloor.store.protocol import Address, Kept
from watchfloor_gateway.pages.article import head as heads
from watchfloor_gateway.pages.article.entry import Pin, pins
from watchfloor_gateway.pages.article.head import Head, Stamp
from watchfloor_gateway.pages.article.marks import MarkKind
from watchfloor_gateway.pages.article.numbers import Counted, numbers
from watchfloor_gateway.pages.article.passages import Passages, passages
from watchfloor_gateway.pages.article.provenance import Provenance, provenance
from watchfloor_gateway.pages.article.reading import Run, reading
from watchfloor_gateway.pages.article.said import Speaker, quote_pins, said
from watchfloor_gateway.pages.article.versions import VersionsView
from watchfloor_gateway.pages.article.when import Told, when
from watchfloor_gateway.pages.article.where import Located, where
from watchfloor_gateway.pages.article.who import Named, organisations, persons, things
from watchfloor_gateway.pages.drawing.map import MapView, draw_map
from watchfloor_gateway.pages.drawing.spots import spots_of

SWITCHES: tuple[tuple[str, MarkKind, str], ...] = (
    ("people", "person", "People"),
    ("organisations", "organisation", "Organisations"),
    ("places", "place", "Places"),
    ("quotations", "quote", "Quotations"),
    ("times", "time", "Times"),
    ("quantities", "quantity", "Numbers"),
)
"""The checkboxes: name (the stylesheet knows it as `marks-…`), the kind that it switches, its word."""
NOTHING = Finds((), (), (), ())


@dataclass(frozen=True)
class Switch:
    """A checkbox that shows or hides the marks of one kind, and how many there are."""

    name: str
    kind: MarkKind
    word: str
    count: int


@dataclass(frozen=True)
class Entries:
    """What the article says, beside its text."""

    persons: tuple[Named, ...]
    organisations: tuple[Named, ...]
    things: tuple[Named, ...]
    speakers: tuple[Speaker, ...]
    points: tuple[Located, ...]
    wide: tuple[Located, ...]
    """Countries and areas, whose middle would be a place where nothing happened."""
    times: tuple[Told, ...]
    numbers: tuple[Counted, ...]

    def __bool__(self) -> bool:
        return any((self.who, self.things, self.speakers, self.places, self.times, self.numbers))

    @property
    def places(self) -> tuple[Located, ...]:
        """All places."""
        return self.points + self.wide

    @property
    def wide_rules(self) -> tuple[str, ...]:
        """By which rules the countries and areas were found: they share one line."""
        return tuple(dict.fromkeys(rule for place in self.wide for rule in place.evidence.found_by))

    @property
    def who(self) -> tuple[Named, ...]:
        """Persons, then organisations."""
        return self.persons + self.organisations

    @property
    def sayings(self) -> int:
        """How many quotations there are."""
        return sum(len(speaker.sayings) for speaker in self.speakers)

    def pins(self) -> list[Pin]:
        """The marks of all of them."""
        return [
            *quote_pins(self.speakers),
            *pins("person", self.persons),
            *pins("organisation", self.organisations),
            *pins("place", self.places),
            *pins("time", self.times),
            *pins("quantity", self.numbers),
        ]


@dataclass(frozen=True)
class View:
    """The article screen."""

    head: Head
    reading: tuple[Run, ...]
    words: int
    switches: tuple[Switch, ...]
    entries: Entries
    counted_from: Stamp
    provenance: Provenance
    back: str | None
    """The address of the search that the reader came from."""
    today: date
    map: MapView | None
    versions: VersionsView | None

    @property
    def marked(self) -> bool:
        """Whether there is anything to switch."""
        return any(switch.count for switch in self.switches)


def view(
    kept: Kept,
    source: SourceHealth | None = None,
    pages: Sequence[Address] = (),
    hits: Finds | None = None,
    q: str = "",
    now: datetime | None = None,
    versions: VersionsView | None = None,
) -> View:
    """The screen of an article. `now` decides which years need not be said. Its map may take some tenths of a second."""
    article, found = kept.article, hits or NOTHING
    known = passages(article)
    entries = entries_of(article, known)
    ids = {place.entity_id: place.id for place in entries.places}
    pinned = entries.pins()
    return View(
        head=heads.head(kept, source, found.title, found.subtitle),
        reading=reading(article, known, pinned, found.text, found.captions),
        words=len(article.text.split()),
        switches=_switches(pinned),
        entries=entries,
        counted_from=heads.counted_from(article),
        provenance=provenance(kept, source, pages),
        back=f"/search?{urlencode({'q': q})}" if q else None,
        today=(now or article.fetched_at).astimezone(UTC).date(),
        map=draw_map(spots_of(article), href=lambda spot: f"#{ids[spot.entity_id or '']}"),
        versions=versions,
    )


def entries_of(article: ArticleLatest, known: Passages) -> Entries:
    """What the article says: each thing once."""
    named = persons(article, known), organisations(article, known), things(article, known)
    places = where(article, known)
    ids = {entry.entity_id: entry.id for group in (*named, places) for entry in group}
    at = heads.counted_from(article).at
    return Entries(
        *named,
        speakers=said(article, known, ids),
        points=tuple(place for place in places if not place.wide),
        wide=tuple(place for place in places if place.wide),
        times=when(article, known, at.astimezone(UTC).date() if isinstance(at, datetime) else at),
        numbers=numbers(article, known),
    )


def _switches(pinned: Sequence[Pin]) -> tuple[Switch, ...]:
    counts = Counter(pin.mark.kind for pin in pinned)
    return tuple(Switch(name, kind, word, counts[kind]) for name, kind, word in SWITCHES)
