"""The containers: their images' sizes, their memory after many articles, and two enrichers against one.

    python tests/benchmarks/bench_containers.py [ARTICLES [PARSED]]

ARTICLES (500) go through the whole system, then each container's memory is read (goal: under 512 MB each). PARSED (6000)
articles fill a topic before the enrichers start, each pinned to a core of its own: the rate of two against that of one, between
the first fifth and nine tenths of the articles (goal 1.8). Needs Docker, and says so where there is none.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from fixtures.composed import SERVICES, Composed, docker, no_compose
from fixtures.fetched import invented_page
from fixtures.system import wait_for
from fixtures.topic import read_all
from fixtures.working import send, size_of

from watchfloor.events import ArticleParsed
from watchfloor.identity import article_id
from watchfloor.settings import Settings
from watchfloor.topics import ARTICLES_ENRICHED, ARTICLES_PARSED
from watchfloor_parser.parse import parse_event

IMAGES = (*(f"watchfloor/{name}:local" for name in (*SERVICES, "newsroom")), "apache/kafka:4.1.1")
DIFFERENT = 250
"""Parsed articles that differ in more than their address."""
FROM, UNTIL = 0.2, 0.9
MEGABYTE = 1_000_000
WAIT_SECONDS, LOOK_SECONDS, ROUNDS = 1800, 5, 2


def sizes() -> None:
    """Print the size of each image, and of what it adds to its base."""
    base = size("python:3.11-slim-bookworm")
    for image in IMAGES:
        added = f" ({size(image) - base:4.0f} MB on its base)" if image.startswith("watchfloor/") else ""
        print(f"image   {image:28} {size(image):5.0f} MB{added}")


def size(image: str) -> float:
    """Megabytes of an image, with its base."""
    return int(docker("image", "inspect", "--format", "{{.Size}}", image).stdout or 0) / MEGABYTE


def memory(articles: int, folder: Path) -> None:
    """Print what each container holds once so many articles, and those of the newsroom, are found."""
    with Composed(folder, "newsroom") as composed:
        asyncio.run(send(on(composed), *map(invented_page, range(articles))))
        wait_for(lambda: composed.search("", limit=1)["total"] > articles, "all are found", WAIT_SECONDS)
        for name in (*SERVICES, "kafka", "newsroom"):
            [container] = composed.containers(name)
            held, _, limit = docker("stats", "--no-stream", "--format", "{{.MemUsage}}", container).stdout.partition(
                "/"
            )
            print(f"memory  {name:28} {held.strip():>9} of {limit.strip()}")


def on(composed: Composed) -> Settings:
    """Settings for its broker."""
    return Settings(broker=composed.bootstrap)


def parsed(count: int) -> list[ArticleParsed]:
    """So many articles as the parser gives them."""
    read = [parse_event(invented_page(number)) for number in range(min(count, DIFFERENT))]
    return [renamed(read[number % len(read)], number) for number in range(count)]


def renamed(article: ArticleParsed, number: int) -> ArticleParsed:
    """The same article under another address."""
    url = f"https://sentinel.example/again/report-{number:05}/"
    return article.model_copy(update={"url": url, "canonical_url": url, "article_id": article_id(url)})


def rate(articles: list[ArticleParsed], enrichers: int, folder: Path) -> tuple[float, float]:
    """Articles that so many enrichers do in a second, and in a CPU second of theirs.

    Each has a core of its own, and there is nothing beside them but the broker; what else the machine does tells on the first
    figure alone.
    """
    composed = Composed(folder)
    composed.start("kafka")
    try:
        composed.compose("run", "--rm", "--no-deps", "topics")
        asyncio.run(send(on(composed), *articles, topic=ARTICLES_PARSED))
        composed.compose("up", "--detach", "--no-deps", "--scale", f"enricher={enrichers}", "enricher", seconds=600)
        containers = composed.containers("enricher")
        for core, container in enumerate(containers):
            docker("update", "--cpuset-cpus", str(core), container)
        looks = watched(composed, containers, len(articles))
        written = sorted(each.written_ms for each in read_all(composed.bootstrap, ARTICLES_ENRICHED.name))
        return steady(written), per_cpu_second(looks, len(articles))
    finally:
        composed.down()


def steady(written_ms: list[int]) -> float:
    """Records a second in the middle of a run, by the broker's own account, which costs the run nothing."""
    first, last = (int(part * len(written_ms)) for part in (FROM, UNTIL))
    return 1000 * (last - first) / (written_ms[last] - written_ms[first])


def watched(composed: Composed, containers: list[str], wanted: int) -> list[tuple[int, float]]:
    """What is done, and the CPU seconds spent on it, at every look until all is done; few looks, since each costs CPU too."""
    looks: list[tuple[int, float]] = []
    deadline = time.monotonic() + WAIT_SECONDS
    while not looks or looks[-1][0] < wanted:
        assert time.monotonic() < deadline, f"{looks[-1:]} of {wanted} after {WAIT_SECONDS} s"
        time.sleep(LOOK_SECONDS)
        looks.append((asyncio.run(size_of(on(composed), ARTICLES_ENRICHED)), cpu_seconds(containers)))
    return looks


def per_cpu_second(looks: list[tuple[int, float]], wanted: int) -> float:
    """Articles of a CPU second between the looks that lie in the middle of the run."""
    middle = [look for look in looks if FROM * wanted <= look[0] <= UNTIL * wanted]
    (done, spent), (then_done, then_spent) = middle[0], middle[-1]
    return (then_done - done) / (then_spent - spent)


def cpu_seconds(containers: list[str]) -> float:
    """CPU seconds that these containers have taken, by the account of their control groups, version 2 or 1."""
    account = "cat /sys/fs/cgroup/cpu.stat 2>/dev/null || sed 's/^/usage_nsec /' /sys/fs/cgroup/cpuacct/cpuacct.usage"
    told = [docker("exec", each, "sh", "-c", account).stdout.split() for each in containers]
    return sum(int(words[1]) / (1e6 if words[0] == "usage_usec" else 1e9) for words in told)


def main(articles: int, count: int) -> None:
    """Measure, and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        memory(articles, Path(folder))
        sizes()
        work = parsed(count)
        rounds = [(rate(work, 1, Path(folder)), rate(work, 2, Path(folder))) for _ in range(ROUNDS)]
    for number, unit in enumerate(("second", "CPU second")):
        alone, both = (sum(each[enrichers][number] for each in rounds) / ROUNDS for enrichers in (0, 1))
        ratios = ", ".join(f"{each[1][number] / each[0][number]:.2f}" for each in rounds)
        print(
            f"enrich  one {alone:.1f}, two {both:.1f} articles a {unit}: ratio {both / alone:.2f} (by round {ratios})"
        )
    print("goal: 1.8 by the second, with a core each that nothing else uses")


if __name__ == "__main__":
    if reason := no_compose():
        print(f"skipped: {reason}")
    else:
        given = [int(each) for each in sys.argv[1:]]
        main(*given, *(500, 6000)[len(given) :])
