"""A source's last seven days as bars, against its own usual rhythm. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from watchfloor.events import SourceHealth
from watchfloor_gateway.pages.wording import count, number

HEIGHT = 24
A_DAY = 4
"""Stretches of six hours."""
STRETCH = timedelta(hours=6)
WOULD_HAVE_SPOKEN = 1.0
"""A stretch is missing where so many articles would have come, as a rule, and none did."""


@dataclass(frozen=True)
class Stretch:
    """Six hours: when they began, what came, what comes as a rule (None where that is not known)."""

    begins: datetime
    articles: int
    usual: float | None
    missing: bool


@dataclass(frozen=True)
class Rhythm:
    """The drawing, a unit of width for each stretch: paths, empty where there is nothing to draw; and the same in words."""

    width: int
    usual: str
    bars: str
    missing: str
    words: str
    stretches: tuple[Stretch, ...]


def rhythm(source: SourceHealth) -> Rhythm:
    """The drawing of a source's rhythm."""
    counts = source.articles_6h
    band = usual(counts, source.usual_24h)
    missing = frozenset(silent_stretches(counts, band)) if source.state in ("down", "silent") else frozenset()
    top = max((*counts, *band, 1.0))
    return Rhythm(
        width=len(counts),
        usual=_steps([_level(value, top) for value in band]),
        bars="".join(
            f"M{place}.1 {HEIGHT}V{_level(value, top)}h.8V{HEIGHT}z" for place, value in enumerate(counts) if value
        ),
        missing="".join(f"M{place} {HEIGHT - 3}h1v3h-1z" for place in sorted(missing)),
        words=_words(source, len(missing)),
        stretches=tuple(_stretches(source, band, missing)),
    )


def usual(counts: Sequence[int], usual_24h: float | None) -> tuple[float, ...]:
    """What comes in each stretch as a rule; empty where no rhythm is known.

    What is usual in 24 hours is shared out over the four quarters of the day as the last seven days were.

    >>> usual([0, 3, 1, 0, 0, 3, 1, 0], 8.0)
    (0.0, 6.0, 2.0, 0.0, 0.0, 6.0, 2.0, 0.0)
    """
    if usual_24h is None:
        return ()
    quarters = [sum(counts[quarter::A_DAY]) for quarter in range(A_DAY)]
    whole = sum(quarters)
    shares = [quarter / whole if whole else 1 / A_DAY for quarter in quarters]
    return tuple(usual_24h * shares[place % A_DAY] for place in range(len(counts)))


def silent_stretches(counts: Sequence[int], band: Sequence[float]) -> Iterator[int]:
    """The stretches since the last article in which the source would have spoken, as a rule.

    >>> list(silent_stretches([5, 0, 5, 5, 0, 0, 0], [5.0, 0.2, 5.0, 5.0, 5.0, 0.2, 5.0]))
    [4, 6]
    """
    last = max((place for place, value in enumerate(counts) if value), default=-1)
    return (place for place, value in enumerate(band) if place > last and value >= WOULD_HAVE_SPOKEN)


def _stretches(source: SourceHealth, band: Sequence[float], missing: frozenset[int]) -> Iterator[Stretch]:
    begins = source.at - STRETCH * len(source.articles_6h)
    for place, articles in enumerate(source.articles_6h):
        yield Stretch(begins + STRETCH * place, articles, band[place] if band else None, place in missing)


def _level(value: float, top: float) -> str:
    """How far down a height begins."""
    return f"{HEIGHT * (1 - value / top):.1f}".removesuffix(".0")


def _steps(levels: Sequence[str]) -> str:
    steps = "".join(f"V{level}H{place + 1}" for place, level in enumerate(levels))
    return f"M0 {HEIGHT}{steps}V{HEIGHT}z" if levels else ""


def _words(source: SourceHealth, missing: int) -> str:
    """The drawing in words."""
    articles = f"{count(sum(source.articles_6h), 'article')} in 7 days"
    rule = "; what is usual is not known yet"
    if source.usual_24h is not None:
        rule = f"; {number(round(source.usual_24h))} in 24 hours are usual"
    return articles + rule + (f"; missing in {count(missing, 'stretch', 'stretches')} of 6 hours" if missing else "")
