"""The bytes of a page as the text of its tags: decoded, without scripts and styles."""

import codecs
import re
from collections.abc import Iterator

from watchfloor_scraper.feed.decoding import codec_of

BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DECLARED = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
DECLARED_WITHIN = 8 * 1024
"""The standard wants it in the first 1,024 bytes; pages are late."""
RAW_TEXT = re.compile(r"<(script|style|textarea|iframe)(?=[\s/>])", re.IGNORECASE)
ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "iframe")}


def html_text(content: bytes) -> str:
    """The text of a page. Never raises: by byte order mark, else UTF-8 where it is that, else as declared, else 1252.

    >>> html_text('<meta charset="windows-1251"><a>Міст</a>'.encode("cp1251"))[-11:]
    '<a>Міст</a>'
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        return decoder.decode(content)  # a character cut off at the end is left out
    except UnicodeDecodeError:
        return content.decode(_declared(content) or "cp1252", "replace")


def _declared(content: bytes) -> str | None:
    found = DECLARED.search(content, 0, DECLARED_WITHIN)
    return codec_of(found[1].decode()) if found else None


def without_raw_text(text: str) -> str:
    """The text without what stands in scripts, styles and the like, whose tags are no tags. Linear.

    >>> without_raw_text("<b>1</b><script>'<a href=x>'</SCRIPT ><i>2</i><style>")
    '<b>1</b><script></SCRIPT ><i>2</i><style>'
    """
    return "".join(_outside_raw_text(text))


def _outside_raw_text(text: str) -> Iterator[str]:
    place = 0
    while found := RAW_TEXT.search(text, place):
        begins = text.find(">", found.end()) + 1 or len(text)
        yield text[place:begins]
        end = ENDS[found[1].lower()].search(text, begins)
        if end is None:
            return
        place = end.start()
    yield text[place:]
