"""Every key of the table does what the table says; switched off none does anything, in a field or with a modifier none acts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from fixtures.browser import Watched, watched
from fixtures.desk import Desk
from fixtures.screens import HOSPITALS, ODESA, article, search
from playwright.sync_api import Browser, Page, expect

from watchfloor_gateway.pages.bindings.actions import USUAL

pytestmark = pytest.mark.end_to_end
FOREIGN = re.compile(r"\.example/")
Prepare = Callable[[Page], object]


@pytest.fixture
def seen(browser: Browser, desk: Desk) -> Iterator[Watched]:
    """A page that may go to outlets, whose answers are made here."""
    with watched(browser, desk.address, quiet=False) as page:
        page.page.context.route(FOREIGN, lambda route: route.fulfill(body="theirs"))
        yield page
        assert not [fault for fault in page.faults if not FOREIGN.search(fault)]


@dataclass(frozen=True)
class Deed:
    """Where a key is pressed, after what, and what can be told of the page before and after."""

    path: str
    tell: str
    before: object
    after: object
    prepare: Prepare = lambda _: None


def row_in_hand() -> str:
    return "[...document.querySelectorAll('.row')].findIndex(row => row.classList.contains('here'))"


def checked(switch: str) -> str:
    return f"document.getElementById('{switch}').checked"


def twice(key: str) -> Prepare:
    def press(page: Page) -> None:
        page.keyboard.press(key)
        page.keyboard.press(key)

    return press


def opened(page: Page) -> None:
    page.locator(".row h3 a").nth(3).click()
    expect(page.locator(".reading")).to_be_visible()


WHERE, FOCUS = "location.pathname", "document.activeElement.id"
MARK = "[...document.querySelectorAll('.reading .mark')].findIndex(m => m.contains(document.activeElement))"
SEARCH, LIVE, READING = "/search", "/live", article(ODESA)
DEEDS: dict[str, Deed] = {
    "action_next": Deed(SEARCH, row_in_hand(), -1, 0),
    "action_previous": Deed(SEARCH, row_in_hand(), 1, 0, twice("j")),
    "action_open": Deed(
        SEARCH, "location.pathname.startsWith('/articles/')", before=False, after=True, prepare=lambda p: p.keyboard.press("j")
    ),
    "action_back": Deed(SEARCH, row_in_hand(), -1, 3, opened),
    "action_query": Deed(SEARCH, FOCUS, "", "q"),
    "action_differences": Deed(article(HOSPITALS), "location.hash", "", "#versions"),
    "action_fresh": Deed(
        LIVE, "document.querySelector('#feed').dataset.old ?? ''", "yes", "",
        lambda p: p.evaluate("document.querySelector('#feed').dataset.old = 'yes'"),
    ),
    "action_pause": Deed(LIVE, "document.getElementById('live-pause')?.textContent", "Pause", "Go on"),
    "action_marks_people": Deed(READING, checked("marks-people"), before=True, after=False),
    "action_marks_organisations": Deed(READING, checked("marks-organisations"), before=True, after=False),
    "action_marks_places": Deed(READING, checked("marks-places"), before=True, after=False),
    "action_marks_quotations": Deed(READING, checked("marks-quotations"), before=True, after=False),
    "action_marks_times": Deed(READING, checked("marks-times"), before=True, after=False),
    "action_marks_quantities": Deed(READING, checked("marks-quantities"), before=True, after=False),
    "action_next_mark": Deed(READING, MARK, -1, 0),
    "action_evidence": Deed(
        READING, "document.activeElement.classList.contains('peek')", before=False, after=True, prepare=lambda p: p.keyboard.press("n")
    ),
    "action_rows": Deed(SEARCH, checked("rows-roomy"), before=False, after=True),
    "action_light": Deed(SEARCH, checked("theme-noon"), before=False, after=True),
    "action_keys": Deed(SEARCH, "document.querySelector('dialog').open", before=False, after=True),
    "screen_search": Deed("/sources", WHERE, "/sources", "/search", lambda p: p.keyboard.press("g")),
    "screen_live": Deed("/sources", WHERE, "/sources", "/live", lambda p: p.keyboard.press("g")),
    "screen_sources": Deed(SEARCH, WHERE, "/search", "/sources", lambda p: p.keyboard.press("g")),
}  # fmt: skip
ELSEWHERE = {
    "action_go": "screen_search",
    "action_source": "test_rows",
    "action_previous_mark": "the walk over marks below",
}
"""Keys that another test shows."""


def becomes(page: Page, tell: str, wanted: object) -> None:
    page.wait_for_function(f"wanted => ({tell}) === wanted", arg=wanted)


@pytest.mark.parametrize("name", DEEDS)
def test_a_key_does_what_the_table_says(seen: Watched, name: str) -> None:
    deed = DEEDS[name]
    page = seen.goto(deed.path)
    deed.prepare(page)
    becomes(page, deed.tell, deed.before)
    page.keyboard.press(USUAL[name])
    becomes(page, deed.tell, deed.after)


def test_every_key_of_the_table_is_tried() -> None:
    assert DEEDS.keys() | ELSEWHERE.keys() == USUAL.keys()


@pytest.mark.parametrize("path", [SEARCH, READING, LIVE])
def test_switched_off_no_key_does_anything(seen: Watched, path: str) -> None:
    seen.page.context.add_cookies([{"name": "watchfloor", "value": "keys=False", "url": seen.address}])
    hold_still(seen.goto(path), [*USUAL.values()])


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_with_a_modifier_no_key_acts(seen: Watched, modifier: str) -> None:
    page = seen.goto(SEARCH)
    # What the browser itself does with such keys is its own: the page is asked whether it took them.
    taken = page.evaluate(
        """([keys, modifier]) => keys.filter((key) => !document.dispatchEvent(new KeyboardEvent('keydown',
             { key, bubbles: true, cancelable: true, [modifier]: true })))""",
        [[*USUAL.values()], {"Control": "ctrlKey", "Alt": "altKey", "Meta": "metaKey"}[modifier]],
    )
    assert taken == []
    assert page.locator(".row.here").count() == 0


def test_in_a_field_every_key_writes(seen: Watched) -> None:
    page = seen.goto(SEARCH)
    written = "".join(USUAL.values())
    page.locator("#q").focus()
    page.keyboard.type(written)
    expect(page.locator("#q")).to_have_value(written)
    hold_still(page, [])


def hold_still(page: Page, keys: list[str]) -> None:
    """Nothing of what keys do has happened."""
    where = page.url
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.url == where
    assert page.context.pages == [page]
    assert page.locator(".row.here, dialog[open], .peek").count() == 0
    assert page.locator("#rows-plain:checked, #theme-auto:checked").count() == 2
    assert page.locator(".marks-switch input:not(:checked)").count() == 0


def test_a_key_that_was_given_to_something_else_does_that_and_the_old_one_nothing(seen: Watched) -> None:
    changed = "key.action_next=x&key.screen_live=w&key.action_go=%D0%B6"
    seen.page.context.add_cookies([{"name": "watchfloor", "value": changed, "url": seen.address}])
    page = seen.goto(SEARCH)
    for key in ("j", "g", "l"):
        page.keyboard.press(key)
    assert page.locator(".row.here").count() == 0
    assert page.url.endswith(SEARCH)
    page.keyboard.press("x")
    becomes(page, row_in_hand(), 0)
    for key in ("ж", "w"):
        page.evaluate("key => document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))", key)
    page.wait_for_url("**/live")


def test_the_key_that_goes_waits_two_seconds_for_the_screen(seen: Watched) -> None:
    seen.page.clock.install()
    page = seen.goto(SEARCH)
    page.keyboard.press("g")
    page.clock.run_for(2100)
    page.keyboard.press("o")
    page.wait_for_timeout(200)
    assert page.url.endswith(SEARCH)


def test_the_dialog_gives_the_focus_back(seen: Watched) -> None:
    page = seen.goto(SEARCH)
    page.keyboard.press("j")
    ways: tuple[Prepare, ...] = (
        lambda p: p.keyboard.press("Escape"),
        lambda p: p.get_by_role("button", name="Close").click(),
    )
    for close in ways:
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("j")
        close(page)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(".row h3 a").first).to_be_focused()


@pytest.mark.parametrize("path", [READING, article(HOSPITALS)])
def test_keys_walk_over_every_mark_once_in_the_order_of_the_text_and_back(seen: Watched, path: str) -> None:
    page = seen.goto(path)
    stops = page.evaluate(
        """() => [...document.querySelectorAll('.reading a[href^="#"]:not(.no), .reading q.mark[id]')]
             .filter((mark) => mark.getAttribute('tabindex') !== '-1').map((mark) => mark.outerHTML)"""
    )
    walked = walk(page, "n", len(stops))
    assert walked == [bare(each) for each in stops]
    assert any(each.startswith("<q") for each in walked)
    assert walk(page, "N", len(stops) - 1) == walked[-2::-1]


def test_keys_pass_over_a_kind_that_is_off(seen: Watched) -> None:
    page = seen.goto(READING)
    for key in "12456":
        page.keyboard.press(key)
    for _ in range(5):
        page.keyboard.press("n")
        assert page.evaluate("document.activeElement.closest('.mark.place') !== null")


def walk(page: Page, key: str, steps: int) -> list[str]:
    """The marks that have the focus, one after another."""
    found = []
    for _ in range(steps):
        page.keyboard.press(key)
        found.append(bare(page.evaluate("document.activeElement.outerHTML")))
    return found


def bare(markup: str) -> str:
    """Without what the focus writes into it."""
    return markup.replace(' tabindex="-1"', "")


def test_a_stretch_of_a_mark_that_holds_another_is_a_stop_too(seen: Watched) -> None:
    page = seen.goto(READING)
    page.evaluate(
        """() => {
          const para = document.querySelector('.reading .para');
          const around = Object.assign(document.createElement('span'), { className: 'mark organisation' });
          for (const [name, text] of [['', 'Port of '], ['mark place', 'Odesa']]) {
            const link = Object.assign(document.createElement('a'), { className: name, textContent: text });
            link.setAttribute('href', document.querySelector('.reading a.mark').getAttribute('href'));
            around.append(link);
          }
          para.querySelector('.no').after(around);
        }"""
    )
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.textContent") == "Port of "
    page.keyboard.press("e")
    expect(page.locator(".peek")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.locator(".reading .no").first.focus()
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.textContent") == "Odesa"


def test_a_search_of_one_word_is_walked_and_read_by_keys_alone(seen: Watched) -> None:
    page = seen.goto(SEARCH)
    page.keyboard.press("/")
    page.keyboard.type("drone")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + search("drone"))
    for key in ("j", "l"):
        page.keyboard.press(key)
    expect(page.locator(".reading")).to_be_visible()
    page.keyboard.press("h")
    becomes(page, row_in_hand(), 0)
