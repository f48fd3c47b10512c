"""Titles of entries, as plain text."""

import re

from watchfloor_scraper.markup import decode_references

MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9]*+(?:\s[^<>]*+|/)?>|<!--[^<>]*+-->")
INLINE_MARKUP = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|nobr|p|q|s|small|span|strike|strong|sub|sup"
    r"|tt|u|wbr)(?:\s[^<>]*+|/)?>",
    re.IGNORECASE,
)
BREAK = re.compile(r"</?(?:br|p|div|h[1-6])\b", re.IGNORECASE)


def plain_title(text: str, *, certainly_html: bool = False) -> str | None:
    """Write a title without markup, its entities decoded, its white space folded; None where nothing is left.

    RSS does not say whether a title is HTML, so only tags that a title may hold are taken for tags; where the feed says
    that it is HTML (`type="html"` in Atom) all are.

    >>> plain_title("Fish &amp; <b>chips</b>: is 3 < 4?")
    'Fish & chips: is 3 < 4?'
    """
    pattern = MARKUP if certainly_html else INLINE_MARKUP
    bare = pattern.sub(lambda tag: " " if BREAK.match(tag[0]) else "", text)
    return " ".join(decode_references(bare).split()) or None
