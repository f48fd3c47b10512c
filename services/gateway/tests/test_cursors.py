"""Cursors are good for the query that gave them, and nobody else makes them."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.errors import Stop
from watchfloor.settings import Settings
from watchfloor.store.protocol import Position
from watchfloor_gateway.cursors import Cursors, InvalidCursor, secret_of

QUERY = {"q": "harbour", "sort": "newest"}
CURSORS = Cursors("a secret of the tests alone")


@given(st.floats(allow_nan=False), st.text(alphabet="0123456789abcdef", min_size=32, max_size=32))
def test_a_cursor_gives_back_its_position_to_the_last_bit(value: float, article_id: str) -> None:
    position = Position(value, article_id)
    assert CURSORS.read(CURSORS.write(position, QUERY), QUERY) == position


@given(st.text())
def test_what_is_no_cursor_is_refused_as_such(text: str) -> None:
    with pytest.raises(InvalidCursor, match="no cursor of this gateway"):
        CURSORS.read(text, QUERY)


def test_a_cursor_signed_with_another_secret_is_refused() -> None:
    cursor = Cursors("another secret").write(Position(1.0, "a"), QUERY)
    with pytest.raises(InvalidCursor, match="no cursor of this gateway"):
        CURSORS.read(cursor, QUERY)


def test_a_cursor_is_refused_for_another_query() -> None:
    cursor = CURSORS.write(Position(1.0, "a"), QUERY)
    with pytest.raises(InvalidCursor, match="another query"):
        CURSORS.read(cursor, {**QUERY, "sort": "oldest"})


def test_a_secret_is_drawn_once_and_kept_for_us_alone(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "new", cursor_secret="")
    secret = secret_of(settings)
    assert secret_of(settings) == secret
    assert len(secret) >= 32
    assert stat.S_IMODE((tmp_path / "new" / "cursor-secret").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["cursor-secret"]


def test_the_operators_secret_comes_first_and_leaves_no_file(tmp_path: Path) -> None:
    assert secret_of(Settings(data_folder=tmp_path, cursor_secret="ours")) == "ours"  # noqa: S106
    assert not list(tmp_path.iterdir())


def test_an_empty_secret_stops_the_gateway_and_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "cursor-secret").touch()
    with pytest.raises(Stop, match=r"cursor-secret: holds no secret \(delete it"):
        secret_of(Settings(data_folder=tmp_path, cursor_secret=""))
