"""What of an article is searched for words, as it is printed."""

from typing import Self

from pydantic import BaseModel, ConfigDict

from watchfloor.events import ArticleLatest
from watchfloor.query.stemming import Stemmers, stemmers_for


class PrintedImage(BaseModel):
    """Of an image, what is searched."""

    model_config = ConfigDict(frozen=True)

    caption: str | None


class Printed(BaseModel):
    """Of an article, what is searched for words: a quarter of the work of reading all of it."""

    model_config = ConfigDict(frozen=True)

    language: str | None
    title: str | None
    subtitle: str | None
    text: str
    images: tuple[PrintedImage, ...]

    @classmethod
    def read(cls, written: bytes) -> Self:
        """Read it out of an article's JSON."""
        return cls.model_validate_json(written)


def stemmers_of(article: ArticleLatest | Printed) -> Stemmers:
    """By which stemmers its words are read, as `query.document` does."""
    return stemmers_for(article.language, f"{article.title or ''} {article.text}")
