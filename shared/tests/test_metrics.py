"""Metrics: each once, each with a meaning, and no label that the outside could fill."""

import ast
from pathlib import Path

import pytest
from prometheus_client import REGISTRY, Counter, Gauge, Histogram

from watchfloor import metrics

ROOT = Path(__file__).parents[2]
PROGRAMS = [*(ROOT / "shared" / "watchfloor").rglob("*.py"), *ROOT.glob("services/*/watchfloor_*/**/*.py")]
PROGRAMS += ROOT.glob("deploy/*/watchfloor_*/**/*.py")
KINDS = {"Counter", "Gauge", "Histogram", "Summary", "Info", "Enum"}
ALL = {name: metric for name, metric in vars(metrics).items() if isinstance(metric, Counter | Gauge | Histogram)}
BOUNDED = {
    "stage": "the names of our services",
    "outcome": "passed, rejected, unforeseen",
    "type": "the events of the contract",
    "reason": "DEAD_LETTER_REASONS",
    "article_type": "the kinds of article that the events declare",
    "method": "known methods, else OTHER",
    "route": "templates of our routes, else none",
    "status": "statuses of HTTP",
    "state": "the states of a source that the events declare",
    "source": "ids of sources.yaml, which the operator writes: of those that are ill, a hundred at most",
    "kind": "kinds of address: page, feed, sitemap and the like",
    "verdict": "what the crawl decides",
    "form": "the forms of the stream",
    "event": "the events of the stream",
    "unit": "records, bytes",
    "file": "database, log",
}
"""Every label, with the short list of ours that it takes its values from."""


def test_every_metric_is_made_in_one_module_once_and_says_what_it_means() -> None:
    makers = {
        str(path.relative_to(ROOT))
        for path in PROGRAMS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "prometheus_client"
        and KINDS & {name.name for name in node.names}
    }
    assert makers == {"shared/watchfloor/metrics.py"}
    names = [metric._name for metric in ALL.values()]
    assert len(set(names)) == len(names)
    assert all(name.startswith("watchfloor_") for name in names)
    assert all(metric._documentation for metric in ALL.values())
    assert set(names) <= set(REGISTRY._names_to_collectors)


def test_every_label_takes_its_values_from_a_short_list_of_ours_or_the_operators() -> None:
    assert {label for metric in ALL.values() for label in metric._labelnames} == set(BOUNDED)


@pytest.mark.parametrize("outside", ["url", "host", "id", "article", "query", "path", "topic", "key", "language"])
def test_what_comes_from_outside_is_no_label(outside: str) -> None:
    assert not any(outside == label or label.endswith(f"_{outside}") for label in BOUNDED)


def test_every_metric_is_used() -> None:
    used = "\n".join(
        path.read_text(encoding="utf-8") for path in PROGRAMS if path.name != "metrics.py" or "gateway" in str(path)
    )
    assert [name for name in ALL if name not in used] == []
