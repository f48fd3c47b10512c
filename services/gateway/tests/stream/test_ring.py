"""The ring is bounded, by number and by bytes, and knows from where on it has everything."""

from watchfloor.kafka.tail import START
from watchfloor_gateway.stream.entries import entry
from watchfloor_gateway.stream.ring import Ring

from .invented import Topic, latest


def filled(count: int, *, records: int = 1000, size: int = 10**6) -> tuple[Topic, Ring]:
    topic, ring = Topic(), Ring(START, records=records, size=size)
    for number in range(count):
        ring.append(entry(topic.put(latest(number))))
    return topic, ring


def test_the_oldest_make_room_and_the_ring_begins_after_them() -> None:
    topic, ring = filled(10, records=4)
    assert (ring.first, ring.next) == (6, 10)
    assert ring.start == topic.records[5].position
    assert [each.offset for each in ring.since(8, 100)] == [record.offset for record in topic.records[8:]]


def test_it_is_bounded_by_bytes_but_keeps_the_newest_however_large() -> None:
    assert filled(10, size=4000)[1].first > 6
    assert filled(10, size=1)[1].next - filled(10, size=1)[1].first == 1


def test_whoever_was_in_it_has_missed_something_when_it_begins_anew() -> None:
    topic, ring = filled(3)
    ring.restart(topic.position)
    assert ring.first > 3
    assert ring.since(0, 10) == []
