"""JSON-LD."""

import pytest
from lxml import html

from watchfloor_parser.page.graph import read_graph, texts


def article(script: str, headline: str = "Mines at Vesk") -> dict[str, object]:
    root = html.document_fromstring(f'<html><head><script type="application/ld+json">{script}</script></head></html>')
    return read_graph(root, headline).article


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Mines at Vesk"}',
        '[{"@type": "WebSite"}, {"@type": ["Article", "NewsArticle"], "headline": "Mines at Vesk"}]',
        '{"@graph": [{"@type": "WebPage"}, {"@type": "http://schema.org/NewsArticle", "headline": "Mines at Vesk"}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Mines at Vesk"}}',
        '{"@type": "NewsArticle", "headline": "Mines at Vesk",}',
        '<!-- {"@type": "NewsArticle", "headline": "Mines\n at Vesk"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Mines at Vesk"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Mines at Vesk"} {"@type": "Event", ',
    ],
)
def test_the_article_is_found_in_every_form(script: str) -> None:
    assert texts(article(script)["headline"]) == ["Mines at Vesk"]


def test_another_storys_node_is_not_taken_for_the_article() -> None:
    other = (
        '{"@type": "NewsArticle", "headline": "Ferry late", "datePublished": "2026-05-01", "author": "X Y", "url": "u"}'
    )
    own = '{"@type": "NewsArticle", "headline": "Mines at Vesk"}'
    assert texts(article(f"[{other}, {own}]")["headline"]) == ["Mines at Vesk"]
    assert texts(article(f'[{own}, {{"@type": "ItemList", "itemListElement": [{other}]}}]')["headline"]) == [
        "Mines at Vesk"
    ]


def test_references_by_id_are_followed() -> None:
    found = article(
        '{"@graph": [{"@type": "NewsArticle", "author": {"@id": "#p"}}, {"@id": "#p", "name": "Ana Duarte"}]}'
    )
    assert texts(found["author"]) == ["Ana Duarte"]


@pytest.mark.parametrize("script", ["", "no json", "{", "[" * 50_000, '{"@type": "NewsArticle", "headline": '])
def test_what_cannot_be_mended_is_passed_over(script: str) -> None:
    assert article(script) == {}


def test_entities_tags_and_surrogates_in_texts_are_read() -> None:
    assert texts("Mines &amp;amp; <b>more</b> at&nbsp;Vesk") == ["Mines & more at Vesk"]
    assert texts(article('{"@type": "NewsArticle", "headline": "a\\ud800b"}')["headline"]) == ["a\ufffdb"]
