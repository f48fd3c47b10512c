"""Everything that happens to it in years, in minutes: nothing is lost, doubled or skipped, and it soon catches up."""

import os
from pathlib import Path

import pytest
from fixtures.faults import report
from fixtures.faults.numbers import REPORT, Numbers, factor
from fixtures.faults.phases import QUIET, phases
from fixtures.faults.replay import Replayed, replay
from fixtures.faults.run import Told, deal, running

pytestmark = pytest.mark.faults
LAG_SECONDS = 30.0


@pytest.mark.timeout(900 + 1800 * factor())
def test_nothing_is_lost_doubled_or_skipped_whatever_happens(tmp_path: Path) -> None:
    """WATCHFLOOR_FAULTS_FACTOR says how much of it; `make faults` does all, and writes docs/faults.md."""
    numbers, todo = Numbers().times(factor()), phases()
    articles = deal(numbers.articles, len(todo))
    updates, withdrawals = (deal(whole, len(todo) - 1) for whole in (numbers.updates, numbers.withdrawals))
    told: list[Told] = []
    replays: list[Replayed] = []
    with running(tmp_path, numbers) as run:
        for number, (name, faults) in enumerate(todo.items()):
            changes = (0, 0) if name == QUIET else (updates[number - 1], withdrawals[number - 1])
            told.append(run.conduct(name, faults(run), articles[number], *changes))
            print(told[-1], *told[-1].findings.lines, sep="\n  ", flush=True)
        for number in range(numbers.replays):
            replays.append(replay(run, number + 1))
            print(replays[-1], *replays[-1].different, *replays[-1].findings.lines, sep="\n  ", flush=True)
    if os.environ.get(REPORT):
        report.write(Path(os.environ[REPORT]), report.report(numbers, factor(), told, replays))
    findings = [one.findings for one in told] + [one.findings for one in replays]
    assert [line for found in findings for line in found.lines] == []
    assert [line for one in replays for line in one.different] == []
    assert {one.phase: one.calm_after for one in told if one.calm_after > LAG_SECONDS} == {}
