"""What is archived: one response as it came."""

from typing import Protocol


class Exchange(Protocol):
    """One answer of a server. `watchfloor.web`'s Response is one."""

    @property
    def final_url(self) -> str:
        """The address that answered."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def reason(self) -> str:
        """The phrase after the status, may be empty."""

    @property
    def http_version(self) -> str:
        """`1.1` or `1.0`."""

    @property
    def raw_headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """Names and values as they came."""

    @property
    def wire(self) -> bytes | None:
        """The body as transferred, packed as it was, chunks joined; None where only `content` was kept."""

    @property
    def content(self) -> bytes:
        """The body, unpacked."""

    @property
    def remote_address(self) -> str:
        """The IP address that answered; empty where unknown."""

    @property
    def complete(self) -> bool:
        """False where the body was cut off on our side."""
