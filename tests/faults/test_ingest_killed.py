"""An ingest of an archive, killed again and again, goes on where it was."""

import os
import random
import signal
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from fixtures.system import WATCHFLOOR
from fixtures.topic import read_all
from fixtures.warc import packed, record, response

from watchfloor.events import PageFetched
from watchfloor.settings import Settings
from watchfloor.topics import PAGES_FETCHED

pytestmark = pytest.mark.faults
PAGES, SEED, KILLS = 600, 20260430, 5


def archive(path: Path) -> Path:
    """So many pages, each with the record of its request before it."""
    with path.open("wb") as file:
        for number in range(PAGES):
            url = f"https://harbour.example/{number}"
            request = record("request", b"GET / HTTP/1.1\r\n\r\n", url=url)
            file.write(packed(request, response(url, f"<!DOCTYPE html><p>Report {number}".encode())))
    return path


def ingest(path: Path, settings: Settings) -> subprocess.Popen[str]:
    environment = os.environ | {
        "WATCHFLOOR_BROKER": settings.bootstrap,
        "WATCHFLOOR_DATA_FOLDER": str(settings.data),
        "WATCHFLOOR_BACKFILL_IN_FLIGHT": str(10 * PAGES),
    }
    command = [str(WATCHFLOOR), "ingest", "--no-wait", str(path)]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def sent(settings: Settings) -> dict[str, list[PageFetched]]:
    """What lies on the topic, by ce_id."""
    found: defaultdict[str, list[PageFetched]] = defaultdict(list)
    for item in read_all(settings.bootstrap, PAGES_FETCHED.name):
        found[item.headers["ce_id"]].append(PageFetched.read(item.value or b""))
    return found


def test_every_page_of_an_archive_is_sent_and_one_that_comes_again_is_the_same_event(
    kafka: Settings, tmp_path: Path
) -> None:
    path = archive(tmp_path / "news.warc.gz")
    rng = random.Random(SEED)  # noqa: S311 - to be repeatable
    progress = []
    for _ in range(KILLS):
        with ingest(path, kafka) as victim:
            assert victim.stderr is not None
            next((line for line in victim.stderr if line.startswith("ingest: ") and " 0 sent" not in line), None)
            victim.send_signal(signal.SIGKILL)
        progress.append(sum(map(len, sent(kafka).values())))
        if rng.random() < 0.5:
            path = path.rename(path.with_name(f"moved-{len(progress)}.warc.gz"))
    with ingest(path, kafka) as last:
        said = last.communicate()[1]
    assert last.returncode == 0, said
    assert 0 < progress[0] < progress[-1] < PAGES
    events = sent(kafka)
    assert len(events) == PAGES
    assert all(len({page.write() for page in pages}) == 1 for pages in events.values())
    assert sum(map(len, events.values())) <= PAGES + KILLS
    assert {pages[0].url for pages in events.values()} == {
        f"https://harbour.example/{number}" for number in range(PAGES)
    }
