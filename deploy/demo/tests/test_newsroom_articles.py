"""The articles of the demonstration are whole: a newcomer sees them first."""

import re
from collections import Counter
from datetime import datetime

import pytest
from fixtures.newsroom import OPENING, everything

from watchfloor.events import Article
from watchfloor_demo.outlets import OUTLETS, Outlet
from watchfloor_demo.site import Site
from watchfloor_demo.timetable import NEWSROOM, Version, read_timetable, shown
from watchfloor_parser.page.reading import RawPage
from watchfloor_parser.parse import parse
from watchfloor_scraper.ingest.inputs import Input, find_inputs
from watchfloor_scraper.ingest.own_address import own_address

ADDRESS = "http://127.0.0.1:8481"
EVERYTHING = list(everything())
PAIRS = {
    "cables": ("two undersea data cables", "Three data cables"),
    "Odesa": ("fünf Menschen verletzt", "injuring seven people"),
    "Odesa's maize": ("близько 6 тисяч тонн", "about 6,200 tonnes"),
    "tanker": ("أصيب أربعة بحارة", "wounding six sailors"),
    "collision": ("11名船员获救，2人失踪", "Three fishermen are missing and ten were rescued"),
    "Mykolaiv": ("38 тисяч родин", "52,000 homes"),
    "exercise": ("rund 9400 Soldatinnen und Soldaten aus 15 Ländern", "About 9,000 troops from 14 countries"),
}
"""What two outlets say of one event."""


def served(outlet: Outlet, version: Version) -> bytes:
    """The page at the moment from which it is served."""
    at_that_moment = shown([version], OPENING, OPENING + version.since)
    return Site(outlet, ADDRESS).answer(version.path, at_that_moment).body


def read(outlet: Outlet, version: Version) -> Article:
    url = ADDRESS + version.path
    return parse(RawPage(served(outlet, version), url, url, OPENING, "text/html; charset=utf-8"))


@pytest.mark.parametrize(("outlet", "version"), EVERYTHING, ids=lambda part: getattr(part, "id", None))
def test_the_parser_finds_in_every_article_what_is_printed_there(outlet: Outlet, version: Version) -> None:
    article = read(outlet, version)
    assert article.title == version.title
    assert article.published_at is not None
    assert datetime.fromisoformat(str(article.published_at)) == version.published
    assert article.language == outlet.language.partition("-")[0]
    assert article.authors
    assert article.article_type in ("news", "analysis", "live_blog")
    enough = len(article.text) >= 300 if article.language == "zh" else len(article.text.split()) >= 120
    assert enough, article.text


@pytest.mark.parametrize(("outlet", "version"), EVERYTHING, ids=lambda part: getattr(part, "id", None))
def test_an_article_names_the_address_where_it_is_served_and_no_other(outlet: Outlet, version: Version) -> None:
    assert read(outlet, version).canonical_url == ADDRESS + version.path
    assert ".example" not in served(outlet, version).decode()
    named = re.findall(r'(?:canonical" href|og:url" content|mainEntityOfPage":) ?[="]+([^"]+)"', version.content)
    assert all(address == outlet.home + version.path for address in named)


def test_there_are_articles_enough_in_six_languages() -> None:
    articles = {(outlet.id, version.path): outlet.language[:2] for outlet, version in EVERYTHING}
    assert len(articles) >= 16
    assert set(articles.values()) == {"en", "uk", "ru", "ar", "zh", "de"}
    assert min(Counter(outlet for outlet, _ in articles).values()) >= 2


@pytest.mark.parametrize(("one", "other"), PAIRS.values(), ids=PAIRS)
def test_outlets_differ_about_the_numbers_of_an_event(one: str, other: str) -> None:
    said = [{outlet.id for outlet, version in EVERYTHING if words in version.content} for words in (one, other)]
    assert len(said[0]) == len(said[1]) == 1
    assert said[0] != said[1]


def test_one_article_is_corrected_twice_and_the_second_time_without_a_word() -> None:
    corrected = [version for outlet, version in EVERYTHING if version.path.endswith("ransomware-czech-hospitals")]
    first, second, third = (read(OUTLETS[1], version) for version in corrected)
    assert "Correction" in second.text
    assert "Correction" not in first.text
    assert (second.title, second.modified_at) == (third.title, third.modified_at) != (first.title, first.modified_at)
    assert second.text != third.text
    letters = [re.sub(r"\d", "", article.text) for article in (second, third)]
    assert letters[0] == letters[1]


def test_one_article_is_withdrawn() -> None:
    assert [outlet.id for outlet, version in EVERYTHING if version.until] == ["northwatch"]


def test_the_timetable_is_an_index_that_an_ingest_can_read() -> None:
    inputs = list(find_inputs([NEWSROOM]))
    good = [item for item in inputs if isinstance(item, Input)]
    assert len(good) == len(inputs) == len(EVERYTHING)
    for item in good:
        assert item.fetched_at is not None
        declared = own_address(item.path.read_bytes())
        assert declared in (item.url, None)  # pages of one outlet print their address in JSON-LD alone


def test_every_article_in_the_folder_is_on_the_timetable() -> None:
    listed = {line.split("\t")[0] for line in (NEWSROOM / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]}
    assert listed == {str(page.relative_to(NEWSROOM)) for page in NEWSROOM.glob("*/2025-*.html")}
    assert sum(len(read_timetable(outlet)) for outlet in OUTLETS) == len(listed)


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.id)
def test_every_page_has_one_headline(outlet: Outlet) -> None:
    assert [version.content.count("<h1") for version in read_timetable(outlet)] == [1] * len(read_timetable(outlet))
