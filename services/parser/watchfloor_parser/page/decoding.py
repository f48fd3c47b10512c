"""Bytes to text: byte order mark, header, meta, XML declaration, and what the bytes show where these are wrong.

The order and the labels follow the WHATWG Encoding and HTML standards; browsers believe a declared charset whatever the
bytes are, we do not: valid UTF-8 with characters beyond ASCII is UTF-8.
"""

import codecs
import re

from charset_normalizer import from_bytes

from watchfloor.errors import Rejected

BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
IN_META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
IN_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
MARKUP = re.compile(rb"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""Python's name of a label to the codec that browsers use for it."""
LIKELY = (
    "utf_8 cp1251 koi8_r koi8_u cp1252 cp1250 cp1253 cp1254 cp1255 cp1256 cp1257 cp874 "
    "gb18030 big5 cp932 euc_jp cp949 iso8859_5"
).split()
SAMPLE_BYTES = 50_000
MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or film (RIFF)"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip within gzip"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"OggS", "sound or film (Ogg)"),
    (b"ID3", "sound (MP3)"),
    (b"wOF", "a font"),
    (b"SQLite format 3", "a database"),
)
REMEDY = "give the HTML of an article's page"


def decode(raw: bytes, content_type: str | None, *, subject: str) -> str:
    """The page's text.

    Raises Rejected where the bytes are empty or no text at all.
    """
    refuse_binary(raw, subject=subject)
    for mark, codec in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(codec, errors="replace")
    if _utf16_without_mark(raw):
        return raw.decode("utf-16-le" if raw[1:2] == b"\0" else "utf-16-be", errors="replace")
    if b"\0" in raw[:SAMPLE_BYTES].replace(b"\0\0", b"\0"):
        raw = _without_zeros(raw, subject=subject)
    return _decode_as(declared_charset(raw, content_type), raw)


def refuse_binary(raw: bytes, *, subject: str) -> None:
    """Raise Rejected for what is empty, or begins like a file that holds no text."""
    if not raw.strip():
        raise Rejected("is empty", subject=subject, remedy=REMEDY)
    kind = next((kind for magic, kind in MAGIC if raw.startswith(magic)), None)
    if kind is None and raw[4:8] == b"ftyp":
        kind = "a film or image (ISO media)"
    if kind is not None:
        raise Rejected(f"is {kind}, no HTML", subject=subject, remedy=REMEDY)


def declared_charset(raw: bytes, content_type: str | None) -> str | None:
    """The codec that header, meta or XML declaration name, in this order; None where none names one we know."""
    found = IN_HEADER.search(content_type or "")
    labels = [found[1] if found else None]
    for pattern in (IN_META, IN_XML):
        match = pattern.search(raw[:8192])
        labels.append(match[1].decode("ascii", "replace") if match else None)
    return next(filter(None, map(_codec, labels)), None)


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return WIDER.get(name, name)


def _decode_as(declared: str | None, raw: bytes) -> str:
    """Believe UTF-8 where the bytes are, else the declared charset where it fits, else what the bytes look like."""
    if (text := _strictly("utf-8", raw)) is not None:
        return text
    if declared not in (None, "utf-8", "utf-16", "utf-16-le", "utf-16-be"):
        text = raw.decode(declared, errors="replace")
        if text.count("\ufffd") <= len(raw) // 1000 and not _looks_like_another_alphabet(declared, raw):
            return text
    as_utf8 = raw.decode("utf-8", errors="replace")
    foreign = sum(byte > 127 for byte in raw[:SAMPLE_BYTES])
    if as_utf8[:SAMPLE_BYTES].count("\ufffd") * 20 <= foreign and as_utf8.count("\ufffd") * 20 <= len(raw):
        return as_utf8
    return raw.decode(_guess(raw) or declared or "cp1252", errors="replace")


def _strictly(codec: str, raw: bytes) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


def _looks_like_another_alphabet(declared: str, raw: bytes) -> bool:
    """Whether a page that says it is Western is mostly made of bytes that Western text uses now and then."""
    if declared != "cp1252":
        return False
    text = MARKUP.sub(b" ", raw[:SAMPLE_BYTES])
    plain = sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in text)
    return sum(byte >= 192 for byte in text) > plain


def _guess(raw: bytes) -> str | None:
    sample = MARKUP.sub(b" ", raw[: 4 * SAMPLE_BYTES])[:SAMPLE_BYTES]
    best = from_bytes(sample, cp_isolation=LIKELY, enable_fallback=False).best()
    return best.encoding if best else None


def _utf16_without_mark(raw: bytes) -> bool:
    head = raw[:400]
    return len(head) >= 4 and (head[1::2].count(0) * 10 > len(head) * 4 or head[::2].count(0) * 10 > len(head) * 4)


def _without_zeros(raw: bytes, *, subject: str) -> bytes:
    """A stray zero byte is dropped; many mean that this is no text."""
    if raw.count(b"\0") * 100 > len(raw):
        raise Rejected("is binary data, no HTML", subject=subject, remedy=REMEDY)
    return raw.replace(b"\0", b"")
