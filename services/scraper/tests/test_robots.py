"""robots.txt by RFC 9309."""

import pytest

from watchfloor_scraper.robots import MAX_BYTES, read_robots

BOT = "WatchfloorBot"


def allows(text: str, path: str, agent: str = BOT) -> bool:
    return read_robots(text.encode()).allows(path, agent)


def test_the_groups_of_one_agent_are_one_group() -> None:
    own, others = "User-agent: watchfloorbot\nDisallow: /a\n\n", "User-agent: *\nDisallow: /b\n\n"
    text = own + others + "User-Agent: WATCHFLOORBOT\nDisallow: /c"
    assert [allows(text, path) for path in ("/a", "/b", "/c")] == [False, True, False]
    assert [allows(text, path, "Other") for path in ("/a", "/b", "/c")] == [True, False, True]


def test_agents_in_a_row_share_their_rules_over_blank_comment_and_unknown_lines() -> None:
    agents = "User-agent: a\n\n# hm\nSitemap: https://news.example/s.xml\nUser-agent: WatchfloorBot\nHost: x\n"
    text = agents + "Disallow: /x\nNoindex: /y\nDisallow: /z"
    assert not allows(text, "/x", "a")
    assert not allows(text, "/x")
    assert not allows(text, "/z")


@pytest.mark.parametrize(
    "name", ["WatchfloorBot", "watchfloorbot/2.1", "WatchfloorBot 2.1 beta", "WATCHFLOORBOT  # us"]
)
def test_a_name_is_its_product_token_in_any_case(name: str) -> None:
    assert not allows(f"User-agent: {name}\nDisallow: /", "/x", "WatchfloorBot/1.0 (+https://bot.example)")


@pytest.mark.parametrize("name", ["Watchfloor", "WatchfloorBotNews", "WatchfloorBot2", "My WatchfloorBot"])
def test_another_name_is_another_agent(name: str) -> None:
    assert allows(f"User-agent: {name}\nDisallow: /", "/x")


def test_the_longest_match_decides_and_allow_wins_a_tie() -> None:
    text = (
        "User-agent: *\nDisallow: /world/\nAllow: /world/news\nDisallow: /world/news/old\nAllow: /tie\nDisallow: /tie"
    )
    assert [allows(text, path) for path in ("/world/a", "/world/news/1", "/world/news/old", "/tie")] == [
        False,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/*sort=", "/?sort=date", True), ("/*sort=", "/a?page=2&sort=x", True), ("/*sort=", "/sort/", False),
        ("/print/*$", "/print/1", True), ("/print/*$", "/print", False), ("/*.pdf$", "/a.pdf", True),
        ("/*.pdf$", "/a.pdf?x", False), ("/a$", "/a", True), ("/a$", "/ab", False), ("/a$b", "/a$b", True),
        ("/", "/anything", True), ("*", "/anything", True), ("", "/anything", False), ("private", "/private", False),
        ("/*/b*/c", "/x/bb/c", True), ("/a*a$", "/a", False), ("/$", "/", True), ("/$", "/x", False),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84", True), ("/foo/bar/%E3%83%84", "/foo/bar/ツ", True),
        ("/foo/%62ar", "/foo/bar", True), ("/foo/bar", "/foo/%62ar", True), ("/a%3cd", "/a%3Cd", True),
        ("/a%2Fb", "/a/b", False), ("/a%2Ab", "/a*b", True), ("/a%2Ab", "/axb", False), ("/a%24", "/a$", True),
        ("/x?u=http://b.example", "/x?u=http%3A%2F%2Fb.example", True), ("/x?u=http%3A//b", "/x?u=http://b", True),
        ("/Case", "/case", False),
        ("/100%", "/100%", True), ("/100%", "/100%25", True), ("/%3%33", "/3", False),
    ],
)  # fmt: skip
def test_a_pattern_matches_octets_after_percent_encoding_is_settled(pattern: str, path: str, *, matches: bool) -> None:
    assert allows(f"User-agent: *\nDisallow: {pattern}", path) is not matches


def test_a_whole_address_is_judged_by_its_path_and_query() -> None:
    text = "User-agent: *\nDisallow: /a?b"
    assert not allows(text, "https://news.example/a?b=1#top")
    assert allows(text, "https://news.example")


def test_robots_txt_itself_is_always_allowed() -> None:
    assert allows("User-agent: *\nDisallow: /", "/robots.txt")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line_and_a_byte_order_mark_is_no_letter(end: str) -> None:
    text = "\ufeff" + end.join(["User-agent : *", "  DISALLOW:/a#b", "Disallow /b", "dissallow: /c"])
    assert [allows(text, path) for path in ("/a", "/b", "/c", "/d")] == [False, False, False, True]


def test_rules_before_any_agent_and_an_empty_file_forbid_nothing() -> None:
    assert allows("Disallow: /\n", "/x")
    assert allows("", "/x")


def test_what_stands_after_the_limit_is_not_read_nor_half_a_rule_before_it() -> None:
    head = "User-agent: *\n" + "#" * (MAX_BYTES - 14 - 12) + "\nDisallow: "
    assert allows(head + "/only-this-folder", "/x")
    assert allows(head + "/x\nDisallow: /y", "/y")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("10", 10.0), ("2.5", 2.5), ("0", 0.0), ("ten", None), ("-1", None), ("inf", None), ("", None)],
)
def test_a_crawl_delay_is_a_number_of_seconds_or_none(value: str, seconds: float | None) -> None:
    assert read_robots(f"User-agent: *\nCrawl-delay: {value}\n".encode()).crawl_delay(BOT) == seconds


def test_a_crawl_delay_holds_for_the_agents_named_before_it_and_for_no_other() -> None:
    robots = read_robots(
        b"User-agent: *\nDisallow: /a\n\nUser-agent: Slow\nCrawl-delay: 10\nUser-agent: Quick\nDisallow: /"
    )
    assert (robots.crawl_delay("Slow"), robots.crawl_delay("Quick"), robots.crawl_delay(BOT)) == (10.0, None, None)


def test_an_agent_with_a_group_of_its_own_has_not_the_delay_of_the_star() -> None:
    robots = read_robots(b"User-agent: *\nCrawl-delay: 5\nDisallow: /a\n\nUser-agent: WatchfloorBot\nDisallow: /b")
    assert robots.crawl_delay(BOT) is None
    assert robots.crawl_delay("Other") == 5.0


@pytest.mark.parametrize("path", ["/café/à", "/поиск/х", "/Å"])
def test_a_letter_whose_last_octet_looks_like_white_space_stays_whole(path: str) -> None:
    text = f"User-agent: *\nDisallow: {path}\nDisallow {path}/x"
    assert not allows(text, path)
    assert allows(text, path[:-1])


@pytest.mark.parametrize(
    ("value", "seconds"), [(".5", 0.5), ("1_0", None), ("1e3", None), ("nan", None), ("10s", None)]
)
def test_a_number_of_seconds_is_written_in_digits(value: str, seconds: float | None) -> None:
    assert read_robots(f"User-agent: *\nCrawl-delay: {value}\n".encode()).crawl_delay(BOT) == seconds


def test_sitemaps_are_listed_for_everybody_each_once_and_end_no_group() -> None:
    text = "Sitemap: https://news.example/a.xml\nUser-agent: *\nsitemap:https://news.example/б.xml # x\nDisallow: /x\nSITEMAP: /c.xml\n"
    robots = read_robots((text * 2).encode())
    assert robots.sitemaps == ("https://news.example/a.xml", "https://news.example/б.xml", "/c.xml")
    assert not robots.allows("/x", BOT)
    assert len(read_robots("".join(f"Sitemap: /{number}\n" for number in range(1000)).encode()).sitemaps) == 100
