"""A request's way through redirects: where it stands, what it carries, what it may still cost."""

from dataclasses import dataclass, field

from watchfloor.web.errors import Code, FetchError
from watchfloor.web.limits import Limits
from watchfloor.web.request_headers import Headers
from watchfloor.web.response import Hop
from watchfloor.web.target import Target, read_target


@dataclass(slots=True)
class Journey:
    """One call of the client. `seconds` are those that are left of the total time."""

    url: str
    target: Target
    headers: Headers
    limits: Limits
    seconds: float
    hops: list[Hop] = field(default_factory=list)

    def follow(self, status: int, location: str, ports: frozenset[int]) -> None:
        """Go where a redirect points, without the caller's headers where that is another host.

        Raises FetchError `guard`, `redirects`, `redirect_loop`.
        """
        before = self.target
        self.hops.append(Hop(before.url, status, location))
        if len(self.hops) > self.limits.redirects:
            raise self._failure("redirects", f"more than {self.limits.redirects} redirects")
        target = read_target(location, ports, before.url)
        if any(target.url == hop.url for hop in self.hops):
            raise self._failure("redirect_loop", f"redirects to {target.url}, which was asked already")
        if not target.takes_what_was_meant_for(before):
            self.headers = ()
        self.target = target

    def _failure(self, code: Code, reason: str) -> FetchError:
        return FetchError(code, reason, subject=self.target.url)
