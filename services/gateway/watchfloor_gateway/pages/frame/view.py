"""What the frame shows."""

from dataclasses import dataclass

from watchfloor_gateway.pages.bindings.table import KeyGroup, groups
from watchfloor_gateway.pages.frame.watch import Watch
from watchfloor_gateway.pages.preferences import Preferences

SCREENS = (("search", "/search", "Search"), ("live", "/live", "Live"), ("sources", "/sources", "Sources"))
"""The screens that there are: name, address, word."""


@dataclass(frozen=True)
class Frame:
    """Around every screen. `current` is the screen's name in SCREENS, or None on one that is not in the navigation."""

    current: str | None
    preferences: Preferences
    watch: Watch
    screens: tuple[tuple[str, str, str], ...] = SCREENS

    @property
    def key_groups(self) -> tuple[KeyGroup, ...]:
        """The table of keys, as this reader has set it."""
        return groups(self.preferences.bindings)
