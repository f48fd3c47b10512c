"""The article's text: the page without its furniture, as blocks in their order."""

from watchfloor_parser.body.reading import Body, read_body

__all__ = ["Body", "read_body"]
