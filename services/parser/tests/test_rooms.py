"""The small rooms: section, tags, site, language, paywall, kind of page, address, standfirst."""

import pytest

from watchfloor_parser.article_type import read_article_type
from watchfloor_parser.canonical import read_canonical
from watchfloor_parser.language import read_language
from watchfloor_parser.paywall import read_paywall
from watchfloor_parser.publisher import read_publisher, read_site_name
from watchfloor_parser.section import read_section
from watchfloor_parser.subtitle import Blocks, read_subtitle, without_headlines
from watchfloor_parser.tags import read_tags

STANDFIRST = "Two drifting mines closed the port for a night; an inquiry follows"


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ('<meta property="article:section" content="Sea and Coast">', ""),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "articleSection": ["Sea and Coast", "x"]}</script>',
            "",
        ),
        ("", '<span class="cat-links"><a href="/category/sea/">Sea and Coast</a></span>'),
        ("", '<span><a href="/category/sea/">Sea and Coast</a></span>'),
        ("", '<span><a href="/sea-and-coast">Sea and Coast</a></span>'),
        ("", '<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/sea">Sea and Coast</a></li></ol>'),
    ],
)
def test_the_section_is_found(page_of, text, head, above) -> None:  # type: ignore[no-untyped-def]
    others = '<li><a href="/category/cyber/">Cyber</a></li><li><a href="/sea-and-coast">Sea</a></li>'
    menu = f"<header><nav><ul>{others}</ul></nav></header>"
    found = read_section(page_of(f"{menu}<header>{above}<h1>Mines at Vesk</h1></header>{text}", head))
    assert found is not None
    assert found.value == "Sea and Coast"


def test_a_menu_is_no_section(page_of, text) -> None:  # type: ignore[no-untyped-def]
    menu = '<nav><ul><li><a href="/category/cyber/">Cyber</a></li></ul></nav>'
    assert read_section(page_of(f"{menu}<h1>Mines at Vesk</h1>{text}")) is None


def test_tags_are_parted_and_come_once(page_of, text) -> None:  # type: ignore[no-untyped-def]
    found = read_tags(page_of(text, '<meta name="keywords" content="mines, Vesk, mines">'))
    assert found is not None
    assert found.value == ("mines", "Vesk")


def test_site_and_publisher_are_named(page_of, text) -> None:  # type: ignore[no-untyped-def]
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "publisher": {"name": "Herald Media"}}</script>'
    page = page_of(text, head + '<meta property="og:site_name" content="Coast Herald">')
    site, publisher = read_site_name(page), read_publisher(page)
    assert site is not None
    assert publisher is not None
    assert (site.value, publisher.value) == ("Coast Herald", "Herald Media")


def test_the_home_link_names_a_site_without_metadata(page_of, text) -> None:  # type: ignore[no-untyped-def]
    found = read_site_name(page_of(f'<a href="/" rel="home">Coast Herald</a><h1>Mines</h1>{text}'))
    assert found is not None
    assert found.value == "Coast Herald"


@pytest.mark.parametrize(
    ("lang", "expected"), [("en-GB", "en"), ("UK_ua", "uk"), ("", "en"), ("und", "en"), ("ru", "en")]
)
def test_the_declared_language_is_believed_unless_its_letters_are_others(page_of, text, lang, expected) -> None:  # type: ignore[no-untyped-def]
    sample = (
        "Уряд змінив порядок охорони мостів через велику річку."
        if lang == "UK_ua"
        else "The harbour was closed for the whole night."
    )
    found = read_language(page_of(text, lang=lang), sample)
    assert found is not None
    assert found.value == expected


def test_a_paywall_is_said_or_shown(page_of, text) -> None:  # type: ignore[no-untyped-def]
    said = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    assert read_paywall(page_of(text, said)).value
    assert read_paywall(page_of(f"{text}<div><p>Subscribe to continue reading</p></div>")).value
    assert not read_paywall(page_of(text)).value


@pytest.mark.parametrize(
    ("head", "path", "expected"),
    [
        ('<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>', "/a/b", "live_blog"),
        ('<script type="application/ld+json">{"@type": "OpinionNewsArticle"}</script>', "/a/b", "opinion"),
        ("", "/opinion/why-the-harbour", "opinion"),
        ('<meta property="article:section" content="Interview">', "/a/b", "interview"),
        ("", "/world/mines-at-vesk", "news"),
    ],
)
def test_the_kind_of_article_is_told(page_of, text, head, path, expected) -> None:  # type: ignore[no-untyped-def]
    assert (
        read_article_type(page_of(f"<h1>Mines</h1>{text}", head, url=f"https://news.example{path}"), "x" * 500).value
        == expected
    )


def test_a_page_of_cards_is_an_index(page_of) -> None:  # type: ignore[no-untyped-def]
    cards = "".join(
        f'<div class="card"><a href="/a{n}"><h2>Story number {n}</h2><p>What it says.</p></a></div>' for n in range(6)
    )
    assert read_article_type(page_of(f"<h1>Sea</h1>{cards}", url="https://news.example/sea"), "").value == "index"


def test_a_page_that_asks_for_a_password_is_a_login(page_of) -> None:  # type: ignore[no-untyped-def]
    assert read_article_type(page_of('<h1>Log in</h1><form><input type="password"></form>'), "").value == "login"


def test_the_page_names_its_address_within_its_domain(page_of, text) -> None:  # type: ignore[no-untyped-def]
    own = read_canonical(page_of(text, '<link rel="canonical" href="/world/mines-at-vesk-40718">'))
    foreign = read_canonical(page_of(text, '<link rel="canonical" href="https://other.example/a-b-c-d">'))
    alone = read_canonical(page_of(text, '<link rel="canonical" href="https://news.example/a-b-c">', url=None))
    assert own is not None
    assert foreign is not None
    assert alone is not None
    assert own.value == "https://news.example/world/mines-at-vesk-40718"
    assert (foreign.value, foreign.source) == ("https://news.example/world/mines-at-vesk", "fetched")
    assert alone.value == "https://news.example/a-b-c"
    assert read_canonical(page_of(text, url=None)) is None


def test_the_standfirst_is_what_the_page_shows_below_the_headline(page_of, text) -> None:  # type: ignore[no-untyped-def]
    page = page_of(f'<h1>Mines</h1><p class="standfirst">{STANDFIRST}</p>{text}')
    found = read_subtitle(page, "Mines", [])
    assert found is not None
    assert found.value == STANDFIRST
    hidden = page_of(f"<h1>Mines</h1>{text}", '<meta name="description" content="Not on the page at all.">')
    assert read_subtitle(hidden, "Mines", []) is None


@pytest.mark.parametrize("name", ["dek", "story__lead", "article-lede", "strapline"])
def test_a_standfirst_is_known_by_its_makers_name_for_it(page_of, text, name) -> None:  # type: ignore[no-untyped-def]
    found = read_subtitle(page_of(f'<h1>Mines</h1><p class="{name}">{STANDFIRST}</p>{text}'), "Mines", [])
    assert found is not None
    assert found.value == STANDFIRST


def test_the_description_is_a_standfirst_unless_it_repeats_a_paragraph_of_the_text(page_of, text) -> None:  # type: ignore[no-untyped-def]
    page = page_of(f"<h1>Mines</h1><h2>{STANDFIRST}</h2>{text}", f'<meta name="description" content="{STANDFIRST}">')
    found = read_subtitle(page, "Mines", [("heading", STANDFIRST), ("paragraph", "The harbour was closed.")])
    assert found is not None
    assert read_subtitle(page, "Mines", [("paragraph", STANDFIRST), ("paragraph", "The harbour was closed.")]) is None


def test_a_subheading_is_no_standfirst(page_of, text) -> None:  # type: ignore[no-untyped-def]
    page = page_of(f'<h1>Mines</h1>{text}<h2 class="subhead">{STANDFIRST}</h2>{text}')
    blocks: Blocks = [("paragraph", "The harbour was closed."), ("heading", STANDFIRST), ("paragraph", "Tugs came.")]
    assert read_subtitle(page, "Mines", blocks) is None


def test_a_lead_of_whole_sentences_that_stands_in_the_text_is_its_first_paragraph(page_of, text) -> None:  # type: ignore[no-untyped-def]
    lead = f"{STANDFIRST}."
    page = page_of(f'<h1>Mines</h1><p class="lead">{lead}</p>{text}')
    in_the_text: Blocks = [("paragraph", lead), ("paragraph", "The harbour was closed.")]
    found = read_subtitle(page, "Mines", in_the_text[1:])
    assert found is not None
    assert found.value == lead
    assert read_subtitle(page, "Mines", in_the_text) is None


def test_the_title_is_no_standfirst_of_its_own(page_of, text) -> None:  # type: ignore[no-untyped-def]
    page = page_of(f'<h1>Mines</h1><p class="standfirst">{STANDFIRST}</p>{text}')
    assert read_subtitle(page, STANDFIRST, []) is None


def test_title_and_standfirst_are_taken_from_the_head_of_the_text_and_from_nowhere_else() -> None:
    text: Blocks = [("paragraph", "The harbour was closed."), ("paragraph", STANDFIRST)]
    heads: list[Blocks] = [[], [("heading", STANDFIRST)], [("heading", "Mines"), ("paragraph", STANDFIRST)]]
    for above in heads:
        assert without_headlines([*above, *text], "Mines", STANDFIRST) == text
