"""The compose files are what Compose reads, with every profile and without any."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def has_compose() -> bool:
    if shutil.which("docker") is None:
        return False
    return subprocess.run(("docker", "compose", "version"), capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not has_compose(), reason="no `docker compose` on this machine")


def services(*profiles: str) -> set[str]:
    chosen = [f"--profile={profile}" for profile in profiles]
    done = subprocess.run(
        ("docker", "compose", *chosen, "config", "--services"), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "Compose warns"
    return set(done.stdout.split())


def test_compose_reads_what_is_always_run() -> None:
    assert services() == {"kafka", "topics", "scraper", "parser", "enricher", "indexer", "gateway"}


@pytest.mark.parametrize(
    ("profile", "further"), [("newsroom", {"newsroom"}), ("monitoring", {"prometheus", "grafana"})]
)
def test_a_profile_adds_its_services_to_them(profile: str, further: set[str]) -> None:
    assert services(profile) - services() == further
