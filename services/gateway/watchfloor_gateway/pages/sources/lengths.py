"""How long a source's articles are, day by day: what falls to a half has probably lost its text. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from watchfloor_gateway.pages.wording import count, number

WIDTH, HEIGHT, MARGIN = 100, 28, 4
FEWEST_DAYS = 3
"""What is usual is known after so many days before the last one."""


@dataclass(frozen=True)
class Lengths:
    """Median words a day: a line, the height of half of what is usual ("" where that is not known), and words."""

    line: str
    floor: str
    fell: bool
    now: int | None
    usual: int | None
    words: str
    days: tuple[int | None, ...]


def lengths(daily: Sequence[int | None]) -> Lengths:
    """The drawing of the median words of each day; None stands for a day without an article.

    >>> lengths([500, 500, None, 500, 100]).fell
    True
    """
    known = [words for words in daily if words is not None]
    now = known[-1] if known else None
    usual = round(median(known[:-1])) if len(known) > FEWEST_DAYS else None
    top = max((*known, 1))
    return Lengths(
        line=_line(daily, top),
        floor="" if usual is None else f"0,{_level(usual / 2, top)} {WIDTH},{_level(usual / 2, top)}",
        fell=now is not None and usual is not None and now < usual / 2,
        now=now,
        usual=usual,
        words=_words(now, usual),
        days=tuple(daily),
    )


def _line(daily: Sequence[int | None], top: int) -> str:
    """Through the days that are known; a single one is a dash."""
    across = WIDTH / max(len(daily) - 1, 1)
    points = [(across * day, _level(words, top)) for day, words in enumerate(daily) if words is not None]
    if len(points) == 1:
        (at, level) = points[0]
        points = [(max(at - MARGIN, 0), level), (min(at + MARGIN, WIDTH), level)]
    return " ".join(f"{at:.0f},{level}" for at, level in points)


def _level(words: float, top: int) -> str:
    return f"{HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * words / top:.1f}".removesuffix(".0")


def _words(now: int | None, usual: int | None) -> str:
    if now is None:
        return "no article in 14 days"
    rule = "what is usual is not known yet" if usual is None else f"usual {number(usual)}"
    return f"median words over 14 days, now {count(now, 'word')}, {rule}"
