"""Names to places: the compiled gazetteer."""

import subprocess
import sys
from pathlib import Path

import pytest

from watchfloor.gazetteer import Candidate, Gazetteer, open_gazetteer
from watchfloor.gazetteer.compile import file_name
from watchfloor.gazetteer.countries import countries, read_table
from watchfloor.gazetteer.names import key_of
from watchfloor.settings import Settings

OPEN = "import sys, pathlib; from watchfloor.gazetteer import open_gazetteer as o; print(o(pathlib.Path(sys.argv[1])).locate('Oslo'))"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(Settings().cache)


def _is_near(found: Candidate | None, latitude: float, longitude: float) -> bool:
    return found is not None and abs(found.latitude - latitude) < 0.2 and abs(found.longitude - longitude) < 0.2


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [
        ("Istanbul", 41.01, 28.95),
        ("Київ", 50.45, 30.52),
        ("Kiev", 50.45, 30.52),
        ("Odesa", 46.48, 30.73),
        ("Sumy", 50.91, 34.80),
        ("Łódź", 51.77, 19.46),
        ("Lodz", 51.77, 19.46),
        ("北京", 39.9, 116.4),
        ("Kingston, NY", 41.93, -74.0),
        ("Newport, R.I.", 41.49, -71.31),
        ("Paris, Texas", 33.66, -95.56),
        ("Paris", 48.85, 2.35),
        ("Tarnow, Poland", 50.01, 20.99),
        ("Strait of Hormuz", 26.57, 56.25),
    ],
)
def test_a_name_is_located_where_most_mean_it(
    gazetteer: Gazetteer, name: str, latitude: float, longitude: float
) -> None:
    assert _is_near(gazetteer.locate(name), latitude, longitude)


def test_a_name_that_no_place_has_is_nowhere(gazetteer: Gazetteer) -> None:
    assert gazetteer.locate("Qwrtzstadt") is None
    assert gazetteer.locate("") is None
    assert gazetteer.locate("Paris, Qwrtzland") is None


def test_a_country_comes_before_a_city_of_its_name(gazetteer: Gazetteer) -> None:
    for name in ("Mexico", "Luxembourg", "Georgia", "US", "Deutschland", "Украина"):
        found = gazetteer.locate(name)
        assert found is not None
        assert found.kind == "country"


def test_a_division_is_known_by_its_code_and_has_counties(gazetteer: Gazetteer) -> None:
    division = gazetteer.division("US.RI")
    assert division is not None
    assert division.name == "Rhode Island"
    assert _is_near(gazetteer.locate("Cook County, Ill."), 41.8, -87.8)


def test_every_country_area_and_division_has_a_point_on_earth_and_a_radius(gazetteer: Gazetteer) -> None:
    rows = [(row[0], float(row[4]), float(row[5]), float(row[6])) for row in read_table("areas.tsv")]
    rows += [(row[0], float(row[3]), float(row[4]), float(row[5])) for row in read_table("divisions.tsv")]
    assert len(rows) > 7000
    assert all(
        -90 <= latitude <= 90 and -180 <= longitude <= 180 and radius > 0 for _, latitude, longitude, radius in rows
    )
    for country in countries().values():
        found = [each for each in gazetteer.candidates(key_of(country.name)) if each.country == country.code]
        assert any(each.kind == "country" for each in found), country.name


def test_processes_that_start_together_compile_once_and_all_can_read(tmp_path: Path) -> None:
    """The file appears whole: whoever comes second waits for the first."""
    starting = [
        subprocess.Popen([sys.executable, "-c", OPEN, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    answers = [process.communicate(timeout=300)[0] for process in starting]
    assert all(process.returncode == 0 for process in starting)
    assert all("Oslo" in answer for answer in answers)
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".lock") == [file_name()]
