"""Whatever is killed, every article ends in the store exactly once, in its latest version."""

import json
import os
import random
import signal
import subprocess
import threading
import time
from functools import partial
from pathlib import Path

import psutil
import pytest
from fixtures.paging import everything
from fixtures.system import WATCHFLOOR, System, wait_for
from fixtures.topic import read_all
from fixtures.victims import VICTIMS, in_flight, processes

from watchfloor.topics import ARTICLES_LATEST

pytestmark = pytest.mark.faults
ARTICLES, UPDATES, KILLS_EACH, SEED = 500, 50, 5, 20260501
SENTENCE = (
    "Report {number} of the harbour master says that {count} boats lay at the quay when the inspectors came, that the "
    "papers of the convoy were in order and that the next inspection will be held before the ice is gone."
)
Batch = list[tuple[str, str, str]]
"""Address, HTML and time of some pages."""


def page(number: int, update: int) -> tuple[str, str, str]:
    """One of the articles, or its update an hour later; the count is what an update changes."""
    body = "".join(f"<p>{SENTENCE.format(number=number, count=100 * (update + 1) + line)}</p>" for line in range(3))
    html = (
        f'<html lang="en"><head><title>Harbour report {number:03}</title></head>'
        f"<body><article><h1>Harbour report {number:03}</h1>{body}</article></body></html>"
    )
    return f"https://harbour.example/reports/report-{number:03}", html, f"2026-05-01T{10 + update}:00:00Z"


def batches(rng: random.Random, count: int) -> list[Batch]:
    """All pages, updates after their first, dealt into as many batches as there are kills."""
    firsts = [page(number, 0) for number in range(ARTICLES)]
    updates = [page(number, 1) for number in rng.sample(range(ARTICLES // 2), UPDATES)]
    pages = [*firsts[: ARTICLES // 2], *rng.sample([*firsts[ARTICLES // 2 :], *updates], ARTICLES // 2 + UPDATES)]
    return [pages[number * len(pages) // count : (number + 1) * len(pages) // count] for number in range(count)]


def ingest(system: System, folder: Path, batch: Batch) -> None:
    """Send a batch by the command, as often as it takes: it resumes where it stopped."""
    folder.mkdir()
    for number, (_, html, _) in enumerate(batch):
        (folder / f"{number}.html").write_text(html, encoding="utf-8")
    rows = [f"{number}.html\t{url}\t{at}\n" for number, (url, _, at) in enumerate(batch)]
    (folder / "index.tsv").write_text("".join(rows), encoding="utf-8")
    with (folder / "log").open("wb") as log:
        while subprocess.run(
            [WATCHFLOOR, "ingest", str(folder)], env=system.environment, stdout=log, stderr=log, check=False
        ).returncode:
            time.sleep(0.5)


def post(system: System, batch: Batch) -> None:
    """Hand a batch in over HTTP, each page until it is accepted."""
    for url, html, at in batch:
        body = {"url": url, "html": html, "fetched_at": at}
        wait_for(partial(_accepted, system, body), f"{url} is accepted")


def _accepted(system: System, body: dict[str, str]) -> bool:
    try:
        return system.request("/v1/pages", body)[0] == 202
    except OSError:
        return False


class Senders:
    """What brings a batch in while something is killed."""

    def __init__(self, system: System, folder: Path, batch: Batch) -> None:
        self.system, self.batch = system, batch
        half = len(batch) // 2
        self.threads = [
            threading.Thread(target=ingest, args=(system, folder, batch[:half])),
            threading.Thread(target=post, args=(system, batch[half:])),
        ]
        for thread in self.threads:
            thread.start()

    def in_flight(self) -> int:
        """Events in flight; where the batch went through too fast to be seen, it is handed in again, which changes nothing."""
        waiting = max(0, in_flight(self.system))
        if not waiting and not any(thread.is_alive() for thread in self.threads):
            self.threads.append(threading.Thread(target=post, args=(self.system, self.batch)))
            self.threads[-1].start()
        return waiting

    def join(self) -> None:
        """Wait until all was accepted."""
        for thread in self.threads:
            thread.join()


def kill_one(system: System, kind: str, senders: Senders, rng: random.Random) -> None:
    """Kill one process of this kind while events are in flight, and print how many there were."""
    waiting = wait_for(senders.in_flight, f"events are in flight before {kind} is killed")
    time.sleep(rng.uniform(0, 0.3))
    victim = rng.choice(wait_for(lambda: processes(system, kind), f"{kind} runs"))
    os.kill(victim.pid, signal.SIGKILL)
    print(f"killed {kind} (process {victim.pid}) with {waiting} events in flight")


@pytest.mark.timeout(1800)
def test_nothing_is_lost_or_doubled_whatever_is_killed(tmp_path: Path) -> None:
    """500 articles and 50 updates pass while each process is killed five times; then store and topic agree."""
    rng = random.Random(SEED)  # noqa: S311 - to be repeatable
    order = [kind for kind in VICTIMS for _ in range(KILLS_EACH)]
    rng.shuffle(order)
    with System(tmp_path, WATCHFLOOR_LOG_LEVEL="info") as system:
        for number, (kind, batch) in enumerate(zip(order, batches(rng, len(order)), strict=True)):
            senders = Senders(system, tmp_path / f"batch-{number}", batch)
            kill_one(system, kind, senders, rng)
            senders.join()
        wait_for(lambda: in_flight(system) == 0, "nothing is in flight", 300)
        wait_for(lambda: system.answers("/readyz"), "the gateway is back")
        check(system)
        took = system.stop()
    assert took < 15
    assert not [p for p in psutil.process_iter() if _belongs(p, str(tmp_path))], "something was left behind"


def _belongs(process: psutil.Process, folder: str) -> bool:
    try:
        return folder in process.environ().get("WATCHFLOOR_DATA_FOLDER", "")
    except (psutil.Error, OSError):
        return False


def check(system: System) -> None:
    """Each article once, in its latest version, and the topic says the same as the store."""
    articles = list(everything(system, "title:harbour"))
    assert len(articles) == ARTICLES
    assert len({article["url"] for article in articles}) == ARTICLES
    latest = {record.key: record.value for record in read_all(system.bootstrap, ARTICLES_LATEST.name)}
    assert set(latest) == {article["article_id"] for article in articles}
    for article in articles:
        status, history, _ = system.request(f"/v1/articles/{article['article_id']}/versions")
        assert status == 200
        assert [version["version"] for version in history["items"]] == list(range(1, article["version"] + 1))
        on_topic = json.loads(latest[article["article_id"]] or b"null")
        assert on_topic == {name: article[name] for name in on_topic}, article["url"]
    assert sorted(article["version"] for article in articles) == [1] * (ARTICLES - UPDATES) + [2] * UPDATES
    assert all(("200 boats" in article["text"]) == (article["version"] == 2) for article in articles)
