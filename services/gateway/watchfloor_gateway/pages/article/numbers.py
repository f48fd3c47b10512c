"""The numbers of an article: how many of what, equal ones together."""

from dataclasses import dataclass

from watchfloor.events import Annotations, Bound, Quantity
from watchfloor_gateway.pages.article.entry import Entry
from watchfloor_gateway.pages.article.evidence import evidence_at
from watchfloor_gateway.pages.article.passages import Passages, in_order

SIGNS: dict[Bound, str] = {
    "exactly": "", "about": "~", "at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<",
}  # fmt: skip
TOUCHING = frozenset({"%", "°C", "°F"})


@dataclass(frozen=True)
class Counted(Entry):
    """A number with its bound and unit as it is shown; `of` and `whom` in the article's words, None where it has none."""

    shown: str
    of: str | None
    whom: tuple[str, ...]
    words: tuple[str, ...]


def numbers(article: Annotations, passages: Passages) -> tuple[Counted, ...]:
    """In the order of the text; what has the same value, bound, unit and noun is one."""
    groups: dict[tuple[object, ...], list[Quantity]] = {}
    for each in in_order(article.quantities):
        groups.setdefault((each.value, each.bound, each.unit, (each.of or "").casefold()), []).append(each)
    return tuple(
        Counted(
            id=f"number-{number}",
            evidence=evidence_at(group, group, passages),
            spans=tuple(group),
            shown=shown(group[0]),
            of=group[0].of,
            whom=tuple(dict.fromkeys(each.whom for each in group if each.whom)),
            words=tuple(dict.fromkeys(each.words for each in group)),
        )
        for number, group in enumerate(groups.values(), start=1)
    )


def shown(quantity: Quantity) -> str:
    """Bound, value, unit: `≥ 27,400 t`. No digit is rounded away: the article printed it."""
    apart = "" if quantity.unit in TOUCHING else "\N{NO-BREAK SPACE}"
    value = f"{quantity.value:,}".removesuffix(".0")
    measured = f"{value}{apart}{quantity.unit}" if quantity.unit else value
    return f"{SIGNS[quantity.bound]}\N{NO-BREAK SPACE}{measured}".lstrip("\N{NO-BREAK SPACE}")
