"""OPML 2.0 (opml.org/spec2.opml): outlets from the reading lists of feed readers, and back. Pure.

Of an outlet it carries id, name, home, feeds, language and tags; what a reader of feeds has no word for stays behind.
The first tag is the folder that an outlet lies in, as feed readers have it; all tags stand in `category`.
"""

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from watchfloor.errors import InvalidAddress, Rejected
from watchfloor_scraper.configuration.codes import read_language
from watchfloor_scraper.configuration.configuration import Configuration
from watchfloor_scraper.configuration.faults import BadValue, InvalidConfiguration
from watchfloor_scraper.configuration.located import MAX_BYTES
from watchfloor_scraper.configuration.merging import free_id
from watchfloor_scraper.configuration.naming import id_of
from watchfloor_scraper.configuration.outlet import Outlet
from watchfloor_scraper.configuration.reading import read_outlet
from watchfloor_scraper.feed.decoding import decode
from watchfloor_scraper.markup import FORBIDDEN, MAX_PARTS, Tag, tags_and_text

NAMESPACE = "urn:watchfloor:opml"
MAX_FOLDERS = 20
REMEDY = "give the OPML file that a reader of feeds exports"


@dataclass(frozen=True)
class ReadingList:
    """What an OPML file lists."""

    outlets: tuple[Outlet, ...]
    passed_over: tuple[str, ...]
    """A sentence for each outline that names a feed and cannot be an outlet."""


@dataclass(frozen=True)
class _Outline:
    attributes: dict[str, str]
    folders: tuple[str, ...]

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name.lower(), "").strip()

    def is_named(self) -> bool:
        """Whether it stands for something to be watched."""
        return bool(self["xmlUrl"] or (self["watchfloor:id"] and self["url"]))

    @property
    def title(self) -> str:
        return " ".join((self["text"] or self["title"]).split())[:200].strip()

    @property
    def tags(self) -> tuple[str, ...]:
        """The folders, then the categories, each once."""
        listed = [" ".join(tag.split()) for name in (*self.folders, self["category"]) for tag in name.split(",")]
        return tuple(dict.fromkeys(tag for tag in listed if tag))


def import_opml(content: bytes, name: str = "the OPML file") -> ReadingList:
    """Read the outlets of an OPML file.

    Each outline with a feed is an outlet, its folders are tags. Outlines of one `watchfloor:id`, as `export_opml` writes
    them, are one outlet. Raises Rejected where it is no OPML or larger than 5 MB.

    >>> text = '<opml><outline text="Navies"><outline text="Northwatch" xmlUrl="https://n.example/feed"/></outline></opml>'
    >>> [(outlet.id, outlet.feeds, outlet.tags) for outlet in import_opml(text.encode()).outlets]
    [('northwatch', ('https://n.example/feed',), ('Navies',))]
    """
    if len(content) > MAX_BYTES:
        raise Rejected(f"is larger than {MAX_BYTES // 1024**2} MB", subject=name, remedy="split it")
    outlets: dict[str, Outlet] = {}
    ids: dict[str, str] = {}  # of the outlets, by the feeds they came from
    passed_over: list[str] = []
    for outline in filter(_Outline.is_named, _outlines(FORBIDDEN.sub("", decode(content, name)), name)):
        feed = outline["xmlUrl"]
        try:
            earlier = outlets.get(outline["watchfloor:id"] or ids.get(feed, ""))
            outlet = _with(earlier, outline) if earlier else _outlet(outline, outlets)
        except (InvalidConfiguration, InvalidAddress) as error:
            passed_over.append(f"{outline.title or feed}: {_why(error)}")
            continue
        outlets[outlet.id] = outlet
        ids.update({feed: outlet.id} if feed else {})
    return ReadingList(tuple(outlets.values()), tuple(passed_over))


def _outlines(text: str, name: str) -> Iterator[_Outline]:
    """Every outline with the titles of those around it."""
    around: list[str] = []
    is_opml = False
    for count, part in enumerate(tags_and_text(text)):
        if count >= MAX_PARTS:
            raise Rejected("has too many outlines", subject=name, remedy="split it")
        if not isinstance(part, Tag):
            continue
        is_opml = is_opml or part.name == "opml"
        if not is_opml or part.name != "outline":
            continue
        if part.closes:
            del around[-1:]
            continue
        outline = _Outline(part.attributes(), tuple(filter(None, around[:MAX_FOLDERS])))
        yield outline
        if not part.empty:
            around.append("" if outline.is_named() else outline.title)
    if not is_opml:
        raise Rejected("is no OPML", subject=name, remedy=REMEDY)


def _with(outlet: Outlet, outline: _Outline) -> Outlet:
    """An outlet with a further outline of its own: another feed, or the same in another folder."""
    feeds = dict.fromkeys([*outlet.feeds, *filter(None, [outline["xmlUrl"]])])
    tags = dict.fromkeys([*outlet.tags, *outline.tags])
    return read_outlet({**outlet.as_written(), "feeds": tuple(feeds), "tags": tuple(tags)}, outlet.id)


def _outlet(outline: _Outline, before: Mapping[str, Outlet]) -> Outlet:
    """The outlet of an outline; raises InvalidConfiguration and InvalidAddress where it cannot be one."""
    feed, home = outline["xmlUrl"], outline["htmlUrl"] or outline["url"]
    own = outline["watchfloor:id"] or free_id(id_of(outline.title, home or feed), before.__contains__)
    data = {"id": own, "name": outline.title, "home": home, "feeds": (feed,) if feed else (), "tags": outline.tags}
    primary = outline["language"].replace("_", "-").partition("-")[0]
    try:
        language = read_language(primary) if primary else None
    except BadValue:
        language = None  # feeds say `unknown`, and worse
    return read_outlet({**data, "language": language}, own)


def _why(error: InvalidConfiguration | InvalidAddress) -> str:
    """The fault of the feed, where there is one: others follow from it."""
    if isinstance(error, InvalidAddress):
        return error.reason
    fault = min(error.faults, key=lambda fault: not fault.field.startswith("feeds"))
    return f"{fault.field}: {fault.reason}"


def export_opml(configuration: Configuration, title: str = "Watchfloor") -> str:
    """All outlets as OPML: a folder for each first tag, an outline for each feed."""
    outlets = sorted(configuration.outlets, key=lambda outlet: outlet.tags[:1])
    body = [
        line for folder, inside in groupby(outlets, lambda outlet: outlet.tags[:1]) for line in _folder(folder, inside)
    ]
    head = f"<head><title>{html.escape(title)}</title></head>"
    first = f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0" xmlns:watchfloor="{NAMESPACE}">'
    return "\n".join([first, head, "<body>", *body, "</body>", "</opml>", ""])


def _folder(tags: tuple[str, ...], outlets: Iterator[Outlet]) -> Iterator[str]:
    lines = (line for outlet in outlets for line in _lines(outlet))
    if not tags:
        yield from lines
        return
    yield f"<outline {_attributes({'text': tags[0]})}>"
    yield from lines
    yield "</outline>"


def _lines(outlet: Outlet) -> Iterator[str]:
    common = {
        "text": outlet.name,
        "language": outlet.language or "",
        "category": ",".join(outlet.tags),
        "watchfloor:id": outlet.id,
    }
    for feed in outlet.feeds:
        yield f"<outline {_attributes({'type': 'rss', **common, 'xmlUrl': feed, 'htmlUrl': outlet.home})}/>"
    if not outlet.feeds:
        yield f"<outline {_attributes({'type': 'link', **common, 'url': outlet.home})}/>"


def _attributes(values: dict[str, str]) -> str:
    return " ".join(f'{name}="{html.escape(value)}"' for name, value in values.items() if value)
