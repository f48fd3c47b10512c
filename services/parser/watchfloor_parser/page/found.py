"""A value and where it was found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Found(Generic[Value]):
    """A value and its source: `json-ld:headline`, `meta:og:title`, `page:h1`."""

    value: Value
    source: str


def first(finds: Iterable[Found[Value]]) -> Found[Value] | None:
    """The first find whose value is not empty."""
    return next((found for found in finds if found.value), None)
