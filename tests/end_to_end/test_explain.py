"""Planted ways for an article to be missing, late, doubled or wrong: the first reason that is given is the true one.

Everything is real but the broker and the time: sites over HTTP, scraper, parser, enricher, indexer, store. What is true
stands beside each fault, in tests/fixtures/planted_faults.
"""

import asyncio
from collections import Counter

import pytest
from click.testing import CliRunner
from fixtures.planted_faults.all_faults import FAULTS
from fixtures.planted_faults.running import Told, told

from watchfloor.explanation.commands import explain
from watchfloor.explanation.model import Explanation

OF_60 = 57
"""So many of 60 must be right."""
BY_COMMAND = (
    "no-source",
    "feed-forbidden",
    "excluded",
    "tdm-file",
    "away",
    "abyss",
    "teaser",
    "amp",
    "withdrawn",
    "waits",
)
STATUS = {"here": 0}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What is said of all of them, once for all tests: it takes most of a minute."""
    return asyncio.run(told(FAULTS, tmp_path_factory.mktemp("planted")))


def test_the_faults_are_many_and_of_many_kinds() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 60
    kinds = Counter(fault.reason.code for fault in FAULTS)
    assert len(kinds) >= 50
    assert max(kinds.values()) <= 9, "no fault is planted over and over"


def test_the_first_reason_that_is_given_is_the_true_one(said: Told) -> None:
    rows = [(fault, said.explanations[fault.name]) for fault in FAULTS]
    for fault, found in rows:
        mark = " " if found.reason == fault.reason.code else "✗"
        print(f"{mark} {fault.name:22} {fault.reason.code:18} {found.reason:18} {fault.what}")
    wrong = [
        f"{fault.name}: {fault.reason.code}, not {found.reason}"
        for fault, found in rows
        if found.reason != fault.reason.code
    ]
    print(f"{len(rows) - len(wrong)} of {len(rows)}")
    assert len(rows) - len(wrong) >= OF_60 / 60 * len(rows), "\n".join(wrong)


def test_each_explanation_is_whole(said: Told) -> None:
    for found in said.explanations.values():
        assert [step.decisive for step in found.steps].count(True) == 1
        assert found.sentence.endswith(".")
        assert Explanation.model_validate_json(found.model_dump_json()) == found
        assert "{" not in (found.remedy or "").replace('{"url"', "")


@pytest.mark.parametrize("name", BY_COMMAND)
def test_the_command_gives_the_same_reason(said: Told, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFLOOR_DATA_FOLDER", str(said.settings.data_folder))
    (fault,) = (fault for fault in FAULTS if fault.name == name)
    url = fault.filled(fault.asked, said.ports)
    printed = CliRunner().invoke(explain, [url])
    as_json = CliRunner().invoke(explain, [url, "--json"])
    again = Explanation.model_validate_json(as_json.stdout)
    assert (again.verdict, again.reason) == (said.explanations[name].verdict, fault.reason.code)
    assert again.sentence in printed.stdout
    assert printed.exit_code == as_json.exit_code == STATUS.get(again.verdict, 1)
