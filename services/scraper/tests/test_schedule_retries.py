"""When to come again after a failure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor_scraper.schedule.retries import BACKOFFS, OTHER, next_retry, read_retry_after

DAY = 86_400.0
NOON = 784_900_000.0
CAUSES = st.sampled_from([*BACKOFFS, "unheard_of"])


@given(CAUSES, st.integers(1, 40), st.text(max_size=20), st.none() | st.floats(0, DAY))
def test_a_retry_lies_ahead_is_bounded_and_always_the_same(
    cause: str, failures: int, url: str, retry_after: float | None
) -> None:
    first, second = (next_retry(cause, failures, url, NOON, retry_after=retry_after, is_list=True) for _ in range(2))
    assert first == second
    assert first is not None
    longest = BACKOFFS.get(cause, OTHER).longest
    assert NOON + max(60.0, retry_after or 0.0) <= first <= NOON + max(longest * 1.2, retry_after or 0.0)


@pytest.mark.parametrize("cause", [*BACKOFFS, "unheard_of"])
def test_a_page_is_given_up_after_some_failures_and_a_list_never(cause: str) -> None:
    attempts = BACKOFFS.get(cause, OTHER).attempts
    answers = [next_retry(cause, failures, "https://a.example/", 0.0) for failures in range(1, attempts + 1)]
    assert [answer is None for answer in answers] == [False] * (attempts - 1) + [True]
    assert next_retry(cause, attempts + 100, "https://a.example/", 0.0, is_list=True) is not None


def test_addresses_that_failed_together_do_not_come_again_together() -> None:
    times = {next_retry("timeout", 1, f"https://a.example/{number}", 0.0) for number in range(100)}
    assert len(times) == 100
    assert all(time is not None and 240 <= time <= 360 for time in times)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0), (" 0 ", 0.0), ("86401", DAY), ("9" * 500, DAY), ("-5", None), ("1.5", None), ("", None),
        (None, None), ("soon", None), ("١٢", None), ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777.0 - 784_111_000.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 777.0), ("Sun Nov  6 08:49:37 1994", 777.0),
        ("Sat, 05 Nov 1994 08:49:37 GMT", 0.0), ("Fri, 31 Dec 9999 23:59:59 GMT", DAY),
        ("Sun, 06 Nov 1994 99:99:99 GMT", None),
    ],
)  # fmt: skip
def test_retry_after_is_read_in_every_form_of_rfc_9110_and_holds_a_day_at_most(
    header: str | None, seconds: float | None
) -> None:
    assert read_retry_after(header, 784_111_000.0) == seconds


@given(st.text(max_size=60), st.floats(0, 4e9))
def test_any_retry_after_is_read_to_none_or_to_at_most_a_day(header: str, now: float) -> None:
    found = read_retry_after(header, now)
    assert found is None or 0 <= found <= DAY
