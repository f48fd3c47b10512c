"""What the operator is told of a file of sources that became bad while the scraper is at work."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from fixtures.crawling import crawl_settings

from watchfloor.settings import Settings
from watchfloor_scraper.desk import LOOK_SECONDS, Desk
from watchfloor_scraper.frontier import Frontier
from watchfloor_scraper.health.ledger import HealthLedger
from watchfloor_scraper.health.watch import HealthWatch

GOOD = "  - {id: pilot, home: https://pilot.example/}\n"
BAD = "  - {id: pilot, home: https://pilot.example/, cadence: often, country: Poland}\n"
NOON = 1_780_315_200.0
LOOKS = 5
"""Enough for a change to be seen, and to be seen again: nothing is taken over that was seen only once."""


class Office:
    """A desk whose clock passes only when it is told to."""

    def __init__(self, settings: Settings, stack: ExitStack) -> None:
        frontier = Frontier(settings.data / "frontier.sqlite", now=lambda: NOON)
        ledger = HealthLedger(settings.data / "health.sqlite")
        stack.callback(frontier.close)
        stack.callback(ledger.close)
        self.file = Path(settings.sources)
        self.desk = Desk(settings, frontier, HealthWatch(ledger, frontier), clock=lambda: NOON)
        self._moments = count(1)

    def write(self, sources: str) -> None:
        """Put these sources into the file, and let the desk look at it."""
        self.file.write_text(f"contact: desk@watchfloor.example\nsources:\n{sources}", encoding="utf-8")
        self.look()

    def look(self) -> None:
        """Let time pass until the desk has seen the file as it is."""
        for _ in range(LOOKS):
            self.desk.between(NOON + next(self._moments) * LOOK_SECONDS)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as stack:
        yield Office(crawl_settings(tmp_path, GOOD), stack)


def test_while_the_file_is_good_there_is_nothing_to_say(office: Office) -> None:
    assert office.desk.remark() == ""


def test_a_file_that_became_bad_is_told_in_a_line_by_its_first_fault_and_the_sources_stay(office: Office) -> None:
    office.write(BAD)
    remark = office.desk.remark()
    assert remark.startswith(f"the sources stay as they were: {office.file}: line 3, sources[0].cadence: 'often'")
    assert remark.endswith("; and 1 more")
    assert "\n" not in remark
    assert "pilot" in office.desk.configuration().by_id


def test_a_file_that_is_gone_is_told_and_the_sources_stay(office: Office) -> None:
    office.file.unlink()
    office.look()
    assert office.desk.remark().startswith(f"the sources stay as they were: {office.file}: ")
    assert "pilot" in office.desk.configuration().by_id


def test_a_file_that_is_no_yaml_is_told_in_a_line(office: Office) -> None:
    office.write("  - [\n")
    assert office.desk.remark()
    assert "\n" not in office.desk.remark()


def test_once_the_file_is_mended_there_is_nothing_to_say_any_more(office: Office) -> None:
    office.write(BAD)
    office.write(GOOD)
    assert office.desk.remark() == ""


def test_without_a_file_there_is_nothing_to_say(tmp_path: Path) -> None:
    with ExitStack() as stack:
        settings = Settings(data_folder=tmp_path / "var", sources="")
        assert Office(settings, stack).desk.remark() == ""
