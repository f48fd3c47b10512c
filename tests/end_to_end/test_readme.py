"""The README's commands, as they stand there, against a running system that reads the newsroom."""

import gzip
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures.system import WATCHFLOOR, System, wait_for
from fixtures.warc import packed, response

from watchfloor_demo.timetable import NEWSROOM

pytestmark = pytest.mark.end_to_end
ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [
    re.sub(r"\\\n\s*", "", block)
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    if not block.startswith("make ")
]
COMMANDS = [
    line for block in BLOCKS for line in block.splitlines() if line.startswith((".venv/bin/watchfloor", "curl"))
]
[SOURCES] = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
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
FIRST_OUTLET = 8481
"""Its port in the README; those of the others follow."""
PLAYED_BY = {"https://outlet.example": "northwatch", "https://harbour.example": "kuestenblatt"}
"""The outlets of the README, and who stands in for them."""


def here(system: System, text: str) -> str:
    """What the README says, with the addresses at which this system and its newsroom answer."""
    text = text.replace(".venv/bin/watchfloor", WATCHFLOOR).replace("http://127.0.0.1:8470", system.address)
    for port, address in enumerate(system.outlets.values(), start=FIRST_OUTLET):
        text = text.replace(f"http://127.0.0.1:{port}", address)
    for outlet, player in PLAYED_BY.items():
        text = text.replace(outlet, system.outlets[player])
    return text


def run(system: System, script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Some lines of the README in a shell, which ends at the first that fails."""
    allowed = ",".join(address.removeprefix("http://") for address in system.outlets.values())
    return subprocess.run(
        ["bash", "-ec", here(system, script)],
        check=False,
        cwd=folder,
        env={**system.environment, "WATCHFLOOR_WEB_ALLOWED": allowed},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """What `make run` starts, once there is something to find."""
    with System(tmp_path_factory.mktemp("system"), newsroom=True) as running:
        wait_for(lambda: running.search("")["total"] >= 20, "the articles of the newsroom are found", 180)
        yield running


@pytest.fixture(scope="module")
def folder(system: System, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a reader of the README stands: the files that it speaks of are there."""
    reader = tmp_path_factory.mktemp("reader")
    (reader / "archive").mkdir()
    page = (NEWSROOM / "kuestenblatt" / "2025-03-13_fregatte.html").read_bytes()
    (reader / "page.html").write_bytes(page)
    (reader / "archive" / "kept.html.gz").write_bytes(gzip.compress(page))
    (reader / "archive" / "index.tsv").write_text("kept.html.gz\thttps://outlet.example/kept\t2026-05-01T10:00:00Z\n")
    (reader / "news.warc.gz").write_bytes(packed(response("https://outlet.example/archived", page)))
    (reader / "feed.xml").write_text(FEED)
    (reader / "robots.txt").write_text("User-agent: *\nDisallow: /print/\n")
    (reader / "sources.yaml").write_text(here(system, SOURCES))
    return reader


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: " ".join(block.split()[:4]))
def test_every_block_of_the_readme_runs(system: System, folder: Path, block: str) -> None:
    ended = run(system, block, folder)
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr
    assert "Traceback" not in ended.stderr
    assert '"status": 4' not in ended.stdout


@pytest.mark.parametrize("command", PROMISED)
def test_what_the_readme_looks_for_is_found_in_the_newsroom(system: System, folder: Path, command: str) -> None:
    assert '"article_id":' in run(system, command, folder).stdout


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_of_the_readme_is_understood(system: System, query: str) -> None:
    assert system.search(query)["total"] >= 0


def test_the_readme_was_read() -> None:
    assert len(BLOCKS) >= 5
    assert len(COMMANDS) >= 23
    assert len(QUERIES) >= 10
    assert len(PROMISED) == 2


@pytest.mark.parametrize("path", re.findall(r"\]\((?!https?:)([^)]+)\)", README))
def test_what_the_readme_points_to_is_there(path: str) -> None:
    assert (ROOT / path).exists()
