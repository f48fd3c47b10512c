"""When an article is looked at again: for corrections, silent edits and withdrawals."""

from dataclasses import dataclass

MISSED_AGAIN = 600.0
"""After a first 404 or 410: soon, since servers err, and a withdrawal is news."""
GONE_AFTER = 2
"""Consecutive answers of 404 or 410 after which a page counts as gone."""
GONE_AGAIN = (86_400.0, 7 * 86_400.0, 30 * 86_400.0)
"""When a page that is gone is looked at, whether it came back; then never."""
CHANGED_SHARE = 1 / 8
PROLONGED = 1 / 4


@dataclass(frozen=True)
class RevisitPolicy:
    """At what times an article is looked at again.

    By default after 1, 3, 7, 15 ... hours: half of all corrections come within hours. Nine times in 30 days, in which
    a host at one request in two seconds can keep watch over more articles than any outlet writes.
    """

    first: float = 3600.0
    """Seconds after the first fetch, and after every change."""
    growth: float = 2.0
    """Each further wait is so much longer; 1: all are the same."""
    until: float = 30 * 86_400.0
    """Seconds after the first fetch when it ends."""


def next_revisit(
    policy: RevisitPolicy, now: float, first_fetched_at: float, last_changed_at: float | None, unchanged: int
) -> float | None:
    """When an article is due again; None where its time is over.

    `unchanged` counts the visits in a row that found nothing changed: the wait begins anew after a change. But it is
    never less than an eighth of the article's age (less with a `growth` under 2), since many pages differ in their
    bytes at every visit. The last visit is at the end of the time itself; a change prolongs it by a quarter at most.

    >>> policy = RevisitPolicy(first=60, growth=2, until=1000)
    >>> [next_revisit(policy, 0, 0, None, unchanged) for unchanged in (0, 1, 2, 3, 4, 5)]
    [60, 120, 240, 480, 960, 1000]
    >>> next_revisit(policy, 1000, 0, None, 5) is None, next_revisit(policy, 1000, 0, 1000, 0)
    (True, 1125.0)
    """
    age = now - min(first_fetched_at, now)
    share = CHANGED_SHARE * min(max(policy.growth - 1, 0.0), 1.0)
    wait = max(policy.first * policy.growth ** min(unchanged, 64), age * share)
    ends = first_fetched_at + policy.until
    if last_changed_at is not None:
        ends = max(ends, min(last_changed_at, ends) + policy.until * PROLONGED)
    return min(now + wait, ends) if now < ends else None


def after_miss(policy: RevisitPolicy, now: float, misses: int) -> float | None:
    """When a page is due again that answered 404 or 410 `misses` times in a row; None: it is given up.

    >>> [after_miss(RevisitPolicy(), 0, misses) for misses in (1, 2, 3, 4, 5)]
    [600.0, 86400.0, 604800.0, 2592000.0, None]
    """
    if misses < GONE_AFTER:
        return now + min(MISSED_AGAIN, policy.first)
    again = misses - GONE_AFTER
    return now + GONE_AGAIN[again] if again < len(GONE_AGAIN) else None


def is_gone(misses: int) -> bool:
    """Whether a page counts as gone after so many answers of 404 or 410 in a row.

    >>> is_gone(1), is_gone(2)
    (False, True)
    """
    return misses >= GONE_AFTER
