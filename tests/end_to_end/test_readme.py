"""The README's commands, as they stand there, against a running system with the samples."""

import gzip
import re
import subprocess
from pathlib import Path

import pytest
from fixtures.system import WATCHFLOOR, System, wait_for

pytestmark = pytest.mark.end_to_end
ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLES = ROOT / "deploy" / "demo" / "articles"
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in re.sub(r"\\\n\s*", "", block).splitlines()
    if line.startswith((".venv/bin/watchfloor", "curl"))
]
QUERIES = [
    cell
    for line in re.findall(r"same language:\n```\n(.*?)```", README, re.DOTALL)[0].splitlines()
    for cell in re.split(r"\s{2,}", line)
    if set(':*"(') & set(cell)
]
PROMISED = [command for command in COMMANDS if "'cable'" in command or "country:PL" in command]
FEED = (
    '<rss version="2.0"><channel><title>Pilot</title><item><title>Ice</title>'
    "<link>https://outlet.example/ice</link></item></channel></rss>"
)


def run(system: System, command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A line of the README in a shell, at this system's address."""
    here = command.replace(".venv/bin/watchfloor", WATCHFLOOR).replace("http://127.0.0.1:8470", system.address)
    return subprocess.run(
        ["bash", "-c", here],
        check=False,
        cwd=folder,
        env=system.environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def folder(system: System, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a reader of the README stands: the files that it speaks of are there, and the samples are read in."""
    here = tmp_path_factory.mktemp("reader")
    (here / "archive").mkdir()
    page = (SAMPLES / "kuestenblatt_2025-03-13_fregatte.html").read_bytes()
    (here / "page.html").write_bytes(page)
    (here / "archive" / "kept.html.gz").write_bytes(gzip.compress(page))
    (here / "archive" / "index.tsv").write_text("kept.html.gz\thttps://outlet.example/kept\t2026-05-01T10:00:00Z\n")
    (here / "feed.xml").write_text(FEED)
    (here / "robots.txt").write_text("User-agent: *\nDisallow: /print/\n")
    handed_in = run(system, f".venv/bin/watchfloor ingest {SAMPLES}", here)
    assert handed_in.returncode == 0, handed_in.stderr
    wait_for(lambda: system.search("")["total"] >= 15, "the samples are found")
    return here


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_readme_runs(system: System, folder: Path, command: str) -> None:
    ended = run(system, command, folder)
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
    assert '"status": 4' not in ended.stdout


@pytest.mark.parametrize("command", PROMISED)
def test_what_the_readme_looks_for_is_found_in_the_samples(system: System, folder: Path, command: str) -> None:
    assert '"article_id":' in run(system, command, folder).stdout


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_of_the_readme_is_understood(system: System, query: str) -> None:
    assert system.search(query)["total"] >= 0


def test_the_readme_was_read() -> None:
    assert len(COMMANDS) >= 13
    assert len(QUERIES) >= 10
    assert len(PROMISED) == 2


@pytest.mark.parametrize("path", re.findall(r"\]\((?!https?:)([^)]+)\)", README))
def test_what_the_readme_points_to_is_there(path: str) -> None:
    assert (ROOT / path).exists()
