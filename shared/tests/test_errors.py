"""Errors carry what the operator needs, also out of a worker process."""

import pickle

import pytest

from watchfloor.errors import InvalidAddress, Rejected, Stop, TryLater, WatchfloorError


@pytest.mark.parametrize("kind", [Rejected, TryLater, Stop, InvalidAddress])
def test_an_error_keeps_subject_and_remedy_across_processes(kind: type[WatchfloorError]) -> None:
    error = pickle.loads(pickle.dumps(kind("is empty", subject="page.html", remedy="save it again")))  # noqa: S301
    assert type(error) is kind
    assert (error.reason, error.subject, error.remedy) == ("is empty", "page.html", "save it again")
    assert str(error) == "page.html: is empty (save it again)"


def test_an_invalid_address_is_rejected_not_tried_again() -> None:
    assert issubclass(InvalidAddress, Rejected)
    assert not issubclass(Rejected, TryLater)
