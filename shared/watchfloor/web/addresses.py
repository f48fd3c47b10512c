"""Which addresses may be connected to: the global ones, and no others.

The tables are IANA's registries of special-purpose addresses (RFC 6890) and, for IPv6, the allocation of the space
itself (RFC 4291: only 2000::/3 is global unicast). Ranges that stand for an IPv4 address (mapped, compatible,
translated, 6to4, Teredo, NAT64) are refused whole, whatever address is inside: no site is reached by them alone, and
each is a way to write a private address so that it looks like another.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

GLOBAL_UNICAST = IPv6Network("2000::/3")

# The first that contains an address gives the reason, so the narrow ones stand before the wide.
SPECIAL = tuple(
    (IPv6Network(network) if ":" in network else IPv4Network(network), reason)
    for network, reason in (
        ("0.0.0.0/32", "unspecified"),
        ("0.0.0.0/8", "of this network"),
        ("10.0.0.0/8", "private"),
        ("100.100.100.200/32", "a cloud's metadata service"),
        ("100.64.0.0/10", "of a carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's metadata service"),
        ("169.254.169.254/32", "a cloud's metadata service"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.192/32", "a cloud's metadata service"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("255.255.255.255/32", "broadcast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("::ffff:0:0:0/96", "IPv4-translated"),
        ("::/96", "IPv4-compatible"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("100::/64", "for discarding"),
        ("2001::/32", "Teredo"),
        ("2001:2::/48", "for benchmarks"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "for documentation"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "for documentation"),
        ("fd00:ec2::254/128", "a cloud's metadata service"),
        ("fc00::/7", "unique local"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)


def why_forbidden(address: str) -> str | None:
    """Why this IP address may not be connected to; None where it may. What is no IP address may not.

    >>> why_forbidden("169.254.169.254")
    "a cloud's metadata service"
    >>> why_forbidden("::ffff:127.0.0.1")
    'IPv4-mapped'
    >>> why_forbidden("8.8.8.8")
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return "not an IP address"
    return _special(ip) or (None if isinstance(ip, IPv4Address) or ip in GLOBAL_UNICAST else "reserved")


def is_address(host: str) -> bool:
    """Whether a host is an IP address, IPv6 without brackets, and no name.

    >>> is_address("::1"), is_address("news.example")
    (True, False)
    """
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _special(ip: IPv4Address | IPv6Address) -> str | None:
    return next((reason for network, reason in SPECIAL if network.version == ip.version and ip in network), None)
