"""Keeping a member running, on a clock of the test's own."""

import itertools
from pathlib import Path

import pytest

from watchfloor.errors import Stop
from watchfloor_local.keeping import HANGS_AFTER_SECONDS, LONGEST_DELAY_SECONDS, WELL_AFTER_SECONDS, Keeper, delay


class Puppet:
    """A member that does what the test says."""

    def __init__(self) -> None:
        self.name = "puppet"
        self.address = "127.0.0.1:1"
        self.log = Path("puppet.log")
        self.pid: int | None = None
        self.is_ready = False
        self.beats: object = None
        self.words = ""
        self.launches = 0
        self.kills = 0
        self.refusal: Exception | None = None

    def launch(self) -> None:
        """Start, or refuse as the test says."""
        if self.refusal is not None:
            raise self.refusal
        self.launches += 1
        self.pid = self.launches

    def pulse(self) -> object:
        """The heart as the test sets it."""
        return self.beats

    def ready(self) -> bool:
        """Ready as the test sets it."""
        return self.is_ready

    def last_words(self) -> str:
        """What the test lets it say."""
        return self.words

    def terminate(self) -> None:
        """End."""
        self.pid = None

    def kill(self) -> None:
        """End, and count it."""
        self.kills += 1
        self.pid = None


@pytest.fixture
def puppet() -> Puppet:
    return Puppet()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def keeper(puppet: Puppet, told: list[str]) -> Keeper:
    """A keeper that has launched its member at the time 0."""
    kept = Keeper(puppet, lambda name, sentence: told.append(f"{name} {sentence}"))
    kept.launch(0.0)
    return kept


def test_delays_grow_and_end_at_the_longest() -> None:
    delays = [delay(deaths) for deaths in range(1, 40)]
    assert all(later >= earlier for earlier, later in itertools.pairwise(delays))
    assert delays[0] < 1
    assert delays[-1] == LONGEST_DELAY_SECONDS


def test_readiness_is_told_once_with_the_seconds_and_the_address(
    keeper: Keeper, puppet: Puppet, told: list[str]
) -> None:
    keeper.tend(1.0)
    puppet.is_ready = True
    keeper.tend(2.5)
    keeper.tend(3.0)
    assert told == ["puppet ready after 2.5 s  127.0.0.1:1"]


def test_a_dead_member_is_swept_and_started_again_when_its_delay_is_over(keeper: Keeper, puppet: Puppet) -> None:
    puppet.pid = None
    keeper.tend(1.0)
    assert puppet.kills == 1, "what it started must not outlive it"
    keeper.tend(1.0 + delay(1) / 2)
    assert puppet.launches == 1
    keeper.tend(1.0 + delay(1))
    assert puppet.launches == 2


def test_its_last_words_are_told(keeper: Keeper, puppet: Puppet, told: list[str]) -> None:
    puppet.pid, puppet.words = None, "error: 127.0.0.1:8470: the port is taken"
    keeper.tend(1.0)
    assert told == ["puppet ended: error: 127.0.0.1:8470: the port is taken; again in 0.2 s (its log: puppet.log)"]


def test_the_delay_grows_with_each_death_in_a_row(keeper: Keeper, puppet: Puppet, told: list[str]) -> None:
    now = 0.0
    for _ in range(3):
        puppet.pid = None
        keeper.tend(now)
        now += LONGEST_DELAY_SECONDS
        keeper.tend(now)
    assert [sentence.split("; again in ")[1].split(" ")[0] for sentence in told] == ["0.2", "0.4", "0.8"]


def test_a_member_that_was_well_for_a_while_begins_anew(keeper: Keeper, puppet: Puppet, told: list[str]) -> None:
    now = 0.0
    for _ in range(3):
        puppet.pid = None
        now += WELL_AFTER_SECONDS + 1
        keeper.tend(now)
        now += delay(1)
        keeper.tend(now)
    assert all("again in 0.2 s" in sentence for sentence in told)


def test_one_that_cannot_be_started_again_is_tried_again_later(keeper: Keeper, puppet: Puppet, told: list[str]) -> None:
    puppet.pid = None
    puppet.refusal = Stop("is damaged", subject="log folder")
    keeper.tend(1.0)
    keeper.tend(2.0)
    assert "log folder: is damaged" in told[-1]
    puppet.refusal = None
    keeper.tend(2.0 + LONGEST_DELAY_SECONDS)
    assert puppet.launches == 2


def test_one_that_gives_no_sign_of_life_is_killed_and_started_again(keeper: Keeper, puppet: Puppet) -> None:
    puppet.is_ready, puppet.beats = True, 1.0
    for now in (1.0, 2.0, 0.5 + HANGS_AFTER_SECONDS):
        keeper.tend(now)
    assert puppet.kills == 0
    keeper.tend(1.5 + HANGS_AFTER_SECONDS)
    assert puppet.kills == 1


@pytest.mark.parametrize("beats", [None, "changing"])
def test_one_that_is_well_or_of_which_nothing_is_known_is_not_killed(
    keeper: Keeper, puppet: Puppet, beats: str | None
) -> None:
    puppet.is_ready = True
    for now in range(1, 300):
        puppet.beats = beats and now
        keeper.tend(float(now))
    assert puppet.kills == 0
