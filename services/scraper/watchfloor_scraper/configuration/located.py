"""YAML with the place of every value: what lines in errors and edits that keep comments are made of.

Every scalar is text, as it stands in the file: `NO` is a country, `off` is off, and `5m` is what its field makes of it.
Only a plain empty value, `~` or `null` is none. Aliases and tags are refused, so a small file is never a large one.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from watchfloor_scraper.configuration.faults import Fault
from watchfloor_scraper.configuration.nodes import Member, Node, Path, written

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 12
"""Collections inside one another; a file of sources needs four."""
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that YAML 1.2 (section 5.1) has no place for."""
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
REMEDIES = {
    "mapping values are not allowed": "put quotes around a text that holds a colon and a blank",
    "unexpected end of stream": "close what was opened here: a quote or a bracket",
    "nesting": "take the brackets away",
    "cannot start any token": "put quotes around a text that begins with this character",
}


class _Unreadable(Exception):
    """The file cannot be read on."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def read_located(text: str) -> tuple[Node | None, list[Fault]]:
    r"""The root of a YAML file, None where it cannot be read or holds nothing, and all that is wrong with its YAML.

    >>> root, faults = read_located("contact: a@desk.example\ncontact: b@desk.example")
    >>> str(faults[0])
    'line 2, contact: stands twice, first in line 1 (leave one of them)'
    """
    fault = _unfit(text)
    if fault:
        return None, [fault]
    reader = _Reader(yaml.parse(text, Loader=LOADER))
    try:
        return reader.document(), reader.faults
    except _Unreadable as error:
        return None, [*reader.faults, error.fault]
    except yaml.YAMLError as error:
        return None, [*reader.faults, _syntax(error, text)]


def _unfit(text: str) -> Fault | None:
    if len(text) > MAX_BYTES:
        return Fault(0, "", f"is larger than {MAX_BYTES // 1024**2} MB", "give a smaller file")
    found = FORBIDDEN.search(text)
    if found is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    return Fault(line, "", f"holds the character U+{ord(found[0]):04X}, which no text has", "take it away")


def _syntax(error: yaml.YAMLError, text: str) -> Fault:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None:
        return Fault(0, "", f"is no YAML: {error}", "mend the file")
    line = min(mark.line, text.count("\n")) + 1
    if text.startswith("\t", mark.index):
        return Fault(line, "", "is no YAML: a tab stands where blanks must", "indent by blanks")
    problem, context = error.problem or "", f" {error.context}" if error.context else ""
    remedy = next((remedy for words, remedy in REMEDIES.items() if words in problem), "compare it with the lines above")
    return Fault(line, "", f"is no YAML: {problem}{context}", remedy)


class _Reader:
    """Makes nodes of the parser's events. One use."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self.faults: list[Fault] = []

    def document(self) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Unreadable(self._fault(event, (), "begins a second document", "take the `---` away"))
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, ())
        return root

    def _node(self, event: Any, path: Path) -> Node:
        if len(path) > MAX_DEPTH:
            raise _Unreadable(self._fault(event, path, "is nested too deep", "see the documentation for the fields"))
        if getattr(event, "tag", None) is not None:
            self.faults.append(self._fault(event, path, f"carries the tag {event.tag}", "take the tag away"))
        match event:
            case yaml.ScalarEvent():
                nothing = event.implicit[0] and event.value in NULLS
                return _placed(event, None if nothing else event.value)
            case yaml.SequenceStartEvent():
                return self._sequence(event, path)
            case yaml.MappingStartEvent():
                return self._mapping(event, path)
        reason = f"is an alias, *{event.anchor}; a file of sources has none"
        self.faults.append(self._fault(event, path, reason, "write the value itself"))
        return _placed(event, None)

    def _sequence(self, begins: Any, path: Path) -> Node:
        items: list[Node] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                return _closed(begins, event, tuple(items), items[-1].end if items else 0)
            items.append(self._node(event, (*path, len(items))))
        raise AssertionError("the parser ends what it begins")

    def _mapping(self, begins: Any, path: Path) -> Node:
        members: dict[str, Member] = {}
        end = 0
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                return _closed(begins, event, members, end)
            key = self._node(event, path)
            name = key.content if isinstance(key.content, str) else ""
            value = self._node(next(self._events), (*path, name))
            end = value.end
            if not name:
                self.faults.append(self._fault(event, path, "has a key that is no text", "name the field"))
            elif name in members:
                reason = f"stands twice, first in line {members[name].key.line}"
                self.faults.append(self._fault(event, (*path, name), reason, "leave one of them"))
            members.setdefault(name, Member(key, value))
        raise AssertionError("the parser ends what it begins")

    def _fault(self, event: Any, path: Path, reason: str, remedy: str) -> Fault:
        return Fault(event.start_mark.line + 1, written(path), reason, remedy)


def _placed(event: Any, content: str | None) -> Node:
    mark = event.start_mark
    return Node(content, mark.line + 1, mark.column, mark.index, event.end_mark.index, flow=False)


def _closed(begins: Any, ends: Any, content: tuple[Node, ...] | dict[str, Member], last: int) -> Node:
    mark = begins.start_mark
    end = ends.end_mark.index if begins.flow_style else last
    return Node(content, mark.line + 1, mark.column, mark.index, end, flow=bool(begins.flow_style))
