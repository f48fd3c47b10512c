"""The documents say of sources what the scraper does with them."""

import re
from pathlib import Path
from typing import get_args

from watchfloor.events import SourceState
from watchfloor_scraper.configuration import Outlet, read_configuration

DOCS = Path(__file__).parents[3] / "docs"
DOC = (DOCS / "sources.md").read_text(encoding="utf-8")
CONSUMERS = (DOCS / "consumers.md").read_text(encoding="utf-8")
[EXAMPLE] = re.findall(r"```yaml\n(.*?)```", DOC, re.DOTALL)


def test_every_field_of_a_source_is_described_and_no_other() -> None:
    described = re.findall(r"^\| `(\w+)` \|", DOC, re.MULTILINE)
    assert sorted(described) == sorted(Outlet.model_fields)


def test_the_example_is_a_right_file_and_shows_nearly_every_field() -> None:
    least, most = read_configuration(EXAMPLE, "docs/sources.md").outlets
    assert set(least.as_written()) == {"id", "name", "home"}
    assert set(Outlet.model_fields) - set(most.as_written()) == {"paused", "tdm"}


def test_what_it_says_of_defaults_is_so() -> None:
    plain = Outlet.model_validate({"id": "outlet", "home": "https://outlet.example/"})
    defaults = dict(re.findall(r"^\| `(cadence|revisit|delay|tdm|paused)` \| `(.*?)` \|", DOC, re.MULTILINE))
    assert len(defaults) == 5
    written = "".join(f"    {field}: {default}\n" for field, default in defaults.items())
    text = f"sources:\n  - id: outlet\n    home: https://outlet.example/\n{written}"
    assert read_configuration(text, "the defaults of docs/sources.md").outlets == (plain,)


def test_every_state_of_a_source_is_described_to_consumers() -> None:
    described = re.findall(r"^\| `(\w+)` \| ", CONSUMERS.partition("| state |")[2].partition("\n\n")[0], re.MULTILINE)
    assert described == ["well", "late", "silent", "down", "paused", "removed"]
    assert set(described) == set(get_args(SourceState))
