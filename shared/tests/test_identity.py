"""Addresses that stand for one page become one; addresses that may be two stay two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.errors import InvalidAddress
from watchfloor.events import Block
from watchfloor.identity import article_id, canonical_url, content_hash, page_id, registrable_domain, settle_canonical


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://news.example/world/captain's-log", "https://news.example/world/captain's-log"),
        ("https://news.example/world/captain%27s-log", "https://news.example/world/captain's-log"),
        ("https://news.example/view.php?20611", "https://news.example/view.php?20611"),
        ("https://NEWS.example:443", "https://news.example/"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://user:secret@news.example/a", "https://news.example/a"),
        ("https://news.example/a;jsessionid=77AF?x=1", "https://news.example/a?x=1"),
        ("https://news.example/a?fbclid=1&b=2&UTM_Medium=x", "https://news.example/a?b=2"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?b=2&a=1"),
        ("https://news.example/a?b", "https://news.example/a?b"),
        ("https://news.example/a#comments", "https://news.example/a"),
        ("https://news.example/#!/a/7", "https://news.example/#!/a/7"),
        ("https://новини.укр/а", "https://xn--b1amarcd.xn--j1amh/%D0%B0"),
        ("  https://news.example/%7euser/\n", "https://news.example/~user/"),
        ("https://news.example.:8080/a", "https://news.example:8080/a"),
        ("https://news.example/?tx%5Bid%5D=7", "https://news.example/?tx[id]=7"),
        ("https://news.example/a%7cb", "https://news.example/a|b"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("https://news.example/%%341", "https://news.example/%2541"),
        ("https://news.example/a%2Fb%3Fc%23d", "https://news.example/a%2Fb%3Fc%23d"),
        ("https://news.example/?q=a%26b%3Dc%2Bd", "https://news.example/?q=a%26b%3Dc%2Bd"),
        ("https://news.example/a/..;sid=1/b", "https://news.example/b"),
        ("https://news.example/a?x=1&amp;y=2&amp;utm_source=rss", "https://news.example/a?x=1&y=2"),
        ("https://news.example/#!", "https://news.example/"),
        ("https://news.example/a?&&", "https://news.example/a"),
        ("http:\\\\news.example\\a", "http://news.example/a"),
    ],
)
def test_an_address_is_written_in_one_form(address: str, canonical: str) -> None:
    assert canonical_url(address) == canonical


@pytest.mark.parametrize(
    "address",
    [
        "",
        "news.example/a",
        "ftp://news.example/a",
        "javascript:alert(1)",
        "https://",
        "https://./",
        "https://a..b/",
        "https://a../",
    ],
)
def test_what_no_page_can_have_is_refused_by_name(address: str) -> None:
    with pytest.raises(InvalidAddress) as refused:
        canonical_url(address)
    assert repr(address) in str(refused.value)
    assert refused.value.remedy


PATHS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@given(path=PATHS, query=PATHS)
def test_canonicalisation_is_idempotent(path: str, query: str) -> None:
    try:
        once = canonical_url(f"https://news.example/{path}?{query}")
    except InvalidAddress:
        return
    assert canonical_url(once) == once
    assert page_id(once) == page_id(f"https://news.example/{path}?{query}") == article_id(once)


ODD_PIECES = st.sampled_from(
    r"""% %% %2 %25 %2e %2F %3B ; ;sid= ;jsessionid=1 / // /.. /. . .. ..; ? ?? & && &amp; amp; = # #! utm_source=1
    %75tm_a=1 [ ] %5B | ` { } ^ \ %5C ' " < > é %C3%A9 %E9 1 41 N.EXAMPLE. : :443 :80 :8080 @ u:p@ xn--a straße 127.1
    [::1] 。""".split()
)
BEGINNINGS = st.sampled_from(
    ["https://", "http://", "https://n.example/", "https://n.example/?", "HTTPS:\\\\n.example", "http:n.example"]
)


@given(
    beginning=BEGINNINGS,
    rest=st.lists(ODD_PIECES | st.sampled_from("\t\n \u200d") | st.text(max_size=2), max_size=12).map("".join),
)
def test_canonicalisation_is_idempotent_on_odd_addresses(beginning: str, rest: str) -> None:
    try:
        once = canonical_url(beginning + rest)
    except InvalidAddress:
        return
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("fetched", "declared", "settled"),
    [
        (
            "https://n.example/amp/world/strait?outputType=amp",
            "https://n.example/world/strait",
            "https://n.example/world/strait",
        ),
        ("https://n.example/world/strait/amp/", "/world/strait/", "https://n.example/world/strait/"),
        ("https://n.example/2024/05/strait-shut/3", "/2024/05/strait-shut", "https://n.example/2024/05/strait-shut"),
        (
            "https://m.n.example/world/strait",
            "https://www.n.example/world/strait",
            "https://www.n.example/world/strait",
        ),
        ("https://n.example/?p=77", "https://n.example/world/strait-is-shut", "https://n.example/world/strait-is-shut"),
        ("https://n.example/world/strait", "https://other.example/world/strait", "https://n.example/world/strait"),
        ("https://n.example/world/strait", "https://n.example/", "https://n.example/world/strait"),
        ("https://n.example/world/strait", "https://n.example/world", "https://n.example/world/strait"),
        ("https://n.example/a?id=7", "https://n.example/category/far-away-wars-2", "https://n.example/a?id=7"),
        ("https://n.example/world/strait", "http://[bad", "https://n.example/world/strait"),
        ("https://n.example/world/strait", None, "https://n.example/world/strait"),
    ],
)
def test_a_page_is_believed_about_its_address_unless_many_would_share_it(
    fetched: str, declared: str | None, settled: str
) -> None:
    assert settle_canonical(fetched, [declared]) == settled


def test_registrable_domains_follow_the_public_suffix_list() -> None:
    assert registrable_domain("https://a.b.bbc.co.uk/") == "bbc.co.uk"
    assert registrable_domain("http://127.0.0.1:8000/") == "127.0.0.1"
    assert registrable_domain("http://localhost/") == "localhost"


def test_the_content_hash_sees_what_a_reader_sees_in_one_unicode_form() -> None:
    composed = [Block(kind="paragraph", text="Zelenskyj besucht Köln", start=0, end=22)]
    decomposed = [Block(kind="paragraph", text="Zelenskyj besucht Ko\u0308ln", start=0, end=23)]
    assert content_hash("T", composed, []) == content_hash("T", decomposed, [])
    assert content_hash("T", composed, ["a"]) != content_hash("T", composed, ["b"])
