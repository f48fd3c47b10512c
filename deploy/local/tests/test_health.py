"""What `watchfloor health` and `watchfloor doctor` say."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from watchfloor import status
from watchfloor_local import commands, health
from watchfloor_local.plan import SERVICES


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in which nothing has run."""
    monkeypatch.setenv("WATCHFLOOR_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("WATCHFLOOR_BROKER", "127.0.0.1:1")
    return tmp_path


def test_all_services_at_work_are_well(data: Path) -> None:
    for name in SERVICES:
        status.write(data / "status", name, "ready")
    assert CliRunner().invoke(commands.health, []).exit_code == 0


def test_one_service_that_never_ran_is_enough_for_status_one(data: Path) -> None:
    for name in SERVICES[1:]:
        status.write(data / "status", name, "ready")
    done = CliRunner().invoke(commands.health, ["--json"])
    assert done.exit_code == 1
    found = {line["service"]: line["well"] for line in map(json.loads, done.stdout.splitlines())}
    assert found == {name: name != SERVICES[0] for name in SERVICES}


@pytest.mark.parametrize("state", ["starting", "paused", "stopping"])
def test_a_service_that_is_up_but_not_at_work_is_not_well(data: Path, state: status.State) -> None:
    status.write(data, "parser", state, detail="the breaker is open")
    (found,) = health.look(data, ["parser"])
    assert not found.well
    assert found.detail == f"{state} the breaker is open"


def test_a_service_that_fell_silent_is_not_well(data: Path) -> None:
    old = status.Status(service="parser", pid=1, state="ready", at=0.0)
    (data / "parser.json").write_text(old.model_dump_json())
    (found,) = health.look(data, ["parser"])
    assert not found.well
    assert "silent" in found.detail


def test_a_damaged_status_file_is_told_not_raised(data: Path) -> None:
    (data / "parser.json").write_text("{")
    (found,) = health.look(data, ["parser"])
    assert not found.well
    assert "cannot be read" in found.detail


def test_the_doctor_works_with_nothing_running_and_names_the_variable_of_a_broker_that_is_away() -> None:
    done = CliRunner().invoke(commands.doctor, ["--json"])
    findings = {line["check"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert done.exit_code == 1
    assert findings["broker"]["verdict"] == "bad"
    assert "WATCHFLOOR_BROKER" in findings["broker"]["remedy"]
    assert {findings[name]["verdict"] for name in SERVICES} == {"idle"}
    assert {"python", "data folder", "disk", "port", "topics", "store"} <= findings.keys()


def test_the_doctor_finds_a_store_that_is_no_store(data: Path) -> None:
    (data / "store.sqlite").write_bytes(b"no database at all" * 100)
    done = CliRunner().invoke(commands.doctor, ["--json"])
    (store,) = [line for line in map(json.loads, done.stdout.splitlines()) if line["check"] == "store"]
    assert store["verdict"] == "bad"
    assert "move it away" in store["remedy"]
