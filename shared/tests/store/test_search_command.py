"""`watchfloor search` reads the store alone."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from watchfloor.errors import WatchfloorError
from watchfloor.events import ArticleLatest
from watchfloor.store.commands import search
from watchfloor.store.sqlite import SqliteStore

from .invented import article, changes


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("WATCHFLOOR_DATA_FOLDER", str(tmp_path))
    return lambda *arguments: CliRunner().invoke(search, arguments)


@pytest.fixture
def filled(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.sqlite")
    store.apply(changes(*(article("A convoy.", page=f"p-{n}", at=n, title=f"Title {n}") for n in range(3))))
    store.close()


def titles(result: Result) -> list[str]:
    return [json.loads(line)["article"]["title"] for line in result.stdout.splitlines()]


@pytest.mark.usefixtures("filled")
def test_it_prints_a_line_of_json_an_article_in_the_order_asked_for(run) -> None:  # type: ignore[no-untyped-def]
    result = run("convoys", "--limit", "2", "--sort", "oldest")
    assert result.exit_code == 0
    assert titles(result) == ["Title 0", "Title 1"]
    ArticleLatest.model_validate(json.loads(result.stdout.splitlines()[0])["article"])
    assert titles(run()) == ["Title 2", "Title 1", "Title 0"]
    assert run("frigate").stdout == ""


def test_without_a_store_it_says_how_to_get_one(run) -> None:  # type: ignore[no-untyped-def]
    result = run("convoy")
    assert isinstance(result.exception, WatchfloorError)
    assert "make run" in str(result.exception)


def test_a_faulty_query_is_named_with_its_position(run) -> None:  # type: ignore[no-untyped-def]
    result = run("title:")
    assert isinstance(result.exception, WatchfloorError)
    assert "position 0" in str(result.exception)
