"""The frontier's file under SIGKILL, in a process of its own."""

import itertools
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from watchfloor_scraper.frontier import Frontier

DELAY = 0.02
SCRAPER = f"""
import sys, time
from pathlib import Path
from watchfloor_scraper.frontier import Finding, Frontier, Outcome

def say(*words):
    print(*words, flush=True)

with Frontier(Path(sys.argv[1]), now=time.time) as frontier:
    for host in "abc":
        frontier.set_delay(f"{{host}}.example:443", {DELAY})
    frontier.add([Finding(f"https://{{host}}.example/{{n}}", "page", "s", "f", 0.0, "live") for host in "abc" for n in range(20)])
    while frontier.next_time(now := time.time(), ()) is not None:
        for target in frontier.take(now, limit=2, busy=()):
            say("asked", target.url, target.host, target.visit, int(target.repeated), repr(now))
            due_at = now if target.visit < 2 else None
            frontier.settle([Outcome(target.url, due_at, fetched_at=now)], time.time())
            say("settled", target.url, target.host, target.visit, 0, repr(now))
        time.sleep(0.001)
"""


def run_until_killed(path: Path, lines: int) -> tuple[list[list[str]], bool]:
    """What a scraper says that is killed after so many lines, and whether it had ended by itself before."""
    with subprocess.Popen([sys.executable, "-c", SCRAPER, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [line.split() for line in itertools.islice(process.stdout, lines)]
        process.kill()
        said += [line.split() for line in process.stdout if line.endswith("\n")]
        return said, process.wait() == 0


def test_killed_again_and_again_it_asks_every_page_at_the_host_s_rate_and_loses_no_visit(tmp_path: Path) -> None:
    path = tmp_path / "frontier.sqlite"
    said: list[list[str]] = []
    ended = False
    for lines in itertools.chain(range(7, 40, 4), itertools.repeat(10_000, 3)):
        more, ended = run_until_killed(path, lines)
        said += more
        if ended:
            break
    assert ended or not run_until_killed(path, 10_000)[0]
    holds_rates([line for line in said if line[0] == "asked"])
    holds_numbers(said)
    with Frontier(path, now=lambda: 0.0) as frontier:
        assert frontier.count()["page"] == 60
        for host, number in itertools.product("abc", range(20)):
            known = frontier.known(f"https://{host}.example/{number}")
            assert known is not None
            assert (known.visit, known.due_at, known.under_way) == (3, None, False)


def holds_rates(asked: list[list[str]]) -> None:
    times = defaultdict(list)
    for _, _, host, _, _, now in asked:
        times[host].append(float(now))
    for of_host in times.values():
        assert all(later - earlier >= DELAY * 0.999 for earlier, later in itertools.pairwise(of_host))


def holds_numbers(said: list[list[str]]) -> None:
    """A number is used again only by a repetition, and never after its visit was settled."""
    last: dict[str, int] = defaultdict(int)
    settled: dict[str, int] = defaultdict(int)
    for what, url, _, visit, repeated, _ in said:
        number = int(visit)
        if what == "settled":
            settled[url] = number
        else:
            assert number > settled[url]
            assert number == last[url] + 1 or (number == last[url] and repeated == "1")
            last[url] = number
