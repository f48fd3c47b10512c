"""Numbers in a stretch of text, in digits or letters, with what the annotations know of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchfloor.events import Quantity
from watchfloor_gateway.differences import lexicon, words
from watchfloor_gateway.differences.annotated import Mark

SIGNS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "about": "~", "exactly": ""}
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


@dataclass(frozen=True)
class Number:
    """A number as printed, from `start` in the passage; what it counts reaches to `end`, where that is known.

    `value` is None where only its digits are known.
    """

    printed: str
    start: int
    end: int
    value: float | None
    quantity: Quantity | None = None

    @property
    def sure(self) -> bool:
        """Whether it is a number beyond doubt: `one` and its kin are pronouns too."""
        return self.quantity is not None or self.value not in lexicon.AMBIGUOUS or self.printed[0].isdigit()

    @property
    def identity(self) -> object:
        """What two numbers that are the same have in common."""
        if self.quantity:
            return self.quantity.value, self.quantity.bound, self.quantity.unit
        return (self.value, "exactly", None) if self.value is not None else self.printed


def numbers(text: str, start: int, end: int, marks: Sequence[Mark], language: str | None) -> list[Number]:
    """The numbers in `text[start:end]`. Those in names and in times are none: `F-16`, `2 December`."""
    return list(_numbers(text, start, end, marks, language))


def _numbers(text: str, start: int, end: int, marks: Sequence[Mark], language: str | None) -> Iterator[Number]:
    spelled = lexicon.numerals(language)
    reached, at = start, start
    for token in words.tokens(text[start:end]):
        here, at = at, at + len(token)
        if here < reached:
            continue
        value = _value(token, spelled)
        if value is None and not token[0].isdecimal():
            continue
        around = [mark for mark in marks if mark.start < at and mark.end > here]
        if any(mark.sort != "quantity" for mark in around):
            continue
        quantity = next((mark for mark in around if mark.quantity), None)
        reached = max(quantity.end, at) if quantity else at
        yield Number(token, here, reached, value, quantity.quantity if quantity else None)


def _value(token: str, spelled: dict[str, int]) -> float | None:
    """The value of digits without separators, or of a numeral; digits with separators are read by the enricher alone.

    >>> _value("٧", {}), _value("Seven", {"seven": 7}), _value("2,400", {})
    (7, 7, None)
    """
    if re.fullmatch(r"\d{1,15}", token):
        return int(token)
    return spelled.get(token.casefold())


def amount(number: Number) -> str:
    """A number as a step shows it: `6`, `≥7`, `USD 4.2 million`, `18 km`, `55%`."""
    quantity = number.quantity
    if quantity is None:
        return number.printed if number.value is None or number.printed[0].isdigit() else str(number.value)
    value, unit = _short(quantity.value), quantity.unit
    if unit is None:
        said = value
    elif re.fullmatch("[A-Z]{3}", unit):
        said = f"{unit} {value}"
    else:
        said = value + unit if unit == "%" else f"{value} {unit}"
    return SIGNS[quantity.bound] + said


def _short(value: float) -> str:
    """A value without its noughts.

    >>> _short(4_200_000), _short(27400), _short(2.5)
    ('4.2 million', '27,400', '2.5')
    """
    for size, name in SCALES:
        if value >= size and round(value / size, 2) * size == value:
            return f"{value / size:.2f}".rstrip("0").rstrip(".") + f" {name}"
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
