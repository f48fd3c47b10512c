"""A query held against one article in memory. It finds what every store finds: all read the same document."""

from datetime import UTC

from watchfloor.events import ArticleLatest
from watchfloor.query.analysis import patterns
from watchfloor.query.distance import SAME_PLACE_KM, Locate, Point, distance_km, nowhere
from watchfloor.query.document import ANYWHERE, CODES, Document, LineName, document, line_of
from watchfloor.query.tree import And, Everything, FieldIs, Near, Node, Not, Or, Published, Words


def matches(node: Node, article: ArticleLatest, *, locate: Locate = nowhere) -> bool:
    """Whether the query finds the article. `locate` is the gazetteer that says where a named place lies."""
    return document_matches(node, document(article), locate=locate)


def document_matches(node: Node, read: Document, *, locate: Locate = nowhere) -> bool:
    """The same of an article that has been read already: for many queries against one article."""
    match node:
        case Everything():
            return True
        case Words():
            return _in_lines(node, read, ANYWHERE)
        case FieldIs():
            return _field_is(node, read, locate)
        case Near():
            return _near(node, read, locate)
        case Published(since, until):
            at = read.moment.astimezone(UTC)
            return (since is None or since <= at) and (until is None or at < until)
        case And(parts):
            return all(document_matches(part, read, locate=locate) for part in parts)
        case Or(parts):
            return any(document_matches(part, read, locate=locate) for part in parts)
        case Not(part):
            return not document_matches(part, read, locate=locate)


def _in_lines(words: Words, read: Document, lines: tuple[LineName, ...]) -> bool:
    sought = patterns(words)
    return any(pattern.found_in(read.lines[line]) for line in lines for pattern in sought)


def _field_is(node: FieldIs, read: Document, locate: Locate) -> bool:
    if node.field in CODES:
        return node.value.text in read.codes[node.field]
    if _in_lines(node.value, read, (line_of(node.field),)):
        return True
    return node.field == "place" and not node.value.prefix and _within(locate(node.value.text), SAME_PLACE_KM, read)


def _near(node: Near, read: Document, locate: Locate) -> bool:
    centre = locate(node.place)
    if centre is None or node.kilometres == 0:
        return _field_is(FieldIs("place", Words(node.place, phrase=True)), read, locate)
    return _within(centre, node.kilometres, read)


def _within(centre: Point | None, kilometres: float, read: Document) -> bool:
    return centre is not None and any(distance_km(centre, point) <= kilometres for point in read.points)
