"""What the pages of one outlet have in common: who reads its lists and who explains them must agree on it."""

import ada_url

from watchfloor.identity import canonical_url, host_of, registrable_domain


def domain_of(url: str) -> str:
    """The registrable domain of an address, by the Public Suffix List.

    Of an IP address and of a name in one word, such as localhost, it is the host itself, with its port where that is
    not the scheme's own. Raises InvalidAddress.

    >>> [domain_of(url) for url in ("https://www.bbc.co.uk/news", "http://127.0.0.1:8471/a", "http://localhost/")]
    ['bbc.co.uk', '127.0.0.1:8471', 'localhost']
    """
    host = host_of(url)
    return ada_url.URL(canonical_url(url)).host if has_no_domain(host) else registrable_domain(url)


def has_no_domain(host: str) -> bool:
    """Whether a host is an IP address or one word.

    >>> [has_no_domain(host) for host in ("[::1]", "10.0.0.1", "localhost", "news.example")]
    [True, True, True, False]
    """
    return host.startswith("[") or "." not in host or host.replace(".", "").isdigit()
