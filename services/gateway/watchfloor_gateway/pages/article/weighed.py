"""The changes as they are listed: the heaviest first, the same change in headline and text once."""

from collections.abc import Sequence
from dataclasses import dataclass

from watchfloor_gateway.differences.changes import grouped
from watchfloor_gateway.differences.model import Change, Kind, Where
from watchfloor_gateway.pages.article.passages import figure_id, paragraph_id

WORDS: dict[Kind, str] = {
    "number": "Number", "name": "Name", "time": "Time", "negation": "Negation", "attribution": "Attribution",
    "removed": "Taken out", "added": "Added", "wording": "Wording", "moved": "Moved", "punctuation": "Punctuation",
}  # fmt: skip
LONGEST = 700
"""Characters of an added, removed or moved passage that are listed: the full text has the rest."""


@dataclass(frozen=True)
class Place:
    """Where a change stands; `target` is its place in the text above, None where it is in the older version alone."""

    words: str
    target: str | None


@dataclass(frozen=True)
class Item:
    """A change in the list."""

    why: str
    places: tuple[Place, ...]
    heavy: bool
    before: str
    old: str
    new: str
    after: str
    moved: bool


def weighed(changes: Sequence[Change]) -> tuple[Item, ...]:
    """One entry for each different change, in the order of the changes."""
    return tuple(map(_item, grouped(changes)))


def _item(changes: Sequence[Change]) -> Item:
    first, moved = changes[0], changes[0].kind == "moved"
    return Item(
        why="Paragraphs" if "\n" in first.old + first.new and first.kind == "punctuation" else WORDS[first.kind],
        places=tuple(dict.fromkeys(_moved(change.where) if moved else place(change.where) for change in changes)),
        heavy=first.heavy,
        before=("" if first.begins else "… ") + first.before.lstrip("\n "),
        old=_short(_visible(first.old)),
        new=_short(_visible(first.new)),
        after=first.after.rstrip("\n ") + ("" if first.ends else " …"),
        moved=moved,
    )


def place(where: Where) -> Place:
    """Where a change stands, in words: `headline`, `¶4`, `¶4 before` of a paragraph that is gone.

    >>> place(Where("paragraph", 3, 4)), place(Where("paragraph", 3, None)).words
    (Place(words='¶4', target='p4'), '¶3 before')
    """
    number = where.new or where.old or 1
    words = {"title": "headline", "subtitle": "subtitle", "paragraph": f"¶{number}"}.get(
        where.field, f"{where.field} {number}"
    )
    return Place(words, _target(where)) if where.new else Place(f"{words} before", None)


def _target(where: Where) -> str | None:
    if where.new is None or where.field in ("title", "subtitle"):
        return "title"
    return paragraph_id(where.new) if where.field == "paragraph" else figure_id(where.new - 1)


def _moved(where: Where) -> Place:
    mark = "¶" if where.field == "paragraph" else f"{where.field} "
    return Place(f"{mark}{where.old} → {mark}{where.new}", _target(where))


def _visible(text: str) -> str:
    """A change of nothing but spaces, so that it is seen."""
    if text.isspace():
        return " ¶ " if "\n" in text else "␣"
    return text


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
