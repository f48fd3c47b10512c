"""Bytes to text."""

import codecs

import pytest

from watchfloor.errors import Rejected
from watchfloor_parser.page.decoding import decode

UKRAINIAN = "<p>Уряд у середу змінив порядок охорони мостів через велику річку після двох нічних аварій.</p>" * 3
GERMAN = "<p>Die Brücke über den großen Fluß wurde früh am Morgen gesperrt.</p>" * 3


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_byte_order_mark_is_believed_before_all_else(codec: str) -> None:
    mark = codecs.BOM_UTF8 if codec == "utf-8" else b""
    assert decode(mark + UKRAINIAN.encode(codec), "text/html; charset=koi8-r", subject="a") == UKRAINIAN


@pytest.mark.parametrize(
    ("content_type", "head"),
    [
        ("text/html; charset=windows-1251", ""),
        (None, '<meta charset="windows-1251">'),
        (None, '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'),
    ],
)
def test_header_and_meta_name_the_charset(content_type: str | None, head: str) -> None:
    assert decode((head + UKRAINIAN).encode("cp1251"), content_type, subject="a") == head + UKRAINIAN


def test_a_declared_latin_1_is_read_as_browsers_read_it() -> None:
    page = '<meta charset="iso-8859-1"><p>“Fluß” – ja</p>'
    assert decode(page.encode("cp1252"), None, subject="a") == page


@pytest.mark.parametrize("declared", ["windows-1252", "koi8-r", "no-such-charset"])
def test_utf_8_is_seen_whatever_is_declared(declared: str) -> None:
    assert decode(GERMAN.encode(), f"text/html; charset={declared}", subject="a") == GERMAN


def test_a_page_that_wrongly_says_utf_8_is_read_by_its_bytes() -> None:
    assert "змінив порядок" in decode(UKRAINIAN.encode("cp1251"), "text/html; charset=utf-8", subject="a")


def test_one_broken_character_does_not_make_another_charset() -> None:
    assert "großen" in decode(GERMAN.encode() + b"\xc3", "text/html; charset=utf-8", subject="a")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\x89PNG\r\n", "is a PNG image"),
        (b"PK\x03\x04...", "is a ZIP archive"),
        (b"<p>" + b"\0\1\2\3" * 50, "is binary data"),
    ],
)
def test_what_is_no_text_is_refused_by_name(content: bytes, reason: str) -> None:
    with pytest.raises(Rejected, match=f"page.bin: {reason}.*give the HTML"):
        decode(content, None, subject="page.bin")
