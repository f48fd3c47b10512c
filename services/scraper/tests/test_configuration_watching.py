"""A file of sources is watched: good changes are taken over, bad ones are told and left."""

import logging
import os
from pathlib import Path

import pytest

from watchfloor_scraper.configuration import Change, ConfigurationFile, InvalidConfiguration
from watchfloor_scraper.configuration.watching import LOOKS_AT_BEGINNING

FIRST = "contact: desk@news.example\nsources:\n  - id: a\n    home: https://a.example/\n  - {id: b, home: https://b.example/}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "sources.yaml"
    file.write_text(FIRST, encoding="utf-8")
    return file


def polls(file: ConfigurationFile, times: int = 5) -> list[Change]:
    return [change for change in (file.poll() for _ in range(times)) if change is not None]


def replace(path: Path, text: str) -> None:
    """Write as careful editors do: beside the file, then rename."""
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def troubles(file: ConfigurationFile) -> int:
    return len(file.trouble.faults) if file.trouble else 0


def ids(file: ConfigurationFile) -> list[str]:
    return [outlet.id for outlet in file.current.outlets]


def test_a_file_that_does_not_change_changes_nothing(path: Path) -> None:
    file = ConfigurationFile(path)
    assert polls(file) == []
    path.touch()
    replace(path, FIRST + "# a remark\n")
    assert polls(file) == []
    assert file.trouble is None


def test_a_change_says_which_outlets_came_went_and_changed(path: Path) -> None:
    file = ConfigurationFile(path)
    text = FIRST.replace("https://b.example/}", "https://b.example/, paused: true}").replace("id: a", "id: c")
    path.write_text(text, encoding="utf-8")
    (change,) = polls(file)
    assert [[outlet.id for outlet in kind] for kind in (change.came, change.went, change.changed)] == [
        ["c"],
        ["a"],
        ["b"],
    ]
    assert change.changed[0].paused
    assert change.summary == "came: c; went: a; changed: b"
    assert file.current is change.after


def test_another_contact_is_a_change(path: Path) -> None:
    file = ConfigurationFile(path)
    replace(path, FIRST.replace("desk@", "crawler@"))
    (change,) = polls(file)
    assert (change.came, change.went, change.changed) == ((), (), ())
    assert change.after.contact == "crawler@news.example"


def test_a_bad_file_keeps_the_old_configuration_and_is_told_once(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = ConfigurationFile(path)
    with caplog.at_level(logging.ERROR):
        replace(path, FIRST.replace("id: a", "id: A"))
        assert polls(file) == []
        path.touch()
        assert polls(file) == []
    assert ids(file) == ["a", "b"]
    assert file.trouble is not None
    assert [str(fault)[:27] for fault in file.trouble.faults] == ["line 3, sources[0].id: 'A' "]
    assert len(caplog.records) == 1


def test_a_mended_file_ends_the_trouble(path: Path) -> None:
    file = ConfigurationFile(path)
    for text, expected in ((FIRST, ["a", "b"]), (FIRST.replace("id: a", "id: c"), ["c", "b"])):
        replace(path, "sources: {")
        polls(file)
        assert troubles(file) == 1
        replace(path, text)
        polls(file)
        assert (troubles(file), ids(file)) == (0, expected)


def test_a_missing_file_keeps_the_old_configuration(path: Path) -> None:
    file = ConfigurationFile(path)
    path.unlink()
    assert polls(file) == []
    assert ids(file) == ["a", "b"]
    assert "is not there" in str(file.trouble)
    path.write_text(FIRST, encoding="utf-8")
    assert polls(file) == []
    assert file.trouble is None


def test_a_file_that_is_half_written_loses_no_outlet(path: Path) -> None:
    file = ConfigurationFile(path)
    polls(file)
    text = FIRST + "  - {id: c, home: https://c.example/}\n"
    for length in range(0, len(text), 7):
        path.write_text(text[:length], encoding="utf-8")
        assert file.poll() is None
    path.write_text(text, encoding="utf-8")
    (change,) = polls(file)
    assert ([outlet.id for outlet in change.came], change.went) == (["c"], ())


def test_a_beginning_that_stands_still_for_a_while_is_not_taken_for_the_whole(path: Path) -> None:
    file = ConfigurationFile(path)
    path.write_text(FIRST[: FIRST.index("  - {id: b")], encoding="utf-8")
    assert polls(file, LOOKS_AT_BEGINNING - 1) == []
    assert ids(file) == ["a", "b"]
    (change,) = polls(file, 1)
    assert [outlet.id for outlet in change.went] == ["b"]


def test_a_change_of_equal_length_at_the_same_time_is_seen(path: Path) -> None:
    file = ConfigurationFile(path)
    before = path.stat()
    path.write_text(FIRST.replace("id: a", "id: c"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert len(polls(file)) == 1


def test_a_file_that_is_bad_from_the_beginning_is_refused(path: Path) -> None:
    path.write_bytes(b"sources: []\n# caf\xe9")
    with pytest.raises(InvalidConfiguration, match="line 2: is not UTF-8"):
        ConfigurationFile(path)
    path.unlink()
    with pytest.raises(InvalidConfiguration, match="is not there"):
        ConfigurationFile(path)
