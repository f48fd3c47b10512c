"""`docker compose up` as an operator does it: an article comes through, nothing gets out, what is killed comes back."""

import json
import time
from functools import partial
from pathlib import Path

import pytest
from fixtures.asking import Json
from fixtures.composed import SERVICES, Composed
from fixtures.dispatch import draw
from fixtures.docs_consumer import until_it_prints
from fixtures.paging import everything
from fixtures.system import wait_for
from fixtures.topic import read_all

from watchfloor.identity import article_id
from watchfloor.topics import ARTICLES_LATEST

pytestmark = [pytest.mark.containers, pytest.mark.timeout(1800)]
OUTSIDE_PORT = 8481
CONNECT = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 3)"
CONNECT_IN_BASH = 'exec timeout 5 bash -c "exec 3<>/dev/tcp/$0/$1"'
WRITE = (
    "for each in / /*/ /*/*/ /*/*/*/ /opt/watchfloor/lib/python3.11/site-packages/; do case $each in /proc/*|/sys/*) continue;; "
    'esac; if (: >"${each}probe-of-a-test") 2>/dev/null; then echo "$each"; rm -f "${each}probe-of-a-test"; fi; done'
)
OF_EVERY_CONTAINER = ("/dev",)
"""What the engine mounts anew in each container, and what goes with it."""
EACH, DEADLINE = 8, 300.0


def test_an_article_is_found_by_http(composed: Composed) -> None:
    [found] = composed.search('title:"ransomware" hospitals', limit=1)["items"]
    status, article = composed.request(f"/v1/articles/{found['article_id']}")
    assert status == 200
    assert "hospitals" in article["text"]
    assert article["url"].startswith("http://newsroom.watchfloor.test:")


def test_the_consumer_of_the_docs_reads_it_from_the_host(composed: Composed, tmp_path: Path) -> None:
    [found] = composed.search('title:"ransomware" hospitals', limit=1)["items"]
    until_it_prints(found["title"], composed.bootstrap, tmp_path)


def test_only_the_scraper_reaches_outside(composed: Composed) -> None:
    """The same attempt succeeds from the scraper, and with the broker as its aim from everywhere."""
    networks = composed.inspect("newsroom")["NetworkSettings"]["Networks"]
    outside = networks[f"{composed.project}_outside"]["IPAddress"]
    reached = {name: reaches(composed, name, outside, OUTSIDE_PORT) for name in (*SERVICES, "kafka")}
    assert reached == {name: name == "scraper" for name in (*SERVICES, "kafka")}
    assert all(reaches(composed, name, "kafka", 9092) for name in (*SERVICES, "kafka"))


def reaches(composed: Composed, service: str, host: str, port: int) -> bool:
    """Whether a connection can be opened from within a service's container."""
    if service == "kafka":
        return composed.within(service, "sh", "-c", CONNECT_IN_BASH, host, str(port)).returncode == 0
    return composed.within(service, "python", "-c", CONNECT, host, str(port)).returncode == 0


@pytest.mark.parametrize("user", ["", "0"], ids=["as its user", "as root"])
@pytest.mark.parametrize("service", [*SERVICES, "kafka", "newsroom"])
def test_no_container_can_write_outside_its_mounts(composed: Composed, service: str, user: str) -> None:
    known = composed.inspect(service)
    mounts = [*(mount["Destination"] for mount in known["Mounts"]), *known["HostConfig"]["Tmpfs"], *OF_EVERY_CONTAINER]
    written = [
        path.rstrip("/") or "/" for path in composed.within(service, "sh", "-c", WRITE, user=user).stdout.split()
    ]
    assert [path for path in written if not any(Path(path).is_relative_to(mount) for mount in mounts)] == []
    assert "/tmp" in written  # noqa: S108 - the attempt is able to write at all


@pytest.mark.parametrize("service", [*SERVICES, "kafka", "newsroom"])
def test_no_process_has_a_privilege(composed: Composed, service: str) -> None:
    told = composed.within(service, "cat", "/proc/1/status").stdout
    facts = dict(line.split(":\t", 1) for line in told.splitlines() if ":\t" in line)
    assert 0 not in map(int, facts["Uid"].split())
    assert [int(facts[name], 16) for name in ("CapPrm", "CapEff", "CapBnd")] == [0, 0, 0]
    assert facts["NoNewPrivs"] == "1"


@pytest.mark.parametrize(
    ("service", "own", "none_of"),
    [
        ("scraper", {"serve", "feed", "robots", "ingest", "sources"}, {"parse", "enrich", "search", "newsroom"}),
        ("parser", {"serve", "parse", "canonical"}, {"feed", "enrich", "search", "explain", "newsroom"}),
        ("enricher", {"serve", "enrich"}, {"feed", "parse", "newsroom"}),
        ("indexer", {"serve", "search", "topics", "dlq"}, {"feed", "parse", "enrich", "newsroom"}),
        ("gateway", {"serve", "search", "explain", "tail"}, {"feed", "parse", "enrich", "newsroom"}),
        ("newsroom", {"newsroom"}, {"serve", "topics", "feed", "parse", "enrich", "search", "tail"}),
    ],
)
def test_an_image_has_the_commands_of_its_service_alone(
    composed: Composed, service: str, own: set[str], none_of: set[str]
) -> None:
    told = composed.within(service, "watchfloor", "--help").stdout.partition("Commands:")[2]
    commands = {line.split()[0] for line in told.splitlines() if line.strip()}
    assert own <= commands
    assert not none_of & commands


def test_replicas_share_the_work(composed: Composed) -> None:
    """And nothing that runs already is started anew for it."""
    before = {service: composed.containers(service) for service in (*SERVICES, "kafka", "newsroom")}
    composed.compose("up", "--detach", "--wait", "--scale", "parser=2", "--scale", "enricher=3")
    assert all(set(ids) <= set(composed.containers(service)) for service, ids in before.items())
    for stage, replicas in (("parser", 2), ("enricher", 3)):
        wait_for(partial(shares, composed, stage, replicas), f"{replicas} × {stage}", DEADLINE)
    composed.compose("up", "--detach", "--wait", "--scale", "parser=1", "--scale", "enricher=1")
    wait_for(lambda: shares(composed, "parser", 1) and shares(composed, "enricher", 1), "one of each again", DEADLINE)


def shares(composed: Composed, stage: str, count: int) -> bool:
    """Whether so many members of a stage have all six partitions between them, each some."""
    command = "KAFKA_HEAP_OPTS=-Xmx64m /opt/kafka/bin/kafka-consumer-groups.sh --bootstrap-server 127.0.0.1:9092 "
    told = composed.within("kafka", "sh", "-c", f"{command} --describe --members --group watchfloor.{stage}").stdout
    lines = [line.split() for line in told.splitlines()[1:] if line.startswith(f"watchfloor.{stage}")]
    partitions = [int(line[-1]) for line in lines]
    return len(partitions) == count and sum(partitions) == 6 and all(partitions)


def test_broker_indexer_and_parser_are_killed_and_each_article_is_there_once_in_its_latest_version(
    composed: Composed,
) -> None:
    before = composed.search("", limit=1)["total"]
    urls = []
    for number, victim in enumerate(("kafka", "indexer", "parser")):
        mine = [f"https://pilot.example/strait/report-{number}{each}/" for each in range(EACH)]
        push_all(composed, mine, "2026-05-01T10:00:00Z", seed=100 * number)
        composed.crash(victim)
        push_all(composed, mine, "2026-05-02T10:00:00Z", seed=100 * number + 50)
        urls += mine
    ids = {article_id(url) for url in urls}
    wait_for(lambda: versions(composed, ids) == [2] * len(ids), "all are there in their second version", DEADLINE)
    found = [item["article_id"] for item in everything(composed, "", limit=20)]
    assert len(found) == len(set(found)) == before + len(ids)
    assert ids <= set(found)
    wait_for(lambda: latest(composed, ids) == dict.fromkeys(ids, 2), "the topic says the same", DEADLINE)
    wait_for(lambda: composed.healthy(*SERVICES, "kafka"), "all are healthy again", DEADLINE)


def push_all(composed: Composed, urls: list[str], fetched_at: str, *, seed: int) -> None:
    for number, url in enumerate(urls):
        page = {"url": url, "html": draw(seed + number).bare, "fetched_at": fetched_at}
        wait_for(partial(accepted, composed, page), f"{url} is accepted", DEADLINE)


def accepted(composed: Composed, page: Json) -> bool:
    """Whether the gateway took a page; while the broker is away it does not, and a client tries again."""
    try:
        return composed.request("/v1/pages", page)[0] == 202
    except OSError:
        return False


def versions(composed: Composed, ids: set[str]) -> list[int]:
    """The version of each article that is there."""
    answers = [composed.request(f"/v1/articles/{each}") for each in ids]
    return [article["version"] for status, article in answers if status == 200]


def latest(composed: Composed, ids: set[str]) -> dict[str, int]:
    """The version that the last record of each article has."""
    last = {record.key: record.value for record in read_all(composed.bootstrap, ARTICLES_LATEST.name)}
    return {key: json.loads(value)["version"] for key, value in last.items() if key in ids and value is not None}


def test_taken_down_and_up_again_it_goes_on_where_it_was(composed: Composed) -> None:
    before = {item["article_id"] for item in everything(composed, "", limit=20)}
    composed.compose("down")
    composed.compose("up", "--detach", "--wait")
    assert {item["article_id"] for item in everything(composed, "", limit=20)} == before
    [url] = urls = ["https://pilot.example/strait/after-all/"]
    push_all(composed, urls, "2026-05-03T10:00:00Z", seed=900)
    wait_for(lambda: versions(composed, {article_id(url)}) == [1], "an article is taken as before", DEADLINE)


def test_it_is_taken_down_and_nothing_is_left(composed: Composed) -> None:
    began = time.monotonic()
    composed.compose("down", "--volumes", "--timeout", "60")
    print(f"taken down in {time.monotonic() - began:.1f} s")
    assert composed.left() == []
