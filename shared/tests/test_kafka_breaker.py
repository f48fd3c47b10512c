"""The breaker: a burst of failures of several sources trips it, one bad source never does."""

import pytest

from watchfloor.kafka.breaker import Breaker, Limits

SOURCES = ("harbour", "coast", "delta", "ridge", "plain")


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Seconds, as time.monotonic gives them."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(Limits(failures=10, window_seconds=60, sources=3), clock)


def fail(breaker: Breaker, count: int, sources: tuple[str, ...] = SOURCES, *, unforeseen: bool = False) -> bool:
    return [breaker.failed(sources[n % len(sources)], unforeseen=unforeseen) for n in range(count)][-1]


@pytest.mark.parametrize("unforeseen", [False, True])
def test_it_trips_at_the_limit_and_not_before(breaker: Breaker, unforeseen: bool) -> None:
    assert not fail(breaker, 9, unforeseen=unforeseen)
    assert fail(breaker, 1, unforeseen=unforeseen)
    assert breaker.is_open
    assert breaker.reason is not None
    assert "10 " in breaker.reason
    assert "harbour 3" in breaker.reason


@pytest.mark.parametrize("unforeseen", [False, True])
def test_one_bad_source_never_trips_it(breaker: Breaker, unforeseen: bool) -> None:
    assert not fail(breaker, 5000, ("harbour",), unforeseen=unforeseen)


def test_one_bad_source_with_stray_failures_of_others_does_not_trip_it(breaker: Breaker) -> None:
    fail(breaker, 500, ("harbour",))
    assert not fail(breaker, 2, ("coast", "delta"))


def test_rejections_of_two_sources_are_no_burst_but_unforeseen_errors_are(breaker: Breaker) -> None:
    assert not fail(breaker, 100, ("harbour", "coast"))
    assert fail(breaker, 10, ("harbour", "coast"), unforeseen=True)


def test_rejections_and_unforeseen_errors_are_counted_apart(breaker: Breaker) -> None:
    fail(breaker, 9)
    assert not fail(breaker, 9, unforeseen=True)


def test_failures_that_are_outnumbered_by_what_passes_do_not_trip_it(breaker: Breaker) -> None:
    for _ in range(40):
        fail(breaker, 1, ("harbour",))
        fail(breaker, 1, ("coast",))
        fail(breaker, 1, ("delta",))
        for _ in range(4):
            breaker.passed()
    assert not breaker.is_open


def test_what_passed_before_a_burst_does_not_hide_it(breaker: Breaker) -> None:
    for _ in range(10_000):
        breaker.passed()
    assert fail(breaker, 10)


def test_failures_older_than_the_window_are_forgotten(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 9)
    clock.now += 61
    assert not fail(breaker, 9)


def test_after_it_closed_it_counts_anew(breaker: Breaker) -> None:
    fail(breaker, 10)
    breaker.close()
    assert not breaker.is_open
    assert not fail(breaker, 9)
    assert fail(breaker, 1)


def test_failures_while_it_is_open_change_nothing(breaker: Breaker) -> None:
    fail(breaker, 10)
    reason = breaker.reason
    assert fail(breaker, 50)
    assert breaker.reason == reason


def test_who_has_one_source_alone_may_let_it_trip_the_breaker(clock: Clock) -> None:
    breaker = Breaker(Limits(failures=5, window_seconds=60, sources=1), clock)
    assert not fail(breaker, 4, ("harbour",))
    assert fail(breaker, 1, ("harbour",))
