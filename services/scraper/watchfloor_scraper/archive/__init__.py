"""Fetched responses to WARC files."""

from watchfloor_scraper.archive.exchange import Exchange
from watchfloor_scraper.archive.writer import ArchiveWriter

__all__ = ["ArchiveWriter", "Exchange"]
