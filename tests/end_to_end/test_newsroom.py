"""`make run` without configuration: the newsroom is found, watched, corrected and withdrawn by ordinary crawling."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from fixtures.asking import Json
from fixtures.newsroom import everything
from fixtures.system import System, wait_for
from fixtures.topic import Read, read_all
from lxml import html

from watchfloor.identity import article_id
from watchfloor.topics import ARTICLES_LATEST
from watchfloor_demo.outlets import OUTLETS

pytestmark = pytest.mark.end_to_end
DEADLINE = 180.0
"""Of each wait, in seconds; on an idle machine all is there within a minute."""
WORD = re.compile(r"[^\W\d_]{2,}")
HAN = re.compile(r"[\u4e00-\u9fff]{4}")
NO_TEXT = frozenset({"script", "style", "noscript", "title"})
HOSPITALS = "/cyber/2025/03/14/ransomware-czech-hospitals"
SUBMARINE = "/baltic/fishermen-report-submarine-off-gotland"


@dataclass(frozen=True)
class Written:
    """An article of the newsroom, by its page alone."""

    outlet: str
    path: str
    language: str
    words: tuple[str, ...]
    """Of the longest piece of its text, which is none of what stands around an article."""


def written() -> list[Written]:
    """Every article, as its first version tells it."""
    first: dict[tuple[str, str], Written] = {}
    for outlet, version in everything():
        language = outlet.language.partition("-")[0]
        words = words_of(longest_text(version.content), language)
        first.setdefault((outlet.id, version.path), Written(outlet.id, version.path, language, words))
    return list(first.values())


def longest_text(page: str) -> str:
    """The longest piece of text between two tags."""
    elements = [element for element in html.fromstring(page).iter() if isinstance(element.tag, str)]
    read = [element for element in elements if element.tag not in NO_TEXT]
    return max((text or "" for element in read for text in (element.text, *(each.tail for each in element))), key=len)


def words_of(text: str, language: str) -> tuple[str, ...]:
    """The words of a text; where a script writes no spaces, pieces of four characters."""
    return tuple((HAN if language == "zh" else WORD).findall(text))


ARTICLES = written()
USED = Counter(word.casefold() for article in ARTICLES for word in set(article.words))


def rarest_word(article: Written) -> str:
    """A word that the fewest of the articles use; the longest of those."""
    return min(article.words, key=lambda word: (USED[word.casefold()], -len(word)))


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """What `make run` starts where no sources are configured, once all has happened in the newsroom."""
    with System(tmp_path_factory.mktemp("newsroom"), newsroom=True) as running:
        wait_for(lambda: running.search("")["total"] == len(ARTICLES), "all articles are there", DEADLINE)
        wait_for(lambda: number_of_versions(running) == 3, "the article was corrected twice", DEADLINE)
        wait_for(lambda: is_withdrawn(running), "the article is withdrawn", DEADLINE)
        yield running


def id_of(system: System, outlet: str, path: str) -> str:
    return article_id(system.outlets[outlet] + path)


def article(system: System, outlet: str, path: str, *, version: int | None = None) -> Json:
    """An article as the gateway has it; empty where it has none."""
    address = f"/v1/articles/{id_of(system, outlet, path)}" + (f"/versions/{version}" if version else "")
    status, found, _ = system.request(address)
    return dict(found) if status == 200 else {}


def number_of_versions(system: System) -> int:
    """Of the article that is corrected."""
    return int(article(system, "straitledger", HOSPITALS).get("version", 0))


def is_withdrawn(system: System) -> bool:
    return article(system, "northwatch", SUBMARINE).get("withdrawn_at") is not None


def latest(system: System) -> dict[str, Read]:
    """What somebody knows who has read `articles.latest` from its beginning: the last record of each article."""
    return {record.key or "": record for record in read_all(system.bootstrap, ARTICLES_LATEST.name)}


def explained(system: System, address: str) -> Json:
    """What the gateway and the command say of an address; it must be the same."""
    status, said, _ = system.request(f"/v1/explain?url={address}")
    assert status == 200, said
    ended = system.run("explain", "--json", address)
    assert (ended.returncode, json.loads(ended.stdout)["reason"]) == (1, said["reason"]), ended.stderr
    return dict(said)


def drafts(system: System) -> list[tuple[str, str]]:
    """Outlet and address of each draft."""
    return [(outlet.id, system.outlets[outlet.id] + path) for outlet in OUTLETS for path in outlet.drafts]


@pytest.mark.parametrize("told", ARTICLES, ids=lambda told: f"{told.outlet}{told.path}")
def test_every_article_is_found_by_a_word_of_its_text_in_its_language(system: System, told: Written) -> None:
    word = rarest_word(told)
    found = {item["article_id"] for item in system.search(f"{word} language:{told.language}")["items"]}
    assert id_of(system, told.outlet, told.path) in found, word


def test_what_is_no_article_is_not_found(system: System) -> None:
    """Home and section pages, notices, lists, drafts."""
    found = [item["article_id"] for item in system.search("", limit=50)["items"]]
    assert sorted(found) == sorted(id_of(system, told.outlet, told.path) for told in ARTICLES)


def test_a_correction_with_a_note_and_one_without_are_versions_of_their_own(system: System) -> None:
    first, noted, silent = (article(system, "straitledger", HOSPITALS, version=number) for number in (1, 2, 3))
    assert ["14 Czech" in version["title"] for version in (first, noted, silent)] == [True, False, False]
    assert ["Correction" in version["text"] for version in (first, noted, silent)] == [False, True, True]
    assert ["$2.4 million" in version["text"] for version in (first, noted, silent)] == [True, True, False]
    assert noted["text"].replace("$2.4", "$4.2") == silent["text"]
    assert noted["modified_at"] == silent["modified_at"]


def test_what_was_withdrawn_says_so_and_keeps_what_it_said(system: System) -> None:
    found = article(system, "northwatch", SUBMARINE)
    assert found["withdrawn_at"]
    assert found["text"]
    said = explained(system, system.outlets["northwatch"] + SUBMARINE)
    assert (said["verdict"], said["reason"]) == ("withdrawn", "http_410")
    others = [told for told in ARTICLES if told.path != SUBMARINE]
    assert all(article(system, told.outlet, told.path)["withdrawn_at"] is None for told in others)


def test_articles_latest_says_the_same(system: System) -> None:
    def agrees() -> bool:
        known = latest(system)
        return known.keys() == {id_of(system, told.outlet, told.path) for told in ARTICLES} and all(
            is_the_same(known[one["article_id"]], one) for one in system.search("", limit=50)["items"]
        )

    wait_for(agrees, "the topic says what the store says", DEADLINE)
    withdrawn = latest(system)[id_of(system, "northwatch", SUBMARINE)]
    assert withdrawn.value is None
    assert withdrawn.headers["watchfloor_withdrawn_at"] == article(system, "northwatch", SUBMARINE)["withdrawn_at"]
    assert "410" in withdrawn.headers["watchfloor_reason"]


def is_the_same(record: Read, item: Json) -> bool:
    """Whether the topic's record and the gateway's article are the same version, or both withdrawn."""
    if item["withdrawn_at"] is not None or record.value is None:
        return item["withdrawn_at"] is not None and record.value is None
    value = json.loads(record.value)
    return all(value[name] == item[name] for name in ("version", "content_hash", "url", "source_id", "text"))


@pytest.mark.parametrize(("outlet", "reason"), [("northwatch", "robots"), ("straitledger", "excluded")])
def test_a_draft_is_not_here_and_the_explanation_says_why(system: System, outlet: str, reason: str) -> None:
    [address] = [draft for owner, draft in drafts(system) if owner == outlet]
    said = explained(system, address)
    assert (said["verdict"], said["reason"], said["article_id"]) == ("missing", reason, None)
    assert said["source"]["source_id"] == outlet


def test_no_draft_was_even_asked_for(system: System) -> None:
    assert "which robots.txt forbids" not in (system.data / "logs" / "newsroom.log").read_text(encoding="utf-8")


def test_every_outlet_is_well(system: System) -> None:
    def states() -> dict[str, str]:
        status, found, _ = system.request("/v1/sources")
        assert status == 200, found
        return {source["source_id"]: source["state"] for source in found["items"]}

    wait_for(lambda: states() == {outlet.id: "well" for outlet in OUTLETS}, "all seven are well", DEADLINE)


def asked_last(system: System, told: Written) -> datetime:
    """When an article's page was last asked for."""
    said = system.request(f"/v1/explain?url={system.outlets[told.outlet]}{told.path}")[1]
    return max(datetime.fromisoformat(step["at"]) for step in said["steps"] if step["name"] == "fetch")


def test_after_a_stop_and_a_new_start_nothing_is_doubled(system: System) -> None:
    here = [told for told in ARTICLES if told.path != SUBMARINE]
    before = {told: article(system, told.outlet, told.path) for told in ARTICLES}
    published = {key: record.value for key, record in latest(system).items()}
    system.stop()
    restarted = datetime.now(UTC)
    system.start()
    wait_for(lambda: all(asked_last(system, told) > restarted for told in here), "all are asked for again", DEADLINE)
    assert {told: article(system, told.outlet, told.path) for told in ARTICLES} == before
    assert system.search("")["total"] == len(ARTICLES)
    assert {key: record.value for key, record in latest(system).items()} == published
