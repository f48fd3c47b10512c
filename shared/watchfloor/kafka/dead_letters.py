"""Dead letters: the record whole, and in its headers where it came from, why it is here and how often that happened.

No header takes its time from the clock: `ce_time` stays the event's; when it was rejected is the record's timestamp.
"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass

from watchfloor.errors import Rejected, WatchfloorError
from watchfloor.kafka.records import Headers, Outgoing, Received

PREFIX = "watchfloor_dead_"
STAGE, TOPIC, PARTITION, OFFSET = f"{PREFIX}stage", f"{PREFIX}topic", f"{PREFIX}partition", f"{PREFIX}offset"
ERROR, SUBJECT, REASON = f"{PREFIX}error", f"{PREFIX}subject", f"{PREFIX}reason"
TRACEBACK = f"{PREFIX}traceback"
ATTEMPTS, TIMES = f"{PREFIX}attempts", f"{PREFIX}times"
LONGEST_REASON, LONGEST_TRACEBACK = 2_000, 12_000
"""In characters; what is over is cut out of the middle, since a traceback tells most at its ends."""


@dataclass(frozen=True)
class DeadLetter:
    """What a dead letter's headers say, and the record that it holds."""

    record: Received
    stage: str
    topic: str
    partition: int
    offset: int
    error: str
    subject: str
    reason: str
    traceback: str | None
    attempts: int
    times: int

    @property
    def id(self) -> str:
        """`stage:partition:offset`, of the dead letter itself."""
        return f"{self.stage}:{self.record.partition}:{self.record.offset}"

    @property
    def origin(self) -> tuple[str, int, int, int]:
        """Topic, partition and offset that it came from, and how often it died: the same for a letter repeated."""
        return self.topic, self.partition, self.offset, self.times


def bury(record: Received, dead_topic: str, stage: str, error: Exception, attempts: int) -> Outgoing:
    """Write the dead letter of a record that `stage` cannot handle. `attempts` counts from 1."""
    times = _number(record.header.get(TIMES)) + 1
    facts = [
        (STAGE, stage),
        (TOPIC, record.topic),
        (PARTITION, str(record.partition)),
        (OFFSET, str(record.offset)),
        (ERROR, _name(error)),
        (SUBJECT, _cut(error.subject if isinstance(error, WatchfloorError) else record.place, LONGEST_REASON)),
        (REASON, _cut(_reason(error), LONGEST_REASON)),
        (ATTEMPTS, str(attempts)),
        (TIMES, str(times)),
    ]
    if not isinstance(error, Rejected):
        facts.append((TRACEBACK, _cut("".join(traceback.format_exception(error)), LONGEST_TRACEBACK)))
    kept = _without(record.headers, lambda name: name.startswith(PREFIX))
    return Outgoing(dead_topic, record.key, record.value, kept).with_headers(facts)


def read(record: Received, stage: str) -> DeadLetter:
    """Read a dead letter. Raises Rejected where the record has no such headers."""
    header = record.header
    try:
        return DeadLetter(
            record=record,
            stage=stage,
            topic=header[TOPIC],
            partition=int(header[PARTITION]),
            offset=int(header[OFFSET]),
            error=header[ERROR],
            subject=header.get(SUBJECT, record.place),
            reason=header[REASON],
            traceback=header.get(TRACEBACK),
            attempts=_number(header.get(ATTEMPTS)),
            times=_number(header.get(TIMES)),
        )
    except (KeyError, ValueError) as error:
        raise Rejected(f"is no dead letter of ours: {error!r}", subject=record.place) from error


def revive(letter: DeadLetter) -> Outgoing:
    """The record as it was, for the topic and partition that it came from; only how often it died stays with it."""
    headers = _without(letter.record.headers, lambda name: name.startswith(PREFIX) and name != TIMES)
    return Outgoing(letter.topic, letter.record.key, letter.record.value, headers, letter.partition)


def _without(headers: Headers, unwanted: Callable[[str], bool]) -> Headers:
    return tuple((name, value) for name, value in headers if not unwanted(name))


def _name(error: Exception) -> str:
    kind = type(error)
    own = isinstance(error, WatchfloorError) or kind.__module__ == "builtins"
    return kind.__name__ if own else f"{kind.__module__}.{kind.__qualname__}"


def _reason(error: Exception) -> str:
    """Without the subject, so that letters can be grouped by it."""
    if isinstance(error, WatchfloorError):
        return f"{error.reason} ({error.remedy})" if error.remedy else error.reason
    return str(error) or repr(error)


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half]}\n[… {len(text) - 2 * half} characters left out …]\n{text[-half:]}"


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
