"""`watchfloor explain` reads the store alone."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from watchfloor.errors import WatchfloorError
from watchfloor.explanation.commands import DECISIVE, explain, readable
from watchfloor.explanation.explain import explain as explain_by
from watchfloor.explanation.model import Explanation
from watchfloor.store.memory import MemoryStore
from watchfloor.store.sqlite import SqliteStore

from .invented import BEGINNING, article, changes, decided

URL = "https://news.example/a-b-c-1"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("WATCHFLOOR_DATA_FOLDER", str(tmp_path))
    return lambda *arguments: CliRunner().invoke(explain, arguments)


@pytest.fixture
def filled(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.sqlite")
    store.apply(changes(decided(at=0), article(at=1, published_at="2026-03-01T11:58:00Z")))
    store.apply(
        changes(decided(page="kept-out-2"), decided("refused", "robots", page="kept-out-2", detail="\x1b[2J no"))
    )
    store.close()


@pytest.mark.usefixtures("filled")
def test_what_is_here_ends_well_and_what_is_not_does_not(run) -> None:  # type: ignore[no-untyped-def]
    assert (run(URL).exit_code, run("https://news.example/kept-out-2").exit_code) == (0, 1)


@pytest.mark.usefixtures("filled")
def test_the_decisive_step_is_marked_and_the_sentence_and_remedy_follow(run) -> None:  # type: ignore[no-untyped-def]
    result: Result = run("https://news.example/kept-out-2")
    marked = [line for line in result.stdout.splitlines() if line.startswith(DECISIVE)]
    assert len(marked) == 1
    assert "robots" in marked[0]
    assert "Not here: the site's robots.txt forbids it" in result.stdout
    assert "\nRemedy: ask the site for leave" in result.stdout
    assert "\x1b" not in result.stdout


def table(width: int | None) -> list[str]:
    store = MemoryStore()
    store.apply(
        changes(decided(at=0, detail=f"listed by {URL}, in a feed whose name is long"), decided("failed", "timeout"))
    )
    return readable(explain_by(URL, store, BEGINNING), width).splitlines()


def test_in_a_terminal_words_are_wrapped_but_no_address_is_broken() -> None:
    for width in (60, 80, 100, 200):
        lines = table(width)
        assert all(len(line) <= width or URL in line for line in lines), width
        assert sum(URL in line for line in lines) == 2
        assert sum(line.startswith(DECISIVE) for line in lines) == 1


def test_elsewhere_each_step_is_a_line() -> None:
    lines = table(None)
    assert [line.split()[-1] for line in lines[:2]] == [URL, "long"]
    assert len(lines) == len("address found fetch".split()) + len("blank sentence remedy".split())


@pytest.mark.usefixtures("filled")
def test_json_is_the_explanation_as_over_http(run) -> None:  # type: ignore[no-untyped-def]
    found = Explanation.model_validate_json(run(URL, "--json").stdout)
    assert (found.verdict, found.url) == ("here", URL)


@pytest.mark.usefixtures("filled")
def test_an_address_that_no_page_can_have_is_a_wrong_use(run) -> None:  # type: ignore[no-untyped-def]
    result: Result = run("mailto:desk@news.example")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not an http or https address" in result.stderr


def test_without_a_store_it_says_how_to_get_one(run) -> None:  # type: ignore[no-untyped-def]
    result = run(URL)
    assert isinstance(result.exception, WatchfloorError)
    assert "make run" in str(result.exception)
