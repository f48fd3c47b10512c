"""From degrees to the units of the map's picture: equidistant along the meridians, true to scale at a window's middle."""

from dataclasses import dataclass

WIDTH, HEIGHT = 400, 249
"""Of the picture, in its own units."""
WHOLE_TURN = 360.0
KM_A_DEGREE = 111.195
"""Of latitude, on the sphere of mean radius."""


@dataclass(frozen=True)
class Window:
    """The stretch of the earth that is shown: its middle, and how many units a degree takes to the east and to the north."""

    longitude: float
    latitude: float
    across: float
    along: float

    @property
    def is_world(self) -> bool:
        """Whether it shows every meridian."""
        return self.across * WHOLE_TURN <= WIDTH

    def x(self, longitude: float) -> float:
        """Where a meridian lies, on the turn of the earth that is nearest to the middle."""
        half = WHOLE_TURN / 2
        return WIDTH / 2 + ((longitude - self.longitude + half) % WHOLE_TURN - half) * self.across

    def y(self, latitude: float) -> float:
        """Where a parallel lies; north is up."""
        return HEIGHT / 2 - (latitude - self.latitude) * self.along

    def radius(self, kilometres: float) -> float:
        """How long a distance is, measured along the meridian."""
        return kilometres / KM_A_DEGREE * self.along
