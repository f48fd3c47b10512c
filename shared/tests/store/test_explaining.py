"""Ways for an article to be missing, late, doubled or wrong: the first reason that is given is the true one."""

from datetime import timedelta
from typing import Any

import pytest

from watchfloor.errors import InvalidAddress
from watchfloor.events import ArticleEnriched, Evidence, HealthReason, PageDecided
from watchfloor.explanation.explain import explain
from watchfloor.explanation.model import Explanation
from watchfloor.identity import page_id
from watchfloor.store.memory import MemoryStore

from .invented import article, changes, decided, gone, health, id_of, minutes

URL = "https://news.example/a-b-c-1"
OTHER = "https://news.example/the-other-one-2"
NOW = minutes(5)
FOUND, FETCHED = decided(at=0), decided("fetched", "http_200", at=1)
PARSED = decided("parsed", "news", at=1, by="parser", article_id=id_of(), words=3)
DOWN = (HealthReason(code="dns", count=7, detail="no address for news.example"),)
LONG = " ".join(f"word{number} of a longer report" for number in range(12))


def here(text: str = "Nothing happened.", *, at: float = 1, **fields: Any) -> ArticleEnriched:
    """An article with nothing to remark on."""
    return article(text, at=at, **{"published_at": "2026-03-01T11:58:00Z", **fields})


def told(*events: Any, asked: str = URL, now: Any = NOW) -> Explanation:
    store = MemoryStore()
    store.apply(changes(*events))
    return explain(asked, store, now)


def decisive(found: Explanation) -> tuple[str, str]:
    (step,) = [step for step in found.steps if step.decisive]
    return step.name, step.code


NEVER = [
    ("no source", [], "no_source"),
    ("a source of another domain", [health("coast")], "no_source"),
    ("a source that is well and whose lists do not name it", [health()], "never_found"),
    ("paused", [health(state="paused")], "source_paused"),
    ("down", [health(state="down", reasons=DOWN)], "source_down"),
    ("silent", [health(state="silent")], "source_silent"),
    ("late", [health(state="late")], "source_late"),
    ("removed", [health(at=0), health(at=1, state="removed")], "no_source"),
]


@pytest.mark.parametrize(("way", "events", "reason"), NEVER, ids=[way for way, _, _ in NEVER])
def test_of_what_nothing_ever_named_the_state_of_its_source_is_the_reason(
    way: str, events: list[Any], reason: str
) -> None:
    found = told(*events)
    assert (found.verdict, found.reason, decisive(found)) == ("unknown", reason, ("found", reason))
    assert found.remedy
    assert "{" not in found.remedy.replace('{"url"', "")


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("http://127.0.0.1:8481/a", "never_found"),
        ("http://127.0.0.1:8482/a", "no_source"),
        ("http://localhost:8481/a", "no_source"),
        ("https://partner.example/a", "never_found"),
        ("https://www.partner.example/a", "never_found"),
    ],
)
def test_a_source_answers_for_its_host_and_port_and_for_its_further_domains(asked: str, reason: str) -> None:
    source = health("gauge", home="http://127.0.0.1:8481/", domains=("partner.example",))
    assert told(source, asked=asked).reason == reason


def test_a_source_whose_lists_were_not_read_yet_is_new() -> None:
    found = told(health(watched_since=minutes(4)))
    assert (found.verdict, found.reason, decisive(found)) == ("unknown", "source_new", ("found", "source_new"))
    assert told(health(watched_since=minutes(4), last_fetched_at=minutes(5))).reason == "never_found"


def test_that_the_pages_of_a_source_cannot_be_read_is_no_reason_why_one_is_not_found() -> None:
    unread = (
        HealthReason(code="parse_empty", count=9, detail="no article is read out of 90% of its last pages"),
        *DOWN,
    )
    assert told(health(state="down", reasons=unread)).reason == "never_found"
    assert told(FOUND, health(state="down", reasons=unread), now=minutes(60)).reason == "waiting"


def test_a_source_that_is_down_is_named_with_its_weightiest_reason() -> None:
    found = told(health(state="down", reasons=DOWN))
    assert "dns, no address for news.example" in found.sentence
    assert found.source is not None
    assert (found.source.source_id, found.source.state, found.source.reasons) == ("news", "down", DOWN)


NO_ANSWER = """dns connect tls timeout too_slow too_large ratio headers protocol truncated encoding redirects
 redirect_loop guard"""
CODES = {
    "held_back": ("found", "off_domain excluded not_included not_http paused trap"),
    "refused": ("robots", "robots robots_unreachable tdm"),
    "failed": (
        "fetch",
        f"{NO_ANSWER} http_403 http_404 http_410 http_4xx http_5xx http_503 rate_limited not_html empty",
    ),
    "gone": ("fetch", "http_404 http_410"),
}
DECIDED = [(verdict, step, code) for verdict, (step, codes) in CODES.items() for code in codes.split()]


@pytest.mark.parametrize(("verdict", "step", "code"), DECIDED)
def test_what_stopped_a_page_before_the_parser_is_the_reason_in_its_own_words(
    verdict: str, step: str, code: str
) -> None:
    found = told(FOUND, decided(verdict, code, at=1, detail="what was answered"))
    assert (found.verdict, found.reason, decisive(found)) == ("missing", code, (step, code))
    assert "what was answered" in found.sentence


@pytest.mark.parametrize("kind", ["index", "login", "video", "gallery"])
def test_a_page_without_an_article_is_missing_for_what_it_is(kind: str) -> None:
    found = told(FOUND, FETCHED, decided("ended", kind, at=1, by="parser"))
    assert (found.verdict, found.reason, decisive(found)) == ("missing", kind, ("parse", kind))


@pytest.mark.parametrize(
    ("stage", "step"), [("scraper", "found"), ("parser", "parse"), ("enricher", "enrich"), ("indexer", "index")]
)
@pytest.mark.parametrize("reason", ["rejected", "unforeseen"])
def test_a_dead_letter_names_its_stage_and_the_commands_that_bring_it_home(stage: str, step: str, reason: str) -> None:
    before = [FOUND, FETCHED] + ([PARSED] if stage in ("enricher", "indexer") else [])
    found = told(*before, decided("rejected", reason, at=1, by=stage, detail="no title"))
    assert (found.verdict, found.reason, decisive(found)) == ("missing", reason, (step, reason))
    assert f"watchfloor dlq retry --stage {stage}" in (found.remedy or "")
    assert stage in found.sentence


def test_a_letter_that_was_brought_home_is_no_reason_any_more() -> None:
    rejected = decided("rejected", "unforeseen", at=1, by="enricher")
    assert told(FOUND, FETCHED, PARSED, rejected, here()).reason == "here"


def test_what_is_known_and_not_fetched_waits_for_its_turn() -> None:
    found = told(FOUND, health())
    assert (found.verdict, found.reason, decisive(found)) == ("under_way", "waiting", ("fetch", "waiting"))
    assert "300 s ago" not in found.sentence
    assert "5 min ago" in found.sentence


def test_what_was_asked_for_waits_too() -> None:
    assert told(decided("requested", "request", source_id=None)).reason == "waiting"


def test_what_waits_while_its_source_is_paused_or_down_waits_for_that() -> None:
    assert told(FOUND, health(state="paused")).reason == "paused"
    assert told(FOUND, health(state="down", reasons=DOWN), now=minutes(60)).reason == "source_down"
    assert told(decided(at=0), decided("held_back", "paused", at=0), health(state="well")).reason == "waiting"


def test_what_waits_for_a_source_that_was_removed_waits_in_vain() -> None:
    found = told(FOUND, health("coast"))
    assert (found.verdict, found.reason, decisive(found)) == ("missing", "no_source", ("found", "no_source"))
    assert "its source news is configured no more" in found.sentence
    assert told(FOUND, decided(at=2, source_id="coast"), health("coast")).reason == "waiting", "another one has it"


@pytest.mark.parametrize("source", [health(state="paused"), health("coast")], ids=["paused", "removed"])
def test_what_was_asked_for_is_fetched_whatever_its_source_is(source: Any) -> None:
    assert told(FOUND, decided("requested", "request", at=2), source).reason == "waiting"


def test_what_one_source_holds_back_may_still_be_fetched_for_another() -> None:
    elsewhere = decided("held_back", "off_domain", at=2, source_id="coast")
    assert told(FOUND, decided(at=2, source_id="coast"), elsewhere).reason == "waiting"
    assert told(decided(at=2, source_id="coast"), elsewhere).reason == "off_domain"
    ended = decided("ended", "index", at=1, by="parser")
    assert told(FOUND, FETCHED, ended, elsewhere).reason == "index", "it was fetched, so that is what counts"
    assert told(FOUND, FETCHED, PARSED, here(source_id="news"), elsewhere).reason == "here"


def test_a_fetch_that_failed_is_forgotten_once_another_brought_something() -> None:
    failed = decided("failed", "timeout", at=0.5)
    assert told(FOUND, failed, FETCHED, decided("ended", "login", at=1, by="parser")).reason == "login"
    assert told(FOUND, failed, FETCHED).reason == "unparsed"


def test_failures_in_a_row_are_counted() -> None:
    failures = [decided("failed", "timeout", at=at) for at in (1, 2, 3)]
    assert "3 times in a row" in told(FOUND, *failures).sentence


def test_what_was_handed_on_is_under_way_until_it_should_have_come() -> None:
    assert (told(FOUND, FETCHED).verdict, told(FOUND, FETCHED).reason) == ("under_way", "unparsed")
    assert told(FOUND, FETCHED, PARSED).reason == "unindexed"
    late = told(FOUND, FETCHED, PARSED, now=minutes(60))
    assert (late.verdict, late.reason, decisive(late)) == ("under_way", "lagging", ("parse", "news"))
    assert "59 min ago" in late.sentence


def test_a_page_that_is_unchanged_is_what_it_was_before() -> None:
    unchanged = decided("unchanged", "not_modified", at=3)
    assert told(FOUND, FETCHED, decided("ended", "index", at=1, by="parser"), unchanged).reason == "index"


def redirected(to: str, verdict: str = "fetched") -> PageDecided:
    return decided(verdict, "redirected", at=1, detail=f"redirects to {to}")


@pytest.mark.parametrize("verdict", ["fetched", "ended"])
def test_a_page_that_leads_to_an_article_is_here_as_that(verdict: str) -> None:
    """Within its host it is followed and fetched; to another host it ends, and the other address is fetched."""
    found = told(FOUND, redirected(OTHER, verdict), here(page="the-other-one-2"))
    assert (found.verdict, found.reason, decisive(found)) == ("here", "redirected", ("fetch", "redirected"))
    assert (found.article_id, found.also_at) == (page_id(OTHER), (OTHER,))


def test_a_page_that_leads_to_no_article_says_where_it_leads_and_what_is_there() -> None:
    found = told(FOUND, redirected("https://news.example/?q={x}"), decided("ended", "index", at=1, by="parser"))
    assert (found.verdict, found.reason) == ("missing", "redirected")
    assert "it is a list of articles" in found.sentence
    assert found.remedy == "watchfloor explain https://news.example/?q={x}"


def test_what_stopped_the_page_that_a_page_leads_to_stopped_both() -> None:
    away = redirected(OTHER, "ended")
    found = told(FOUND, away, decided("refused", "robots", page="the-other-one-2", at=2))
    assert (found.verdict, found.reason, decisive(found)) == ("missing", "robots", ("fetch", "redirected"))
    assert f"it leads to {OTHER}" in found.sentence
    assert "and that is not here: the site's robots.txt forbids it" in found.sentence
    home = told(FOUND, away, decided("ended", "index", page="the-other-one-2", at=2, by="parser"))
    assert (home.reason, "there, it is a list of articles" in home.sentence) == ("redirected", True)


def test_what_the_scraper_ended_is_missing_for_that() -> None:
    found = told(FOUND, decided("ended", "not_html", at=1, detail="200, application/pdf"))
    assert (found.verdict, found.reason, decisive(found)) == ("missing", "not_html", ("fetch", "not_html"))
    away = told(FOUND, redirected("https://elsewhere.example/a", "ended"))
    assert (away.verdict, away.reason, decisive(away)) == ("missing", "redirected", ("fetch", "redirected"))


def test_an_article_whose_page_leads_elsewhere_now_is_here_as_it_was() -> None:
    away = decided("ended", "redirected", at=4, detail="redirects to https://elsewhere.example/a")
    found = told(FOUND, FETCHED, PARSED, here(), away)
    assert (found.verdict, found.reason, decisive(found)) == ("here", "redirected", ("fetch", "redirected"))


def test_a_redirect_to_another_form_of_the_address_is_no_reason() -> None:
    ended = decided("ended", "index", at=1, by="parser")
    assert told(FOUND, redirected(f"{URL}/"), ended).reason == "index"


def test_an_article_with_nothing_to_remark_on_is_here() -> None:
    found = told(FOUND, FETCHED, PARSED, here(), health())
    assert (found.verdict, found.reason, found.remedy) == ("here", "here", None)
    assert (found.article_id, len(found.versions), found.also_at) == (id_of(), 1, ())
    assert [(step.name, step.code) for step in found.steps] == [
        ("address", "asked"),
        ("found", "feed"),
        ("robots", "allowed"),
        ("fetch", "http_200"),
        ("parse", "news"),
        ("enrich", "enriched"),
        ("index", "stored"),
        ("version", "here"),
    ]
    assert decisive(found) == ("version", "here")


def test_an_address_is_asked_for_in_any_form() -> None:
    found = told(FOUND, FETCHED, PARSED, here(), asked="HTTPS://news.example:443/a-b-c-1?utm_source=x#top")
    assert (found.verdict, found.reason, found.url) == ("here", "canonicalised", URL)
    assert decisive(found) == ("address", "canonicalised")


@pytest.mark.parametrize(
    "asked",
    [
        "http://news.example/a-b-c-1",
        "https://www.news.example/a-b-c-1/",
        "https://m.news.example/a-b-c-1",
        "https://amp.news.example/a-b-c-1?amp=1",
        "https://news.example/amp/a-b-c-1",
    ],
)
def test_an_address_that_nobody_named_may_be_known_in_another_form(asked: str) -> None:
    found = told(FOUND, here(), asked=asked)
    assert (found.verdict, found.reason, found.article_id) == ("here", "other_address", id_of())
    assert decisive(found) == ("address", "other_address")


@pytest.mark.parametrize("asked", ["mailto:desk@news.example", "news", "https://", ""])
def test_an_address_that_no_page_can_have_is_refused(asked: str) -> None:
    with pytest.raises(InvalidAddress):
        told(asked=asked)


def test_an_article_under_the_address_that_its_page_names_is_merged() -> None:
    evidence = (Evidence(field="canonical_url", source="link:canonical", confidence=None),)
    amp = here(page="amp-1", of="a-b-c-1", evidence=evidence)
    parsed = decided("parsed", "news", page="amp-1", at=1, by="parser")
    found = told(parsed, amp, asked="https://news.example/amp-1")
    assert (found.verdict, found.reason, decisive(found)) == ("here", "merged", ("parse", "news"))
    assert found.also_at == (URL,)
    assert "link:canonical" in found.sentence
    assert told(parsed, amp, asked="https://news.example/amp-1").article_id == id_of()


def test_the_canonical_address_tells_the_way_of_the_page_that_it_was_fetched_from() -> None:
    amp = here(page="amp-1", of="a-b-c-1")
    found = told(decided(page="amp-1"), decided("fetched", "http_200", page="amp-1", at=1), amp)
    assert (found.verdict, found.reason, found.also_at) == ("here", "here", ("https://news.example/amp-1",))
    assert [step.name for step in found.steps[:4]] == ["address", "found", "robots", "fetch"]


def test_the_same_content_at_another_address_is_doubled() -> None:
    found = told(FOUND, FETCHED, here(LONG), here(LONG, page="the-other-one-2"))
    assert (found.verdict, found.reason, decisive(found)) == ("here", "doubled", ("index", "doubled"))
    assert OTHER in found.sentence
    retitled = here(LONG, page="the-other-one-2", title="Another title")
    assert told(here(LONG), retitled).reason == "doubled"


def test_what_only_shares_its_title_or_was_withdrawn_is_not_doubled() -> None:
    assert told(here("One."), here("Two.", page="the-other-one-2")).reason == "here"
    assert told(here(LONG), here(LONG, page="the-other-one-2"), gone("the-other-one-2", at=4)).reason == "here"


READ = [
    ("parse_empty", {"blocks": ()}, {}),
    ("paywalled", {"paywalled": True}, {"words_daily": (None, 500)}),
    ("short", {}, {"words_daily": (None, 480, 500, 520)}),
    (
        "layout_changed",
        {},
        {"words_daily": (500,), "reasons": (HealthReason(code="layout_changed", count=5, detail=""),)},
    ),
    ("no_date", {"published_at": None}, {}),
    ("other_language", {"language": "ru"}, {"language": "uk"}),
]


@pytest.mark.parametrize(("reason", "fields", "of_source"), READ, ids=[reason for reason, _, _ in READ])
def test_what_is_wrong_with_a_reading_is_told_of_the_article_that_is_here(
    reason: str, fields: dict[str, Any], of_source: dict[str, Any]
) -> None:
    event = here(**fields).model_copy(update={"text": ""} if "blocks" in fields else {})
    found = told(FOUND, FETCHED, PARSED, event, health(**of_source))
    assert (found.verdict, found.reason, decisive(found)) == ("here", reason, ("parse", "news"))
    assert told(event, health(**of_source)).reason == reason, "also where there is no trail"


@pytest.mark.parametrize(
    ("verdict", "code", "by"),
    [
        ("failed", "http_5xx", "scraper"),
        ("refused", "robots", "scraper"),
        ("held_back", "excluded", "scraper"),
        ("ended", "login", "parser"),
        ("rejected", "rejected", "indexer"),
    ],
)
def test_an_older_version_is_shown_where_asking_again_brought_nothing(verdict: str, code: str, by: str) -> None:
    again = decided(verdict, code, at=4, by=by)
    found = told(FOUND, FETCHED, PARSED, here(source_id="news"), again)
    assert (found.verdict, found.reason) == ("here", code)
    assert "version 1" in found.sentence
    found_again = [decided("found", "sitemap", at=4.5), decided("requested", "request", at=4.6)]
    assert told(FOUND, FETCHED, PARSED, here(source_id="news"), again, *found_again).reason == code
    assert told(FOUND, FETCHED, PARSED, here(), again, here(at=5)).reason == "here", "a later fetch made up for it"


def test_a_page_that_leads_home_since_its_last_version_says_so() -> None:
    again = [decided("fetched", "redirected", at=4, detail="redirects to https://news.example/")]
    again.append(decided("ended", "index", at=4, by="parser"))
    found = told(FOUND, FETCHED, PARSED, here(), *again)
    assert (found.verdict, found.reason, decisive(found)) == ("here", "redirected", ("fetch", "redirected"))
    assert found.remedy == "watchfloor explain https://news.example/"


def test_an_article_that_is_shown_as_another_page_has_it_says_which() -> None:
    """Of an AMP form with other words, or a page that wrongly names this one as its own address."""
    other = here("Something else.", at=3, page="the-other-one-2", of="a-b-c-1")
    found = told(FOUND, FETCHED, PARSED, here(), other)
    assert (found.verdict, found.reason, decisive(found)) == ("here", "merged", ("parse", "merged"))
    assert f"as {OTHER} shows it" in found.sentence
    assert told(FOUND, here(), here(at=3, page="the-other-one-2", of="a-b-c-1")).reason == "here", (
        "the words are the same"
    )


@pytest.mark.parametrize("code", ["not_modified", "same_bytes"])
def test_a_version_that_stands_since_the_page_is_unchanged_says_so(code: str) -> None:
    found = told(FOUND, FETCHED, PARSED, here(), decided("unchanged", code, at=4))
    assert (found.verdict, found.reason, decisive(found)) == ("here", code, ("fetch", code))


def test_an_article_found_long_after_its_publication_is_late() -> None:
    found = told(decided(at=500), here(at=501))
    assert (found.verdict, found.reason, decisive(found)) == ("here", "found_late", ("found", "feed"))
    assert "8 h after it was published" in found.sentence
    assert told(decided(at=500), here(at=501, published_at="2026-03-01")).reason == "here", "a bare date lasts a day"


def test_nobody_is_late_who_could_not_have_come_before() -> None:
    """What a source published before it was watched is found when it is watched."""
    new = health(watched_since=minutes(499), last_fetched_at=minutes(500))
    found = told(decided(at=500), here(at=501), new)
    assert (found.verdict, found.reason, decisive(found)) == ("here", "here", ("version", "here"))
    assert "published 8 h before its source was watched" in found.sentence
    old = health(watched_since=minutes(400), last_fetched_at=minutes(500))
    assert told(decided(at=500), here(at=501), old).reason == "found_late"


def test_what_was_held_back_until_the_operator_allowed_it_is_late_for_that() -> None:
    held = decided("held_back", "excluded", at=0, detail="it matches /a-* of `exclude`")
    found = told(held, decided(at=300), here(at=301))
    assert (found.verdict, found.reason, decisive(found)) == ("here", "excluded", ("found", "excluded"))
    assert "held back for 5 h" in found.sentence


def test_an_article_fetched_long_after_it_was_found_is_late_because_of_what_held_it_up() -> None:
    failures = [decided("failed", "http_5xx", at=at) for at in (10, 100)]
    found = told(FOUND, *failures, here(at=300))
    assert (found.verdict, found.reason, decisive(found)) == ("here", "http_5xx", ("fetch", "http_5xx"))
    assert "5 h after it was found" in found.sentence
    assert "2 times" in found.sentence
    slow = told(FOUND, decided("held_back", "off_domain", at=9, source_id="coast"), here(at=300))
    assert (slow.reason, decisive(slow)) == ("fetched_late", ("fetch", "fetched_late"))


@pytest.mark.parametrize(("origin", "reason"), [("pushed", "push"), ("backfill", "backfill")])
def test_an_article_that_no_list_named_says_how_it_came(origin: str, reason: str) -> None:
    found = told(here(at=10**5, origin=origin))
    assert (found.verdict, found.reason, decisive(found)) == ("here", reason, ("found", reason))


@pytest.mark.parametrize("origin", ["live", "pushed"])
def test_an_article_that_was_asked_for_says_so(origin: str) -> None:
    found = told(decided("requested", "request"), FETCHED, PARSED, here(origin=origin))
    assert (found.verdict, found.reason, decisive(found)) == ("here", "request", ("found", "request"))


def test_an_old_entry_of_a_sitemap_says_where_it_was_found() -> None:
    found = told(decided("found", "sitemap", origin="backfill"), FETCHED, here(at=10**5, origin="backfill"))
    assert (found.verdict, found.reason, decisive(found)) == ("here", "backfill", ("found", "sitemap"))


def test_a_withdrawn_article_says_since_when_and_what_the_site_answered() -> None:
    found = told(FOUND, FETCHED, PARSED, here(), decided("gone", "http_410", at=4, detail="410 twice"), gone(at=4))
    assert (found.verdict, found.reason, decisive(found)) == ("withdrawn", "http_410", ("fetch", "http_410"))
    assert "410 twice" in found.sentence
    bare = told(here(), gone(at=4))
    assert (bare.verdict, bare.reason, decisive(bare)) == ("withdrawn", "gone", ("version", "gone"))


def test_the_steps_are_in_the_order_of_time_and_repetitions_are_one_step() -> None:
    visits = [decided("unchanged", "not_modified", at=at) for at in range(2, 40)]
    found = told(FOUND, FETCHED, PARSED, here(), *visits, here("Corrected.", at=50), now=minutes(60))
    times = [step.at for step in found.steps if step.at]
    assert times == sorted(times)
    (unchanged,) = [step for step in found.steps if step.code == "not_modified"]
    assert "38 times" in unchanged.what
    assert [step.code for step in found.steps if step.name == "version"] == ["version", "here"]


def test_an_explanation_is_the_same_each_time_and_can_be_read_again() -> None:
    events = [FOUND, FETCHED, PARSED, here(), health()]
    assert told(*events) == told(*reversed(events))
    assert Explanation.model_validate_json(told(*events).model_dump_json()) == told(*events)
    assert told(*events, now=NOW + timedelta(days=9)) == told(*events), "of what is here the clock changes nothing"
