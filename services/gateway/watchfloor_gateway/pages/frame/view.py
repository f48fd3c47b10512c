"""What the frame shows."""

from dataclasses import dataclass

from watchfloor_gateway.pages.preferences import Preferences

SCREENS = (("search", "/search", "Search"), ("live", "/live", "Live"), ("sources", "/sources", "Sources"))
"""The screens that there are: name, address, word."""


@dataclass(frozen=True)
class Frame:
    """Around every screen. `current` is the screen's name in SCREENS, or None on one that is not in the navigation."""

    current: str | None
    preferences: Preferences
    screens: tuple[tuple[str, str, str], ...] = SCREENS
