"""A query's tree as a condition of SQL on the articles' rows (alias `a`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from watchfloor.query.analysis import Candidates, Pattern, patterns
from watchfloor.query.distance import SAME_PLACE_KM, Locate, Point, box_around
from watchfloor.query.document import ANYWHERE, CODES, LineName, line_of
from watchfloor.query.tree import And, Everything, FieldIs, Near, Node, Not, Or, Published, Words
from watchfloor.store.sqlite.forms import ticks

CODED = "a.id IN (SELECT article FROM coded WHERE label = (SELECT id FROM labels WHERE field = ? AND value = ?))"


@dataclass(frozen=True)
class Condition:
    """SQL that is true or false of a row, and the values for its question marks."""

    sql: str
    values: tuple[object, ...] = ()


@dataclass(frozen=True)
class Compiler:
    """Knows by which stemmers the file's words were read, and where named places lie."""

    stemmers: Candidates
    locate: Locate

    def condition(self, node: Node) -> Condition:
        """What must hold of a row for the query to find it."""
        match node:
            case Everything():
                return Condition("1")
            case Words():
                return self._in_lines(node, ANYWHERE)
            case FieldIs():
                return self._field_is(node)
            case Near():
                return self._near(node)
            case Published():
                return _published(node)
            case And(parts):
                return _joined(" AND ", map(self.condition, parts))
            case Or(parts):
                return _joined(" OR ", map(self.condition, parts))
            case Not(part):
                inner = self.condition(part)
                return Condition(f"NOT ({inner.sql})", inner.values)

    def _in_lines(self, words: Words, lines: tuple[LineName, ...]) -> Condition:
        sought = patterns(words, self.stemmers)
        if not sought:
            return Condition("0")
        expression = f"{{{' '.join(lines)}}} : ({' OR '.join(map(_fts, sought))})"
        return Condition("a.id IN (SELECT rowid FROM words WHERE words MATCH ?)", (expression,))

    def _field_is(self, node: FieldIs) -> Condition:
        if node.field in CODES:
            return Condition(CODED, (node.field, node.value.text))
        in_line = self._in_lines(node.value, (line_of(node.field),))
        centre = self.locate(node.value.text) if node.field == "place" and not node.value.prefix else None
        return _joined(" OR ", (in_line, _within(centre, SAME_PLACE_KM))) if centre else in_line

    def _near(self, node: Near) -> Condition:
        centre = self.locate(node.place)
        if centre is None or node.kilometres == 0:
            return self._field_is(FieldIs("place", Words(node.place, phrase=True)))
        return _within(centre, node.kilometres)


def is_of_row(node: Node) -> bool:
    """Whether the row alone tells what a node asks, so that nothing has to be looked up beside it."""
    match node:
        case Everything() | Published():
            return True
        case And(parts) | Or(parts):
            return all(map(is_of_row, parts))
        case Not(part):
            return is_of_row(part)
        case _:
            return False


def _fts(pattern: Pattern) -> str:
    """A pattern in FTS5's language; kept words hold no quotation marks."""
    return f'"{" ".join(pattern.words)}"' + (" *" if pattern.prefix else "")


def _joined(operator: str, conditions: Iterable[Condition]) -> Condition:
    parts = list(conditions)
    return Condition(f"({operator.join(part.sql for part in parts)})", tuple(v for part in parts for v in part.values))


def _published(node: Published) -> Condition:
    bounds = [("a.moment >= ?", node.since), ("a.moment < ?", node.until)]
    given = [Condition(sql, (ticks(bound),)) for sql, bound in bounds if bound is not None]
    return _joined(" AND ", given) if given else Condition("1")


def _within(centre: Point, kilometres: float) -> Condition:
    box = box_around(centre, kilometres)
    over_the_meridian = box.west > box.east
    longitudes = "(longitude >= ? OR longitude <= ?)" if over_the_meridian else "longitude >= ? AND longitude <= ?"
    sql = (
        f"a.id IN (SELECT article FROM points WHERE latitude BETWEEN ? AND ? AND {longitudes}"  # noqa: S608 - one of two
        " AND distance_km(?, ?, latitude, longitude) <= ?)"
    )
    return Condition(sql, (box.south, box.north, box.west, box.east, *centre, kilometres))


def stemmers_of(pairs: Iterable[tuple[str, str]]) -> Callable[[str], tuple[str, ...]]:
    """The candidates among stemmers, of those that read something in this file."""
    by_script: dict[str, list[str]] = {}
    for script, code in pairs:
        by_script.setdefault(script, []).append(code)
    return lambda script: tuple(by_script.get(script, ()))
