"""No locked dependency has a known vulnerability, as far as PyPI's advisories are reached."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fixtures import licences

ACCEPTED: dict[str, str] = {}
"""Advisories that do not touch us, with the reason: {"GHSA-…": "why"}."""
UNKNOWN = "could not be audited"


def audited(folder: Path) -> list[dict[str, Any]]:
    """What pip-audit says of each installed package. Skips where nobody answers it."""
    report = folder / "audit.json"
    command = (sys.executable, "-m", "pip_audit", "--local", "--progress-spinner=off", "--timeout=20", "--format=json")
    try:
        done = subprocess.run(
            (*command, f"--output={report}"), capture_output=True, text=True, timeout=300, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.skip("pip-audit had no answer of its service within 300 s")
    if not report.exists():
        pytest.skip(f"pip-audit does not reach its service: {done.stderr.strip()[-300:]}")
    packages: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))["dependencies"]
    return packages


def test_no_dependency_has_a_known_vulnerability(tmp_path: Path) -> None:
    of_others = set(licences.locked())
    packages = [package for package in audited(tmp_path) if package["name"] in of_others]
    unknown = [package["name"] for package in packages if UNKNOWN in package.get("skip_reason", "")]
    # A registry that only mirrors the packages knows no advisories: it answers 404 for each of them.
    if len(unknown) == len(packages):
        pytest.skip("pip-audit does not reach its service: no package is known there")
    assert unknown == []
    vulnerable = [
        f"{package['name']} {package['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'nothing yet'}"
        for package in packages
        for flaw in package["vulns"]
        if not {flaw["id"], *flaw["aliases"]} & ACCEPTED.keys()
    ]
    assert vulnerable == []
