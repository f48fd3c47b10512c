"""What holds for an article's whole way: its trace, its versions, its withdrawal, its languages."""

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

import pytest
from fixtures.system import System, wait_for
from fixtures.topic import Read, put, read_all

from watchfloor import tracing
from watchfloor.events import PageGone
from watchfloor.identity import page_id
from watchfloor.topics import ARTICLES_ENRICHED, ARTICLES_LATEST, ARTICLES_PARSED, PAGES_FETCHED

pytestmark = pytest.mark.end_to_end
PARAGRAPHS = {
    "en": "The coast guard of the northern district said that {0} patrol boats had left the harbour before dawn, and "
    "that they would stay at sea until the last of the drifting mines had been found and made safe by divers.",
    "uk": "Прикордонники повідомили, що {0} катерів вийшли з гавані до світанку і залишаться в морі, доки водолази "
    "не знайдуть останню міну, яку течія віднесла від мосту минулого тижня під час сильного шторму.",
    "ru": "Пограничники сообщили, что {0} катеров вышли из гавани до рассвета и останутся в море, пока водолазы "
    "не найдут последнюю мину, которую течение унесло от моста на прошлой неделе во время сильного шторма.",
    "zh": "海岸警卫队表示，{0}艘巡逻艇在黎明前离开港口，将留在海上，直到潜水员找到最后一枚漂流水雷并将其安全拆除。"
    "当地居民被要求远离海滩，渔船暂时不得出海，直到另行通知为止。",
    "ar": "قال خفر السواحل إن {0} زوارق دورية غادرت الميناء قبل الفجر وستبقى في البحر حتى يعثر الغواصون على آخر لغم "
    "عائم ويبطلوا مفعوله بعد أن جرفه التيار بعيدا عن الجسر خلال العاصفة الأسبوع الماضي.",
}


def page(title: str, language: str, number: int) -> str:
    """A plain page of one paragraph, three times varied."""
    body = "".join(f"<p>{PARAGRAPHS[language].format(number + extra)}</p>" for extra in (0, 20, 40))
    return (
        f'<html lang="{language}"><head><title>{title}</title><meta property="og:type" content="article"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def push(system: System, url: str, html: str, at: str) -> tuple[str, str]:
    """Hand a page in; answers its page id and the trace id."""
    status, answer, headers = system.request("/v1/pages", {"url": url, "html": html, "fetched_at": at})
    assert status == 202, answer
    trace = tracing.trace_id(headers.get("traceparent"))
    assert trace
    return answer["page_id"], trace


def of_url(system: System, topic: str, url: str) -> list[Read]:
    """The records of a topic that speak of an address."""
    return [record for record in read_all(system.bootstrap, topic) if record.value and url.encode() in record.value]


def test_one_trace_id_is_read_from_page_article_store_row_and_answer(system: System) -> None:
    url = "https://pilot.example/sea/trace-of-the-mines-4711"
    _, trace = push(system, url, page("Trace of the mines", "en", 3), "2026-05-01T10:00:00Z")
    article = system.found("title:Trace")
    for topic in (PAGES_FETCHED, ARTICLES_PARSED, ARTICLES_ENRICHED, ARTICLES_LATEST):
        [record] = of_url(system, topic.name, url)
        assert tracing.trace_id(record.headers["traceparent"]) == trace, topic.name
        assert record.headers["ce_specversion"] == "1.0"
        assert record.headers["ce_subject"] == record.key
    assert article["trace_id"] == trace
    _, _, headers = system.request(f"/v1/articles/{article['article_id']}")
    assert tracing.trace_id(headers["traceparent"]) == trace
    assert any(trace in json.dumps(row, default=str) for row in rows(system))


def rows(system: System) -> list[tuple[Any, ...]]:
    """Every row of every ordinary table of the store."""
    store = sqlite3.connect(f"file:{system.data / 'store.sqlite'}?mode=ro", uri=True)
    try:
        tables = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'")]
        return [row for name in tables for row in store.execute(f'SELECT * FROM "{name}"')]  # noqa: S608 - its own names
    finally:
        store.close()


@pytest.mark.parametrize(
    ("language", "title", "query"),
    [
        ("zh", "巡逻艇离开港口", "水雷"),
        ("ar", "زوارق تغادر الميناء", "الغواصون"),
        ("ru", "Катера вышли из гавани", "водолазами"),
        ("uk", "Катери вийшли з гавані", "водолазами"),
        ("en", "Patrol boats leave the harbour", "title:patrols diver"),
    ],
)
def test_words_find_their_article_in_its_language(system: System, language: str, title: str, query: str) -> None:
    """Chinese and Arabic words as they are; a Russian and a Ukrainian noun in another case than the text has."""
    url = f"https://pilot.example/{language}/boats-leave-harbour-{len(title)}"
    push(system, url, page(title, language, 5), "2026-05-02T10:00:00Z")
    assert system.found(f"{query} language:{language}")["url"] == url


def test_a_correction_is_a_version_and_a_withdrawal_ends_it_until_the_page_is_back(system: System) -> None:
    url = "https://pilot.example/sea/corrected-number-of-boats-99"
    key, _ = push(system, url, page("Boats counted", "en", 3), "2026-05-03T10:00:00Z")
    first = system.found("title:counted")
    push(system, url, page("Boats counted", "en", 4), "2026-05-03T12:00:00Z")
    wait_for(lambda: system.found("title:counted")["version"] == 2, "the second version")
    gone = PageGone(
        page_id=key,
        url=url,
        status=410,
        fetched_at=datetime(2026, 5, 4, 10, tzinfo=UTC),
        reason="410 at two visits",
        source_id=None,
        origin="live",
    )
    put(
        system.bootstrap,
        PAGES_FETCHED.name,
        [(key, gone.write(), {"ce_type": PageGone.type_name, "ce_id": f"{key}:gone"})],
    )
    wait_for(lambda: system.found("title:counted")["withdrawn_at"] == "2026-05-04T10:00:00Z", "the withdrawal")
    latest = [
        record for record in read_all(system.bootstrap, ARTICLES_LATEST.name) if record.key == first["article_id"]
    ]
    assert latest[-1].value is None
    assert any("410 at two visits" in text for text in latest[-1].headers.values())
    push(system, url, page("Boats counted", "en", 4), "2026-05-05T10:00:00Z")
    wait_for(lambda: system.found("title:counted")["withdrawn_at"] is None, "the page is back")
    status, versions, _ = system.request(f"/v1/articles/{first['article_id']}/versions")
    assert status == 200
    assert [version["version"] for version in versions["items"]] == [1, 2]


def test_two_addresses_of_one_article_are_one_article(system: System) -> None:
    canonical = "https://pilot.example/sea/the-same-boats-twice-7"
    html = page("Same boats", "en", 6).replace("<title>", f'<link rel="canonical" href="{canonical}"><title>')
    push(system, canonical, html, "2026-05-06T10:00:00Z")
    push(system, canonical + "/amp?utm_source=feed", html, "2026-05-06T11:00:00Z")
    wait_for(lambda: len(of_url(system, ARTICLES_LATEST.name, "the-same-boats-twice-7")) >= 2, "both were read")
    assert system.search("title:same title:boats")["total"] == 1
    assert system.found("title:same title:boats")["page_id"] == page_id(canonical + "/amp")


def test_the_time_of_a_page_without_html_or_from_tomorrow_is_refused_by_name(system: System) -> None:
    asked = {"url": "https://pilot.example/a", "fetched_at": "2026-05-01T10:00:00Z"}
    status, problem, _ = system.request("/v1/pages", asked)
    assert status == 422
    assert "fetched_at" in json.dumps(problem)
    body = {"url": "https://pilot.example/a", "html": "<p>x</p>", "fetched_at": "2999-01-01T00:00:00Z"}
    status, problem, _ = system.request("/v1/pages", body)
    assert status == 422
    assert "fetched_at" in json.dumps(problem)
