"""The rules are what Prometheus reads, ask for what is there, fire when they should, and lead to a remedy."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from fixtures import monitoring

HERE = Path(__file__).parent
UNIT_TESTS = sorted(HERE.glob("*.yml"))
ALERTS = list(monitoring.rules("alert"))
NAMES = [str(rule["alert"]) for rule in ALERTS]
OPERATING = Path(__file__).parents[3] / "docs" / "operating.md"
REMEDY = re.compile(r"Remedy: docs/operating\.md#([a-z0-9-]+)$")
needs_promtool = pytest.mark.skipif(
    monitoring.promtool() is None, reason=f"no promtool: neither the image {monitoring.IMAGE} in Docker nor one on PATH"
)


def promtool(*arguments: str) -> str:
    command = (*(monitoring.promtool() or ()), *arguments)
    done = subprocess.run(command, cwd=monitoring.PROMETHEUS, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def headings(markdown: str) -> set[str]:
    """The anchors of a page's headings, as GitHub and GitLab make them."""
    titles = re.findall(r"^#+ +(.+?) *$", markdown, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@needs_promtool
def test_prometheus_reads_its_configuration_and_finds_the_rules() -> None:
    assert "2 rule files found" in promtool("check", "config", "prometheus.yml")


@needs_promtool
@pytest.mark.parametrize("path", UNIT_TESTS, ids=lambda path: path.stem)
def test_the_rules_do_what_their_unit_tests_say(path: Path) -> None:
    promtool("test", "rules", f"tests/{path.name}")


@pytest.mark.parametrize("name", NAMES)
def test_every_alert_is_seen_to_fire_in_a_unit_test(name: str) -> None:
    cases = [
        case
        for path in UNIT_TESTS
        for test in yaml.safe_load(path.read_text("utf-8"))["tests"]
        for case in test.get("alert_rule_test", ())
    ]
    assert any(case["alertname"] == name and case.get("exp_alerts") for case in cases)


@pytest.mark.parametrize(
    "rule", [*ALERTS, *monitoring.rules("record")], ids=lambda rule: rule.get("alert", rule.get("record"))
)
def test_every_rule_asks_for_metrics_and_labels_that_a_service_gives(rule: dict[str, str]) -> None:
    assert monitoring.faults(rule["expr"]) == []


@pytest.mark.parametrize("rule", ALERTS, ids=NAMES)
def test_every_alert_says_how_grave_it_is_what_is_so_and_where_the_remedy_is(rule: dict[str, dict[str, str]]) -> None:
    assert rule["labels"]["severity"] in {"critical", "warning"}
    assert rule["annotations"]["summary"]
    remedy = REMEDY.search(rule["annotations"]["description"])
    assert remedy is not None
    assert remedy[1] in headings(OPERATING.read_text("utf-8"))


def test_the_names_of_alerts_are_unique() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_every_service_is_scraped() -> None:
    jobs = yaml.safe_load((monitoring.PROMETHEUS / "prometheus.yml").read_text("utf-8"))["scrape_configs"]
    found = {name for job in jobs for discovery in job.get("dns_sd_configs", ()) for name in discovery["names"]}
    named = {target for job in jobs for group in job.get("static_configs", ()) for target in group["targets"]}
    assert found == {"scraper", "parser", "enricher", "indexer"}
    assert "gateway:8470" in named
