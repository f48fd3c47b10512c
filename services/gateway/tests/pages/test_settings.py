"""A form of settings is kept and leads back to its page, and to none of another site."""

import httpx
import pytest

from watchfloor_gateway.pages.preferences import COOKIE, Preferences, read


def kept(answer: httpx.Response) -> Preferences:
    return read(httpx.Cookies(answer.cookies)[COOKIE].strip('"'))


async def test_a_form_is_kept_and_leads_back_to_its_page(client: httpx.AsyncClient) -> None:
    answer = await client.post("/settings", data={"theme": "night", "rows": "tight", "back": "/search?q=port"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=port")
    assert kept(answer) == Preferences(theme="night", rows="tight")


async def test_a_script_needs_no_page(client: httpx.AsyncClient) -> None:
    answer = await client.post("/settings", data={"theme": "night", "quiet": "1"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert kept(answer).theme == "night"


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "/\n/evil.example",
        "\t//evil.example",
        "/search\r\nset-cookie: a=b",
        "",
    ],
)
async def test_it_never_leads_to_another_site(client: httpx.AsyncClient, back: str) -> None:
    answer = await client.post("/settings", data={"back": back}, headers={"referer": "https://evil.example/a"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/search")


async def test_without_a_word_it_leads_to_the_page_that_sent_it(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        "/settings", data={"rows": "roomy"}, headers={"referer": "http://localhost:8470/live?q=a"}
    )
    assert answer.headers["location"] == "/live?q=a"


async def test_what_a_form_does_not_have_stays(client: httpx.AsyncClient) -> None:
    cookies = {"cookie": f"{COOKIE}=theme=night&key.action_next=x"}
    answer = await client.post("/settings", data={"marks": ["", "people", "places"]}, headers=cookies)
    assert kept(answer) == Preferences(
        theme="night",
        marks=frozenset({"organisations", "quotations", "times", "quantities"}),
        bindings={"action_next": "x"},
    )


async def test_keys_are_changed_switched_off_and_made_usual_again(client: httpx.AsyncClient) -> None:
    answer = await client.post("/settings", data={"keys": "false", "key.action_next": "ж", "key.action_open": "l"})
    assert kept(answer) == Preferences(keys=False, bindings={"action_next": "ж"})
    client.cookies = answer.cookies
    again = await client.post("/settings", data={"keys": "false", "usual": "1", "key.action_next": "ж"})
    assert kept(again) == Preferences(keys=False)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"key.action_next": "k"}, "would do two things"),
        ({"key.action_next": "jj"}, "no single character"),
        ({"key.action_next": ""}, "no single character"),
        ({"theme": "mauve"}, "theme"),
    ],
)
async def test_a_wrong_setting_is_not_kept_and_the_form_says_why(
    client: httpx.AsyncClient, wrong: dict[str, str], said: str
) -> None:
    answer = await client.post("/settings", data=wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert "set-cookie" not in answer.headers


async def test_a_form_is_bounded_and_nothing_else(client: httpx.AsyncClient) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert (await client.post("/settings", content=b"theme=" + b"a" * 40_000, headers=form)).status_code == 413
    assert (await client.post("/settings", content=b"a&" * 5_000, headers=form)).status_code == 400
    assert (await client.post("/settings", content=b"\xff=1", headers=form)).status_code == 400
    assert (await client.post("/settings", json={"theme": "night"})).status_code == 415


async def test_pages_of_another_site_change_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.post("/settings", data={"theme": "night"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


async def test_the_screen_of_keys_shows_what_was_chosen(client: httpx.AsyncClient) -> None:
    answer = await client.get("/keys", headers={"cookie": f"{COOKIE}=key.action_go=y"})
    assert 'name="key.action_go" value="y"' in answer.text
    assert '<kbd data-action="go">y</kbd>' in answer.text
    assert "<kbd>y</kbd> then" in answer.text
