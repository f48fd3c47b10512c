"""Every screen, in both lights and at three widths: nothing serious for axe, no sideways scrolling, no report, no request."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from fixtures.browser import Watched, watched
from fixtures.desk import Desk
from fixtures.screens import screens
from playwright.sync_api import Browser

pytestmark = pytest.mark.end_to_end
WIDTHS, LIGHTS = (1440, 800, 400), ("noon", "night")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SCREENS = screens()
ERRORS = {"search, wrong": 400, "article, unknown": 404}
"""Which screens are answers to what cannot be answered."""


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_right_in_both_lights_at_every_width(browser: Browser, desk: Desk, name: str) -> None:
    for light in LIGHTS:
        with watched(browser, desk.address) as seen:
            seen.page.context.add_cookies([{"name": "watchfloor", "value": f"theme={light}", "url": desk.address}])
            answer = seen.page.goto(desk.address + SCREENS[name])
            assert answer is not None
            assert answer.status == ERRORS.get(name, 200)
            for width in WIDTHS:
                seen.page.set_viewport_size({"width": width, "height": 900})
                hold_to_width(seen, width)
                hold_to_axe(seen, f"{name}, {light}, {width}")


def hold_to_width(seen: Watched, width: int) -> None:
    reach = seen.page.evaluate("document.documentElement.scrollWidth")
    assert reach <= width, f"the page reaches to {reach} px of {width}"


def hold_to_axe(seen: Watched, what: str) -> None:
    found = Axe().run(seen.page, options=RULES).response["violations"]
    told = [
        f"{what}: {fault['id']} ({fault['impact']}): {[node['html'] for node in fault['nodes'][:3]]}" for fault in found
    ]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("name", SCREENS)
def test_without_scripts_all_reading_works(browser: Browser, desk: Desk, name: str) -> None:
    with watched(browser, desk.address, java_script_enabled=False) as seen:
        page = seen.goto(SCREENS[name])
        assert page.locator("main h1").count() == 1
        assert page.locator("main").inner_text().strip()
