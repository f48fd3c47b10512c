"""What answers to robots.txt mean, by RFC 9309."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor_scraper.politeness.robots_policy import RobotsRecord, read_sitemaps, robots_record, verdict
from watchfloor_scraper.robots import MAX_BYTES

NOON = 1_780_315_200.0
HOUR, DAY = 3600.0, 86_400.0
RULES = b"User-agent: *\nDisallow: /drafts/\nAllow: /drafts/open\nCrawl-delay: 5\n"
AGENT = "WatchfloorBot"


def allows(record: RobotsRecord, path: str) -> bool:
    return verdict(record, f"https://a.example{path}", AGENT).allowed


def read(now: float = NOON) -> RobotsRecord:
    return robots_record(200, RULES, now, None)


@pytest.mark.parametrize("answer", [200, 204, 206])
def test_a_2xx_gives_its_rules(answer: int) -> None:
    record = robots_record(answer, RULES, NOON, None)
    assert (record.state, allows(record, "/drafts/a"), allows(record, "/world")) == ("rules", False, True)
    assert (record.read_at, record.fetched_at, record.failing_since) == (NOON, NOON, None)


@pytest.mark.parametrize("answer", [301, 400, 401, 403, 404, 410, 418, 451, "redirects", "too_many_redirects"])
def test_a_4xx_and_a_chain_of_redirects_that_does_not_end_allow_all_even_after_rules(answer: int | str) -> None:
    record = robots_record(answer, b"User-agent: *\nDisallow: /", NOON, read())
    assert (record.state, allows(record, "/drafts/a"), record.content) == ("allow_all", True, b"")


@pytest.mark.parametrize("answer", [429, 500, 503, 599, 304, 100, "dns", "tls", "timeout", "guard", "connect"])
def test_a_server_out_of_order_or_out_of_reach_allows_nothing_but_robots_txt_itself(answer: int | str) -> None:
    record = robots_record(answer, b"User-agent: *\nAllow: /", NOON, None)
    assert (record.state, allows(record, "/"), allows(record, "/robots.txt")) == ("disallow_all", False, True)
    assert str(answer) in verdict(record, "https://a.example/", AGENT).why
    assert record.expires_at == NOON + 60


def test_the_last_good_copy_holds_for_24_hours_while_the_server_is_out_of_order() -> None:
    record = robots_record(503, b"", NOON + 23 * HOUR, read())
    assert (record.state, allows(record, "/world"), allows(record, "/drafts/a")) == ("rules", True, False)
    assert record.expires_at <= NOON + DAY
    later = robots_record("timeout", b"", NOON + 25 * HOUR, record)
    assert (later.state, later.content, later.failing_since) == ("disallow_all", RULES, NOON + 23 * HOUR)


def test_a_copy_that_expires_while_it_cannot_be_renewed_is_asked_for_at_growing_intervals() -> None:
    record, waits = read(), []
    now = NOON + DAY / 2
    for _ in range(16):
        record = robots_record("timeout", b"", now, record)
        waits.append(record.expires_at - now)
        now = record.expires_at
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (60, HOUR)


@pytest.mark.parametrize(("previous", "state"), [(None, "allow_all"), (read(), "rules")])
def test_after_30_days_out_of_reach_the_copy_holds_again_or_all_is_allowed(
    previous: RobotsRecord | None, state: str
) -> None:
    failing = robots_record("dns", b"", NOON + 2 * DAY, previous)
    assert robots_record("dns", b"", NOON + 31 * DAY, failing).state == "disallow_all"
    assert robots_record("dns", b"", NOON + 32 * DAY, failing).state == state


def test_a_server_that_comes_back_is_believed_at_once() -> None:
    failing = robots_record("dns", b"", NOON, None)
    assert robots_record(404, b"", NOON + 60, failing).failing_since is None
    assert robots_record(200, RULES, NOON + 60, failing).state == "rules"


def test_what_has_not_changed_holds_as_long_as_if_it_had_been_read_again() -> None:
    renewed = robots_record(304, b"", NOON + DAY, read())
    assert (renewed.state, renewed.content, renewed.read_at) == ("rules", RULES, NOON + DAY)


@pytest.mark.parametrize(
    ("cache_control", "hours"),
    [
        (None, 24), ("max-age=7200", 2), ("public, Max-Age=7200", 2), ("max-age=0", 1), ("max-age=999999999", 24),
        ("no-cache", 1), ("no-store, max-age=7200", 1), ("s-maxage=60", 24), ("max-age=soon", 24), ("", 24),
    ],
)  # fmt: skip
def test_a_copy_holds_as_long_as_its_max_age_says_between_an_hour_and_a_day(
    cache_control: str | None, hours: float
) -> None:
    for answer in (200, 404):
        record = robots_record(answer, RULES, NOON, None, cache_control=cache_control)
        assert record.expires_at == NOON + hours * HOUR


def test_500_kibibytes_are_read_and_what_is_kept_is_bounded() -> None:
    filler = b"# nothing\n" * (MAX_BYTES // 10 - 10)
    record = robots_record(200, RULES + filler + b"Disallow: /late\n" + b"x" * MAX_BYTES, NOON, None)
    assert len(record.content) <= MAX_BYTES + 1
    assert (allows(record, "/late"), allows(record, "/drafts/a")) == (False, False)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://a.example/drafts/a", "`Disallow: /drafts/`"),
        ("https://a.example/drafts/open", "`Allow: /drafts/open`"),
        ("https://a.example/world", "no rule for it"),
    ],
)
def test_the_rule_that_decides_is_named(url: str, why: str) -> None:
    found = verdict(read(), url, AGENT)
    assert why in found.why
    assert found.crawl_delay == 5.0
    assert found.allowed is ("Disallow" not in found.why)


@given(
    st.lists(
        st.sampled_from(
            "User-agent: *|User-agent: bot|Disallow: /a|Allow: /a/b|Disallow: /*b$|Disallow: /|Disallow:|x".split("|")
        ),
        max_size=12,
    ),
    st.text(alphabet="/ab*$?%é", max_size=8).map("/".__add__),
)
def test_the_rule_that_is_named_is_the_one_that_decides(lines: list[str], path: str) -> None:
    found = verdict(robots_record(200, "\n".join(lines).encode(), NOON, None), f"https://a.example{path}", "bot/1.0")
    assert found.allowed is ("`Disallow" not in found.why)


@given(st.integers(100, 599) | st.text(max_size=10), st.binary(max_size=200), st.floats(0, 1e10))
def test_any_answer_makes_a_record_that_expires_within_a_day(answer: int | str, body: bytes, now: float) -> None:
    record = robots_record(answer, body, now, robots_record(answer, body, now, None))
    assert now < record.expires_at <= now + DAY
    assert isinstance(verdict(record, "https://a.example/x", AGENT).allowed, bool)


def test_sitemaps_are_named_outside_groups_in_any_case_once_each_and_absolute() -> None:
    content = (
        b"\xef\xbb\xbfSITEMAP: https://cdn.example/a.xml\r\nUser-agent: *\rSitemap:/b.xml\nDisallow: /\n"
        b"sitemap : https://cdn.example/a.xml # twice\nSitemap:\nSitemap: javascript:x\nSitemap: file:///etc/passwd\n"
        b"# Sitemap: /c.xml\nSitemap: //d.example/d.xml\nNositemap: /e.xml"
    )
    assert read_sitemaps(content, "https://a.example/robots.txt") == (
        "https://cdn.example/a.xml",
        "https://a.example/b.xml",
        "https://d.example/d.xml",
    )


def test_a_thousand_sitemaps_are_read_and_no_more() -> None:
    content = b"".join(b"Sitemap: /%d.xml\n" % number for number in range(5000))
    assert len(read_sitemaps(content, "https://a.example/robots.txt")) == 1000


@given(st.binary(max_size=200))
def test_sitemaps_are_read_out_of_anything(content: bytes) -> None:
    for found in read_sitemaps(b"Sitemap: " + content, "https://a.example/robots.txt"):
        assert found.startswith(("http://", "https://"))
