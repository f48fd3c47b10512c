"""The secret of the cursors: from a file, from a variable, or drawn once; what is wrong with it is told by its variable."""

from pathlib import Path

import pytest

from watchfloor.errors import Stop
from watchfloor.settings import Settings
from watchfloor_gateway.cursors import secret_of


def test_a_secret_is_read_from_its_file_without_the_end_of_the_line(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("quay and harbour\n")
    assert secret_of(Settings(cursor_secret_file=str(tmp_path / "secret"))) == "quay and harbour"


def test_the_secret_and_its_file_at_once_are_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("quay")
    with pytest.raises(Stop, match=r"WATCHFLOOR_CURSOR_SECRET_FILE: .*set one of the two"):
        secret_of(Settings(cursor_secret_file=str(tmp_path / "secret"), cursor_secret="harbour"))  # noqa: S106 - of a test


@pytest.mark.parametrize(
    ("held", "reason"), [(None, "cannot be read"), (b" \n", "is empty"), (b"\xff\xfe", "cannot be read")]
)
def test_a_file_without_a_secret_is_told_by_its_variable_and_its_path(
    tmp_path: Path, held: bytes | None, reason: str
) -> None:
    path = tmp_path / "secret"
    if held is not None:
        path.write_bytes(held)
    with pytest.raises(Stop, match=reason) as caught:
        secret_of(Settings(cursor_secret_file=str(path)))
    assert caught.value.subject == "WATCHFLOOR_CURSOR_SECRET_FILE"
    assert str(path) in str(caught.value)
