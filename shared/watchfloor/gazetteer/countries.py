"""The countries of ISO 3166-1: their names, adjectives, capitals and middles. The data are in countries.tsv."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class Country:
    """A country or territory. Latitude and longitude are those of its middle, in degrees."""

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]
    latitude: float
    longitude: float


def read_table(name: str) -> Iterator[list[str]]:
    """The rows of a table that ships with this package: tab-separated, lines that begin with # are remarks."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """Every country by its ISO 3166-1 alpha-2 code."""
    return {row[0]: _country(row) for row in read_table("countries.tsv")}


def _country(row: list[str]) -> Country:
    code, name, others, adjectives, capitals, latitude, longitude = row
    names = (name, *filter(None, others.split(";")))
    return Country(code, name, names, _listed(adjectives), _listed(capitals), float(latitude), float(longitude))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))
