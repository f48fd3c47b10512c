"""Whether a query finds an article that comes: each query and each article once, however many clients ask."""

from collections import OrderedDict

from watchfloor.query import Everything, Node
from watchfloor.query.distance import Locate
from watchfloor.query.document import Document, document
from watchfloor.query.matching import document_matches
from watchfloor_gateway.stream.entries import WITHDRAWN, Entry

DOCUMENTS, VERDICTS = 32, 20_000
Place = tuple[int, int]
"""Partition and offset."""


class Verdicts:
    """The verdicts of late, and the articles of late as a query reads them."""

    def __init__(self, locate: Locate) -> None:
        self._locate = locate
        self._documents: OrderedDict[Place, Document] = OrderedDict()
        self._verdicts: OrderedDict[tuple[Node, Place], bool] = OrderedDict()

    def concerns(self, query: Node, entry: Entry) -> bool:
        """Whether a client with this query is sent the entry. What was withdrawn concerns everybody."""
        if isinstance(query, Everything) or entry.name == WITHDRAWN:
            return True
        asked = (query, (entry.partition, entry.offset))
        verdict = self._verdicts.get(asked)
        if verdict is None:
            verdict = document_matches(query, self._document(entry), locate=self._locate)
            self._verdicts[asked] = verdict
            if len(self._verdicts) > VERDICTS:
                self._verdicts.popitem(last=False)
        return verdict

    def _document(self, entry: Entry) -> Document:
        place = (entry.partition, entry.offset)
        read = self._documents.get(place)
        if read is None:
            read = self._documents[place] = document(entry.article())
            if len(self._documents) > DOCUMENTS:
                self._documents.popitem(last=False)
        return read
