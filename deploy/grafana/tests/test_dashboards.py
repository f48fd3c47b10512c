"""Grafana is not started by any test: these hold what can be held of its files."""

import json
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from fixtures import monitoring

GRAFANA = monitoring.DEPLOY / "grafana"
PATHS = sorted((GRAFANA / "dashboards").glob("*.json"))
DASHBOARDS: list[dict[str, Any]] = [json.loads(path.read_text("utf-8")) for path in PATHS]
QUESTIONS = ["Is it flowing?", "Where is it slow?", "Which source is ill?", "What is dead?"]
COLUMNS = 24


def provisioned(kind: str) -> Iterator[dict[str, Any]]:
    for path in (GRAFANA / "provisioning" / kind).glob("*.yml"):
        yield from yaml.safe_load(path.read_text("utf-8"))["providers" if kind == "dashboards" else kind]


PANELS = [panel for dashboard in DASHBOARDS for panel in dashboard["panels"] if panel["type"] != "row"]
EXPRESSIONS = [target["expr"] for panel in PANELS for target in panel["targets"]]


def test_four_questions_are_asked_and_each_has_panels_that_answer_it() -> None:
    (dashboard,) = DASHBOARDS
    kinds = [panel["type"] for panel in dashboard["panels"]]
    assert [panel["title"] for panel in dashboard["panels"] if panel["type"] == "row"] == QUESTIONS
    assert kinds[-1] != "row"
    assert ("row", "row") not in set(pairwise(kinds))


def test_the_ids_are_unique() -> None:
    uids = [dashboard["uid"] for dashboard in DASHBOARDS]
    ids = [panel["id"] for dashboard in DASHBOARDS for panel in dashboard["panels"]]
    assert len(set(uids)) == len(uids) > 0
    assert len(set(ids)) == len(ids)


def test_every_panel_asks_the_provisioned_data_source() -> None:
    sources = {(source["type"], source["uid"]) for source in provisioned("datasources")}
    assert {(panel["datasource"]["type"], panel["datasource"]["uid"]) for panel in PANELS} == sources


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel["title"])
def test_every_panel_says_what_it_shows_and_in_which_unit(panel: dict[str, Any]) -> None:
    assert panel["title"]
    assert panel["description"]
    assert panel["fieldConfig"]["defaults"]["unit"]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_every_expression_asks_for_metrics_and_labels_that_a_service_gives(expression: str) -> None:
    assert monitoring.faults(expression) == []


def test_no_two_panels_lie_upon_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARDS[0]["panels"]:
        place = panel["gridPos"]
        cells = {(place["x"] + right, place["y"] + down) for right in range(place["w"]) for down in range(place["h"])}
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < COLUMNS
        taken |= cells


@pytest.mark.skipif(monitoring.promtool() is None, reason=f"no promtool: the image {monitoring.IMAGE} in Docker has it")
def test_prometheus_can_read_every_expression() -> None:
    rules = [
        {"record": f"expression_{number}", "expr": expression.replace("$__rate_interval", "1m")}
        for number, expression in enumerate(EXPRESSIONS)
    ]
    done = subprocess.run(
        (*(monitoring.promtool() or ()), "check", "rules"),
        input=yaml.safe_dump({"groups": [{"name": "dashboards", "rules": rules}]}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_dashboards_are_where_the_provisioning_and_the_compose_file_look_for_them() -> None:
    compose = yaml.safe_load((monitoring.DEPLOY / "compose.monitoring.yaml").read_text("utf-8"))
    grafana = compose["services"]["grafana"]
    mounts = dict(volume.split(":")[:2] for volume in grafana["volumes"])
    (provider,) = provisioned("dashboards")
    assert mounts["./grafana/dashboards"] == provider["options"]["path"]
    home = Path(grafana["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"])
    assert home.parent == Path(provider["options"]["path"])
    assert home.name in {path.name for path in PATHS}
