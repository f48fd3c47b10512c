"""Which links of a section page lead to articles: pages of our own writing, in several languages and layouts."""

import pytest

from watchfloor_scraper.discovery.path_shape import path_shape
from watchfloor_scraper.discovery.sections import MAX_CANDIDATES, THRESHOLD, Candidate, read_section, word_count

HOME = "https://news.example/"
SECTION = "https://news.example/world/"

CARDS = """<!DOCTYPE html><html lang=en><body class="tag author-page">
<header class="site-header"><a href="/"><img alt="The Example"></a>
 <nav><ul><li><a href="/world/">World</a></li><li><a href="/defence-and-security/">Defence and security</a></li>
 <li><a href="/login?next=/world/">Sign in</a></li></ul></nav></header>
<main><h1>World</h1>
 <article><a href="/world/patrol-boat-leaves-port"><img src="a.jpg"></a>
  <header><h2><a href="/world/patrol-boat-leaves-port#top">Patrol boat leaves port without its captain</a></h2></header>
  <p>The crew of eleven was told at dawn; nobody at the ministry would say who gave the order.</p>
  <time datetime="2026-04-30T08:57:00Z">an hour ago</time>
  <a href="/author/a-nowak">A. Nowak</a> <a href="/tag/patrol-boats">patrol boats</a></article>
 <article><h3><a href="/world/live/2026/apr/30/strait-closed">Strait closed: what we know so far</a></h3></article>
 <article><h3><a href="/world/30114518">Talks go on</a></h3><time>yesterday</time></article>
 <a href="/world/?page=2" rel=next>Older</a></main>
<aside><h4>Most read</h4><ol><li>
 <a href="/opinion/why-nobody-counts-the-ships-any-more">Why nobody counts the ships any more</a></li></ol></aside>
<footer><a href="/terms-and-conditions-of-use/">Terms and conditions of use</a><a href="/jobs/">Jobs at The Example</a>
 <a href="https://social.example/share?u=https://news.example/world/">Share</a><a href="mailto:desk@news.example">Write to us</a></footer>
"""

TABLE = """<html><head><title>Новости</title></head><body>
<div id="mainMenu"><a href="/index.php?cat=1">Политика</a> | <a href="/index.php?cat=2">Оборона</a></div>
<table><tr><td><a href="/news.php?id=20611">Прикордонники затримали катер біля острова вночі</a> <small>10:20</small></td></tr>
<tr><td><a href="/news.php?id=20612">Переговори про протоку відкладено до понеділка</a></td></tr>
<tr><td><a href="/news.php?id=20613">Фото</a></td></tr></table>
<a href="/forum/">Форум читателей о событиях недели</a></body></html>"""

SLUG = "%D8%B2%D9%88%D8%B1%D9%82-%D8%A7%D9%84%D8%AF%D9%88%D8%B1%D9%8A%D8%A9-%D9%8A%D8%BA%D8%A7%D8%AF%D8%B1"
ARABIC = """<html dir=rtl><body><div class="breadcrumb"><a href="/ar">الرئيسية</a></div>
<div class="list"><div class="item">
<a href="/ar/SLUG">زورق الدورية يغادر الميناء من دون قبطانه</a></div>
<div class="item"><a href="/ar/world/2026/4/30/strait">إغلاق المضيق أمام السفن التجارية حتى إشعار آخر</a></div></div>
<div class="site_footer"><a href="/ar/about">من نحن وكيف نعمل وماذا ننشر</a></div></body></html>""".replace(
    "SLUG", SLUG
)

CHINESE = """<html><body><ul class="nav"><li><a href="/mil/">军事</a></li></ul><div class="news-list">
<a href="/mil/2026-04/30/c_1129312345.htm">巡逻艇在没有船长的情况下夜间离港</a><span>2026-04-30</span>
<a href="/mil/2026-04/30/c_1129312346.htm">海峡谈判推迟至下周一举行</a><span>2026-04-30</span></div>
<div class="pagination"><a href="/mil/index_2.htm">下一页</a></div></body></html>"""


def likely(page: str, url: str = SECTION, home: str | None = None) -> list[str]:
    """The paths of what is taken for an article, in the order of the page."""
    found = {
        candidate.url
        for candidate in read_section(page.encode(), url, outlet_home=home)
        if candidate.score >= THRESHOLD
    }
    return sorted(found)


def one(page: str) -> Candidate:
    (candidate,) = read_section(page.encode(), SECTION)
    return candidate


def test_cards_with_headlines_are_articles_and_menus_authors_and_terms_are_not() -> None:
    assert likely(CARDS) == [
        "https://news.example/opinion/why-nobody-counts-the-ships-any-more",
        "https://news.example/world/30114518",
        "https://news.example/world/live/2026/apr/30/strait-closed",
        "https://news.example/world/patrol-boat-leaves-port",
    ]


def test_a_table_of_addresses_with_numbers_is_read_too() -> None:
    assert likely(TABLE) == [f"https://news.example/news.php?id={number}" for number in (20611, 20612)]


def test_arabic_slugs_and_headlines_are_words() -> None:
    found = likely(ARABIC, "https://news.example/ar")
    assert [url.rpartition("/")[2][:12] for url in found] == ["%D8%B2%D9%88", "strait"]


def test_chinese_headlines_have_no_blanks() -> None:
    found = likely(CHINESE, "https://news.example/mil/")
    assert found == [f"https://news.example/mil/2026-04/30/c_112931234{last}.htm" for last in "56"]


def test_the_same_page_in_another_encoding_gives_the_same() -> None:
    page = TABLE.replace("<head>", '<head><meta charset="windows-1251">')
    assert read_section(page.encode("cp1251"), SECTION) == read_section(page.encode(), SECTION)


def test_the_links_of_one_address_are_one_and_the_longest_text_wins() -> None:
    page = "<a href=/world/2026/04/30/boat><img></a><a href='/world/2026/04/30/boat#more'>The boat is gone</a>"
    candidate = one(page + "<a href=/world/2026/04/30/boat>More</a>")
    assert (candidate.url, candidate.text) == ("https://news.example/world/2026/04/30/boat", "The boat is gone")


def test_other_outlets_files_and_the_page_itself_are_no_candidates() -> None:
    page = "".join(
        f"<a href='{href}'>A headline of six whole words</a>"
        for href in (
            "https://other.example/2026/04/30/a-long-slug-indeed", "/2026/04/30/report.pdf", "/2026/04/30/photo.JPG?w=1",
            "/rss/world.xml", "#top", "", "/", SECTION, "javascript:go(1)", "tel:112", "https://news.example:99999/a",
            'x\\"https://news.example/a', "/" + "a" * 3000,
        )
    )  # fmt: skip
    assert read_section(page.encode(), SECTION) == ()


def test_a_home_of_another_domain_is_of_the_outlet_too() -> None:
    page = "<a href='https://media.example/2026/04/30/the-boat-has-left'>The boat has left the port</a>"
    assert likely(page) == []
    assert likely(page, home="https://www.media.example/") == ["https://media.example/2026/04/30/the-boat-has-left"]


def test_the_base_of_the_page_holds() -> None:
    page = "<head><base href='https://news.example/en/'></head><a href='2026/04/30/boat-has-left-port'>The boat has left port</a>"
    assert one(page).url == "https://news.example/en/2026/04/30/boat-has-left-port"


def test_many_links_of_one_make_lend_to_the_one_that_says_little() -> None:
    cards = "".join(
        f"<div><a href=/a/{number}>Boat {number} leaves the old port</a></div>" for number in range(10001, 10007)
    )
    page = cards + "<div><a href=/a/10009>More</a></div>"
    scores = {found.url: found.score for found in read_section(page.encode(), SECTION)}
    alone = one("<div><a href=/a/10009>More</a></div>").score
    assert scores["https://news.example/a/10009"] > alone


def test_the_reasons_add_up_to_the_score() -> None:
    for candidate in read_section(CARDS.encode(), SECTION):
        assert sum(float(reason.split()[0]) for reason in candidate.why.split("; ")) == candidate.score


def test_endless_and_broken_pages_are_read_as_far_as_they_go() -> None:
    links = "".join(f"<a href=/{number}/a-slug-of-words>" for number in range(20_000))
    assert len(read_section(links.encode(), SECTION)) == MAX_CANDIDATES
    deep = "<div>" * 50_000 + "<a href=/2026/04/30/the-boat-has-left>The boat has left port</a>"
    assert likely("</div>" * 1000 + deep) == []
    assert likely("<li>" * 200 + "<a href=/2026/04/30/the-boat-has-left>The boat has left port") != []
    assert read_section(b"\xff\xfe<\x00a", SECTION) == ()


@pytest.mark.parametrize(
    ("path", "trait"),
    [
        ("/2026/04/30/a", "has_date"), ("/2026/apr/30/a", "has_date"), ("/a-2026-04-30", "has_date"), ("/20260430/a", "has_date"),
        ("/world/a_20260430.html", "has_date"), ("/2026/04/a", "has_date"), ("/a-1234567", "has_id"), ("/article/c4gd3kzz1lo", "has_id"),
        ("/a/141e61e9-8a07-42e4-a527-2f03f45e7ef0", "has_id"), ("/?p=4711", "has_id"), ("/view.php?article_id=20", "has_id"),
        ("/a.html", "has_ending"), ("/tag/boats", "lists"), ("/world?page=2", "lists"), ("/author/x.html", "lists"),
        ("/login", "serves"), ("/video/a-b-c", "shows"), ("/a.pdf", "is_media"),
    ],
)  # fmt: skip
def test_a_path_has_traits(path: str, trait: str) -> None:
    assert getattr(path_shape("https://news.example" + path), trait)


@pytest.mark.parametrize(
    ("path", "trait"),
    [
        ("/world/1999", "has_date"), ("/a-20269999", "has_date"), ("/world/europe", "has_id"), ("/2026/04/30/a", "has_id"),
        ("/?n_cid=DSPRM1409", "has_id"), ("/tagesspiegel/a", "lists"), ("/archive/a-boat-leaves", "lists"), ("/appsolute", "serves"),
        ("/world/video", "shows"),
    ],
)  # fmt: skip
def test_a_path_has_not_the_traits_that_it_only_resembles(path: str, trait: str) -> None:
    assert not getattr(path_shape("https://news.example" + path), trait)


def test_a_host_for_readers_is_known_by_its_name() -> None:
    assert path_shape("https://jobs.news.example/a-b-c-1234").serves
    assert not path_shape("https://www.news.example/a-b-c-1234").serves


def test_words_are_counted_in_every_script() -> None:
    assert [
        word_count(text) for text in ("", "10:20", "a 7 b", "زورق الدورية يغادر", "海峡谈判 2026", "ニュース速報")
    ] == [0, 0, 2, 3, 2, 3]
