"""`watchfloor.web` is the one door to the outside, and `watchfloor.kafka` the one to the broker.

A module of the five services or of `watchfloor` that could open any other connection fails here. What is read is the
syntax: imports of clients, functions that connect or resolve, programs that are started. deploy/local is none of the
services: it fetches the broker.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures.doors import Opening, openings

ROOT = Path(__file__).parents[3]
PACKAGES = [ROOT / "shared" / "watchfloor", *sorted((ROOT / "services").glob("*/watchfloor_*"))]
DOOR = "shared/watchfloor/web/"
BROKER_DOOR = "shared/watchfloor/kafka/"
BROKER_CLIENTS = ("aiokafka", "faust", "mode")

# module: what it may use, and why nothing goes out by it
ARGUED = {
    "shared/watchfloor/gazetteer/lookup.py": {
        "subprocess"
    },  # compiles the gazetteer by our own code in a second process
}


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted(package.rglob("*.py"))


def is_right(place: str, opening: Opening) -> bool:
    if place.startswith(DOOR):
        return True
    if place.startswith(BROKER_DOOR) and opening.name.partition(".")[0] in BROKER_CLIENTS:
        return True
    return opening.name in ARGUED.get(place, ())


def test_all_packages_are_looked_at() -> None:
    assert [package.name for package in PACKAGES] == [
        "watchfloor",
        "watchfloor_enricher",
        "watchfloor_gateway",
        "watchfloor_indexer",
        "watchfloor_parser",
        "watchfloor_scraper",
    ]
    assert len(list(modules())) > 100


def test_nothing_but_the_doors_opens_a_connection() -> None:
    wrong = [
        f"{place}:{opening.line} {opening.name}"
        for module in modules()
        for place in (module.relative_to(ROOT).as_posix(),)
        for opening in openings(module.read_text("utf-8"))
        if not is_right(place, opening)
    ]
    assert wrong == []


def test_no_exception_is_left_that_nobody_needs() -> None:
    for place, names in ARGUED.items():
        assert {opening.name for opening in openings((ROOT / place).read_text("utf-8"))} >= names


def test_the_door_itself_is_seen() -> None:
    found = {opening.name for module in (ROOT / DOOR).glob("*.py") for opening in openings(module.read_text("utf-8"))}
    assert {"aiohttp", "socket", "getaddrinfo"} <= found


@pytest.mark.parametrize(
    "source",
    [
        "import aiohttp",
        "import aiohttp.client as c",
        "from httpx import get",
        "def f():\n    import requests",
        "from urllib import request",
        "import urllib.request",
        "from http import client",
        "import http.client",
        "import smtplib",
        "import subprocess",
        "from trafilatura import fetch_url",
        "from trafilatura import downloads",
        "import trafilatura\ntrafilatura.fetch_url(url)",
        "import socket\ns = socket.socket()",
        "import socket as s\ns.socket()",
        "import socket\nmake = socket.socket",
        "import socket\nsocket.create_connection(('127.0.0.1', 80))",
        "from socket import socket",
        "from socket import create_connection as go",
        "import socket\nfunctools.partial(socket.getaddrinfo, 'a')",
        "import asyncio\nasync def f():\n    await asyncio.open_connection('a', 80)",
        "from asyncio import open_connection",
        "async def f(loop):\n    await loop.create_connection(P, 'a', 80)",
        "async def f(loop, s):\n    await loop.sock_connect(s, a)",
        "import asyncio\nasync def f():\n    await asyncio.create_subprocess_exec('curl', 'a')",
        "import os\nos.system('curl a')",
        "from os import execvp",
        "import importlib\nimportlib.import_module('aiohttp.client')",
        "__import__('requests')",
        "from multiprocessing.connection import Client",
        "from multiprocessing import connection\nconnection.Client(('a', 80))",
        "import logging.handlers\nlogging.handlers.HTTPHandler('a', '/')",
        "import prometheus_client\nprometheus_client.push_to_gateway('a', 'b', c)",
        "from lxml import etree\netree.XMLParser(no_network=False)",
        "import faust",
    ],
)
def test_what_opens_a_connection_is_found(source: str) -> None:
    assert openings(source)


@pytest.mark.parametrize(
    "source",
    [
        "import socket\ndef listen() -> socket.socket:\n    return socket.create_server(('127.0.0.1', 80))",
        "import socket\ndef serve(s: socket.socket, family: int = socket.AF_INET6) -> None: ...",
        "import sqlite3\nsqlite3.connect('a')",
        "from urllib.parse import urljoin",
        "from http import HTTPStatus",
        "import os\nos.environ['A']\nos.path.join('a')\nos.replace('a', 'b')",
        "import asyncio\nasyncio.run(f())",
        "import multiprocessing\nfrom multiprocessing.connection import Connection, wait",
        "from watchfloor.web.client import Client",
        "from . import requests",
        "requests = ()\nfor request in requests: ...",
        "import trafilatura\ntrafilatura.bare_extraction(a)",
        "import importlib\nimportlib.import_module('watchfloor.web')",
        "'import aiohttp'",
    ],
)
def test_what_opens_none_raises_no_false_alarm(source: str) -> None:
    assert openings(source) == []
