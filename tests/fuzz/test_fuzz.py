"""The readers of what the outside sends survive what nobody would write."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from fuzz.run import AT_ONCE, FOLDER, IN_THE_GATE, TARGETS, Outcome, fuzz, why_not

SECONDS = 20
WHY_NOT = why_not()


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[Outcome]]:
    """The runs of all targets of the gate, two at a time."""
    pool = ThreadPoolExecutor(AT_ONCE)
    findings = tmp_path_factory.mktemp("findings")
    running = {name: pool.submit(fuzz, name, seconds=SECONDS, findings=findings) for name in IN_THE_GATE}
    pool.shutdown(wait=False)
    return running


@pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT))
@pytest.mark.parametrize("target", IN_THE_GATE)
def test_no_input_found_in_20_seconds_breaks_a_promise(outcomes: dict[str, Future[Outcome]], target: str) -> None:
    outcome = outcomes[target].result()
    assert not outcome.report, outcome.report
    assert "DONE" in outcome.said


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_has_seeds_and_words(target: str) -> None:
    assert list(Path(FOLDER, "seeds", target).iterdir())
    assert Path(FOLDER, "words", target).is_file()
