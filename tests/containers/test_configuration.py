"""What an operator may set is written down once, and what is written in two places agrees. Needs no Docker."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from watchfloor.settings import Settings
from watchfloor.topics import MAX_RECORD_BYTES
from watchfloor_demo.configuration import configuration
from watchfloor_demo.outlets import addresses

CHECKOUT = Path(__file__).parents[2]
FILES = [
    (CHECKOUT / name).read_text(encoding="utf-8") for name in ("docker-compose.yml", "deploy/compose.monitoring.yaml")
]
COMPOSE = "\n".join(FILES)
"""Both files: the profile for monitoring has one of its own, which the first includes."""
LONG_RUNNING = ("kafka", "scraper", "parser", "enricher", "indexer", "gateway", "newsroom", "prometheus", "grafana")


def services() -> dict[str, Any]:
    """The services as they stand in the files, anchors resolved."""
    return {name: told for text in FILES for name, told in yaml.safe_load(text)["services"].items()}


def test_each_variable_of_compose_is_in_the_example_with_the_same_default() -> None:
    read = dict(re.findall(r"(?<!\$)\$\{(\w+):-([^{}]*)\}", COMPOSE))
    example = (CHECKOUT / ".env.example").read_text(encoding="utf-8")
    told = dict(re.findall(r"^#(\w+)=(.*)$", example, re.MULTILINE))
    assert told.pop("COMPOSE_PROFILES") == "newsroom"
    assert read == told


@pytest.mark.parametrize("service", LONG_RUNNING)
def test_each_container_is_contained(service: str) -> None:
    told = services()[service]
    assert (told["read_only"], told["cap_drop"], told["init"]) == (True, ["ALL"], True)
    assert told["security_opt"] == ["no-new-privileges:true"]
    assert told["restart"] == "unless-stopped"
    assert set(told["logging"]["options"]) == {"max-size", "max-file"}
    limits = {"cpus", "mem_limit", "pids_limit", "stop_grace_period", "healthcheck"}
    assert limits <= told.keys()
    assert "start_period" in told["healthcheck"]


def test_what_is_published_is_published_on_loopback_unless_the_operator_says_otherwise() -> None:
    published = [port for told in services().values() for port in told.get("ports", ())]
    assert published
    assert all(re.match(r"(\$\{\w+_HOST:-127\.0\.0\.1\}|127\.0\.0\.1):", port) for port in published)


def test_the_newsroom_is_read_as_make_run_reads_it_under_its_name_of_the_network() -> None:
    name = "newsroom.watchfloor.test"
    settings = Settings(newsroom_port=8481)
    written = (CHECKOUT / "deploy" / "compose" / "newsroom.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(written) == yaml.safe_load(configuration(settings).replace("127.0.0.1", name))
    allowed = services()["scraper"]["environment"]["WATCHFLOOR_WEB_ALLOWED"].partition("$")[0].split(",")
    assert [f"http://{pair}" for pair in allowed] == list(addresses(settings, name))


def test_the_broker_takes_records_as_large_as_the_services_send() -> None:
    text = (CHECKOUT / "deploy" / "kafka" / "server.properties").read_text(encoding="utf-8")
    told = dict(line.split("=", 1) for line in text.splitlines() if not line.startswith("#"))
    assert told["message.max.bytes"] == told["replica.fetch.max.bytes"] == str(MAX_RECORD_BYTES)
    assert told["auto.create.topics.enable"] == "false"


def test_the_images_are_built_with_the_uv_of_make_setup() -> None:
    setup = (CHECKOUT / "deploy" / "local" / "setup.sh").read_text(encoding="utf-8")
    dockerfile = (CHECKOUT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert re.findall(r"^UV_VERSION=(.+)$", setup, re.MULTILINE) == re.findall(
        r"^ARG UV_VERSION=(.+)$", dockerfile, re.MULTILINE
    )


def test_the_dockerfile_asks_for_nothing_that_must_be_pulled_but_its_base() -> None:
    dockerfile = (CHECKOUT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert "# syntax" not in dockerfile
    assert "<<" not in dockerfile
    stages = re.findall(r"^FROM (\S+) AS (\S+)$", dockerfile, re.MULTILINE)
    assert {base for base, _ in stages} <= {"${PYTHON}", *(name for _, name in stages)}
