"""The lowest layer, which all rooms may import: an article as passages with tokens, sentences and paragraphs."""

from watchfloor_enricher.text.passage import ArticleText, Passage, Stretch, Where, read_article
from watchfloor_enricher.text.tokens import Token

__all__ = ["ArticleText", "Passage", "Stretch", "Token", "Where", "read_article"]
