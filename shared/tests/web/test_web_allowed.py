"""The operator's exceptions are read exactly or not at all."""

import pickle

import pytest

from watchfloor.errors import Stop
from watchfloor.settings import Settings
from watchfloor.web.allowed import allowed_of
from watchfloor.web.errors import FetchError


def test_nothing_is_allowed_by_default() -> None:
    assert allowed_of(Settings(web_allowed="")) == frozenset()


@pytest.mark.parametrize(
    "entry",
    [
        "127.0.0.1",
        "127.0.0.1:",
        ":80",
        "127.0.0.1:0",
        "127.0.0.1:65536",
        "http://127.0.0.1:80",
        "a b:80",
        "::1:80",
        "*",
    ],
)
def test_an_entry_that_is_no_pair_stops_with_a_remedy(entry: str) -> None:
    with pytest.raises(Stop, match=r"WATCHFLOOR_WEB_ALLOWED.*write pairs such as"):
        allowed_of(Settings(web_allowed=f"127.0.0.1:8481,{entry}"))


def test_an_error_keeps_its_code_across_processes() -> None:
    error = FetchError("ratio", "unpacks too far", subject="http://news.example/", remedy="leave it")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (again.code, str(again)) == ("ratio", str(error))
