"""Dead letters: the record whole, and why it is here; and the progress of bringing them home."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.errors import InvalidAddress, Rejected
from watchfloor.kafka import dead_letters
from watchfloor.kafka.dead_letter_box import Progress, split_id
from watchfloor.kafka.records import Outgoing, Received

RECORD = Received("pages", 3, 17, b"key", b"\xffvalue", (("ce_id", b"1"), ("own", b"\xfe")))


def arrived(letter: Outgoing, offset: int = 0) -> Received:
    return Received(letter.topic, 3, offset, letter.key, letter.value, letter.headers)


def died(record: Received, error: Exception, attempts: int = 1) -> dead_letters.DeadLetter:
    return dead_letters.read(arrived(dead_letters.bury(record, "dead", "parser", error, attempts), 5), "parser")


def raised(error: Exception) -> Exception:
    """The error as it is after it was raised: with a traceback."""
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


def test_a_letter_holds_the_record_whole_and_says_where_from_and_why() -> None:
    letter = died(RECORD, InvalidAddress("is no address", subject="'x'", remedy="give one"), attempts=4)
    assert (letter.record.key, letter.record.value) == (RECORD.key, RECORD.value)
    assert letter.record.headers[:2] == RECORD.headers
    assert (letter.topic, letter.partition, letter.offset) == ("pages", 3, 17)
    assert (letter.error, letter.subject, letter.reason) == ("InvalidAddress", "'x'", "is no address (give one)")
    assert (letter.attempts, letter.times, letter.traceback) == (4, 1, None)
    assert letter.id == "parser:3:5"


def test_an_unforeseen_error_leaves_its_traceback_cut_in_the_middle_where_it_is_long() -> None:
    letter = died(RECORD, raised(ValueError("x" * 100_000)))
    assert letter.error == "ValueError"
    assert letter.traceback is not None
    assert letter.traceback.startswith("Traceback")
    assert "characters left out" in letter.traceback
    assert len(letter.traceback) < 13_000
    assert len(letter.reason) < 3_000


def test_a_revived_letter_is_the_record_as_it_was_for_the_place_it_came_from() -> None:
    revived = dead_letters.revive(died(RECORD, raised(KeyError("x"))))
    assert (revived.topic, revived.partition, revived.key, revived.value) == ("pages", 3, b"key", b"\xffvalue")
    assert revived.headers == (*RECORD.headers, (dead_letters.TIMES, b"1"))


def test_a_record_that_dies_again_counts_on() -> None:
    again = Received(
        "pages", 3, 99, b"key", b"", dead_letters.revive(died(RECORD, Rejected("no", subject="s"))).headers
    )
    assert died(again, Rejected("no", subject="s")).times == 2


def test_a_letter_repeated_after_a_kill_has_the_same_origin() -> None:
    first, second = (died(RECORD, Rejected("no", subject="s")) for _ in range(2))
    assert first.origin == second.origin


def test_what_is_no_letter_is_rejected() -> None:
    with pytest.raises(Rejected, match=r"pages\[3\]@17"):
        dead_letters.read(RECORD, "parser")


@given(st.lists(st.integers(0, 60)), st.integers(0, 20))
def test_progress_survives_being_committed_and_read(home: list[int], until: int) -> None:
    progress = Progress(until)
    for offset in home:
        if not progress.is_home(offset):
            progress.note(offset)
        progress = Progress.read(progress.until, progress.metadata())
    for offset in range(70):
        assert progress.is_home(offset) == (offset < until or offset in home)
    assert progress.until not in progress.beyond


def test_an_id_names_stage_partition_and_offset() -> None:
    assert split_id("parser:3:5") == ("parser", 3, 5)
    for wrong in ("parser", "parser:3", "parser:x:5", "parser:3:-5", ""):
        with pytest.raises(Rejected):
            split_id(wrong)
