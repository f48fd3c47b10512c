"""Around every screen: links that fetch, the way back, keys, switches, and what is said when an answer does not come."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fixtures.browser import Watched, watched
from fixtures.desk import Desk
from fixtures.morning import changes
from playwright.sync_api import Browser, Page, Route, expect

from watchfloor.errors import TryLater

pytestmark = pytest.mark.end_to_end
SAME_PAGE = "window.stays === true"


@pytest.fixture
def seen(browser: Browser, desk: Desk) -> Iterator[Watched]:
    with watched(browser, desk.address) as page:
        yield page


@pytest.fixture
def troubled(browser: Browser, desk: Desk) -> Iterator[Watched]:
    """A page on which answers fail, which the browser tells as errors."""
    with watched(browser, desk.address, quiet=False) as page:
        yield page


def opened(seen: Watched, path: str) -> Page:
    page = seen.goto(path)
    page.evaluate("window.stays = true")
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def later(milliseconds: int) -> str:
    """A handler cannot sleep without holding up the browser's other requests; the page's own fetch can."""
    return f"""() => {{
      const ask = window.fetch;
      window.fetch = async (...given) => {{
        await new Promise((go, stop) => {{
          const waiting = setTimeout(go, {milliseconds});
          given[1]?.signal?.addEventListener('abort', () => {{ clearTimeout(waiting); stop(given[1].signal.reason); }});
        }});
        return ask(...given);
      }};
    }}"""


def test_a_link_brings_the_next_screen_into_the_same_page(seen: Watched) -> None:
    page = opened(seen, "/search")
    page.get_by_role("link", name="Sources", exact=True).click()
    expect(page).to_have_url(re.compile(r"/sources$"))
    expect(page).to_have_title("Sources · Watchfloor")
    expect(page.locator("#screens [aria-current]")).to_have_text("Sources")
    expect(page.locator("main h1")).to_be_focused()
    assert page.evaluate(SAME_PAGE)
    assert page.locator("main").count() == 1


def test_back_and_forward_show_the_screens_and_back_lands_on_the_row_that_was_left(seen: Watched) -> None:
    page = opened(seen, "/search")
    row = page.locator(".row").nth(9)
    headline = str(row.locator("h3 a").text_content())
    row.locator("h3 a").click()
    expect(page).to_have_url(re.compile("/articles/"))
    page.go_back()
    expect(page).to_have_url(re.compile("/search"))
    expect(page.locator(".row.here h3 a")).to_be_focused()
    assert focused(page) == headline
    expect(page.locator(".row.here")).to_be_in_viewport()
    page.go_forward()
    expect(page).to_have_url(re.compile("/articles/"))
    expect(page.locator("article h1")).to_be_visible()
    assert page.evaluate(SAME_PAGE)


def test_a_newer_question_cancels_the_older(seen: Watched) -> None:
    page = opened(seen, "/search")
    page.evaluate(later(300))
    page.get_by_role("link", name="Sources", exact=True).click()
    page.get_by_role("link", name="Live", exact=True).click()
    expect(page).to_have_url(re.compile("/live$"))
    page.wait_for_timeout(500)
    assert page.evaluate("location.pathname") == "/live"


def test_after_two_seconds_it_says_still_asking_and_can_be_stopped(seen: Watched) -> None:
    page = opened(seen, "/search")
    page.evaluate(later(60_000))
    page.get_by_role("link", name="Sources", exact=True).click()
    expect(page.locator("body")).to_have_class(re.compile("htmx-request"))
    expect(page.locator("#asking")).to_contain_text("Still asking")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#asking p")).to_be_empty()
    expect(page.locator("body")).not_to_have_class(re.compile("htmx-request"))
    assert page.evaluate("location.pathname") == "/search"


def test_a_screen_that_was_fetched_comes_whole_when_the_browser_asks_for_it_again(seen: Watched) -> None:
    page = opened(seen, "/search")
    page.get_by_role("link", name="Sources", exact=True).click()
    expect(page.locator("h1")).to_have_text("Sources")
    page.goto(seen.address + "/docs")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Sources")
    assert page.locator(".masthead .switches").count() == 1
    assert page.evaluate("document.styleSheets.length") > 0


@pytest.mark.parametrize("path", ["/docs", "/v1/articles", "/static/x/page.css"])
def test_what_is_no_screen_is_an_ordinary_visit(seen: Watched, path: str) -> None:
    page = opened(seen, "/keys")
    page.evaluate(
        "(path) => { const a = document.createElement('a'); a.href = path; a.id = 'x'; main.append(a); a.click(); }",
        path,
    )
    page.wait_for_url("**" + path)
    assert not page.evaluate(SAME_PAGE)


def test_an_answer_that_the_policy_refuses_is_left_to_the_browser(troubled: Watched) -> None:
    page = opened(troubled, "/keys")

    def spoil(route: Route) -> None:
        if "hx-request" not in route.request.headers:
            route.continue_()
            return
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("<main", "<img src=x onerror=alert(1)><main"))

    page.route("**/sources", spoil)
    page.get_by_role("link", name="Sources", exact=True).click()
    expect(page.locator("h1")).to_have_text("Sources")
    assert not page.evaluate(SAME_PAGE)
    assert not [fault for fault in troubled.faults if fault.startswith("dialog")]


def test_where_no_answer_comes_what_was_read_stays_and_is_of_then(troubled: Watched) -> None:
    page = opened(troubled, "/search")
    page.route("**/sources", lambda route: route.abort())
    page.get_by_role("link", name="Sources", exact=True).click()
    expect(page.locator("#problem")).to_contain_text(re.compile(r"does not answer.*was read at \d\d:\d\d UTC"))
    assert page.locator(".row").count() > 5
    assert page.evaluate(SAME_PAGE)
    page.unroute("**/sources")
    page.get_by_role("link", name="Try again").click()
    expect(page.locator("h1")).to_have_text("Sources")
    assert page.locator("#problem").count() == 0


def test_where_the_store_is_away_what_was_read_stays_and_the_problem_stands_above(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk(tmp_path) as desk, watched(browser, desk.address, quiet=False) as seen:
        desk.keep(changes())
        page = opened(seen, "/search")
        rows, title = page.locator(".row").count(), page.title()
        for question in ("search", "newest"):
            monkeypatch.setattr(desk.app.state.parts.store, question, away)
        page.locator("#q").fill("port")
        page.keyboard.press("Enter")
        problem = page.locator("main > #problem:first-child")
        expect(problem).to_contain_text(re.compile(r"The store does not answer.*was read at \d\d:\d\d UTC", re.DOTALL))
        expect(problem.locator("h2")).to_be_focused()
        assert (page.locator(".row").count(), page.title()) == (rows, title)
        assert page.evaluate("location.search") == ""
        expect(page.locator("#screens [aria-current]")).to_have_text("Search")
        monkeypatch.undo()
        page.get_by_role("link", name="Try again").click()
        expect(page).to_have_url(re.compile(r"\?q=port"))
        expect(page.locator("#problem")).to_have_count(0)
        assert page.evaluate(SAME_PAGE)


def away(*_: object) -> None:
    raise TryLater("is locked", subject="store", remedy="wait")


def test_a_page_that_is_not_there_says_so_in_place(troubled: Watched) -> None:
    page = opened(troubled, "/keys")
    page.evaluate("history.pushState({}, '', '/keys')")
    page.evaluate("document.querySelector('#screens a').setAttribute('href', '/articles/none')")
    page.locator("#screens a").first.click()
    expect(page).to_have_url(re.compile("/articles/none"))
    expect(page.locator("main")).to_contain_text(re.compile("no article|nothing here", re.IGNORECASE))


def test_the_watch_line_is_asked_for_anew_and_nothing_moves(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address) as seen:
        seen.page.clock.install()
        page = opened(seen, "/search")
        page.evaluate("scrollTo(0, 300)")
        page.evaluate("document.querySelector('#watch-line').dataset.old = 'yes'")
        with page.expect_response("**/frame/watch-line"):
            page.clock.run_for(31_000)
        expect(page.locator("#watch-line")).not_to_have_attribute("data-old", "yes")
        assert page.evaluate("scrollY") == 300
        assert page.title().startswith("Search")


def test_a_watch_line_that_nobody_answers_says_since_when(troubled: Watched) -> None:
    troubled.page.clock.install()
    page = opened(troubled, "/keys")
    page.route("**/frame/watch-line", lambda route: route.abort())
    for _ in range(2):
        page.clock.run_for(31_000)
    expect(page.locator("#watch-line")).to_contain_text(re.compile(r"no answer since \d\d:\d\d UTC"))
    assert page.locator("#watch-lost").count() == 1
    page.unroute("**/frame/watch-line")
    page.clock.run_for(31_000)
    expect(page.locator("#watch-lost")).to_have_count(0)


def test_a_switch_is_kept_at_once_and_the_next_page_comes_as_it_was_set(seen: Watched) -> None:
    page = opened(seen, "/search")
    with page.expect_response("**/settings") as answer:
        page.get_by_text("Night", exact=True).click()
    assert answer.value.status == 204
    page.goto(seen.address + "/sources")
    expect(page.locator("#theme-night")).to_be_checked()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_marks_that_are_switched_off_stay_off_in_the_next_article(seen: Watched) -> None:
    page = opened(seen, "/search")
    page.locator(".row h3 a").first.click()
    with page.expect_response("**/settings"):
        page.locator("#marks-places").uncheck()
    page.go_back()
    page.locator(".row h3 a").nth(1).click()
    expect(page.locator("#marks-places")).not_to_be_checked()
    expect(page.locator("#marks-people")).to_be_checked()


def test_without_scripts_a_switch_is_kept_by_a_button(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address, java_script_enabled=False) as seen:
        page = seen.goto("/sources?state=down")
        page.get_by_text("Night", exact=True).click()
        page.get_by_role("button", name="Keep").click()
        expect(page).to_have_url(re.compile(r"/sources\?state=down$"))
        expect(page.locator("#theme-night")).to_be_checked()


def test_keys_walk_the_rows_open_one_and_come_back_to_it(seen: Watched) -> None:
    page = opened(seen, "/search")
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    second = page.locator(".row").nth(1)
    expect(second).to_have_class(re.compile("here"))
    expect(second.locator("h3 a")).to_be_focused()
    assert page.locator(".row h3 a[tabindex='0']").count() == 1
    page.keyboard.press("l")
    expect(page).to_have_url(re.compile("/articles/"))
    page.keyboard.press("h")
    expect(second.locator("h3 a")).to_be_focused()
    assert page.evaluate(SAME_PAGE)


def test_keys_go_to_screens_into_the_query_and_turn_switches(seen: Watched) -> None:
    page = opened(seen, "/sources")
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page).to_have_url(re.compile("/search"))
    page.keyboard.press("t")
    expect(page.locator("#theme-noon")).to_be_checked()
    page.keyboard.press("v")
    expect(page.locator("#rows-roomy")).to_be_checked()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_no_key_acts_in_a_field_or_with_a_modifier(seen: Watched) -> None:
    page = opened(seen, "/search")
    page.keyboard.press("/")
    page.keyboard.type("jkgs?t")
    expect(page.locator("#q")).to_have_value("jkgs?t")
    page.locator("h1").evaluate("(h1) => { h1.tabIndex = -1; h1.focus(); }")
    for held in ("Control", "Alt", "Meta"):
        page.keyboard.press(f"{held}+j")
    assert page.locator(".row.here").count() == 0
    expect(page.locator("#theme-auto")).to_be_checked()


def test_a_keyboard_of_another_alphabet_is_understood(seen: Watched) -> None:
    page = opened(seen, "/search")
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'о', code: 'KeyJ', bubbles: true }))")
    expect(page.locator(".row").first).to_have_class(re.compile("here"))


def test_the_table_of_keys_opens_as_a_dialog_and_closes_by_escape(seen: Watched) -> None:
    page = opened(seen, "/search")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("j")
    assert page.locator(".row.here").count() == 0
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("light", ["noon", "night"])
def test_the_table_of_keys_and_a_problem_are_right_for_axe(troubled: Watched, light: str) -> None:
    page = troubled.page
    page.context.add_cookies([{"name": "watchfloor", "value": f"theme={light}", "url": troubled.address}])
    page.route("**/sources", lambda route: route.abort())
    opened(troubled, "/search").get_by_role("link", name="Sources", exact=True).click()
    expect(page.locator("#problem")).to_be_visible()
    hold_to_axe(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    for width in (1440, 400):
        page.set_viewport_size({"width": width, "height": 900})
        hold_to_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def hold_to_axe(page: Page) -> None:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": tags}).response["violations"]
    assert not found, [(fault["id"], [node["html"] for node in fault["nodes"][:3]]) for fault in found]


def test_a_key_opens_the_article_at_its_source_in_a_new_tab(troubled: Watched) -> None:
    page = opened(troubled, "/search?q=Odesa")
    page.locator(".row h3 a").first.click()
    expect(page.locator(".reading")).to_be_visible()
    page.context.route(re.compile(r"\.example/"), lambda route: route.fulfill(body="theirs"))
    with page.context.expect_page() as tab:
        page.keyboard.press("o")
    assert ".example/" in tab.value.url or tab.value.url == "about:blank"
    assert page.evaluate(SAME_PAGE)


def test_a_bar_is_a_link_that_fetches(seen: Watched) -> None:
    page = opened(seen, "/search?q=Odesa")
    page.locator("svg.bars a").first.click()
    expect(page).to_have_url(re.compile("published"))
    assert page.evaluate(SAME_PAGE)


def test_keys_can_be_changed_and_switched_off(seen: Watched) -> None:
    page = seen.goto("/keys")
    page.get_by_label("Key for: next row").fill("x")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_label("Key for: next row")).to_have_value("x")
    page.goto(seen.address + "/search")
    page.keyboard.press("j")
    assert page.locator(".row.here").count() == 0
    page.keyboard.press("x")
    expect(page.locator(".row").first).to_have_class(re.compile("here"))
    page.goto(seen.address + "/keys")
    page.get_by_label("off").check()
    page.get_by_role("button", name="Keep").click()
    page.goto(seen.address + "/search")
    page.keyboard.press("x")
    assert page.locator(".row.here").count() == 0


def test_keys_walk_the_marks_of_an_article_and_switch_them(seen: Watched) -> None:
    page = opened(seen, "/search?q=Odesa")
    page.locator(".row h3 a").first.click()
    expect(page.locator(".reading")).to_be_visible()
    page.keyboard.press("n")
    first = page.evaluate("document.activeElement.className")
    assert "mark" in first
    page.keyboard.press("n")
    page.keyboard.press("N")
    assert page.evaluate("document.activeElement.className") == first
    page.keyboard.press("3")
    expect(page.locator("#marks-places")).not_to_be_checked()


def test_a_context_keeps_nothing_but_the_cookie(seen: Watched) -> None:
    page = opened(seen, "/search")
    page.locator(".row h3 a").first.click()
    expect(page).to_have_url(re.compile("/articles/"))
    page.go_back()
    expect(page).to_have_url(re.compile("/search"))
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_reading_works_where_the_scripts_do_not_come(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address, quiet=False) as seen:
        seen.page.route("**/*.js", lambda route: route.abort())
        page = seen.goto("/search")
        page.locator(".row h3 a").first.click()
        expect(page.locator("article h1")).to_be_visible()
