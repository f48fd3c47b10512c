"""Large records travel by claim check: the value waits in a folder that all services see, the record carries its name.

After G. Hohpe and B. Woolf, *Enterprise Integration Patterns* (2003), "Claim Check". Only between services: public
topics carry every value whole, up to the broker's limit.
"""

import hashlib
import json
import os
import re
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from watchfloor.errors import Rejected, TryLater
from watchfloor.kafka.records import Outgoing, Received
from watchfloor.settings import Settings
from watchfloor.topics import DAY_MS, MAX_RECORD_BYTES, Topic, all_topics

CLAIM = "watchfloor_claim"
NAME = re.compile(r"^[0-9a-f]{64}$")
OVERHEAD_BYTES = 512
"""What the broker counts beside key, value and headers: the frames of batch, record and headers, generously."""
PATIENT_ATTEMPTS = 6
"""A claim may appear late on a shared folder; after so many attempts it counts as lost."""


class ClaimChecks:
    """The folder of large values, each in a file named by its sha256. Written whole or not at all."""

    def __init__(self, folder: Path, over_bytes: int) -> None:
        self._folder = folder
        self._over_bytes = over_bytes

    def check_in(self, record: Outgoing, topic: Topic) -> Outgoing:
        """Replace a large value by its claim; small ones, and those of public topics, stay as they are.

        Blocks on the disk where the value is large: see `is_large`. Raises Rejected where a public topic cannot carry
        the value, TryLater where the folder cannot be written.
        """
        if topic.public:
            return _fitting(record)
        if record.value is None or not self.is_large(record):
            return record
        name = hashlib.sha256(record.value).hexdigest()
        try:
            self._put(name, record.value)
        except OSError as error:
            raise TryLater(f"cannot keep a large record: {error}", subject=str(self._folder / name)) from error
        claim = json.dumps({"claim": name, "bytes": len(record.value)}).encode()
        return replace(record, value=claim).with_headers([(CLAIM, name)])

    def is_large(self, record: Outgoing) -> bool:
        """Whether the value is over the limit for records between services."""
        return len(record.value or b"") > self._over_bytes

    def check_out(self, record: Received, attempt: int) -> Received:
        """Give a record its value back; one without a claim stays as it is.

        Raises TryLater where the file is not there, and Rejected, naming the file, where it is still not there at
        attempt PATIENT_ATTEMPTS (from 1), or where the file is not what its name says.
        """
        name = record.text_of(CLAIM)
        if name is None:
            return record
        if not NAME.match(name):
            raise Rejected(f"its {CLAIM} header is no sha256: {name[:80]!r}", subject=record.place)
        try:
            value = (self._folder / name).read_bytes()
        except OSError as error:
            raise self._missing(record, name, error, attempt) from error
        if hashlib.sha256(value).hexdigest() != name:
            raise Rejected(f"its large value {self._folder / name} is damaged", subject=record.place)
        return replace(record, value=value)

    def keep(self, record: Received) -> None:
        """Let the claim of a record live on for a full retention: the record goes to another topic."""
        name = record.text_of(CLAIM) or ""
        if NAME.match(name):
            with suppress(FileNotFoundError):
                os.utime(self._folder / name)

    def sweep(self, now: float | None = None) -> int:
        """Remove what no topic can refer to any more: older than the longest retention and a day. Returns how many."""
        oldest = (time.time() if now is None else now) - retention_seconds()
        swept = 0
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < oldest:
                    path.unlink()
                    swept += 1
        return swept

    def _put(self, name: str, value: bytes) -> None:
        path = self._folder / name
        with suppress(FileNotFoundError):
            if path.stat().st_size == len(value):
                os.utime(path)
                return
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f"{name}.{os.getpid()}.{time.monotonic_ns()}.part"
        with part.open("wb") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(self._folder)

    def _missing(self, record: Received, name: str, error: OSError, attempt: int) -> TryLater | Rejected:
        kind = Rejected if attempt >= PATIENT_ATTEMPTS else TryLater
        return kind(
            f"its large value {self._folder / name} cannot be read: {error.strerror}",
            subject=record.place,
            remedy="all services must share WATCHFLOOR_DATA_FOLDER; bring the file back, then `watchfloor dlq retry`",
        )


def retention_seconds() -> float:
    """How long a claim is kept: the longest retention of any topic, and a day, since the broker deletes by segments."""
    return (max(topic.retention_ms for topic in all_topics()) + DAY_MS) / 1000


def _fitting(record: Outgoing) -> Outgoing:
    headers = sum(len(name) + len(value) + 10 for name, value in record.headers)
    size = len(record.key or b"") + len(record.value or b"") + headers + OVERHEAD_BYTES
    if size > MAX_RECORD_BYTES:
        raise Rejected(
            f"its record has {size} bytes, over the limit of {MAX_RECORD_BYTES}",
            subject=f"{record.topic} {(record.key or b'').decode('utf-8', 'replace')}",
            remedy="the article is too large for a public topic",
        )
    return record


def _sync_folder(folder: Path) -> None:
    """A renamed file survives a power cut only once its folder is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def claim_checks_of(settings: Settings) -> ClaimChecks:
    """The folder that the operator chose."""
    return ClaimChecks(settings.claims_folder, settings.claim_check_kb * 1024)
