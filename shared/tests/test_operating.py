"""docs/operating.md names nothing that is not there, leaves no alarm and no entry out, and asks what the rules ask."""

import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase

from watchfloor import metrics
from watchfloor.logs.entries import EVENTS
from watchfloor.settings import Settings
from watchfloor.settings_table import variable

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
RULES = ROOT / "deploy" / "prometheus" / "rules"
PROSE = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
QUERIES = re.findall(r"```promql\n(.*?)```", TEXT, re.DOTALL)
ALARMS = re.compile(r"\bWatchfloor[A-Z]\w+")
SAMPLES = {
    f"{metric._name}{suffix}"
    for metric in vars(metrics).values()
    if isinstance(metric, MetricWrapperBase)
    for suffix in {"counter": ("_total",), "histogram": ("", "_bucket", "_sum", "_count")}.get(str(metric._type), ("",))
}


def rules() -> dict[str, str]:
    """The query of every alarm, by its name."""
    groups = [group for path in RULES.glob("*.yml") for group in yaml.safe_load(path.read_text("utf-8"))["groups"]]
    return {rule["alert"]: flat(rule["expr"]) for group in groups for rule in group["rules"] if "alert" in rule}


def flat(query: str) -> str:
    return " ".join(query.split())


def test_every_metric_that_is_named_is_there() -> None:
    named = set(re.findall(r"(?<![\w:])watchfloor_[a-z_]+", TEXT))
    assert named - SAMPLES == set()
    assert len(named) > 15


def test_every_entry_of_the_logs_that_is_named_is_there_and_none_is_left_out() -> None:
    named = {
        name
        for name in re.findall(r"[a-z]+(?:_[a-z]+)+", PROSE.replace("service_(started|failed)", ""))
        if name in EVENTS
    }
    spans = {span for span in re.findall(r"`([a-z]+(?:_[a-z]+)+)`", PROSE) if not span.startswith("watchfloor_")}
    assert spans - set(EVENTS) == set()
    assert set(EVENTS) - named == set()


def test_every_query_is_that_of_a_rule_and_every_alarm_has_its_place() -> None:
    """Mend by copying the rule's `expr` into the document, below the name of its alarm."""
    assert sorted(map(flat, QUERIES)) == sorted(rules().values())
    assert set(ALARMS.findall(PROSE)) == set(rules())


@pytest.mark.parametrize("name", sorted(rules()))
def test_an_alarm_stands_in_one_section_with_its_query(name: str) -> None:
    (section,) = [part for part in TEXT.split("\n## ") if f"`{name}`" in part and flat(rules()[name]) in flat(part)]
    assert "- Remedy: " in section
    assert "- See: " in section


def test_every_setting_that_is_named_is_there() -> None:
    assert set(re.findall(r"\bWATCHFLOOR_[A-Z_]+", TEXT)) <= {variable(name) for name in Settings.model_fields}


def test_every_command_that_is_named_is_there() -> None:
    commands = {entry.name for entry in entry_points(group="watchfloor.commands")}
    assert set(re.findall(r"\bwatchfloor (?!is\b)([a-z]+)", TEXT)) <= commands


def test_every_link_leads_to_a_heading_or_a_file() -> None:
    titles = re.findall(r"^#+ +(.+?) *$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        assert target.removeprefix("#") in anchors or (ROOT / "docs" / target).is_file()
