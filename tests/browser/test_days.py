"""Days as bars: a press asks for one, a drag by mouse or finger for several, Esc lets go. And what a query leaves in its field."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fixtures.browser import watched
from fixtures.desk import Desk
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.end_to_end
STRETCH = re.compile(r"published:\[(\S+) TO (\S+)\]")
PHONE: dict[str, Any] = {"viewport": {"width": 400, "height": 800}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    with watched(browser, desk.address, viewport={"width": 1440, "height": 900}) as seen:
        yield seen.goto("/search?q=port&sort=oldest")


@pytest.fixture
def phone(browser: Browser, desk: Desk) -> Iterator[Page]:
    with watched(browser, desk.address, **PHONE) as seen:
        yield seen.goto("/search?q=port")


def days(page: Page) -> list[tuple[str, str]]:
    """First and last day of each bar."""
    bars = page.locator(".bars a[data-first]")
    return [tuple(pair) for pair in bars.evaluate_all("bars => bars.map(b => [b.dataset.first, b.dataset.last])")]


def middle(page: Page, bar: int) -> tuple[float, float]:
    box = page.locator(".bars .ground").nth(bar).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def query(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["q"][0]


def drag(page: Page, start: int, end: int) -> None:
    page.mouse.move(*middle(page, start))
    page.mouse.down()
    page.mouse.move(*middle(page, end), steps=5)


@pytest.mark.parametrize(("start", "end"), [(1, 4), (4, 1)])
def test_a_drag_asks_for_the_days_between_its_ends_in_the_same_order(page: Page, start: int, end: int) -> None:
    first, last = days(page)[1][0], days(page)[4][1]
    drag(page, start, end)
    assert page.locator(".taken").get_attribute("width") == "4"
    page.mouse.up()

    page.wait_for_url(re.compile("published"))
    assert STRETCH.findall(query(page)) == [(first, last)]
    assert query(page).startswith("port ")
    assert "sort=oldest" in page.url


def test_escape_lets_go_of_a_drag(page: Page) -> None:
    before = page.url
    drag(page, 1, 4)
    page.keyboard.press("Escape")
    assert page.locator(".taken").count() == 0
    page.mouse.up()
    page.wait_for_timeout(200)

    assert page.url == before


def test_a_press_without_a_drag_asks_for_one_bar(page: Page) -> None:
    [(first, last), *_] = days(page)
    page.mouse.click(*middle(page, 0))

    page.wait_for_url(re.compile("published"))
    assert first == last
    assert query(page) == f"port published:{first}"


def swipe(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A finger that goes over the glass in ten steps."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        told = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    touch("touchStart", start)
    for step in range(1, 11):
        touch("touchMove", tuple(a + (b - a) * step / 10 for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]
    touch("touchEnd")


def test_a_finger_across_the_bars_drags(phone: Page) -> None:
    first, last = days(phone)[1][0], days(phone)[4][1]
    phone.locator(".bars").scroll_into_view_if_needed()
    swipe(phone, middle(phone, 1), middle(phone, 4))

    phone.wait_for_url(re.compile("published"))
    assert STRETCH.findall(query(phone)) == [(first, last)]


def test_a_finger_up_and_down_over_the_bars_scrolls_the_page(phone: Page) -> None:
    phone.locator(".bars").scroll_into_view_if_needed()
    x, y = middle(phone, 2)
    before = phone.url
    swipe(phone, (x, y), (x, y - 150))
    phone.wait_for_timeout(300)

    assert phone.evaluate("scrollY") > 50
    assert phone.url == before


def test_a_tap_on_a_bar_is_a_link(phone: Page) -> None:
    phone.locator(".bars").scroll_into_view_if_needed()
    phone.touchscreen.tap(*middle(phone, 0))

    phone.wait_for_url(re.compile("published"))


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("path", ["/search", "/live"])
def test_a_query_that_cannot_be_read_stays_in_its_field(browser: Browser, desk: Desk, path: str, scripts: bool) -> None:
    with watched(browser, desk.address, quiet=False, java_script_enabled=scripts) as seen:
        page = seen.goto(path)
        page.locator("#q").fill("mine AND (place:Sulina")
        page.keyboard.press("Enter")

        expect(page.locator("#problem")).to_contain_text("stops making sense")
        expect(page.locator("#q")).to_have_value("mine AND (place:Sulina")
        assert page.locator(".row").count() == 0 or scripts
