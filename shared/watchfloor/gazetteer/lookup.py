"""Look up names in the compiled gazetteer. All processes read one file; each keeps a few pages of it in memory."""

import fcntl
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from watchfloor.gazetteer.compile import file_name
from watchfloor.gazetteer.countries import read_table
from watchfloor.gazetteer.names import key_of

KEPT_IN_MEMORY = 16384
COLUMNS = "geonameid, name, kind, country, division, latitude, longitude, population, radius_km"
COMPILE = (
    "import sys, pathlib; from watchfloor.gazetteer import compile as c; c.compile_gazetteer(pathlib.Path(sys.argv[1]))"
)
BY_NAME = f"SELECT {COLUMNS}, main FROM names JOIN places ON id = place WHERE key = ? ORDER BY population DESC, id"  # noqa: S608
BY_DIVISION = f"SELECT {COLUMNS}, 1 FROM divisions JOIN places ON id = place WHERE code = ?"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean."""

    geonameid: int | None
    name: str
    kind: str
    """country, capital, city, region (first-level division), county, or a kind of area: sea, strait, site ..."""
    country: str | None
    division: str | None
    """The first-level division it lies in (or is), by GeoNames' code: US.RI."""
    latitude: float
    longitude: float
    population: int
    radius_km: float
    main: bool
    """Found by its main name, not by an alternate one."""


class Gazetteer:
    """Names of places to the places that have them. One connection, read-only; for one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._connection.execute("PRAGMA cache_size=-2048")
        self.candidates = lru_cache(maxsize=KEPT_IN_MEMORY)(self._candidates)
        self.division = lru_cache(maxsize=KEPT_IN_MEMORY)(self._division)

    def _candidates(self, key: str) -> tuple[Candidate, ...]:
        """Every place of that name (as `key_of` writes it), those with most people first."""
        return tuple(_candidate(row) for row in self._connection.execute(BY_NAME, (key,)))

    def _division(self, code: str) -> Candidate | None:
        """The administrative division of a GeoNames code, such as US.RI."""
        row = self._connection.execute(BY_DIVISION, (code,)).fetchone()
        return _candidate(row) if row else None

    def locate(self, name: str) -> Candidate | None:
        """The place that a name most likely means where nothing else is known: for a query such as `place:Odesa~50km`.

        "Kingston, NY" and "Paris, Texas" are understood. None where no place has the name.
        """
        city, _, within = name.partition(",")
        found = self.candidates(key_of(city))
        if within.strip():
            found = tuple(each for each in found if self._lies_in(each, within)) or ()
        return max(found, key=likelihood, default=None)

    def _lies_in(self, candidate: Candidate, within: str) -> bool:
        codes = {each.division or each.country for each in self.candidates(key_of(within))} | divisions_of(within)
        return any(code in (candidate.country, *lineage(candidate.division)) for code in codes if code)


def lineage(division: str | None) -> tuple[str, ...]:
    """The codes of a division and of those that it lies in, the smallest first.

    >>> lineage("US.IL.031")
    ('US.IL.031', 'US.IL')
    """
    parts = (division or "").split(".")
    return tuple(".".join(parts[:length]) for length in range(len(parts), 1, -1))


def likelihood(candidate: Candidate) -> float:
    """How likely a name means this place, other things equal: countries and areas before cities, then by people.

    The number is only good for comparing; it stands for the logarithm of how often a place is written about.
    """
    people = max(candidate.population, 1)
    weights = {
        "country": 1e7 + 20.0 * people,
        "capital": 20.0 * people + 5e6,
        "city": people,
        "county": 3e4,
        "region": 2e6,
    }
    weight = weights.get(candidate.kind, 3e6)
    if candidate.main:
        return weight
    return weight / (60 if candidate.kind == "region" else 4 if candidate.population > 100_000 else 20)


@lru_cache(maxsize=1)
def _divisions_by_abbreviation() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, abbreviations, *_ in read_table("states.tsv"):
        for each in abbreviations.split(";"):
            found.setdefault(each, set()).add(code)
    return {abbreviation: frozenset(codes) for abbreviation, codes in found.items()}


def divisions_of(abbreviation: str) -> frozenset[str]:
    """The states and provinces of an abbreviation as printed: "RI", "R.I.", "Calif."; empty where it is none.

    >>> sorted(divisions_of("WA"))
    ['AU.08', 'US.WA']
    """
    return _divisions_by_abbreviation().get(abbreviation.strip(), frozenset())


def _candidate(row: tuple[int | None, str, str, str, str, float, float, int, float, int]) -> Candidate:
    return Candidate(*row[:-1], main=bool(row[-1]))


@lru_cache(maxsize=4)
def open_gazetteer(cache: Path) -> Gazetteer:
    """The gazetteer in a cache folder, compiled there first where it is missing; other processes wait meanwhile."""
    path = cache / file_name()
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with _only_one(path.with_suffix(".lock")):
            if not path.exists():
                subprocess.run([sys.executable, "-c", COMPILE, str(path)], check=True)  # noqa: S603
    return Gazetteer(path.absolute())


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    """Hold a lock between processes; it is let go also when its holder is killed."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
