"""`watchfloor serve`, `topics`, `dlq` and `tail`. Each loads what it needs of the Kafka clients itself."""

import asyncio
import base64
import json
import logging
import sys
from collections import Counter, defaultdict
from collections.abc import Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from watchfloor.errors import Rejected
from watchfloor.settings import Settings
from watchfloor.topics import READING, all_topics

if TYPE_CHECKING:
    from watchfloor.kafka.dead_letters import DeadLetter

STAGE = click.option("--stage", type=click.Choice(READING), help="Of this stage alone; else of all.")


def _run(step: Coroutine[Any, Any, None]) -> None:
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it has to say is in the error that we print
    with suppress(KeyboardInterrupt):
        asyncio.run(step)


@click.command()
@click.argument("name")
def serve(name: str) -> None:
    """Run one stage, source or service in the foreground, until Ctrl-C or SIGTERM."""
    from watchfloor.kafka.serving import serve as run  # noqa: PLC0415 - faust takes a second to load

    sys.exit(run(name, Settings()))


@click.group()
def topics() -> None:
    """The topics: what they are for, whether they are there, how far their readers are."""


@topics.command("list")
def topics_list() -> None:
    """Print every declared topic and its meaning; needs no broker."""
    for topic in all_topics():
        click.echo(f"{topic.name}\n    {topic.meaning}; key: {topic.key}; written by {', '.join(topic.writers)}")


@topics.command()
def create() -> None:
    """Create the topics that are missing; what is there stays as it is."""
    from watchfloor.kafka.admin import create_topics  # noqa: PLC0415

    async def run() -> None:
        made = await create_topics(Settings())
        click.echo("\n".join(f"created {name}" for name in made) or "all topics are there")

    _run(run())


@topics.command()
def describe() -> None:
    """Print every topic as the broker has it: records, readers' lag, and what differs from the declaration."""
    _run(_describe(Settings()))


async def _describe(settings: Settings) -> None:
    from watchfloor.kafka import admin  # noqa: PLC0415

    states, lags = await admin.describe(settings), await admin.lag(settings)
    for state in states:
        readers = [f"{lag.stage} is {lag.records} behind" for lag in lags if lag.topic == state.topic.name]
        kept = "compacted" if state.topic.compacted else f"kept {state.topic.retention_ms // 86_400_000} days"
        facts = [f"{state.partitions} partitions", f"{state.records} records", kept, *readers, *state.drift]
        click.echo(f"{state.topic.name}: {'; '.join(facts)}")


@click.group()
def dlq() -> None:
    """Dead letters: what a stage could not handle, and bringing it home once that is mended."""


@dlq.command("list")
@STAGE
@click.option("--each", is_flag=True, help="A line of JSON for each letter, instead of a summary.")
def dlq_list(stage: str | None, each: bool) -> None:  # noqa: FBT001 - click's flag
    """Print what is not yet brought home, grouped by stage and reason."""
    _run(_list(Settings(), stage, each=each))


async def _list(settings: Settings, stage: str | None, *, each: bool) -> None:
    from watchfloor.kafka.dead_letter_box import DeadLetterBox  # noqa: PLC0415

    counts: Counter[tuple[str, str, str]] = Counter()
    examples: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for name in (stage,) if stage else READING:
        async for letter in DeadLetterBox(settings, name).waiting():
            if each:
                click.echo(json.dumps(_facts(letter), ensure_ascii=False))
            group = (name, letter.error, letter.reason)
            counts[group] += 1
            examples[group] = [*examples[group], letter.id][:3]
    if each:
        return
    for group, count in counts.most_common():
        click.echo(f"{group[0]}: {count} × {group[1]}: {group[2]}\n    {', '.join(examples[group])}")
    click.echo(f"{counts.total()} dead letters are not brought home")


@dlq.command()
@click.argument("letter_id", metavar="ID")
def show(letter_id: str) -> None:
    """Print one dead letter whole, as JSON: where from, why, its headers and its value."""
    _run(_show(Settings(), letter_id))


async def _show(settings: Settings, letter_id: str) -> None:
    from watchfloor.kafka.dead_letter_box import DeadLetterBox, split_id  # noqa: PLC0415

    letter = await DeadLetterBox(settings, split_id(letter_id)[0]).find(letter_id)
    facts = {**_facts(letter), "traceback": letter.traceback, "headers": letter.record.header}
    click.echo(json.dumps({**facts, **_value(letter.record.value)}, ensure_ascii=False, indent=2))


def _facts(letter: "DeadLetter") -> dict[str, object]:
    key = letter.record.key
    return {
        "id": letter.id,
        "from": {"topic": letter.topic, "partition": letter.partition, "offset": letter.offset},
        "key": key.decode("utf-8", "replace") if key is not None else None,
        "error": letter.error,
        "subject": letter.subject,
        "reason": letter.reason,
        "attempts": letter.attempts,
        "times": letter.times,
        "rejected_at_ms": letter.record.timestamp_ms,
    }


def _value(value: bytes | None) -> dict[str, str | None]:
    try:
        return {"value": None if value is None else value.decode()}
    except UnicodeDecodeError:
        return {"value_base64": base64.b64encode(value or b"").decode()}


@dlq.command()
@STAGE
@click.option("--id", "ids", multiple=True, metavar="ID", help="This letter; may be given several times.")
@click.option("--all", "everything", is_flag=True, help="Every letter that is not home.")
def retry(stage: str | None, ids: tuple[str, ...], everything: bool) -> None:  # noqa: FBT001 - click's flag
    """Send dead letters to the topic they came from, each once."""
    if bool(ids) == everything:
        raise click.UsageError("give either --all, or --id once or more")
    _run(_retry(Settings(), stage, ids))


async def _retry(settings: Settings, stage: str | None, ids: tuple[str, ...]) -> None:
    from watchfloor.kafka.dead_letter_box import DeadLetterBox, split_id  # noqa: PLC0415

    wanted = set(ids)
    stages = {split_id(letter_id)[0] for letter_id in ids} or set(READING)
    for name in sorted(stages & {stage} if stage else stages):
        found: set[str] = set()

        def chosen(letter: "DeadLetter", found: set[str] = found) -> bool:
            found.add(letter.id)
            return not wanted or letter.id in wanted

        count = await DeadLetterBox(settings, name).bring_home(chosen)
        click.echo(f"{name}: {count} brought home")
        missing = {letter_id for letter_id in wanted if split_id(letter_id)[0] == name} - found
        if missing:
            raise Rejected(
                "no such letter is waiting", subject=", ".join(sorted(missing)), remedy="watchfloor dlq list --each"
            )


@click.command()
@click.argument("query", default="")
@click.option("--from", "start", metavar="POSITION", help="`start`, or partition:offset,…; else from now on.")
def tail(query: str, start: str | None) -> None:
    """Print every article that a query finds, as it comes: a line of JSON each, until Ctrl-C."""
    _run(_tail(Settings(), query, start))


async def _tail(settings: Settings, query: str, start: str | None) -> None:
    from watchfloor.events import ArticleLatest  # noqa: PLC0415
    from watchfloor.kafka.tail import START, Position, tail  # noqa: PLC0415
    from watchfloor.query import matches, parse_query  # noqa: PLC0415
    from watchfloor.store.places import locator  # noqa: PLC0415

    node, locate = parse_query(query), locator(settings.cache)
    position = START if start == "start" else Position.parse(start) if start else None
    async for tailed in tail(settings, position):
        if isinstance(tailed.event, ArticleLatest) and matches(node, tailed.event, locate=locate):
            click.echo(tailed.event.write())
