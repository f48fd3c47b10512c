"""WARC 1.1 records (ISO 28500:2017) of responses, as octets: one gzip member each."""

import base64
import hashlib
from io import BytesIO

from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from watchfloor_scraper.archive.exchange import Exchange
from watchfloor_scraper.archive.http_head import http_head, stored_body

VERSION = "1.1"
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
Fields = dict[str, str]


def payload_digest(exchange: Exchange) -> str:
    """The digest of the stored body, written as is the custom of the field: sha1 in base 32."""
    sha1 = hashlib.sha1(stored_body(exchange), usedforsecurity=False)
    return "sha1:" + base64.b32encode(sha1.digest()).decode()


def warcinfo_record(filename: str, at: str) -> tuple[bytes, str]:
    """The record that begins a file, and its id."""
    about = {
        "software": "Watchfloor",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    record = _writer().create_warcinfo_record(filename, about)
    record.rec_headers.replace_header("WARC-Date", at)
    return _octets(record), str(record.rec_headers.get_header("WARC-Record-ID"))


def response_record(exchange: Exchange, at: str, warcinfo_id: str) -> bytes:
    """The response whole."""
    fields = _fields(exchange, at, warcinfo_id) | {"WARC-Payload-Digest": payload_digest(exchange)}
    fields |= {} if exchange.complete else {"WARC-Truncated": "length"}
    body = stored_body(exchange)
    record = _writer().create_warc_record(
        exchange.final_url,
        "response",
        payload=BytesIO(body),
        length=len(body),
        http_headers=http_head(exchange),
        warc_headers_dict=fields,
    )
    return _octets(record)


def revisit_record(
    exchange: Exchange, at: str, warcinfo_id: str, *, archived: str, not_modified: bool = False
) -> bytes:
    """The headers alone: the body is that of the record of the same address that was `archived` then."""
    fields = _fields(exchange, at, warcinfo_id) | {
        "WARC-Profile": NOT_MODIFIED if not_modified else IDENTICAL,
        "WARC-Refers-To-Target-URI": exchange.final_url,
        "WARC-Refers-To-Date": archived,
    }
    fields |= {} if not_modified else {"WARC-Payload-Digest": payload_digest(exchange)}
    head = http_head(exchange)
    return _octets(
        _writer().create_warc_record(exchange.final_url, "revisit", http_headers=head, warc_headers_dict=fields)
    )


def _fields(exchange: Exchange, at: str, warcinfo_id: str) -> Fields:
    address = {"WARC-IP-Address": exchange.remote_address} if exchange.remote_address else {}
    return {"WARC-Date": at, "WARC-Warcinfo-ID": warcinfo_id} | address


def _writer(out: BytesIO | None = None) -> WARCWriter:
    return WARCWriter(out or BytesIO(), gzip=True, warc_version=VERSION)


def _octets(record: ArcWarcRecord) -> bytes:
    out = BytesIO()
    _writer(out).write_record(record)
    return out.getvalue()
