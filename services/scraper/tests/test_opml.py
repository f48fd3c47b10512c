"""Reading lists of feed readers become outlets, and back."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.errors import Rejected
from watchfloor_scraper.configuration import Configuration, Outlet
from watchfloor_scraper.configuration.opml import export_opml, import_opml

EXPORTED = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Subscriptions</title></head><body>
  <outline text="Defence" title="Defence">
    <outline text="Navies">
      <outline type="rss" text="Northwatch &amp; Co" xmlUrl="https://northwatch.example/feed.xml" htmlUrl="https://northwatch.example/"/>
    </outline>
    <outline type="rss" text="Південний вісник" xmlUrl="https://www.pivden-visnyk.example/rss?a=1&amp;b=2" language="uk-UA"></outline>
  </outline>
  <outline type="rss" title="Northwatch &amp; Co" xmlUrl="https://northwatch.example/world.xml" category="/world,uk" language="none"/>
  <outline type="rss" text="Again" xmlUrl="https://northwatch.example/feed.xml" category="again"/>
  <outline type="link" text="A bookmark" url="https://elsewhere.example/"/>
  <outline type="rss" text="Old" xmlUrl="feed://old.example/rss"/>
  <outline type="rss" text="" xmlUrl="https://nameless.example/rss"/>
</body></opml>"""


def test_outlines_become_outlets_and_folders_become_tags() -> None:
    found = {outlet.id: outlet for outlet in import_opml(EXPORTED.encode()).outlets}
    assert list(found) == ["northwatch-co", "pivden-visnyk", "northwatch-co-2", "nameless"]
    northwatch = found["northwatch-co"]
    assert (northwatch.name, northwatch.home, northwatch.tags) == (
        "Northwatch & Co",
        "https://northwatch.example/",
        ("Defence", "Navies", "again"),
    )
    visnyk = found["pivden-visnyk"]
    assert visnyk.feeds == ("https://www.pivden-visnyk.example/rss?a=1&b=2",)
    assert (visnyk.language, visnyk.home, visnyk.tags) == ("uk", "https://www.pivden-visnyk.example/", ("Defence",))
    assert (found["northwatch-co-2"].tags, found["northwatch-co-2"].language) == (("/world", "uk"), None)
    assert found["nameless"].name == "nameless.example"


def test_what_cannot_be_an_outlet_is_told() -> None:
    assert import_opml(EXPORTED.encode()).passed_over == (
        "Old: feeds[0]: 'feed://old.example/rss' is no http or https address",
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1251"])
def test_every_encoding_of_xml_is_read(encoding: str) -> None:
    declared = EXPORTED.replace("UTF-8", encoding) if encoding.startswith("win") else EXPORTED
    assert import_opml(declared.encode(encoding)).outlets[1].name == "Південний вісник"


def test_what_is_no_opml_is_refused() -> None:
    for content in (b"", b"<rss><channel/></rss>", b"sources: []", b"<outline xmlUrl='https://a.example/'/>"):
        with pytest.raises(Rejected, match="is no OPML"):
            import_opml(content)


def test_entities_are_not_expanded_and_depth_costs_nothing() -> None:
    bomb = '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><outline text="&b;" xmlUrl="https://a.example/f"/></opml>'
    assert import_opml(bomb.encode()).outlets[0].name == "&b;"
    deep = "<opml>" + "<outline text='x'>" * 50_000 + '<outline text="a" xmlUrl="https://a.example/f"/>'
    assert import_opml(deep.encode()).outlets[0].tags == ("x",)


def test_an_export_is_well_formed_and_has_a_folder_for_each_first_tag() -> None:
    outlets = import_opml(EXPORTED.encode()).outlets
    root = ET.fromstring(export_opml(Configuration(outlets=outlets)))  # noqa: S314 - our own
    assert [outline.get("text") for outline in root.findall("body/outline")] == [
        "nameless.example",
        "/world",
        "Defence",
    ]
    assert root.find("body/outline[@text='Defence']/outline").get("htmlUrl") == "https://northwatch.example/"  # type: ignore[union-attr]


def test_an_outlet_without_a_feed_survives_the_way() -> None:
    outlet = Outlet.model_validate({"id": "a", "home": "https://a.example/"})
    assert import_opml(export_opml(Configuration(outlets=(outlet,))).encode()).outlets == (outlet,)


WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12).filter(
    lambda word: word.strip() and "," not in word and not set(word) & set("\ufffe\uffff")
)
FEEDS = st.integers(0, 9).map("https://news.example/feed?a=1&n={}".format)


@st.composite
def configurations(draw: st.DrawFn) -> Configuration:
    ids = draw(st.lists(st.from_regex(r"\A[a-z0-9][a-z0-9_-]{0,10}\Z"), unique=True, max_size=5))
    fields: dict[str, Any] = {
        "name": WORDS,
        "feeds": st.lists(FEEDS, unique=True, max_size=3),
        "language": st.sampled_from([None, "en", "uk", "ckb"]),
        "tags": st.lists(WORDS.map(lambda word: " ".join(word.split())), unique=True, max_size=3),
        "home": st.sampled_from(["https://news.example/", "http://127.0.0.1:8471/a?b='<c"[:22], "https://x.example/é"]),
    }
    return Configuration(
        outlets=tuple(Outlet.model_validate({"id": name, **draw(st.fixed_dictionaries(fields))}) for name in ids)
    )


@given(configurations())
def test_what_is_exported_is_imported_as_it_was(configuration: Configuration) -> None:
    back = import_opml(export_opml(configuration).encode())
    assert back.passed_over == ()
    assert sorted(back.outlets, key=lambda outlet: outlet.id) == sorted(
        configuration.outlets, key=lambda outlet: outlet.id
    )
    assert export_opml(Configuration(outlets=back.outlets)) == export_opml(configuration)
