"""Events as records and back: headers, ids, and what cannot be read."""

import json
from datetime import UTC, datetime

import pytest

from watchfloor import tracing
from watchfloor.errors import Rejected
from watchfloor.events import ArticleWithdrawn, Event, PageFetched, PageGone, pack
from watchfloor.identity import page_id
from watchfloor.kafka.records import (
    Outgoing,
    Received,
    compose,
    following_id,
    read,
    schema_urn,
    source_of,
    source_of_unreadable,
    visit_id,
)
from watchfloor.topics import ARTICLES_LATEST, PAGES_FETCHED, Topic

URL = "https://harbour.example/quay"
GONE = PageGone(
    page_id=page_id(URL),
    url=URL,
    status=410,
    fetched_at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
    reason="the server says 410",
    source_id=None,
    origin="live",
)
FETCHED = PageFetched(
    page_id=page_id(URL),
    url=URL,
    final_url=URL,
    status=200,
    fetched_at=GONE.fetched_at,
    content_type=None,
    etag=None,
    last_modified=None,
    body=pack(b"<p>Quay"),
    source_id="harbour",
    origin="live",
)
WITHDRAWN = ArticleWithdrawn(article_id="0" * 32, fetched_at=GONE.fetched_at, reason="gone – for good")


def arrived(record: Outgoing) -> Received:
    return Received(record.topic, 3, 17, record.key, record.value, record.headers)


@pytest.mark.parametrize(
    ("event", "topic"), [(GONE, PAGES_FETCHED), (FETCHED, PAGES_FETCHED), (WITHDRAWN, ARTICLES_LATEST)]
)
def test_what_is_written_is_read_again(event: Event, topic: Topic) -> None:
    assert read(arrived(compose(event, topic, "parser", "id")), topic) == event


def test_a_record_has_the_headers_of_cloud_events_in_binary_mode() -> None:
    header = arrived(compose(GONE, PAGES_FETCHED, "ingest", "id-1")).header
    assert header == {
        "ce_specversion": "1.0",
        "ce_id": "id-1",
        "ce_source": "/watchfloor/ingest",
        "ce_type": "watchfloor.page.gone.v1",
        "ce_time": "2026-03-01T09:30:00Z",
        "ce_subject": GONE.page_id,
        "ce_dataschema": "urn:watchfloor:schema:PageGone:v1",
        "content-type": "application/json",
        "traceparent": tracing.begin("id-1"),
    }


def test_an_event_emitted_again_is_the_same_record_to_the_byte() -> None:
    assert compose(FETCHED, PAGES_FETCHED, "ingest", "id") == compose(FETCHED, PAGES_FETCHED, "ingest", "id")


def test_ids_tell_visits_stages_and_outputs_apart() -> None:
    first = visit_id(GONE, "1")
    assert first == f"{GONE.page_id}:1"
    ids = [
        following_id(given, stage, index)
        for given in (first, visit_id(GONE, "2"))
        for stage in "ab"
        for index in (0, 1)
    ]
    assert len(set(ids)) == 8
    assert following_id(first, "a", 0) == ids[0]


def test_what_follows_keeps_the_trace() -> None:
    given = arrived(compose(GONE, PAGES_FETCHED, "ingest", "id-1"))
    made = arrived(compose(GONE, PAGES_FETCHED, "parser", "id-2", given.traceparent))
    assert tracing.trace_id(made.traceparent) == tracing.trace_id(given.traceparent)
    assert made.traceparent != given.traceparent


@pytest.mark.parametrize("header", [(), (("traceparent", b"nonsense"),)])
def test_a_record_without_a_trace_begins_one_that_does_not_change(header: tuple[tuple[str, bytes], ...]) -> None:
    record = Received("topic", 3, 17, None, b"{}", header)
    assert record.ce_id == "topic[3]@17"
    assert record.traceparent == tracing.begin(record.ce_id)


def test_a_withdrawal_is_a_tombstone_whose_headers_say_when_and_why() -> None:
    record = compose(WITHDRAWN, ARTICLES_LATEST, "indexer", "id")
    assert record.value is None
    header = arrived(record).header
    assert header["watchfloor_withdrawn_at"] == "2026-03-01T09:30:00Z"
    assert header["watchfloor_reason"] == "gone – for good"


def test_without_a_type_the_first_event_that_fits_is_read() -> None:
    for event in (GONE, FETCHED):
        assert read(Received("topic", 0, 0, None, event.write()), PAGES_FETCHED) == event


def test_fields_of_a_later_version_are_ignored() -> None:
    later = json.dumps({**json.loads(GONE.write()), "mood": "sombre"}).encode()
    assert read(Received("topic", 0, 0, None, later), PAGES_FETCHED) == GONE


@pytest.mark.parametrize(
    ("value", "headers", "wrong"),
    [
        (b"{not json", (), "Invalid JSON"),
        (b"", (), "Invalid JSON"),
        (b"\xff\xfe", (), "Invalid JSON"),
        (None, (), "has no value"),
        (b'{"url": 7}', (), "no PageGone"),
        (GONE.write(), (("ce_type", b"org.example.other"),), "org.example.other"),
        (GONE.write(), (("ce_type", b"watchfloor.page.fetched.v1"),), "no PageFetched"),
    ],
)
def test_what_is_no_event_is_rejected_naming_its_place_and_the_fault(
    value: bytes | None, headers: tuple[tuple[str, bytes], ...], wrong: str
) -> None:
    with pytest.raises(Rejected) as caught:
        read(Received("pages", 3, 17, b"key", value, headers), PAGES_FETCHED)
    assert str(caught.value).startswith("pages[3]@17: ")
    assert wrong in str(caught.value)


def test_a_tombstone_without_its_headers_is_rejected() -> None:
    with pytest.raises(Rejected, match="tombstone"):
        read(Received("latest", 3, 17, b"0" * 32, None), ARTICLES_LATEST)


def test_the_source_is_its_id_else_its_domain_else_unknown() -> None:
    assert source_of(FETCHED) == "harbour"
    assert source_of(GONE) == "harbour.example"
    assert source_of(WITHDRAWN) == "unknown"


@pytest.mark.parametrize(
    ("value", "source"),
    [
        (b'{"source_id": "coast", "url": "https://harbour.example/1"', "coast"),
        (b'{"source_id": null, "url": "https://www.harbour.co.uk/1", "body', "harbour.co.uk"),
        (b'{"url": "nonsense"}', "unknown"),
        (b"\x00\xff", "unknown"),
        (None, "unknown"),
    ],
)
def test_the_source_of_what_cannot_be_read_is_what_its_fragments_tell(value: bytes | None, source: str) -> None:
    assert source_of_unreadable(Received("pages", 0, 0, None, value)) == source


def test_the_schema_is_named_by_class_and_version() -> None:
    assert schema_urn(PageFetched) == "urn:watchfloor:schema:PageFetched:v1"
