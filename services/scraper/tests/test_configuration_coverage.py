"""Which addresses an outlet covers, and what is sent to them."""

import pytest

from watchfloor_scraper.configuration import Outlet


def outlet(**fields: object) -> Outlet:
    return Outlet.model_validate({"id": "a", "home": "https://www.news.example/", **fields})


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://news.example/a", "ok"),
        ("http://live.news.example:8080/a", "ok"),
        ("https://other.example/a", "off_domain"),
        ("https://news.example.evil.example/a", "off_domain"),
        ("https://partner.example/a", "ok"),
        ("https://192.0.2.1/a", "off_domain"),
        ("javascript:alert(1)", "not_http"),
        ("file:///etc/passwd", "not_http"),
        ("/a", "not_http"),
        ("https://", "not_http"),
    ],
)
def test_entries_of_its_domain_and_of_the_domains_it_names_are_covered(url: str, code: str) -> None:
    assert outlet(domains=["partner.example"]).covers(url).code == code


@pytest.mark.parametrize(
    ("home", "url", "code"),
    [
        ("http://127.0.0.1:8471/", "http://127.0.0.1:8471/a", "ok"),
        ("http://127.0.0.1:8471/", "http://127.0.0.1:8472/a", "off_domain"),
        ("http://127.0.0.1:8471/", "http://127.0.0.2:8471/a", "off_domain"),
        ("http://[::1]:8471/", "http://[::1]:8471/a", "ok"),
        ("http://localhost:8471/", "http://localhost:8471/a", "ok"),
        ("http://localhost/", "http://localhost:8471/a", "off_domain"),
        ("https://one.github.io/", "https://two.github.io/", "off_domain"),
    ],
)
def test_an_address_without_a_registered_domain_is_its_own(home: str, url: str, code: str) -> None:
    assert outlet(home=home).covers(url).code == code


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://news.example/world/a", "ok"),
        ("https://news.example/sport/a", "not_included"),
        ("https://news.example/world/video/1", "excluded"),
        ("https://news.example/world/../sport/a", "not_included"),
        ("https://news.example/article.php?id=7", "ok"),
        ("https://news.example/article.php?id=7&print=1", "excluded"),
        ("https://news.example/%D1%81%D0%B2%D1%96%D1%82/a", "ok"),
    ],
)
def test_patterns_are_read_as_in_robots_txt_and_exclude_has_the_last_word(url: str, code: str) -> None:
    asked = outlet(include=["/world/*", "/article.php?id=*", "/світ/"], exclude=["*/video/*", "*print=1$"])
    assert asked.covers(url).code == code


def test_a_verdict_names_the_rule_that_made_it() -> None:
    asked = outlet(include=["/world/"], exclude=["*/video/*"])
    assert asked.covers("https://news.example/video/1").sentence == "it matches */video/* of `exclude`"
    assert asked.covers("https://news.example/world/1").sentence == "it matches /world/ of `include`"
    assert asked.covers("https://b.example/").sentence == (
        "b.example is neither the outlet's own domain nor one of its `domains`"
    )


def test_a_password_is_sent_over_https_to_the_named_hosts_alone() -> None:
    asked = outlet(headers={"Authorization": "Basic eDp5", "Accept-Language": "en"}, domains=["partner.example"])
    assert set(asked.headers_for("https://www.news.example/a")) == {"Authorization", "Accept-Language"}
    for other in ("http://www.news.example/a", "https://live.news.example/a", "https://partner.example/a"):
        assert set(asked.headers_for(other)) == {"Accept-Language"}
