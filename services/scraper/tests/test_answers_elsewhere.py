"""What follows where an address redirects to another host."""

from fixtures.frontier import NOON
from fixtures.small_site import target

from watchfloor.events import PageDecided
from watchfloor_scraper.answers.consequence import Consequence
from watchfloor_scraper.answers.elsewhere import MOST_HOPS, follow_elsewhere
from watchfloor_scraper.configuration import Outlet

GAZETTE = Outlet.model_validate({"id": "gazette", "home": "https://a.example/", "domains": ["partner.example"]})


def told(consequence: Consequence) -> tuple[str, str, str]:
    visit = consequence.visits[0]
    assert isinstance(visit.event, PageDecided)
    return visit.event.verdict, visit.event.reason, visit.event.detail


def test_the_page_ends_and_its_new_address_is_known_in_its_canonical_form() -> None:
    consequence = follow_elsewhere(target(), "https://WWW.a.example:443/story?utm_source=x", GAZETTE, NOON)
    assert told(consequence) == ("ended", "redirected", "redirects to https://www.a.example/story")
    named = consequence.visits[1].event
    assert isinstance(named, PageDecided)
    assert (named.url, named.verdict, named.reason) == ("https://www.a.example/story", "found", "page")
    assert named.detail == "https://a.example/story-1 redirects to it"
    (finding,) = consequence.findings
    assert (finding.url, finding.kind, finding.source_id) == ("https://www.a.example/story", "page", "gazette")
    assert (finding.found_in, finding.due_at) == ("https://a.example/story-1", NOON)
    assert (consequence.outcome.due_at, consequence.outcome.fetched_at) == (None, NOON)
    found = consequence.visits[1].event
    assert isinstance(found, PageDecided)
    assert (found.url, found.verdict, found.reason) == ("https://www.a.example/story", "found", "page")


def test_what_the_outlet_does_not_cover_is_held_back() -> None:
    consequence = follow_elsewhere(target(), "https://b.example/story", GAZETTE, NOON)
    verdict, reason, detail = told(consequence)
    assert (verdict, reason) == ("held_back", "off_domain")
    assert detail.startswith("redirects to https://b.example/story: ")
    assert consequence.findings == ()


def test_a_domain_that_the_operator_allows_is_covered() -> None:
    assert told(follow_elsewhere(target(), "https://partner.example/x", GAZETTE, NOON))[0] == "ended"


def test_a_page_of_no_outlet_leads_anywhere() -> None:
    (finding,) = follow_elsewhere(target(source_id=None), "https://b.example/", None, NOON).findings
    assert finding.source_id is None


def test_a_list_may_lead_anywhere_and_is_asked_again_for_where_it_leads() -> None:
    feed = target("https://a.example/feed", "feed", interval=600.0)
    consequence = follow_elsewhere(feed, "https://feeds.example/a?x=1", GAZETTE, NOON)
    (finding,) = consequence.findings
    assert (finding.url, finding.kind) == ("https://feeds.example/a?x=1", "feed")
    assert consequence.outcome.due_at == NOON + 600


def test_hosts_that_lead_in_a_circle_are_a_loop() -> None:
    way = ["https://www.a.example/2", "https://a.example/1"]
    verdict, reason, detail = told(follow_elsewhere(target(), "https://a.example/1", GAZETTE, NOON, way))
    assert (verdict, reason, detail) == ("failed", "redirect_loop", "redirects to https://a.example/1, which led here")


def test_hosts_that_lead_on_and_on_have_an_end() -> None:
    way = [f"https://a.example/{number}" for number in range(MOST_HOPS)]
    consequence = follow_elsewhere(target(), "https://www.a.example/new", GAZETTE, NOON, way)
    assert told(consequence)[:2] == ("failed", "redirects")
    assert consequence.findings == ()
    assert told(follow_elsewhere(target(), "https://www.a.example/new", GAZETTE, NOON, way[1:]))[0] == "ended"
