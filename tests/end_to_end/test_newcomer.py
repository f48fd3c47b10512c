"""A newcomer's whole way in a browser, over what `make run` starts: with scripts, and without."""

import re
from collections.abc import Iterator

import pytest
from fixtures.browser import Watched, chromium, watched
from fixtures.newsroom import everything
from fixtures.system import System, wait_for
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.end_to_end
WAIT_MS = 120_000
"""Deadline of each wait; on an idle machine nothing takes longer than seconds."""
ODESA = "/black-sea/odesa-port-drones-seven-injured"
CORRECTED = 'title:"Seven injured as drones hit"'
HOSPITALS = "ransomware hospitals source:straitledger"
expect.set_options(timeout=WAIT_MS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with System(tmp_path_factory.mktemp("newcomer"), newsroom=True) as running:
        running.found("Odesa")
        yield running


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def seen(request: pytest.FixtureRequest, browser: Browser, system: System) -> Iterator[Watched]:
    with watched(browser, system.address, java_script_enabled=request.param) as page:
        page.page.set_default_timeout(WAIT_MS)
        yield page


def pushed_correction(system: System, number: int) -> None:
    """Hand over the Odesa article as if its outlet had corrected it."""
    outlet, version = next((outlet, each) for outlet, each in everything() if each.path == ODESA)
    page = version.content.replace(outlet.home, system.outlets[outlet.id]).replace(
        "injuring seven", f"injuring {number}"
    )
    status, answer, _ = system.request("/v1/pages", {"url": system.outlets[outlet.id] + ODESA, "html": page})
    assert status == 202, answer


def rows(page: Page) -> Locator:
    return page.locator(".row")


def test_search_open_and_switch_marks(seen: Watched) -> None:
    page = seen.goto("/")
    page.get_by_label("Query").fill("Odesa port")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/search\?q=Odesa"))
    expect(page.locator(".sentence")).to_contain_text("Odesa")
    expect(rows(page).first.locator("mark.hit").first).to_be_visible()
    page.locator(".row", has_text="North Watch").first.locator("h3 a").click()
    expect(page.locator("article h1")).to_contain_text("Odesa")
    place = page.locator(".reading a.mark.place").first
    assert underlined(place)
    page.locator("#marks-places").uncheck()
    assert not underlined(place)
    page.locator(".reading .mark.person").first.click()
    expect(page.locator(".entries li:target")).to_be_visible()


def underlined(mark: Locator) -> bool:
    return "underline" in str(mark.evaluate("(element) => getComputedStyle(element).textDecorationLine"))


def test_a_correction_arrives_live(seen: Watched, system: System, request: pytest.FixtureRequest) -> None:
    page, scripted = seen.goto("/live"), "without" not in request.node.name
    row = page.locator(f"#row-{article_of(system)}")
    before = system.search(CORRECTED)["items"][0]["version"]
    pushed_correction(system, 40 + before)
    if scripted:
        expect(page.locator(".fresh")).to_contain_text(re.compile(r"1|shown|changed"))
        page.mouse.move(5, 5)
    else:
        wait_for(
            lambda: system.search(CORRECTED)["items"][0]["version"] > before,
            "it is stored",
        )
        page.get_by_role("link", name="Look again").first.click()
    expect(row).to_contain_text(f"{before + 1} versions")


def article_of(system: System) -> str:
    return str(system.search(CORRECTED)["items"][0]["article_id"])


def test_the_newsroom_s_silent_correction_is_said_to_be_silent(seen: Watched, system: System) -> None:
    wait_for(lambda: system.search(HOSPITALS)["items"][0]["version"] == 3, "the newsroom corrected twice")
    page = seen.goto("/search?q=ransomware+hospitals")
    page.locator(".row", has_text="3 versions").first.locator("h3 a").click()
    expect(page.locator(".changed")).to_contain_text("Changed without notice")
    expect(page.locator(".weighed ins.d").first).to_be_visible()


def test_the_withdrawn_article_is_found_as_withdrawn(seen: Watched, system: System) -> None:
    wait_for(lambda: system.search("submarine Gotland")["items"][0]["withdrawn_at"], "the newsroom withdrew it")
    page = seen.goto("/search?q=submarine+Gotland")
    page.locator(".row.withdrawn").first.locator("h3 a").click()
    expect(page.locator("main")).to_contain_text("Withdrawn by the source")
    expect(page.locator(".reading")).to_be_visible()


def test_the_sources_are_shown_and_a_missing_article_is_explained(seen: Watched, system: System) -> None:
    page = seen.goto("/sources")
    expect(page.locator("table.sources tbody tr")).to_have_count(len(system.outlets))
    page.goto(system.address + "/explain")
    page.get_by_label("Address").fill(system.outlets["northwatch"] + "/drafts/minister-to-resign-three-sources-say")
    page.get_by_role("button", name="Explain").click()
    expect(page.locator("main")).to_contain_text("robots.txt")
