"""Bodies are unpacked as they come, in bounded pieces."""

import gzip
import random
import zlib
from collections.abc import Callable
from contextlib import suppress

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.web.decoding import MOST_MEMBERS, PIECE, NotDecodable, codings_of, decoders_of, unpack


def _raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data, wbits=-15)


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("X-GZip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("deflate", _raw_deflate),
    "br": ("br", brotli.compress),
    "gzip, then br": ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
    "identity": ("identity", lambda data: data),
}


def unpacked(coding: str, data: bytes, step: int) -> tuple[bytes, bool]:
    decoders = decoders_of(codings_of(coding))
    pieces = [piece for at in range(0, len(data), step) for piece in unpack(decoders, data[at : at + step])]
    return b"".join(pieces), all(decoder.complete for decoder in decoders)


@pytest.mark.parametrize("packer", PACKERS)
@given(data=st.binary(max_size=2000), step=st.integers(1, 3000))
def test_a_body_comes_back_however_it_is_split(packer: str, data: bytes, step: int) -> None:
    coding, pack = PACKERS[packer]
    assert unpacked(coding, pack(data), step) == (data, True)


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("step", [997, 65_536, 10_000_000])
def test_a_large_body_comes_back_however_it_is_split(packer: str, step: int) -> None:
    words = random.Random(1)  # noqa: S311 - no secret
    body = b"".join(words.randbytes(words.randrange(1, 50)) * words.randrange(1, 200) for _ in range(800))
    coding, pack = PACKERS[packer]
    assert unpacked(coding, pack(body), step) == (body, True)


@pytest.mark.parametrize("packer", [name for name in PACKERS if name != "identity"])
@given(data=st.binary(min_size=1, max_size=500), missing=st.integers(1, 4))
def test_a_body_that_is_cut_is_not_complete(packer: str, data: bytes, missing: int) -> None:
    coding, pack = PACKERS[packer]
    assert not unpacked(coding, pack(data)[:-missing], 100)[1]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, br"])
@given(data=st.binary(max_size=500), step=st.integers(1, 100))
def test_any_bytes_unpack_or_are_not_decodable(coding: str, data: bytes, step: int) -> None:
    with suppress(NotDecodable):
        unpacked(coding, data, step)


@pytest.mark.parametrize("packer", [name for name in PACKERS if name != "identity"])
def test_a_bomb_comes_in_bounded_pieces(packer: str) -> None:
    coding, pack = PACKERS[packer]
    decoders = decoders_of(codings_of(coding))
    sizes = [len(piece) for piece in unpack(decoders, pack(bytes(30_000_000)))]
    assert sum(sizes) == 30_000_000
    assert all(decoder.complete for decoder in decoders)
    assert max(sizes) <= 2 * PIECE


def test_all_members_of_a_gzip_stream_are_read() -> None:
    assert unpacked("gzip", gzip.compress(b"one ") + gzip.compress(b"two"), 7) == (b"one two", True)


def test_what_follows_the_end_of_gzip_is_ignored() -> None:
    assert unpacked("gzip", gzip.compress(b"news") + bytes(50), 10) == (b"news", True)


@pytest.mark.parametrize("step", [1, 3, 100])
def test_what_follows_the_end_of_brotli_is_an_error(step: int) -> None:
    with pytest.raises(NotDecodable):
        unpacked("br", brotli.compress(b"news") + b"more", step)


def test_endless_empty_members_end() -> None:
    with pytest.raises(NotDecodable, match="members"):
        unpacked("gzip", gzip.compress(b"") * (MOST_MEMBERS + 1), 10_000)


@pytest.mark.parametrize("coding", ["zstd", "sandwich", "gzip, gzip, gzip"])
def test_a_coding_that_is_not_announced_is_refused(coding: str) -> None:
    with pytest.raises(NotDecodable):
        decoders_of(codings_of(coding))


@pytest.mark.parametrize("header", [None, "", "identity", " , "])
def test_nothing_packed_needs_no_decoder(header: str | None) -> None:
    assert decoders_of(codings_of(header)) == ()
