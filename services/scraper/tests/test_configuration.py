"""What a file of sources says, and what is told of one that is wrong."""

import pickle
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor_scraper.configuration import Configuration, InvalidConfiguration, Outlet, read_configuration
from watchfloor_scraper.configuration.located import MAX_BYTES

WHOLE = """\
contact: https://desk.example/crawler
sources:
  - id: northwatch
    name: Northwatch
    home: https://northwatch.example/
    feeds: [https://northwatch.example/feed.xml]
    sitemaps: [https://northwatch.example/sitemap.xml]
    sections: [https://northwatch.example/world/]
    country: GB
    language: en
    tags: [defence, navy]
    reliability: B
    cadence: 5m..24h
    include: ["/world/*"]
    exclude: ["*/video/*"]
    headers: {Accept-Language: en-GB}
    revisit: {first: 1h, growth: 2, until: 14d}
    delay: 2s
    domains: [partner.example]
    paused: false
    tdm: respect
"""


def read(text: str) -> Configuration:
    return read_configuration(text, "sources.yaml")


def outlet(*lines: str) -> Outlet:
    """The outlet of which a file says this, beside its id and home."""
    return read(
        "\n".join(["sources:", "  - id: a", "    home: https://a.example/", *(f"    {line}" for line in lines)])
    ).outlets[0]


def faults(text: str) -> list[str]:
    with pytest.raises(InvalidConfiguration) as caught:
        read(text)
    return [str(fault) for fault in caught.value.faults]


def faults_of(*lines: str) -> list[str]:
    """What is wrong with these lines of an outlet, the line of the first being 4."""
    return faults(
        "\n".join(["sources:", "  - id: a", "    home: https://a.example/", *(f"    {line}" for line in lines)])
    )


def test_every_field_is_read() -> None:
    configuration = read(WHOLE)
    northwatch = configuration.by_id["northwatch"]
    assert configuration.contact == "https://desk.example/crawler"
    assert northwatch.lists == (
        "https://northwatch.example/feed.xml",
        "https://northwatch.example/sitemap.xml",
        "https://northwatch.example/world/",
    )
    assert (northwatch.country, northwatch.language, northwatch.reliability) == ("GB", "en", "B")
    assert (northwatch.cadence.shortest, northwatch.cadence.longest) == (timedelta(minutes=5), timedelta(hours=24))
    assert northwatch.revisit is not None
    assert (northwatch.revisit.first, northwatch.revisit.growth) == (timedelta(hours=1), 2)
    assert northwatch.own_domains == {"northwatch.example", "partner.example"}


def test_what_is_left_out_is_as_documented() -> None:
    least = outlet()
    assert least.as_written() == {"id": "a", "name": "a.example", "home": "https://a.example/"}
    assert least == outlet(
        "name: a.example", "cadence: 5m..24h", "revisit: {first: 1h, growth: 2, until: 14d}", "delay: 2s", "paused: no",
        "tdm: respect", "feeds: []", "headers: {}", "country:", "language: ~",
    )  # fmt: skip


def test_a_home_is_not_needed_where_a_list_is_named() -> None:
    found = read("sources: [{id: a, sections: ['https://www.a.example/world/?x=1']}]").outlets[0]
    assert (found.home, found.name) == ("https://www.a.example/", "a.example")


def test_words_that_yaml_takes_for_booleans_and_numbers_are_words() -> None:
    norwegian = outlet("country: NO", "name: 1917", "revisit: off", "tags: [on, 007]")
    assert (norwegian.country, norwegian.name, norwegian.tags) == ("NO", "1917", ("on", "007"))
    assert norwegian.revisit is None


def test_a_fault_has_line_field_reason_and_remedy() -> None:
    text = WHOLE.replace("5m..24h", "5x")
    assert faults(text) == ["line 13, sources[0].cadence: '5x' is no duration (give 90s, 10m, 2h or 1d)"]
    with pytest.raises(
        InvalidConfiguration, match=r"^sources\.yaml, line 13, sources\[0\]\.cadence: '5x' is no duration"
    ):
        read(text)


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_its_lines() -> None:
    text = "contact: nobody\nsources:\n  - id: A\n    cadance: 5m\n    country: UK\n  - id: b\n  - just words\n"
    assert faults(text) == [
        "line 1, contact: 'nobody' is no contact (give a page such as https://desk.example/crawler, or mail)",
        "line 3, sources[0].home: is missing (give home, or one of feeds, sitemaps and sections)",
        "line 3, sources[0].id: 'A' is no id (give up to 64 small letters, digits, `_` and `-`, the first a letter or a digit)",
        "line 4, sources[0].cadance: is no known key (is it `cadence`?)",
        "line 5, sources[0].country: 'UK' is no country code of ISO 3166-1 (give GB)",
        "line 6, sources[1].home: is missing (give home, or one of feeds, sitemaps and sections)",
        "line 7, sources[2]: 'just words' is not a mapping (write {key: value}, or a line each)",
    ]


def test_an_id_that_two_outlets_have_is_told_with_both_lines() -> None:
    text = "sources:\n- {id: a, home: https://a.example}\n- {id: b, home: https://b.example}\n- {id: a, home: https://c.example}"
    assert faults(text) == ["line 4, sources[2].id: 'a' is the id of another, in line 2 (give each its own)"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("feeds: [ftp://a.example/f]", "sources[0].feeds[0]: 'ftp://a.example/f' is no http or https address"),
        ("feeds: ['https://u:p@a.example/f']", "sources[0].feeds[0]: carries a name and a password"),
        ("feeds: https://a.example/f", "sources[0].feeds: 'https://a.example/f' is not a list"),
        ("feeds: [https://a.example/f, https://a.example/f]", "sources[0].feeds: 'https://a.example/f' stands twice"),
        ("sections: [/world/]", "sources[0].sections[0]: '/world/' is no http or https address"),
        ("country: Norway", "sources[0].country: 'Norway' is no country code of ISO 3166-1 (give NO)"),
        ("language: en-GB", "sources[0].language: 'en-GB' is more than a primary language subtag (give en)"),
        ("language: Ukrainian", "sources[0].language: 'Ukrainian' is no language code (give uk)"),
        ("tags: ['defence, navy']", "sources[0].tags[0]: 'defence, navy' has a comma in it (give two tags)"),
        ("reliability: G", "sources[0].reliability: 'G' is none of them (give 'A', 'B', 'C', 'D', 'E' or 'F')"),
        ("cadence: 1d..5m", "sources[0].cadence: '1d..5m' ends before it begins"),
        ("cadence: 0s", "sources[0].cadence: '0s' is out of bounds (give 1s to 365d)"),
        ("include: [world]", "sources[0].include[0]: 'world' does not begin as a path does"),
        ("include: ['https://a.example/world/']", "sources[0].include[0]: 'https://a.example/world/' is an address"),
        (r'exclude: ["/a\nDisallow: /"]', r"sources[0].exclude[0]: '/a\nDisallow: /' is no pattern"),
        ("headers: {Host: a.example}", "sources[0].headers.Host: Host may not be set (it follows from the address)"),
        ("headers: {user-agent: x}", "sources[0].headers.user-agent: user-agent may not be set (set `contact`"),
        ("headers: {Content-Length: '1'}", "sources[0].headers.Content-Length: Content-Length may not be set"),
        ("headers: {Cookie: a=b}", "sources[0].headers.Cookie: Cookie may not be set (the crawler keeps none)"),
        (r'headers: {X-A: "a\r\nHost: b"}', "sources[0].headers.X-A: is no value of a header"),
        ("headers: {'X Y': a}", "sources[0].headers.X Y: 'X Y' is no name of a header (give one such as Accept-Language)"),
        ("headers: {A: x, a: y}", "sources[0].headers: 'a' stands twice"),
        ("revisit: {frist: 1h}", "sources[0].revisit.frist: is no known key (is it `first`?)"),
        ("revisit: {first: 3d, until: 1d}", "sources[0].revisit: `until` is before `first`"),
        ("revisit: {growth: 0.5}", "sources[0].revisit.growth: '0.5': should be greater than or equal to 1"),
        ("revisit: sometimes", "sources[0].revisit: 'sometimes' is neither off nor a mapping"),
        ("delay: 2d", "sources[0].delay: '2d' is out of bounds (give 0s to 1h)"),
        ("domains: [www.b.example]", "sources[0].domains[0]: 'www.b.example' is not a registrable domain (give b.example)"),
        ("domains: [co.uk]", "sources[0].domains[0]: 'co.uk' is a suffix under which others register domains"),
        ("domains: ['https://b.example/']", "sources[0].domains[0]: 'https://b.example/' is no domain"),
        ("paused: perhaps", "sources[0].paused: 'perhaps' is not true or false"),
        ("tdm: ignore", "sources[0].tdm: 'ignore' is none of them (give 'respect' or 'licensed')"),
        ("home: https://b.example/", "sources[0].home: stands twice, first in line 3 (leave one of them)"),
        ("name: [a, b]", "sources[0].name: a list is not one text"),
        ("name: !!str a", "sources[0].name: carries the tag tag:yaml.org,2002:str (take the tag away)"),
        ("? [a]\n    : b", "sources[0]: has a key that is no text"),
    ],
)  # fmt: skip
def test_what_is_refused_is_refused_with_its_reason(line: str, fault: str) -> None:
    assert any(told.startswith(f"line 4, {fault}") for told in faults_of(line)), faults_of(line)


def test_a_password_goes_over_https_alone() -> None:
    assert outlet("headers: {Authorization: Basic eDp5}").headers
    told = faults_of("headers: {Authorization: Basic eDp5}", "feeds: [http://a.example/f]")
    reason = "line 4, sources[0].headers: Authorization would be sent to http://a.example/f in the clear"
    assert told == [f"{reason} (give https addresses, or no such header)"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "holds nothing (begin with `sources:`, or `sources: []` for none)"),
        ("# nothing\n", "holds nothing (begin with `sources:`, or `sources: []` for none)"),
        ("- id: a", "line 1: is a list, not a mapping (begin with `sources:`, or `sources: []` for none)"),
        ("contact: a@desk.example", "line 1, sources: is missing (write `sources: []` for none)"),
        ("sources:\n", "line 1, sources: is missing (write `sources: []` for none)"),
        ("sources:\n\t- id: a", "line 2: is no YAML: a tab stands where blanks must (indent by blanks)"),
        ("sources: [\n  {id: a", "line 2: is no YAML: did not find expected ',' or '}' while parsing a flow mapping"),
        ("sources: []\ncontact: a: b", "line 2: is no YAML: mapping values are not allowed in this context"),
        ("sources: []\nname: \x07", "line 2: holds the character U+0007, which no text has (take it away)"),
        ("sources: []\n---\nsources: []", "line 2: begins a second document (take the `---` away)"),
        ("sources: " + "[" * 50, "line 1, sources[0][0][0]"),
        ("#" * (MAX_BYTES + 1), "is larger than 5 MB (give a smaller file)"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_configuration_is_told_what_it_lacks(text: str, fault: str) -> None:
    assert faults(text)[0].startswith(fault)


def test_a_bomb_of_aliases_is_refused_and_never_grows() -> None:
    levels = "\n".join(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 30))
    told = faults(f"sources: []\na0: &a0 [boom]\n{levels}")
    assert "line 3, a1[0]: is an alias, *a0; a file of sources has none (write the value itself)" in told


def test_brackets_without_end_cost_nothing() -> None:
    assert faults("sources: " + "[" * 1_000_000)


def test_an_error_keeps_its_faults_when_it_crosses_processes() -> None:
    with pytest.raises(InvalidConfiguration) as caught:
        read("sources: 5")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert (again.faults, str(again)) == (caught.value.faults, str(caught.value))


@given(st.text(max_size=200) | st.text(alphabet="sources: []{}-\n\t id:a&*!'\"#|>%", max_size=60))
def test_any_text_is_a_configuration_or_has_faults(text: str) -> None:
    with suppress(InvalidConfiguration):
        assert read(text).outlets is not None
