"""The whole way from a page to an article, and what no page may do to it."""

from datetime import UTC, datetime

import pytest

from watchfloor.errors import Rejected
from watchfloor.events import Event, PageDecided, PageFetched, PageGone, pack
from watchfloor.identity import page_id
from watchfloor.metrics import PAGES_ENDED
from watchfloor.pool import KillablePool, Limits
from watchfloor.settings import Settings
from watchfloor_parser.decision import decision
from watchfloor_parser.page.reading import RawPage
from watchfloor_parser.parse import parse, parse_event
from watchfloor_parser.stage import build

URL = "https://news.example/world/mines-at-vesk"
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


def fetched(html: str, url: str = URL) -> PageFetched:
    return PageFetched(
        page_id=page_id(url), url=url, final_url=url, status=200, fetched_at=AT, content_type="text/html", etag=None,
        last_modified=None, body=pack(html.encode()), source_id="coast", origin="live",
    )  # fmt: skip


def test_an_event_gives_its_article_with_its_ids_and_origin(text: str) -> None:
    article = parse_event(fetched(f"<h1>Mines at Vesk</h1>{text}"))
    assert (article.url, article.page_id, article.origin, article.source_id) == (URL, page_id(URL), "live", "coast")
    assert article.article_id == page_id(URL)
    assert article.title == "Mines at Vesk"
    assert len(article.blocks) == 3
    assert all(article.text[block.start : block.end] == block.text for block in article.blocks)


@pytest.mark.parametrize("tag", ["h2", "p"])
def test_the_standfirst_is_no_block_of_the_text(text: str, tag: str) -> None:
    line = "Two drifting mines closed the port for a night; an inquiry follows"
    content = f'<div class="story"><h1>Mines at Vesk</h1><{tag} class="standfirst">{line}</{tag}>{text}</div>'
    article = parse(RawPage(content.encode(), "page.html"))
    assert article.subtitle == line
    assert line not in article.text
    assert len(article.blocks) == 3


def test_without_an_address_the_ids_are_null_unless_the_page_names_its_own(text: str) -> None:
    bare = parse(RawPage(f"<h1>Mines</h1>{text}".encode(), "page.html"))
    named = parse(RawPage(f'<link rel="canonical" href="{URL}"><h1>Mines</h1>{text}'.encode(), "page.html"))
    assert (bare.article_id, bare.page_id, bare.url, bare.canonical_url, bare.fetched_at) == (None,) * 5
    assert (named.canonical_url, named.article_id, named.page_id) == (URL, page_id(URL), None)


def test_a_body_that_is_no_gzip_is_rejected_by_name() -> None:
    with pytest.raises(Rejected, match="mines-at-vesk"):
        parse_event(fetched("<p>x</p>").model_copy(update={"body": "bm8gZ3ppcA=="}))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"only words", b"<html></html>", b"<" * 500, b"<div>word " * 5000]
)
def test_what_holds_no_article_is_rejected_by_name(content: bytes) -> None:
    with pytest.raises(Rejected, match=r"evil\.html"):
        parse(RawPage(content, "evil.html"))


def test_lone_surrogates_do_not_reach_the_article(text: str) -> None:
    article = parse(RawPage(f"<h1>Mines &#xD800; at Vesk</h1>{text}".encode(), "page.html"))
    article.model_dump_json().encode()


async def said_of(*events: Event) -> list[Event]:
    stage = build(Settings(pool_processes=1, page_cpu_seconds=20))
    out = [found for event in events async for found in stage.handle(event)]
    await stage.close()
    return out


async def test_the_stage_passes_pages_gone_and_ends_index_pages(text: str) -> None:
    """One article comes out, the gone page unchanged, the index page is only counted; of both it says what they are."""
    gone = PageGone(
        page_id=page_id(URL), url=URL, status=410, fetched_at=AT, reason="gone", source_id=None, origin="live"
    )
    cards = "".join(f'<div><a href="/a{n}"><h2>Story {n}</h2><p>What it says.</p></a></div>' for n in range(6))
    before = PAGES_ENDED.labels("index")._value.get()
    index = fetched(f"<h1>Sea</h1>{cards}", "https://news.example/sea")
    out = await said_of(gone, index, fetched(f"<h1>Mines</h1>{text}"))
    assert out[0] == gone
    assert [type(event).__name__ for event in out] == ["PageGone", "PageDecided", "ArticleParsed", "PageDecided"]
    assert PAGES_ENDED.labels("index")._value.get() == before + 1


async def test_of_each_page_it_says_the_same_each_time_with_the_time_of_the_fetch(text: str) -> None:
    article, said = await said_of(fetched(f"<h1>Mines</h1>{text}"))
    assert said == (await said_of(fetched(f"<h1>Mines</h1>{text}")))[1]
    assert isinstance(said, PageDecided)
    assert (said.by, said.verdict, said.reason, said.at) == ("parser", "parsed", "news", AT)
    assert (said.article_id, said.page_id, said.source_id) == (article.key, page_id(URL), "coast")
    assert said.detail == f"news, {said.words} words, “Mines”"


def test_where_a_script_writes_no_spaces_each_character_counts_as_a_word() -> None:
    page = fetched("<html lang=zh><h1>港口关闭</h1><article><p>港口周二晚间关闭，巡逻队发现两枚水雷。</p></article>")
    assert decision(parse_event(page)).words == 17


async def test_a_hostile_page_is_ended_by_its_limits_and_its_neighbour_is_read(text: str) -> None:
    """A page of many thousand paragraphs spends its seconds; the one after it does not notice."""
    pool = KillablePool(Limits(cpu_seconds=2, memory_mb=300), processes=1, preload=["watchfloor_parser.warm"])
    heavy = fetched("<h1>Mines</h1>" + "<p>ab cd</p>" * 140_000)
    with pytest.raises(Rejected, match="mines-at-vesk: needs more than"):
        await pool.run(parse_event, heavy)
    assert (await pool.run(parse_event, fetched(f"<h1>Mines</h1>{text}"))).title == "Mines"
    await pool.close()
