"""What no parser may be given: looked for in the text, in linear time, before a tree is built.

Measured: 889 KB with 100,000 attributes on one tag cost every parser 14 to 25 s; lxml drops what lies under 5,000 tags.
"""

import re

from watchfloor.errors import Rejected

MAX_ATTRIBUTES = 1000
MAX_DEPTH = 1000
MAX_TAGS = 300_000
LONG_TAG = 4000
"""Characters; a tag with MAX_ATTRIBUTES attributes is longer."""
RAW_TEXT = re.compile(r"<(script|style)\b[^>]{0,4000}>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"""<[a-zA-Z](?:[^>"'=]++|=\s*+"[^"]{0,200000}+"|=\s*+'[^']{0,200000}+'|[="'])*+""")
VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*'|[^\s>]*)""")
NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|aside|table|ul|ol|dl|blockquote|font|center"
    r"|b|i|em|strong|u|a|details|figure)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)
"""Tags that must be closed by hand; the others end by themselves."""
REMEDY = "no news page is built like this; the page is broken or hostile"


def guard(text: str, *, subject: str) -> None:
    """Raise Rejected where the page has more tags, deeper tags or more attributes on a tag than a tree can hold."""
    if text.count("<") > MAX_TAGS:
        raise Rejected(f"has over {MAX_TAGS:,} tags", subject=subject, remedy=REMEDY)
    markup = RAW_TEXT.sub("", text)
    if any(map(_crowded, TAG.finditer(markup))):
        raise Rejected(f"has over {MAX_ATTRIBUTES:,} attributes on one tag", subject=subject, remedy=REMEDY)
    if _depth(markup) > MAX_DEPTH:
        raise Rejected(f"nests over {MAX_DEPTH:,} tags", subject=subject, remedy=REMEDY)


def _crowded(tag: re.Match[str]) -> bool:
    if tag.end() - tag.start() < LONG_TAG:
        return False
    names = VALUE.sub(" ", tag[0])
    return len(names.split()) > MAX_ATTRIBUTES


def _depth(markup: str) -> int:
    deepest = depth = 0
    for tag in NESTING.finditer(markup):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
