"""What a process makes once and keeps, made before the first reader waits for it."""

from watchfloor_gateway.pages import assets, rendering
from watchfloor_gateway.pages.drawing.map import draw_map
from watchfloor_gateway.pages.drawing.spots import Spot

AROUND_THE_WORLD = (
    Spot("west", 60.0, -150.0, "city"),
    Spot("south", -50.0, 20.0, "city"),
    Spot("east", 60.0, 150.0, "city"),
)


def warm() -> None:
    """Compile every template, pack the assets, unpack the coasts and draw the map of the world. Takes some tenths of a second."""
    environment = rendering.environment()
    for name in environment.list_templates():
        environment.get_template(name)
    assets.digest()
    draw_map(AROUND_THE_WORLD, href=lambda _: "")
