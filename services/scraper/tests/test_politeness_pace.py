"""How fast a host may be asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor_scraper.politeness.pace import DEFAULT_DELAY, LONGEST_CRAWL_DELAY, host_delay, rest_seconds

SECONDS = st.floats(0, 1e9)


@given(st.none() | SECONDS, st.none() | SECONDS)
def test_a_host_is_never_asked_faster_than_operator_and_robots_txt_say(own: float | None, asked: float | None) -> None:
    found = host_delay(own, asked)
    assert found >= (DEFAULT_DELAY if own is None else own)
    assert found >= min(asked or 0.0, LONGEST_CRAWL_DELAY)


def test_without_a_word_from_anybody_it_is_one_request_in_two_seconds() -> None:
    assert host_delay(None, None) == 2.0


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_rest_gets_what_it_says_else_ever_more(status: int) -> None:
    assert rest_seconds(status, 17.0, 5) == 17.0
    assert rest_seconds(status, 0.0, 5) == 1.0
    rests = [rest_seconds(status, None, blocks) for blocks in range(12)]
    assert rests[:4] == [60.0, 120.0, 240.0, 480.0]
    assert rests[-1] == 6 * 3600


@pytest.mark.parametrize("status", [200, 304, 404, 500, 502])
def test_other_answers_ask_for_none(status: int) -> None:
    assert rest_seconds(status, 60.0, 1) is None
