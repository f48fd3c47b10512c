"""Numbers in an article with what they count or measure."""

from watchfloor_enricher.quantities.finder import find_quantities

__all__ = ["find_quantities"]
