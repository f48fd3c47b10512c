"""A file of sources that is looked at again and again: good changes are taken over, bad ones are told and left.

Nothing is taken over that was seen only once: an editor that writes in pieces shows beginnings of a file, and the
beginning of a list of outlets is again a list of outlets. One that is cut off at its end has to hold still for longer.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from watchfloor import logs
from watchfloor_scraper.configuration.configuration import Configuration
from watchfloor_scraper.configuration.faults import Fault, InvalidConfiguration
from watchfloor_scraper.configuration.files import decode, read_bytes
from watchfloor_scraper.configuration.outlet import Outlet
from watchfloor_scraper.configuration.reading import read_configuration

LOOKS = 2
"""Times in a row that a content must be seen before it counts."""
LOOKS_AT_BEGINNING = 10
"""The same for a content that is the beginning of the one before."""
LOGGER = logging.getLogger(__name__)
Signature = tuple[int, int, int, int]
Observed = bytes | tuple[Fault, ...]
"""What a file holds, or why it cannot be read."""


@dataclass(frozen=True)
class Change:
    """What a new configuration changes."""

    before: Configuration
    after: Configuration
    came: tuple[Outlet, ...]
    went: tuple[Outlet, ...]
    changed: tuple[Outlet, ...]
    """As they are now."""

    @property
    def summary(self) -> str:
        """For the log."""
        parts = [("came", self.came), ("went", self.went), ("changed", self.changed)]
        told = [f"{word}: {', '.join(outlet.id for outlet in outlets)}" for word, outlets in parts if outlets]
        return "; ".join(told) or "the contact changed"


def compare(before: Configuration, after: Configuration) -> Change | None:
    """What has changed, in the order of the files; None where nothing has that is acted on."""
    came = tuple(outlet for outlet in after.outlets if outlet.id not in before.by_id)
    went = tuple(outlet for outlet in before.outlets if outlet.id not in after.by_id)
    changed = tuple(outlet for outlet in after.outlets if before.by_id.get(outlet.id, outlet) != outlet)
    same = not (came or went or changed) and before.contact == after.contact
    return None if same else Change(before, after, came, went, changed)


def load(path: Path) -> Configuration:
    """Read a file of sources once. Raises InvalidConfiguration."""
    return read_configuration(decode(read_bytes(path), path), str(path))


class ConfigurationFile:
    """The configuration of a file, kept up to date by `poll`. Raises InvalidConfiguration where it begins with a bad one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.trouble: InvalidConfiguration | None = None
        """What is wrong with the file as it is now; None while `current` is what it says."""
        self._adopted = read_bytes(path)
        self._seen: Observed = self._adopted
        self.current = read_configuration(decode(self._adopted, path), str(path))
        """The last good configuration."""
        self._looks = 0
        self._signature: Signature | None = None

    def poll(self) -> Change | None:
        """Look at the file once; what has changed, as soon as it is sure.

        To be called every second or so. A file that is missing or bad leaves `current` as it was: `trouble` says what
        is wrong, and the log says so once for each content.
        """
        signature = _signature(self.path)
        if self._signature is not None and signature == self._signature:
            return None
        content = self._content()
        self._looks = self._looks + 1 if content == self._seen else 1
        self._seen = content
        if self._looks < self._looks_needed(content):
            return None
        self._signature = signature
        return self._settle(content)

    def _content(self) -> Observed:
        try:
            return read_bytes(self.path)
        except InvalidConfiguration as error:
            return error.faults

    def _looks_needed(self, content: Observed) -> int:
        cut_off = isinstance(content, bytes) and content != self._adopted and self._adopted.startswith(content)
        return LOOKS_AT_BEGINNING if cut_off else LOOKS

    def _settle(self, content: Observed) -> Change | None:
        if content == self._adopted:
            self.trouble = None
            return None
        if not isinstance(content, bytes):
            self._tell(InvalidConfiguration(content, subject=str(self.path)))
            return None
        try:
            after = read_configuration(decode(content, self.path), str(self.path))
        except InvalidConfiguration as error:
            self._tell(error)
            return None
        return self._adopt(content, after)

    def _adopt(self, content: bytes, after: Configuration) -> Change | None:
        change = compare(self.current, after)
        self.current, self.trouble, self._adopted = after, None, content
        if change is not None:
            LOGGER.info("%s: %s", self.path, change.summary, extra=logs.event("sources_changed"))
        return change

    def _tell(self, trouble: InvalidConfiguration) -> None:
        if self.trouble is None or self.trouble.faults != trouble.faults:
            LOGGER.error("the sources stay as they were: %s", trouble, extra=logs.event("sources_refused"))
        self.trouble = trouble


def _signature(path: Path) -> Signature:
    """What tells cheaply that a file is not the same as before; all zero where there is none."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0, 0)
    return (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
