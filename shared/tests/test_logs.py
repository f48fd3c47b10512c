"""Log entries: one line each, named, about what is in hand; and no text of others that looks like an entry."""

import ast
import io
import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor import logs, tracing
from watchfloor.events import PageGone
from watchfloor.identity import page_id
from watchfloor.logs import context, output
from watchfloor.logs.entries import EVENTS, LIBRARY
from watchfloor.logs.escaping import UNSAFE, cut, in_json, one_line

ROOT = Path(__file__).parents[2]
PROGRAMS = [*(ROOT / "shared" / "watchfloor").rglob("*.py"), *ROOT.glob("services/*/watchfloor_*/**/*.py")]
PROGRAMS += ROOT.glob("deploy/*/watchfloor_*/**/*.py")
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
FORGED = "04:12:33Z parser ERROR record_rejected watchfloor.kafka.handling: forged"
ENTRY = re.compile(r"^\d\d:\d\d:\d\dZ \S+ [A-Z]+ [a-z_]+ ")
NASTY = f"quay\n{FORGED}\r\n{FORGED}\x1b[31m\u2028{FORGED}\u2029\u202egnp\u2066\x85{FORGED}\x0b\x0c\ud800\U000e0041"
URL = "https://harbour.example/quay"
GONE = PageGone(
    page_id=page_id(URL),
    url=URL,
    status=410,
    fetched_at=datetime(2026, 3, 1, tzinfo=UTC),
    reason="410",
    source_id="harbour",
    origin="live",
)
log = logging.getLogger("watchfloor.quay")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    kept = root.handlers[:], root.level, log.parent.level if log.parent else 0, sys.excepthook, threading.excepthook
    yield
    root.handlers[:], level, ours, sys.excepthook, threading.excepthook = kept
    root.setLevel(level)
    logging.getLogger("watchfloor").setLevel(ours)
    logging.captureWarnings(capture=False)
    logs.about()
    tracing.enter(None)


def written(form: logs.LogFormat, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Where the entries of this process go from now on."""
    there = io.StringIO()
    monkeypatch.setattr(sys, "stderr", there)
    logs.configure("parser", level="debug", form=form)
    return there


def fail(text: str) -> None:
    raise ValueError(text)


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call to a logger in the programs."""
    for path in PROGRAMS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS:
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id.lower() in {"log", "logger", "_log"}:
                    yield path, node


def name_given(call: ast.Call) -> str | None:
    extra = next((keyword.value for keyword in call.keywords if keyword.arg == "extra"), None)
    if isinstance(extra, ast.Call) and extra.args and isinstance(extra.args[0], ast.Constant):
        return str(extra.args[0].value)
    return None


def test_every_entry_of_ours_has_a_name_of_the_list_and_every_name_is_used() -> None:
    names = [(f"{path.name}:{call.lineno}", name_given(call)) for path, call in calls()]
    assert [place for place, name in names if name not in EVENTS] == []
    assert {name for _, name in names} | {LIBRARY} == set(EVENTS)
    assert len(names) > 30


def test_names_are_plain_words_each_with_its_meaning() -> None:
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)+", name) for name in EVENTS)
    assert all(EVENTS.values())


def test_an_entry_says_what_the_task_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    there = written("json", monkeypatch)
    tracing.enter(tracing.begin("1"))
    logs.about(topic="watchfloor.pages.fetched.v1", partition=3, offset=17)
    logs.handling(GONE)
    log.warning("it %s", "waits", extra=logs.event("retry_scheduled"))
    logs.about(topic="t", partition=0, offset=0)
    log.warning("the next", extra=logs.event("retry_scheduled", source="quay"))
    first, second = map(json.loads, there.getvalue().splitlines())
    assert (first["event"], first["message"], first["level"]) == ("retry_scheduled", "it waits", "warning")
    assert (first["topic"], first["partition"], first["offset"]) == ("watchfloor.pages.fetched.v1", 3, 17)
    assert (first["page"], first["source"]) == (GONE.page_id, "harbour")
    assert first["trace"] == tracing.trace_id(tracing.begin("1"))
    assert (second["offset"], second["source"], "page" in second) == (0, "quay", False)


def test_for_a_person_what_is_ours_stands_before_what_comes_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    there = written("text", monkeypatch)
    logs.about(source='a "quay" offset=9', offset=17)
    log.error("trace=0 says %s", "somebody", extra=logs.event("record_rejected"))
    line = there.getvalue().removesuffix("\n")
    assert line[8:] == (
        r'Z parser ERROR record_rejected watchfloor.quay [source="a \"quay\" offset=9" offset=17]: trace=0 says somebody'
    )


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_message_and_no_traceback_forges_an_entry(form: logs.LogFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    there = written(form, monkeypatch)
    logs.about(source=NASTY)
    try:
        fail(NASTY)
    except ValueError:
        log.exception("of %s", NASTY, extra=logs.event("visit_failed"))
    text = there.getvalue()
    assert not UNSAFE.search(text.replace("\n", ""))
    lines = text.split("\n")[:-1]
    if form == "json":
        assert len(lines) == 1
        entry = json.loads(lines[0])
        assert entry["message"] == f"of {NASTY}"
        assert NASTY in entry["traceback"]
    else:
        assert [bool(ENTRY.match(line)) for line in lines] == [True] + [False] * (len(lines) - 1)
        assert all(line.startswith(output.CONTINUED) for line in lines[1:])
        assert len(text.splitlines()) == len(lines), "no character that anybody takes for the end of a line"


@given(st.text())
def test_whatever_a_text_holds_it_stays_on_its_line_and_json_stays_the_same_value(text: str) -> None:
    assert len(f"a{one_line(text)}b".splitlines()) == 1
    line = in_json(json.dumps({"message": text}, ensure_ascii=False))
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"message": text}
    assert line.encode()


def test_what_people_write_stays_as_it_is() -> None:
    for text in ("Одеса — 12 °C", "می‌خواهم", "क्‍ष", "مينسك", "C:\\quay"):
        assert one_line(text) == text


def test_an_entry_is_bounded_whatever_it_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    there = written("json", monkeypatch)
    logs.about(source="x" * 10_000, article="y" * 10_000)
    try:
        fail("z" * 100_000)
    except ValueError:
        log.exception("m" * 100_000, extra=logs.event("visit_failed"))
    assert len(there.getvalue()) < 16 * 1024
    assert len(json.loads(there.getvalue())["source"]) == context.LONGEST


def test_of_what_is_too_long_both_ends_are_kept() -> None:
    assert cut("a" * 10 + "b" * 10, 4) == "aa[… 16 characters left out …]bb"


def test_what_libraries_and_python_say_is_an_entry_too(monkeypatch: pytest.MonkeyPatch) -> None:
    there = written("json", monkeypatch)
    logging.getLogger("aiokafka").warning("is away\nand %s", "more")
    logging.getLogger("aiokafka").info("not this")
    logging.getLogger("aiokafka").warning("%d", "words that do not fit")
    try:
        fail(FORGED)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
        failed = error

    def die() -> None:
        raise failed

    thread = threading.Thread(target=die, name="quay")
    thread.start()
    thread.join()
    entries = [json.loads(line) for line in there.getvalue().splitlines()]
    assert [entry["event"] for entry in entries] == [LIBRARY, LIBRARY, "service_failed", "thread_failed"]
    assert entries[0]["logger"] == "aiokafka"
    assert "words that do not fit" in entries[1]["message"]
    assert FORGED in entries[2]["traceback"]
