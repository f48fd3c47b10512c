"""Places in an article: which words name one, and where it lies."""

from watchfloor_enricher.places.finder import FoundPlaces, find_places

__all__ = ["FoundPlaces", "find_places"]
