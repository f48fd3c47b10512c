"""Records as a reading of the topic gives them, and streams as a client reads them."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from watchfloor import tracing
from watchfloor.events import ArticleLatest, ArticleWithdrawn
from watchfloor.kafka.tail import START, Position, Tailed

MORNING = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
EMPTY = "authors agencies tags blocks images evidence entities places quotations times quantities".split()
NULL = "source_id subtitle publisher site_name section published_at modified_at main_place".split()


def latest(number: int, version: int = 1, *, refetched: int = 0, **fields: Any) -> ArticleLatest:
    """A version of the article of this number; each version is an hour younger, each fetch again a minute."""
    changed = MORNING + timedelta(hours=version)
    given = {
        "article_id": f"{number:032x}", "page_id": f"{number:032x}", "url": f"https://tide.example/{number}",
        "canonical_url": f"https://tide.example/{number}", "fetched_at": changed + timedelta(minutes=refetched),
        "content_hash": f"{version:064x}", "origin": "live", "title": f"Report {number}", "language": "en",
        "article_type": "news", "paywalled": False, "text": "", "version": version,
        "first_fetched_at": MORNING, "changed_at": changed,
    }  # fmt: skip
    return ArticleLatest.model_validate({**dict.fromkeys(NULL), **dict.fromkeys(EMPTY, ()), **given, **fields})


def withdrawn(number: int, hour: float = 12) -> ArticleWithdrawn:
    """The article of this number is gone."""
    at = MORNING + timedelta(hours=hour)
    return ArticleWithdrawn(article_id=f"{number:032x}", fetched_at=at, reason="http_410")


@dataclass
class Topic:
    """A topic that grows; each record lies in the partition of its article's number."""

    position: Position = START
    records: list[Tailed] = field(default_factory=list)

    def put(self, event: ArticleLatest | ArticleWithdrawn, recorded_at: datetime = MORNING) -> Tailed:
        """The next record, as it is read."""
        partition = int(event.article_id, 16) % 6
        offset = self.position.offsets[partition]
        self.position = Position({**self.position.offsets, partition: offset + 1})
        trace = tracing.begin(f"{partition}:{offset}")
        self.records.append(Tailed(event, self.position, trace, partition, offset, recorded_at))
        return self.records[-1]


@dataclass(frozen=True)
class Told:
    """An event of a stream."""

    name: str
    data: Any
    id: str | None


def events(content: bytes) -> list[Told]:
    """The events of a stream, by the rules of the standard; a block without data is none, but its id stays."""
    found: list[Told] = []
    last: str | None = None
    for block in content.decode().split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        last = fields.get("id", last)
        if "data" in fields:
            found.append(Told(fields["event"], json.loads(fields["data"]), last))
    return found


def last_id(content: bytes) -> str:
    """Where a client would go on."""
    return [line for line in content.decode().split("\n") if line.startswith("id: ")][-1].removeprefix("id: ")
