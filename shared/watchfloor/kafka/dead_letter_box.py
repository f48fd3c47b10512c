"""The dead letters of a stage: which are not yet brought home, and bringing them home, each once.

What was brought home is the committed progress of a consumer group of its own: the offset before which all are home,
and in the commit's metadata the single ones after it.
"""

import fcntl
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from aiokafka.structs import OffsetAndMetadata

from watchfloor.errors import Rejected, Stop
from watchfloor.kafka import admin, dead_letters
from watchfloor.kafka.dead_letters import DeadLetter
from watchfloor.kafka.reading import read_between
from watchfloor.kafka.sender import Sender, trouble
from watchfloor.settings import Settings
from watchfloor.topics import READING, dead_letters_of

LONGEST_METADATA = 4000
"""The broker takes 4096 (offset.metadata.max.bytes)."""


@dataclass
class Progress:
    """Which offsets of a partition are home: all before `until`, and the single ones in `beyond`.

    >>> progress = Progress(3, {5, 6, 9})
    >>> progress.note(3), progress.until, progress.metadata()
    (None, 4, '5-6,9')
    >>> progress.note(4), progress.until, progress.metadata()
    (None, 7, '9')
    """

    until: int
    beyond: set[int] = field(default_factory=set)

    @classmethod
    def read(cls, offset: int, metadata: str) -> "Progress":
        """Read what was committed."""
        beyond: set[int] = set()
        for part in filter(None, metadata.split(",")):
            first, _, last = part.partition("-")
            beyond.update(range(int(first), int(last or first) + 1))
        return cls(offset, beyond)

    def metadata(self) -> str:
        """The single ones, as ranges."""
        return ",".join(f"{first}-{last}" if last > first else f"{first}" for first, last in _ranges(self.beyond))

    def is_home(self, offset: int) -> bool:
        """Whether this one is home."""
        return offset < self.until or offset in self.beyond

    def note(self, offset: int) -> None:
        """This one is home."""
        self.beyond.add(offset)
        while self.until in self.beyond:
            self.beyond.remove(self.until)
            self.until += 1


def _ranges(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for number in sorted(numbers):
        if last is not None and first is not None and number > last + 1:
            yield first, last
            first = None
        first = number if first is None else first
        last = number
    if first is not None and last is not None:
        yield first, last


class DeadLetterBox:
    """The dead letters of one stage."""

    def __init__(self, settings: Settings, stage: str) -> None:
        if stage not in READING:
            raise Rejected("is no stage", subject=stage, remedy=f"known: {', '.join(READING)}")
        self._settings = settings
        self._stage = stage
        self._topic = dead_letters_of(stage)
        self._group = f"watchfloor.dlq.{stage}"

    async def waiting(self) -> AsyncIterator[DeadLetter]:
        """Letters that are not home. Raises TryLater where the broker is away."""
        progress = await self._progress()
        async for letter in self._letters(progress):
            yield letter

    async def bring_home(self, chosen: Callable[[DeadLetter], bool]) -> int:
        """Send the chosen letters to where they came from, with the same key, headers and id. Returns how many.

        Each is noted once the broker has acknowledged it; a letter that repeats another is noted without being sent.
        Raises TryLater where the broker is away, Stop where another does the same at the moment.
        """
        with self._alone():
            progress = await self._progress()
            sent: set[tuple[str, int, int, int]] = set()
            async with Sender(self._settings, linger_ms=0) as sender, self._committing() as consumer:
                async for letter in self._letters(progress):
                    if not chosen(letter):
                        continue
                    if letter.origin not in sent:
                        await sender.send(dead_letters.revive(letter))
                        sent.add(letter.origin)
                    await self._note(letter, progress, consumer)
            return len(sent)

    async def find(self, letter_id: str) -> DeadLetter:
        """One letter by its id, home or not. Raises Rejected where there is none."""
        place, offset = self._place(letter_id)
        first, last = (await admin.offsets(self._settings, [self._topic])).get(place, (0, 0))
        if first <= offset < last:
            async for record in read_between(self._settings, {place: (offset, offset + 1)}):
                return dead_letters.read(record, self._stage)
        raise Rejected("there is no such dead letter", subject=letter_id, remedy="watchfloor dlq list --each")

    def _place(self, letter_id: str) -> tuple[TopicPartition, int]:
        _stage, partition, offset = split_id(letter_id)
        return TopicPartition(self._topic.name, partition), offset

    async def _letters(self, progress: dict[TopicPartition, Progress]) -> AsyncIterator[DeadLetter]:
        ends = await admin.offsets(self._settings, [self._topic])
        bounds = {}
        for place, (first, last) in ends.items():
            known = progress.setdefault(place, Progress(first))
            known.until = max(known.until, first)
            bounds[place] = known.until, last
        async for record in read_between(self._settings, bounds):
            if not progress[TopicPartition(record.topic, record.partition)].is_home(record.offset):
                yield dead_letters.read(record, self._stage)

    async def _progress(self) -> dict[TopicPartition, Progress]:
        done = await admin.committed(self._settings, self._group)
        return {place: Progress.read(offset, metadata) for place, (offset, metadata) in done.items() if offset >= 0}

    async def _note(
        self, letter: DeadLetter, progress: dict[TopicPartition, Progress], consumer: AIOKafkaConsumer
    ) -> None:
        place = TopicPartition(letter.record.topic, letter.record.partition)
        progress[place].note(letter.record.offset)
        metadata = progress[place].metadata()
        if len(metadata) > LONGEST_METADATA:
            raise Stop(
                "too many single letters are home to remember each",
                subject=self._topic.name,
                remedy=f"watchfloor dlq retry --stage {self._stage} --all",
            )
        await consumer.commit({place: OffsetAndMetadata(progress[place].until, metadata)})

    @asynccontextmanager
    async def _committing(self) -> AsyncIterator[AIOKafkaConsumer]:
        """A consumer that reads nothing: it commits."""
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._settings.bootstrap, group_id=self._group, enable_auto_commit=False
        )
        try:
            await consumer.start()
            consumer.assign([TopicPartition(self._topic.name, number) for number in range(self._topic.partitions)])
            yield consumer
        except KafkaError as error:
            raise trouble(self._settings.bootstrap, error) from error
        finally:
            await consumer.stop()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two at the same time would send letters twice."""
        self._settings.data.mkdir(parents=True, exist_ok=True)
        with (self._settings.data / f"dlq-{self._stage}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Stop(
                    "another `dlq retry` is at it", subject=self._stage, remedy="wait until it has ended"
                ) from error
            yield


def split_id(letter_id: str) -> tuple[str, int, int]:
    """Stage, partition and offset of a letter's id. Raises Rejected where it is none."""
    stage, _, rest = letter_id.partition(":")
    partition, _, offset = rest.partition(":")
    if not (partition.isdecimal() and offset.isdecimal()):
        remedy = "it has the form stage:partition:offset; `watchfloor dlq list --each` prints them"
        raise Rejected("is no id of a dead letter", subject=repr(letter_id[:100]), remedy=remedy)
    return stage, int(partition), int(offset)
