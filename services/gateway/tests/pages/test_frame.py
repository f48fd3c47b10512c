"""Every page comes in one frame, under a strict policy; an answer that is swapped in has no script."""

import re

import httpx

from watchfloor_gateway.pages import assets, warming
from watchfloor_gateway.pages.drawing import land


async def test_a_page_has_a_policy_without_exceptions(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/keys")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'; trusted-types watchfloor" in policy
    assert "unsafe" not in policy


async def test_what_is_swapped_in_has_neither_script_nor_stylesheet(client: httpx.AsyncClient) -> None:
    answer = await client.get("/keys", headers={"hx-request": "true"})
    assert "hx-request" in answer.headers["vary"]
    assert not re.search(r"<(script|link|meta|style|dialog)", answer.text)
    for part in ("<title>Keys", 'id="screens"', 'id="watch-line"', 'id="main"'):
        assert part in answer.text


async def test_the_current_screen_is_marked(client: httpx.AsyncClient) -> None:
    answer = await client.get("/sources")
    assert '<a href="/sources" aria-current="page">' in answer.text


async def test_a_setting_is_rendered(client: httpx.AsyncClient) -> None:
    answer = await client.get("/keys", headers={"cookie": "watchfloor=theme=night&keys=false"})
    assert 'id="theme-night" value="night" checked' in answer.text
    assert 'data-keys="off"' in answer.text


async def test_assets_are_kept_for_ever_under_their_digest_and_asked_for_again_under_another(
    client: httpx.AsyncClient,
) -> None:
    address = assets.address("main.js")
    answer = await client.get(address)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    other = await client.get("/static/000000000000/main.js")
    assert (other.content, other.headers["cache-control"]) == (answer.content, "no-cache")
    again = await client.get(address, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_assets_are_packed_for_who_can_unpack(client: httpx.AsyncClient) -> None:
    packed = await client.get(assets.address("page.css"))
    plain = await client.get(assets.address("page.css"), headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content


async def test_one_request_brings_every_stylesheet(client: httpx.AsyncClient) -> None:
    asked = re.findall(r'<link rel="stylesheet" href="([^"]*)"', (await client.get("/keys")).text)
    assert asked == [assets.address("screens.css")]
    joined = (await client.get(asked[0])).text
    for sheet in assets.FOLDER.glob("*.css"):
        assert sheet.read_text() in joined


def test_warming_up_makes_what_the_first_reader_would_wait_for() -> None:
    land.land.cache_clear()
    warming.warm()
    assert land.land.cache_info().currsize == 1


async def test_every_script_that_another_imports_is_there(client: httpx.AsyncClient) -> None:
    for name in ("main.js", "boost.js", "keys.js", "rows.js"):
        text = (await client.get(assets.address(name))).text
        for imported in re.findall(r'(?:from|import) "\./([^"]+)"', text):
            assert (await client.get(assets.address(imported))).status_code == 200
