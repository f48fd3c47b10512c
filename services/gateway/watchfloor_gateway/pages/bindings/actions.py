"""What keys can do, and which key does it unless a reader has chosen another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """Something that one key does. `name` is what the scripts know it by."""

    name: str
    key: str
    does: str


@dataclass(frozen=True)
class Group:
    """Actions that the table shows together. Keys of one `mode` must differ: `screen` keys count only after `go`."""

    title: str
    mode: str
    actions: tuple[Action, ...]


GROUPS = (
    Group(
        "Moving",
        "action",
        (
            Action("next", "j", "next row (also ↓ within a list)"),
            Action("previous", "k", "previous row (also ↑ within a list)"),
            Action("open", "l", "open (also Enter on a headline)"),
            Action("back", "h", "back to the list, on the row that was left (also Esc)"),
            Action("go", "g", "go to a screen, by the key of the screen after it"),
        ),
    ),
    Group(
        "Going",
        "screen",
        (
            Action("search", "s", "search"),
            Action("live", "l", "live"),
            Action("sources", "o", "sources"),
        ),
    ),
    Group(
        "Doing",
        "action",
        (
            Action("query", "/", "into the query"),
            Action("source", "o", "open at the source, in a new tab"),
            Action("differences", "d", "differences between versions"),
            Action("fresh", ".", "show what is new, in the live list"),
            Action("pause", "p", "pause the live list"),
        ),
    ),
    Group(
        "Reading",
        "action",
        (
            Action("marks_people", "1", "people: mark or not"),
            Action("marks_organisations", "2", "organisations: mark or not"),
            Action("marks_places", "3", "places: mark or not"),
            Action("marks_quotations", "4", "quotations: mark or not"),
            Action("marks_times", "5", "times: mark or not"),
            Action("marks_quantities", "6", "numbers: mark or not"),
            Action("next_mark", "n", "next mark of the kinds that are on"),
            Action("previous_mark", "N", "previous mark of the kinds that are on"),
            Action("evidence", "e", "evidence of the mark in focus"),
            Action("rows", "v", "rows: tight, plain, roomy"),
            Action("light", "t", "light: auto, noon, night"),
            Action("keys", "?", "this table"),
        ),
    ),
)
USUAL: Mapping[str, str] = {f"{group.mode}_{each.name}": each.key for group in GROUPS for each in group.actions}
"""The key of each action, by its mode and name."""


def is_key(text: str) -> bool:
    r"""Whether a text can be bound: one character that is printed and is no space.

    >>> is_key("ж"), is_key(" "), is_key("ab"), is_key("\x00")
    (True, False, False, False)
    """
    return len(text) == 1 and text.isprintable() and not text.isspace()


def bound(chosen: Mapping[str, str]) -> dict[str, str]:
    """The key of each action, where a reader has chosen some."""
    return {**USUAL, **{name: key for name, key in chosen.items() if name in USUAL}}


def clashes(keys: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Two actions of one mode and the key that both would have.

    >>> list(clashes({**USUAL, "action_open": "j"}))
    [('action_next', 'action_open', 'j')]
    """
    taken: dict[tuple[str, str], str] = {}
    for name, key in keys.items():
        mode = name.partition("_")[0]
        first = taken.setdefault((mode, key), name)
        if first != name:
            yield first, name, key
