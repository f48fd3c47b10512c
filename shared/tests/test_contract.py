"""What a consumer may rely on: records of yesterday are read today, records of today fit the committed schemas."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from watchfloor import contract
from watchfloor.events import ArticleWithdrawn, Event, PageFetched, pack
from watchfloor.topics import TOPICS, all_topics, topic_for

GOLDEN = sorted((Path(__file__).parent / "golden" / "v1").glob("*.json"))
DOCS = Path(__file__).parents[2] / "docs"
EVENTS = {event.__name__: event for event in contract.events()}


def event_of(path: Path) -> type[Event]:
    return EVENTS[path.name.partition(".")[0]]


def golden(event: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((GOLDEN[0].parent / f"{event}.1.json").read_text(encoding="utf-8"))
    return record


def holds(kept: Any, now: Any) -> bool:
    """Whether everything that was in a record is still there, the same to the value."""
    if isinstance(kept, dict):
        return isinstance(now, dict) and all(name in now and holds(value, now[name]) for name, value in kept.items())
    if isinstance(kept, list):
        return isinstance(now, list) and len(now) == len(kept) and all(map(holds, kept, now))
    return bool(kept == now) and type(kept) is type(now)


def test_every_event_has_a_golden_record_with_no_field_left_empty() -> None:
    assert {event_of(path) for path in GOLDEN} == set(EVENTS.values())
    for path in GOLDEN:
        assert all(value not in ([], "", None) for value in json.loads(path.read_text(encoding="utf-8")).values())


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_record_of_v1_is_read_and_nothing_of_it_is_lost(path: Path) -> None:
    """Fails when a field is removed, renamed or retyped, or when a new one is demanded of old records."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    now = json.loads(event_of(path).read(json.dumps(kept)).write())
    assert holds(kept, now)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_record_of_tomorrow_with_fields_unknown_today_is_read(path: Path) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert event_of(path).read(json.dumps({**kept, "a_field_of_tomorrow": 1})) == event_of(path).read(json.dumps(kept))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_todays_records_fit_the_committed_schema(path: Path) -> None:
    schema = json.loads((DOCS / "schemas" / f"{contract.schema_name(event_of(path))}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    record = json.loads(event_of(path).read(path.read_bytes()).write())
    Draft202012Validator(schema).validate({**record, "a_field_of_tomorrow": 1})


def test_the_committed_docs_are_those_the_registry_makes() -> None:
    """Mend with: python -m watchfloor.contract docs."""
    for name, text in contract.written().items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, name
    assert {f"schemas/{path.name}" for path in (DOCS / "schemas").iterdir()} <= set(contract.written())


def test_what_is_written_has_declared_fields_only() -> None:
    record = golden("PageGone")
    with pytest.raises(ValueError, match="a_field_of_ours"):
        EVENTS["PageGone"].model_validate({**record, "a_field_of_ours": 1})


def test_every_event_of_a_topic_has_the_field_that_is_its_key() -> None:
    for topic in TOPICS:
        for event in topic.events:
            assert event.key_field in event.model_fields
            assert event.key_field in topic.key


def test_every_writer_of_an_event_has_exactly_one_topic_for_it() -> None:
    for topic in TOPICS:
        for writer in topic.writers:
            for event in topic.events:
                assert topic_for(writer, event) == topic
    with pytest.raises(LookupError, match="nobody has no topic for PageFetched"):
        topic_for("nobody", PageFetched)


def test_topic_names_are_unique_and_carry_their_version() -> None:
    names = [topic.name for topic in all_topics()]
    assert len(set(names)) == len(names)
    assert all(name.startswith("watchfloor.") and name.endswith(".v1") for name in names)


def test_a_page_is_packed_to_the_same_text_each_time_and_unpacked_to_the_same_bytes() -> None:
    page = PageFetched(**golden("PageFetched"))
    content = "Щоденні звіти \x00".encode() * 1000
    assert pack(content) == pack(content)
    assert page.model_copy(update={"body": pack(content)}).content() == content
    with pytest.raises(ValueError, match="is not base64 of gzip"):
        page.model_copy(update={"body": "!"}).content()


def test_a_clock_time_without_a_zone_is_no_printed_time() -> None:
    record = golden("ArticleParsed")
    for wrong in ("2026-03-05T13:58:00", "5 March", "2026-13-01"):
        with pytest.raises(ValueError, match="published_at"):
            EVENTS["ArticleParsed"].model_validate({**record, "published_at": wrong})


def test_a_withdrawal_says_when_and_why() -> None:
    assert set(ArticleWithdrawn.model_fields) == {"article_id", "fetched_at", "reason"}
