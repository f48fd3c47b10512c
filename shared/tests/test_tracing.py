"""One trace id leads from the page to the HTTP answer."""

import asyncio

from watchfloor import tracing


def test_what_follows_keeps_the_trace_and_gets_a_span_of_its_own() -> None:
    page = tracing.begin("page/1")
    article = tracing.follow(page, "page/1/parser/0")
    assert tracing.trace_id(article) == tracing.trace_id(page)
    assert article != page
    assert tracing.TRACEPARENT.match(article)


def test_an_event_emitted_again_has_the_same_traceparent() -> None:
    assert tracing.begin("page/1") == tracing.begin("page/1")
    assert tracing.follow(tracing.begin("page/1"), "x") == tracing.follow(tracing.begin("page/1"), "x")
    assert tracing.begin("page/1") != tracing.begin("page/2")


def test_an_unreadable_parent_begins_a_new_trace() -> None:
    for parent in (None, "", "00-zz-1-01", f"00-{'0' * 32}-{'1' * 16}-01"):
        assert tracing.follow(parent, "x") == tracing.begin("x")


async def test_two_tasks_do_not_see_each_others_trace() -> None:
    async def handle(parent: str) -> str | None:
        tracing.enter(parent)
        await asyncio.sleep(0)
        return tracing.current()

    assert list(await asyncio.gather(handle("a"), handle("b"))) == ["a", "b"]
    assert tracing.current() is None
