"""Edits of the text of a file of sources: what is not edited stays as it is, to the letter. Pure.

Text is put in at the places that the reader found, rather than the whole file written anew, so comments, order, quotes
and alignment are those of its author. What is edited has been read without a fault before, see editor.py.
"""

import json
from collections.abc import Iterable

import yaml

from watchfloor_scraper.configuration.located import read_located
from watchfloor_scraper.configuration.nodes import Member, Node
from watchfloor_scraper.configuration.outlet import Outlet

NEW_FILE = "# What Watchfloor watches.\nsources: []\n"
ORDER = {key: place for place, key in enumerate(("id", "name", "home"))}


def with_outlets(text: str, outlets: Iterable[Outlet]) -> str:
    r"""The text with further outlets at the end of its list.

    >>> northwatch = Outlet.model_validate({"id": "northwatch", "home": "https://northwatch.example/"})
    >>> print(with_outlets("sources: []  # none yet\n", [northwatch]), end="")
    sources:  # none yet
      - id: northwatch
        name: northwatch.example
        home: https://northwatch.example/
    """
    added = [_ordered(outlet) for outlet in outlets]
    if not added:
        return text
    member = _sources(text)
    node = member.value
    items = node.content if isinstance(node.content, tuple) else ()
    if not node.flow:
        return _insert_lines(text, node.end, _lines(added, node.column))
    if items:
        return _insert(text, items[-1].end, "".join(f", {_json(data)}" for data in added))
    if text[member.key.start] == '"':
        return text[: node.start] + f"[{', '.join(map(_json, added))}]" + text[node.end :]
    kept = text[: node.start].rstrip(" ")
    return _insert_lines(kept + text[node.end :], len(kept), _lines(added, member.key.column + 2))


def with_paused(text: str, ids: Iterable[str], *, paused: bool) -> str:
    r"""The text with these outlets paused, or resumed.

    >>> with_paused("sources:\n  - id: a  # ours\n    home: https://a.example/\n", ["a"], paused=True)
    'sources:\n  - id: a  # ours\n    paused: true\n    home: https://a.example/\n'
    """
    wanted = set(ids)
    node = _sources(text).value
    for item in reversed(node.content if isinstance(node.content, tuple) else ()):
        if isinstance(item.content, dict) and item.content["id"].value.content in wanted:
            text = _set_paused(text, item, item.content, paused=paused)
    return text


def _sources(text: str) -> Member:
    root, _ = read_located(text)
    if root is None or not isinstance(root.content, dict):
        raise AssertionError("the text was read as a configuration before")
    return root.content["sources"]


def _set_paused(text: str, item: Node, members: dict[str, Member], *, paused: bool) -> str:
    word, member, key = "true" if paused else "false", members.get("paused"), members["id"]
    if member is not None:
        node = member.value
        blank = " " if text[node.start - 1 : node.start] == ":" else ""
        return text[: node.start] + blank + word + text[node.end :]
    if not paused:
        return text
    if item.flow:
        name = '"paused"' if text[key.key.start] == '"' else "paused"
        return _insert(text, key.value.end, f", {name}: {word}")
    return _insert_lines(text, key.value.end, [f"{' ' * item.column}paused: {word}"])


def _insert(text: str, place: int, addition: str) -> str:
    return text[:place] + addition + text[place:]


def _insert_lines(text: str, place: int, lines: Iterable[str]) -> str:
    """Put lines behind the one that `place` is in, with the line ends of the text."""
    ending = "\r\n" if "\r\n" in text else "\n"
    end = text.find("\n", place)
    if end < 0:
        return text + ending + ending.join(lines) + ending
    return _insert(text, end + 1, "".join(line + ending for line in lines))


def _ordered(outlet: Outlet) -> dict[str, object]:
    data = outlet.as_written()
    return dict(sorted(data.items(), key=lambda item: ORDER.get(item[0], len(ORDER))))


def _lines(outlets: Iterable[dict[str, object]], column: int) -> list[str]:
    """The lines of a block: a dash for each outlet, a line for each key."""
    indent = " " * column
    return [
        f"{indent}{'  ' if number else '- '}{key}: {_inline(value)}"
        for data in outlets
        for number, (key, value) in enumerate(data.items())
    ]


def _inline(value: object) -> str:
    """A value in one line of YAML, with quotes where any reader of YAML would need them."""
    written = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=float("inf"))
    return written.removesuffix("\n").removesuffix("\n...")


def _json(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False)
