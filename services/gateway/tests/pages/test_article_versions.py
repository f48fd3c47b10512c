"""The versions on the screen of an article: tabs, the weighed list, both texts; and what is said of a silent change."""

import re
from collections.abc import Callable

import httpx
import pytest
from fixtures.two_versions import MORNING, URL, article

from watchfloor.events import ArticleEnriched, PageGone
from watchfloor.identity import article_id, page_id
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Change, Kept
from watchfloor_gateway.pages.article import versions
from watchfloor_gateway.pages.article.twin import Fold, Line
from watchfloor_gateway.pages.article.versions import VersionsView

ID = article_id(URL)
Read = Callable[..., VersionsView | None]
CALM = "The channel is open, and pilots go out as on any other day of the year."


def hurt(number: int, hours: int = 0, **more: object) -> ArticleEnriched:
    return article(
        f"The blast wounded {number} people.", CALM, title=f"Blast wounds {number}", hours=hours,
        counts=[(f"{number} people", number, "people")], **more,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def put(store: MemoryStore) -> Callable[..., None]:
    def put(*events: ArticleEnriched | PageGone) -> None:
        store.apply([Change(event) for event in events])

    return put


@pytest.fixture
def read(store: MemoryStore) -> Read:
    def read(old: int | None = None, new: int | None = None) -> VersionsView | None:
        kept = store.article(ID)
        assert kept
        return versions.read(store, kept, old, new)

    return read


def shown(read: Read, *pair: int | None) -> VersionsView:
    found = read(*pair)
    assert found
    return found


def test_an_article_in_one_version_has_no_section(put: Callable[..., None], read: Read) -> None:
    put(hurt(6))
    assert read() is None


def test_the_last_two_are_compared_and_each_tab_says_what_its_version_changed(
    put: Callable[..., None], read: Read
) -> None:
    put(hurt(6), hurt(7, hours=2), article(hurt(7).blocks[0].text, CALM, CALM * 2, title="Blast wounds 7", hours=3))
    found = shown(read)
    assert (found.old, found.new, found.is_latest) == (2, 3, True)
    assert [(tab.name, tab.note, tab.current) for tab in found.tabs] == [
        ("1", "04:12, first", False),
        ("2", "06:12, 1 number", False),
        ("3", "07:12, +32 words", True),
        ("1 → 3", "all at once", False),
    ]
    assert found.tabs[1].href == f"/articles/{ID}?from=1&to=2#versions"


def test_the_same_change_in_headline_and_text_is_listed_once(put: Callable[..., None], read: Read) -> None:
    put(hurt(6), hurt(7, hours=2))
    found = shown(read)
    assert found.difference
    (item,) = found.difference.items
    assert (item.why, item.heavy, item.old, item.new) == ("Number", True, "6", "7")
    assert [(place.words, place.target) for place in item.places] == [("headline", "title"), ("¶1", "p1")]
    assert [(step.what, step.old, step.new) for step in found.latest.steps] == [("injured", "6", "7")]


@pytest.mark.parametrize(
    ("asked", "compared"),
    [
        ((1, 3), (1, 3)), ((3, 1), (1, 3)), ((None, 2), (1, 2)), ((1, None), (1, 3)), ((2, 2), (2, 2)),
        ((0, 99), (2, 3)), ((None, 1), (2, 3)), ((-5, None), (2, 3)), ((3, None), (2, 3)),
    ],
)  # fmt: skip
def test_any_two_are_compared_and_what_is_not_there_is_not_asked_for(
    put: Callable[..., None], read: Read, asked: tuple[int | None, int | None], compared: tuple[int, int]
) -> None:
    put(hurt(6), hurt(7, hours=2), hurt(8, hours=3))
    found = shown(read, *asked)
    assert (found.old, found.new) == compared


def test_one_version_alone_is_shown_whole(put: Callable[..., None], read: Read) -> None:
    put(hurt(6), hurt(7, hours=2))
    found = shown(read, 1, 1)
    assert found.difference is None
    assert found.whole == ("The blast wounded 6 people.", CALM)


def test_side_by_side_what_is_the_same_is_folded(put: Callable[..., None], read: Read) -> None:
    put(hurt(6), hurt(7, hours=2))
    difference = shown(read).difference
    assert difference
    headline, paragraph, calm = difference.twin
    assert isinstance(headline, Line)
    assert isinstance(paragraph, Line)
    assert (headline.old, paragraph.old, paragraph.new) == ("headline", "¶1", "¶1")
    assert isinstance(calm, Fold)
    assert calm.texts == (CALM,)


def test_of_a_hundred_versions_ten_are_read(put: Callable[..., None], store: MemoryStore) -> None:
    put(*(hurt(n, hours=n) for n in range(1, 101)))
    asked: list[int] = []

    class Counting(MemoryStore):
        def versions(self, article_id: str):  # type: ignore[no-untyped-def]
            return store.versions(article_id)

        def version(self, article_id: str, number: int) -> Kept | None:
            asked.append(number)
            return store.version(article_id, number)

    kept, counting = store.article(ID), Counting()
    assert kept
    found = versions.read(counting, kept)
    assert found
    assert len(set(asked)) <= versions.MOST_TABS + 2
    assert (found.count, len(found.tabs), found.untold) == (100, versions.MOST_TABS + 2, 91)
    asked.clear()
    versions.read(counting, kept)
    assert len(asked) <= 2, "what was compared once is not read again"


async def test_a_silent_change_is_said_to_be_silent_and_one_with_a_date_is_not(
    put: Callable[..., None], client: httpx.AsyncClient
) -> None:
    put(hurt(6), hurt(7, hours=2), hurt(8, hours=3, modified_at="2026-03-02T07:00:00Z"))
    noted = (await client.get(f"/articles/{ID}")).text
    assert "Changed without notice" not in noted
    silent = (await client.get(f"/articles/{ID}?from=1&to=2")).text
    assert "Changed without notice" in silent


async def test_the_page_compares_what_is_asked_for_and_keeps_the_search(
    put: Callable[..., None], client: httpx.AsyncClient
) -> None:
    put(hurt(6), hurt(7, hours=2), hurt(8, hours=3))
    text = (await client.get(f"/articles/{ID}?q=blast&from=1&to=3")).text
    assert '<del class="d">6</del> <ins class="d">8</ins>' in text
    assert f'href="/articles/{ID}?q=blast&amp;from=1&amp;to=2#versions"' in text
    assert '<input type="hidden" name="q" value="blast">' in text


async def test_texts_of_articles_are_escaped_everywhere(put: Callable[..., None], client: httpx.AsyncClient) -> None:
    evil = '<script>alert(1)</script><img src=x onerror="x">'
    put(
        article(f"Six {evil} here.", evil, title=evil),
        article(f"Seven {evil} {evil} here.", evil * 2, title="x", hours=1),
    )
    for query in ("", "?from=1&to=1"):
        text = (await client.get(f"/articles/{ID}{query}")).text
        assert not re.search(r"<script>|<img", text)


async def test_foreign_texts_say_their_language_and_direction(
    put: Callable[..., None], client: httpx.AsyncClient
) -> None:
    put(article("ونُقل سبعة بحارة.", language="ar"), article("ونُقل تسعة بحارة.", language="ar", hours=1))
    text = (await client.get(f"/articles/{ID}")).text
    assert '<p lang="ar" dir="rtl">ونُقل <del class="d">سبعة</del> <ins class="d">تسعة</ins> بحارة.</p>' in text


async def test_a_withdrawn_article_keeps_its_versions_and_says_so(
    put: Callable[..., None], client: httpx.AsyncClient
) -> None:
    gone = PageGone(
        page_id=page_id(URL), url=URL, status=410, fetched_at=MORNING.replace(hour=11), reason="answered 410",
        source_id=None, origin="live",
    )  # fmt: skip
    put(hurt(6), hurt(7, hours=2), gone)
    text = (await client.get(f"/articles/{ID}")).text
    assert "found withdrawn on" in text
    assert '<del class="d">6</del>' in text
