"""Settings come back from a cookie as they were kept; whatever else stands in it, the page is rendered."""

from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import Response

from watchfloor_gateway.pages.bindings import actions
from watchfloor_gateway.pages.preferences import LONGEST, MARKS, Preferences, keep, read, written

KEYS = st.characters(min_codepoint=33).filter(actions.is_key)
BINDINGS = st.dictionaries(st.sampled_from(sorted(actions.USUAL)), KEYS).filter(
    lambda chosen: not list(actions.clashes(actions.bound(chosen)))
)


@given(
    theme=st.sampled_from(["auto", "noon", "night"]),
    rows=st.sampled_from(["tight", "plain", "roomy"]),
    marks=st.frozensets(st.sampled_from(MARKS)),
    keys=st.booleans(),
    bindings=BINDINGS,
)
def test_what_is_kept_is_read(**given: object) -> None:
    preferences = Preferences.model_validate(given)
    assert read(written(preferences)) == preferences
    assert len(written(preferences)) <= LONGEST


@given(st.text() | st.text("&=%;+ .", max_size=3000))
def test_garbage_is_the_usual_settings(cookie: str) -> None:
    assert isinstance(read(cookie), Preferences)


def test_one_setting_that_cannot_be_read_leaves_the_others() -> None:
    found = read("theme=mauve&rows=tight&marks=times&key.action_next=jj")
    assert found == Preferences(rows="tight", marks=frozenset({"times"}))


def test_two_actions_never_have_one_key() -> None:
    assert read("key.action_next=k") == Preferences()
    assert read("key.action_next=k&key.action_previous=j").bindings == {"action_next": "k", "action_previous": "j"}


def test_keys_of_screens_are_apart_from_the_others() -> None:
    assert read("key.screen_search=j").bindings == {"screen_search": "j"}


def test_no_other_site_sends_the_cookie() -> None:
    answer = Response()
    keep(answer, Preferences(theme="night"))
    cookie = answer.headers["set-cookie"]
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie


def test_the_usual_keys_do_one_thing_each() -> None:
    assert not list(actions.clashes(actions.USUAL))
