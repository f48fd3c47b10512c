"""Every error that Watchfloor raises on purpose. What a handler raises says what happens next.

    WatchfloorError
    ├── Rejected          this event will never work: to the dead letters, whole, with the reason
    │   ├── InvalidAddress    an address that no page can have
    │   ├── QuerySyntaxError  a query that cannot be read, with the place (`watchfloor.query`)
    │   └── NotAFeed          a file that is neither feed nor sitemap (scraper)
    ├── FetchError        a request that brought no usable answer, with its code; the caller judges (`watchfloor.web`)
    ├── TryLater          the world may mend itself: again, with growing delays, the partition waits
    └── Stop              this process cannot go on: it ends, its event unacknowledged
        └── InvalidConfiguration  a file of sources that is wrong, with line, field and remedy of each fault (scraper)

Anything else that escapes a handler is unforeseen and counts as rejected, with its traceback.
"""


class WatchfloorError(Exception):
    """The root. Carries its subject and the remedy, so that the operator need not parse a sentence."""

    def __init__(self, reason: str, *, subject: str, remedy: str | None = None) -> None:
        super().__init__(f"{subject}: {reason}" + (f" ({remedy})" if remedy else ""))
        self.reason = reason
        self.subject = subject
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross the border of a worker process; keyword-only arguments need help to be pickled."""
        return _again, (type(self), self.reason, self.subject, self.remedy)


def _again(kind: type[WatchfloorError], reason: str, subject: str, remedy: str | None) -> WatchfloorError:
    return kind(reason, subject=subject, remedy=remedy)


class Rejected(WatchfloorError):
    """This event will never work: it goes to the dead-letter topic whole, with the reason."""


class InvalidAddress(Rejected):
    """An address that no page can have: no host, or a scheme other than http and https."""


class TryLater(WatchfloorError):
    """Something outside is away for now: the same event is tried again, with growing delays."""


class Stop(WatchfloorError):
    """This process cannot do its work at all; it ends with its event unacknowledged."""
