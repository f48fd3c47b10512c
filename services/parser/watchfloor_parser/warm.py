"""Imported once by the pool's fork server: what the first page would have to wait for is loaded before it comes."""

from watchfloor_parser.page.reading import RawPage
from watchfloor_parser.parse import parse

WORDS = "Some words of no meaning, so that every table and model that a page needs is in memory. " * 3
parse(RawPage(f"<html><body><h1>Warm</h1><p>{WORDS}</p><p>{WORDS}</p></body></html>".encode(), "warm-up"))
