"""Only global addresses are connected to, in whatever notation they are written."""

from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.web.addresses import why_forbidden
from watchfloor.web.errors import FetchError
from watchfloor.web.target import read_target

FORBIDDEN = {
    "0.0.0.0": "unspecified",
    "0.1.2.3": "of this network",
    "10.255.255.255": "private",
    "100.64.0.0": "of a carrier-grade NAT",
    "100.127.255.255": "of a carrier-grade NAT",
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "169.254.0.1": "link-local",
    "169.254.169.254": "a cloud's metadata service",
    "168.63.129.16": "a cloud's metadata service",
    "172.16.0.0": "private",
    "172.31.255.255": "private",
    "192.0.0.1": "reserved for protocols",
    "192.0.2.1": "for documentation",
    "192.88.99.1": "a 6to4 relay",
    "192.168.0.1": "private",
    "198.18.0.1": "for benchmarks",
    "198.19.255.255": "for benchmarks",
    "198.51.100.1": "for documentation",
    "203.0.113.1": "for documentation",
    "224.0.0.1": "multicast",
    "239.255.255.255": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "broadcast",
    "::": "unspecified",
    "::1": "loopback",
    "::ffff:8.8.8.8": "IPv4-mapped",
    "::ffff:0:8.8.8.8": "IPv4-translated",
    "::7f00:1": "IPv4-compatible",
    "64:ff9b::7f00:1": "NAT64",
    "64:ff9b:1:ffff::1": "NAT64",
    "64:ff9b:2::1": "reserved",
    "100::1": "for discarding",
    "2001::1": "Teredo",
    "2001:2::1": "for benchmarks",
    "2001:10::1": "reserved for protocols",
    "2001:db8::1": "for documentation",
    "2002:7f00:1::": "6to4",
    "3fff::1": "for documentation",
    "4000::1": "reserved",
    "5f00::1": "reserved",
    "fc00::1": "unique local",
    "fd00:ec2::254": "a cloud's metadata service",
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local",
    "febf::1": "link-local",
    "fec0::1": "site-local",
    "ff02::1": "multicast",
    "localhost": "not an IP address",
    "": "not an IP address",
    "127.1": "not an IP address",
    "127.0.0.1%0": "loopback",
}
GLOBAL = """
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 169.253.255.255
    172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255
    2000::1 2001:200::1 2001:4860:4860::8888 2003::1 2606:4700::1111 3ffe::1
""".split()


@pytest.mark.parametrize(("address", "reason"), FORBIDDEN.items())
def test_a_special_address_is_forbidden_with_its_reason(address: str, reason: str) -> None:
    assert why_forbidden(address) == reason


@pytest.mark.parametrize("address", GLOBAL)
def test_a_global_address_is_not_forbidden(address: str) -> None:
    assert why_forbidden(address) is None


@given(st.ip_addresses())
def test_what_the_standard_library_calls_not_global_is_forbidden(address: IPv4Address | IPv6Address) -> None:
    known = ip_address(address)
    if not known.is_global or known.is_multicast or known.is_private or known.is_reserved:
        assert why_forbidden(str(address)) is not None


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_another_is_forbidden_whole(address: IPv4Address) -> None:
    high, low = f"{int(address) >> 16:x}", f"{int(address) & 0xFFFF:x}"
    for written in (f"::ffff:{address}", f"::{high}:{low}", f"64:ff9b::{address}", f"2002:{high}:{low}::1"):
        assert why_forbidden(written) is not None


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0x7f.1",
        "１２７.0.0.1",
        "127.0.0.1.",
        "%31%32%37.1",
    ],
)
def test_every_notation_of_an_address_is_read_as_that_address(host: str) -> None:
    assert read_target(f"http://{host}/", frozenset({80})).host.rstrip(".") == "127.0.0.1"


def test_an_address_is_written_as_the_url_standard_has_it() -> None:
    target = read_target(" HTTPS://Пошта.Example:443/a/../ü?q=ü#top ", frozenset({443}))
    assert target.url == "https://xn--80a1acn3a.example/%C3%BC?q=%C3%BC"
    assert (target.host, target.port, target.secure) == ("xn--80a1acn3a.example", 443, True)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://news.example/",
        "//news.example/",
        "news.example",
        "",
        "http://",
        "http://a b/",
        "http://[::1",
        "http://user@news.example/",
        "http://user:secret@news.example/",
        "http://:secret@news.example/",
        "http://news.example:22/",
        "http://news.example:0/",
        "http://news.example:99999/",
        "http://\ud800.example/",
        "http://news.example/" + "a" * 9000,
    ],
)
def test_what_may_not_be_asked_is_refused(address: str) -> None:
    with pytest.raises(FetchError) as raised:
        read_target(address, frozenset({80, 443}))
    assert raised.value.code == "guard"
    assert "secret" not in str(raised.value)


@given(st.text())
def test_reading_an_address_raises_nothing_else(address: str) -> None:
    with suppress(FetchError):
        assert read_target(address, frozenset({80, 443})).url.startswith("http")
