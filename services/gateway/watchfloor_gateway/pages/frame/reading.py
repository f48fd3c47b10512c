"""The frame of a request: what has to be asked for it."""

from watchfloor_gateway.pages.frame.view import Frame
from watchfloor_gateway.pages.preferences import Preferences
from watchfloor_gateway.parts import Parts


async def frame(parts: Parts, preferences: Preferences, current: str | None) -> Frame:
    """What stands around a screen now."""
    return Frame(current, preferences)
