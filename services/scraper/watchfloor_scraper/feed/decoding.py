"""The bytes of a feed or sitemap as text: compression, byte order marks, declared and undeclared encodings."""

import codecs
import re
import zlib

from watchfloor_scraper.feed.entries import NotAFeed

MAX_BYTES = 50 * 1024 * 1024
"""The sitemap protocol's own limit for one file, uncompressed."""
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']\s{0,9}([A-Za-z0-9_.:-]{1,40})")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WITHOUT_MARK = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"), (b"<\0r\0", "utf-16-le"), (b"\0<\0r", "utf-16-be"))
READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""Encodings that are read as what their users really send, as the WHATWG Encoding standard has it."""
LABELS = {
    "x-sjis": "cp932",
    "windows-874": "cp874",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ukrainian": "mac-cyrillic",
    "macintosh": "mac-roman",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "koi": "koi8-r",
    "dos-874": "cp874",
    "windows-949": "cp949",
}
"""Labels of the WHATWG Encoding standard that Python does not know."""
MULTI_BYTE = frozenset({"gb18030", "big5", "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949", "hz"})
SINGLE_BYTE = frozenset(
    [f"cp{page}" for page in (437, 850, 852, 855, 866, 874, *range(1250, 1259))]
    + [f"iso8859-{part}" for part in range(2, 17)]
    + ["koi8-r", "koi8-u", "mac-cyrillic", "mac-roman", "tis-620"]
)


def decode(content: bytes, url: str) -> str:
    """The text of a document, gzip undone, lone surrogates replaced.

    A byte order mark wins; then UTF-8, where the bytes are valid UTF-8 and no encoding of several bytes is declared;
    then the encoding of the XML line; then what the bytes look like: windows-1251 or windows-1252.

    Raises NotAFeed where it is larger than `MAX_BYTES`, also after decompression.

    >>> decode("<?xml encoding='windows-1251'?><rss>Міст</rss>".encode("cp1251"), "https://news.example/")[-10:]
    'Міст</rss>'
    """
    plain = _decompress(content, url)
    if len(plain) > MAX_BYTES:
        raise NotAFeed(f"is larger than {MAX_BYTES // 1024**2} MB", subject=url, remedy="split it")
    for mark, encoding in BYTE_ORDER_MARKS:
        if plain.startswith(mark):
            return plain[len(mark) :].decode(encoding, "replace")
    for beginning, encoding in WITHOUT_MARK:
        if plain.startswith(beginning):
            return plain.decode(encoding, "replace")
    return _by_declaration(plain)


def _by_declaration(plain: bytes) -> str:
    declared = _declared_encoding(plain)
    if declared not in MULTI_BYTE:
        try:
            return plain.decode()
        except UnicodeDecodeError:
            pass
    if declared is not None:
        return plain.decode(declared, "replace")
    valid = plain.decode(errors="replace")
    return valid if valid.count("\ufffd") * 20 < sum(map(str.isalpha, _without_ascii(valid))) else _guess(plain)


def _without_ascii(text: str) -> str:
    return re.sub(r"[\x00-\x7f]+", "", text)


def _declared_encoding(plain: bytes) -> str | None:
    """The codec of the encoding that the XML line names, where it is one that a feed may have; UTF-8 does not count."""
    found = DECLARED.search(plain, 0, 64 * 1024)
    return codec_of(found[1].decode()) if found else None


def codec_of(label: str) -> str | None:
    """The codec of an encoding that a document declares; None where it is none that is read, or UTF-8, which is tried anyhow.

    >>> codec_of("ISO-8859-1"), codec_of("utf-8"), codec_of("rot13")
    ('cp1252', None, None)
    """
    try:
        name = codecs.lookup(LABELS.get(label.lower(), label)).name
    except LookupError:
        return None
    name = READ_AS.get(name, name)
    return name if name in MULTI_BYTE | SINGLE_BYTE else None


def _guess(plain: bytes) -> str:
    """Cyrillic words are runs of high bytes; in western words such a byte mostly stands alone."""
    high, in_runs = len(re.findall(rb"[\x80-\xff]", plain)), sum(map(len, re.findall(rb"[\xa5-\xff]{3,}", plain)))
    return plain.decode("cp1251" if in_runs * 2 > high else "cp1252", "replace")


def _decompress(content: bytes, url: str) -> bytes:
    """Undo gzip, also twice and in several members; a cut-off end is passed over."""
    for _ in range(2):
        if not content.startswith(b"\x1f\x8b"):
            break
        content = _gunzip(content, url)
    return content


def _gunzip(content: bytes, url: str) -> bytes:
    whole = bytearray()
    while content.startswith(b"\x1f\x8b"):
        reader = zlib.decompressobj(wbits=31)
        try:
            whole += reader.decompress(content, MAX_BYTES + 1 - len(whole))
        except zlib.error as error:
            raise NotAFeed(f"is no gzip file: {error}", subject=url) from error
        if len(whole) > MAX_BYTES:
            raise NotAFeed(f"unpacks to more than {MAX_BYTES // 1024**2} MB", subject=url)
        content = reader.unused_data
    return bytes(whole)
