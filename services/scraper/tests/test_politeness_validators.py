"""Conditional requests, and servers that lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor_scraper.politeness.validators import (
    DISTRUSTED,
    EVERY,
    Validators,
    asks_unconditionally,
    conditional_headers,
    kept_validators,
)

DATE = "Tue, 05 May 2026 10:00:00 GMT"


def asks(unchanged: int = 0, *, lastmod: float | None = None, body_hash: str | None = "ab") -> bool:
    return asks_unconditionally(body_hash=body_hash, unchanged=unchanged, last_fetched_at=100.0, lastmod=lastmod)


def test_what_a_server_wrote_is_sent_back_as_it_wrote_it() -> None:
    assert conditional_headers('W/"a"', None) == {"If-None-Match": 'W/"a"'}
    assert conditional_headers(None, DATE) == {"If-Modified-Since": DATE}
    assert conditional_headers("without-quotes", "yesterday") == {
        "If-None-Match": "without-quotes",
        "If-Modified-Since": "yesterday",
    }
    assert conditional_headers(None, None) == {}


@pytest.mark.parametrize("value", ['"a"\r\nHost: evil', '"\x00"', '"é"', '"' + "a" * 5000, " ", "", "\t"])
def test_what_no_header_may_hold_is_not_sent_back(value: str) -> None:
    assert conditional_headers(value, value) == {}


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_header_is_ever_broken_by_what_a_server_sent(etag: str, last_modified: str) -> None:
    for value in conditional_headers(etag, last_modified).values():
        assert value.isascii()
        assert value.isprintable()
        assert value == value.strip()


def test_every_fourth_visit_in_a_row_without_news_is_without_condition() -> None:
    assert [asks(number) for number in range(9)] == [False, False, False, True, False, False, False, True, False]
    assert any(asks(number) for number in range(5, 5 + EVERY))


def test_a_page_is_asked_for_whole_where_its_list_says_that_it_changed_or_nothing_was_ever_had() -> None:
    assert asks(lastmod=101.0)
    assert not asks(lastmod=100.0)
    assert asks(body_hash=None)
    assert asks_unconditionally(body_hash="ab", unchanged=0, last_fetched_at=None, lastmod=None)


def test_a_server_whose_strong_etag_stays_on_other_bytes_is_never_asked_by_condition_again() -> None:
    same = Validators('"a"', DATE)
    caught = kept_validators(same, same, body_changed=True)
    assert caught == Validators(DISTRUSTED, None)
    assert kept_validators(caught, Validators('"b"', DATE), body_changed=False) == caught
    assert conditional_headers(caught.etag, caught.last_modified) == {}


@pytest.mark.parametrize(
    ("before", "answered", "body_changed"),
    [
        (Validators('"a"', DATE), Validators('"a"', DATE), False),
        (Validators('"a"', DATE), Validators('"b"', DATE), True),
        (Validators('W/"a"', DATE), Validators('W/"a"', DATE), True),
        (Validators(None, DATE), Validators(None, DATE), True),
        (Validators(None, None), Validators('"a"', None), True),
    ],
)
def test_other_answers_are_kept_as_they_are(before: Validators, answered: Validators, *, body_changed: bool) -> None:
    assert kept_validators(before, answered, body_changed=body_changed) == answered
