"""What a caller need not give."""

import pytest

from watchfloor.errors import Rejected
from watchfloor_enricher.completion import complete_article


def test_text_alone_suffices() -> None:
    article = complete_article({"text": "One.\n\nTwo."}, subject="line 1")
    assert [block.text for block in article.blocks] == ["One.", "Two."]
    assert article.article_id is None
    assert len(article.content_hash) == 64


def test_ids_follow_from_the_address() -> None:
    article = complete_article({"text": "One.", "url": "https://news.example/a-b-c?utm_source=x"}, subject="line 1")
    assert article.canonical_url == "https://news.example/a-b-c"
    assert article.page_id == article.article_id


def test_what_is_not_said_of_an_image_is_unknown() -> None:
    article = complete_article({"text": "One.", "images": [{"caption": "A pier."}]}, subject="line 1")
    assert (article.images[0].caption, article.images[0].credit) == ("A pier.", None)


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"text": 5},
        {"text": "x", "published_at": "soon"},
        {"text": "x", "url": "no address"},
        {"text": "x", "images": 3},
    ],
)
def test_an_error_names_the_record(record: dict[str, object]) -> None:
    with pytest.raises(Rejected, match="line 7"):
        complete_article(record, subject="line 7")


def test_blocks_must_lie_where_they_say() -> None:
    block = {"kind": "paragraph", "text": "Two.", "start": 0, "end": 4}
    with pytest.raises(Rejected, match="block 0"):
        complete_article({"text": "One.", "blocks": [block]}, subject="line 1")
