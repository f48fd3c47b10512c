# ruff: noqa: E501 - a page in a test stands on one line, as it is served
"""The text of the article."""

import pytest

from watchfloor_parser.body import read_body


def texts(page) -> list[str]:  # type: ignore[no-untyped-def]
    return [text for _, text in read_body(page).blocks]


def test_a_body_in_two_containers_is_read_whole(page_of, text) -> None:  # type: ignore[no-untyped-def]
    second = "<p>Fishermen said that they had seen lights on the water three nights before, and that nobody had asked them about it until now.</p>"
    half = '<div class="chunk"><div class="article-body">{}</div></div>'
    advert = (
        '<div class="ad-slot">Advertisement</div><form><p>Get our letter in your inbox every day at six.</p></form>'
    )
    body = "\n\n".join(
        texts(page_of(f"<main><h1>Mines</h1>{half.format(text)}{advert}{half.format(second * 1)}</main>"))
    )
    assert "seen lights on the water" in body
    assert "inbox" not in body


def test_double_breaks_part_paragraphs_and_inline_markup_does_not(page_of) -> None:  # type: ignore[no-untyped-def]
    first = "The harbour of Vesk was <b>closed</b> for the whole of Tuesday night after a pa<i>trol</i> found two drifting mines near the pier."
    other = "Tugs towed both of them to a sandbank, where divers blew them up at dawn, and the ferries sailed again before noon."
    page = page_of(
        f"<h1>Mines</h1><div class='text'>{first}<br><br>{other}<br> <div class='adInline'></div> <br>{first[4:]}</div>"
    )
    found = texts(page)
    assert len(found) == 3
    assert found[0].startswith("The harbour of Vesk was closed for the whole of Tuesday night after a patrol found")
    assert found[1] == other


def test_each_kind_of_block_is_told(page_of, text) -> None:  # type: ignore[no-untyped-def]
    more = (
        "<h2>What is known so far</h2><ul><li>Two mines were found by the patrol on Tuesday night</li>"
        "<li>Nobody was hurt when divers blew both of them up</li></ul>"
        "<blockquote><p>We will find those who laid them, whatever it takes and however long it is.</p></blockquote>"
        "<table><tr><th>Port</th><th>Mines</th></tr><tr><td>Vesk</td><td>2</td></tr></table>"
    )
    kinds = {
        kind
        for kind, _ in read_body(
            page_of(f"<article><h1>Mines</h1>{text}{more}{text.replace('Vesk', 'Oda')}</article>")
        ).blocks
    }
    assert {"paragraph", "heading", "list_item", "quotation"} <= kinds


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="cookie-notice" role="dialog"><p>We use cookies to improve your experience on this site of ours.</p></div>',
        "<div><h3>Share this:</h3><ul><li><a href='#'>Facebook</a></li></ul></div>",
        "<section><h3>Related</h3><ul><li><a href='/a'>Drone factories move underground, pictures show</a></li></ul></section>",
        "<aside><h2>Subscribe to our newsletter</h2><p>Get the week's stories in your inbox every Friday.</p></aside>",
        "<section><h3>3 Comments</h3><ol><li><p>Talks about talks again, nobody serious expects anything of it this summer.</p></li></ol></section>",
        '<details class="CommentBox" open><summary>Posted by x</summary><p>I was there and can tell you that nobody saw any mines at all.</p></details>',
        "<p>Read more: Harbour chief resigns after the second night without ferries</p>",
        "<p>Advertisement</p>",
        "<p>© 2026 Coast Herald. All rights reserved.</p>",
        '<figure><img src="a.jpg"><figcaption>A tug leaves the harbour of Vesk at dawn. (Photo: A. Duarte)</figcaption></figure>',
        '<div><img src="a.jpg"><br><em>A tug leaves the harbour of Vesk at dawn. (Photo: A. Duarte)</em></div>',
    ],
)
def test_furniture_is_no_part_of_the_text(page_of, text, furniture) -> None:  # type: ignore[no-untyped-def]
    paragraphs = text.replace("</p><p>", "</p>\n<p>").split("\n")
    body = f"{paragraphs[0]}{furniture}{''.join(paragraphs[1:])}"
    inside = texts(page_of(f"<article><h1>Mines</h1><div class='entry'>{body}</div></article>"))
    behind = texts(page_of(f"<div><h1>Mines</h1><div>{text}</div></div>{furniture}"))
    assert len(inside) == len(behind) == 3


def test_the_byline_above_the_text_is_left_out(page_of, text) -> None:  # type: ignore[no-untyped-def]
    found = texts(page_of(f'<article><h1>Mines</h1><p class="by">By <span>Ana Duarte</span></p>{text}</article>'))
    assert found[0].startswith("The harbour")
