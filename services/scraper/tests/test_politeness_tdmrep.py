"""Reservations of text and data mining, by TDMRep."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor_scraper.politeness.tdmrep import MAX_BYTES, TdmVerdict, read_tdmrep, reserved, tdm_record

URL = "https://provider.example/directory-b/html/a.html"
POLICY = "https://provider.example/policies/policy.json"
NOTHING = TdmVerdict(reserved=False, policy=None, where=None)
FILE = [
    {"location": "/directory-a/", "tdm-reservation": 1},
    {"location": "/directory-b/html/", "tdm-reservation": 1, "tdm-policy": POLICY},
    {"location": "/directory-b/images/*.jpg", "tdm-reservation": 0},
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["location", "tdm-reservation"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["location", "tdm-reservation"]), inner)
    ),
)


def by_file(items: object, url: str = URL) -> TdmVerdict:
    return reserved(read_tdmrep(json.dumps(items).encode()), {}, b"", url)


def meta(reservation: str, policy: str | None = None) -> bytes:
    tags = [f'<META content="{reservation}" NAME="TDM-Reservation">']
    tags += [f"<meta name=tdm-policy content='{policy}'>"] if policy else []
    return f"<!doctype html><head>{''.join(tags)}</head><body>".encode()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/directory-a/x.pdf", TdmVerdict(reserved=True, policy=None, where="file")),
        ("/directory-b/html/x.html", TdmVerdict(reserved=True, policy=POLICY, where="file")),
        ("/directory-b/images/1/x.jpg", TdmVerdict(reserved=False, policy=None, where="file")),
        ("/elsewhere", NOTHING),
    ],
)
def test_the_example_of_the_specification(path: str, expected: TdmVerdict) -> None:
    assert by_file(FILE, f"https://provider.example{path}") == expected


def test_the_first_rule_that_matches_holds_and_not_the_longest() -> None:
    items = [{"location": "/", "tdm-reservation": 0}, {"location": "/directory-b/", "tdm-reservation": 1}]
    assert (by_file(items).reserved, by_file(items[::-1]).reserved) == (False, True)


def test_the_header_supersedes_the_file_and_the_page_both() -> None:
    rules = read_tdmrep(json.dumps(FILE).encode())
    free, kept = {"TDM-Reservation": "0"}, {"tdm-reservation": "1", "tdm-policy": "https://a.example/p"}
    assert reserved(rules, free, b"", URL) == TdmVerdict(reserved=False, policy=None, where="header")
    assert reserved((), kept, b"", URL) == TdmVerdict(reserved=True, policy="https://a.example/p", where="header")
    assert reserved(rules, free, meta("1", POLICY), URL) == TdmVerdict(reserved=True, policy=POLICY, where="meta")
    assert reserved(rules, kept, meta("0", POLICY), URL) == TdmVerdict(reserved=False, policy=None, where="meta")


def test_a_reservation_without_a_policy_takes_none_from_what_it_supersedes() -> None:
    assert reserved(read_tdmrep(json.dumps(FILE).encode()), {"tdm-reservation": "1"}, b"", URL).policy is None


@pytest.mark.parametrize("value", [2, -1, "yes", "", None, True, 1.0, [1], {"a": 1}])
def test_another_value_than_0_and_1_is_unset(value: object) -> None:
    assert by_file([{"location": "/", "tdm-reservation": value}]) == NOTHING


@pytest.mark.parametrize("value", ["2", "yes", "", "1, 1", "01"])
def test_an_unset_page_leaves_the_word_to_the_header_and_the_header_to_the_file(value: str) -> None:
    rules = read_tdmrep(json.dumps(FILE).encode())
    assert reserved(rules, {"tdm-reservation": value}, meta(value), URL).where == "file"
    assert reserved(rules, {"tdm-reservation": "0"}, meta(value), URL).where == "header"


def test_what_stands_in_the_body_of_a_page_is_no_declaration() -> None:
    assert reserved((), {}, b"<body>" + meta("1"), URL) == NOTHING


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b'{"location": "/", "tdm-reservation": 1}', b"[" * 100_000, b"null", b"\xff\xfe", b"<html>",
        b'["/"]', b'[{"tdm-reservation": 1}]', b'[{"location": 7, "tdm-reservation": 1}]',
        b'[{"location": "", "tdm-reservation": 1}]', b'[{"location": "/b\\nDisallow: /", "tdm-reservation": 1}]',
        b'[{"location": "/", "tdm-reservation": 1}]' + b" " * MAX_BYTES,
    ],
)  # fmt: skip
def test_what_is_no_rule_reserves_nothing(content: bytes) -> None:
    assert reserved(read_tdmrep(content), {}, b"", URL) == NOTHING


@given(JSON)
def test_any_json_is_read_without_a_word(items: object) -> None:
    assert isinstance(by_file(items).reserved, bool)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_a_word(content: bytes) -> None:
    read_tdmrep(content)
    reserved((), {}, b"tdm-" + content, URL)


def test_a_host_without_the_file_is_asked_again_after_a_day_and_one_out_of_order_after_an_hour() -> None:
    assert tdm_record(200, b"[]", 0.0).content == b"[]"
    assert (tdm_record(404, b"[]", 0.0).content, tdm_record(404, b"", 0.0).expires_at) == (b"", 86_400.0)
    for answer in ("timeout", 429, 503):
        assert tdm_record(answer, b"", 0.0).expires_at == 3600.0
    assert tdm_record(200, b"x" * (MAX_BYTES + 1), 0.0).content == b""
