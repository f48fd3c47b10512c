"""Pictures of every screen, noon and night: made into docs/pictures where WATCHFLOOR_PICTURES says so, else only looked at."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fixtures.browser import watched
from fixtures.desk import Desk
from fixtures.screens import screens
from playwright.sync_api import Browser

pytestmark = pytest.mark.end_to_end
DOCS = Path(__file__).parents[2] / "docs"
LIGHTS = ("noon", "night")
SHOWN = {
    "search": "search, many parts",
    "article": "article",
    "versions": "article, two versions",
    "right-to-left": "article, right to left",
    "withdrawn": "article, withdrawn",
    "live": "live",
    "sources": "sources",
    "explain": "explain, answered",
    "nothing-found": "search, nothing",
    "keys": "keys",
}
"""The pictures, and which screen each shows."""
SMALLEST = 20_000
"""Bytes of a picture that shows something."""


@pytest.mark.parametrize("light", LIGHTS)
@pytest.mark.parametrize("picture", SHOWN)
def test_a_picture_is_made_of_every_screen(
    browser: Browser, desk: Desk, tmp_path: Path, picture: str, light: str
) -> None:
    folder = DOCS / "pictures" if os.environ.get("WATCHFLOOR_PICTURES") else tmp_path
    folder.mkdir(exist_ok=True)
    path = folder / f"{picture}-{light}.jpg"
    with watched(browser, desk.address, viewport={"width": 1440, "height": 1000}) as seen:
        seen.page.context.add_cookies([{"name": "watchfloor", "value": f"theme={light}", "url": desk.address}])
        seen.page.clock.install(time=datetime(2025, 3, 22, 9, 0, tzinfo=UTC))
        page = seen.goto(screens()[SHOWN[picture]])
        page.screenshot(path=path, type="jpeg", quality=72)
    assert path.stat().st_size > SMALLEST


def test_every_picture_is_in_the_docs_and_shown_there() -> None:
    told = (DOCS / "page.md").read_text(encoding="utf-8")
    for picture in SHOWN:
        for light in LIGHTS:
            name = f"{picture}-{light}.jpg"
            assert (DOCS / "pictures" / name).is_file(), f"make pictures: there is no {name}"
            assert f"pictures/{name}" in told
