"""What a reader may rely on when looking at a map."""

import re
from collections.abc import Callable
from itertools import accumulate, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchfloor.events import ArticleEnriched, ArticleLatest, Place, Precision, Span
from watchfloor.store import protocol
from watchfloor_gateway.pages.drawing.clipping import Box, clipped, simplified
from watchfloor_gateway.pages.drawing.labels import SIZE, Circle, placed
from watchfloor_gateway.pages.drawing.land import LONGEST, MARGIN, has_coast, land
from watchfloor_gateway.pages.drawing.map import MapView, draw_map
from watchfloor_gateway.pages.drawing.projection import HEIGHT, WIDTH
from watchfloor_gateway.pages.drawing.spots import Spot, found_spots, ids_of, spots_of
from watchfloor_gateway.pages.drawing.topology import rings
from watchfloor_gateway.pages.drawing.window import CLOSEST, window
from watchfloor_gateway.pages.rendering import environment

Keep = Callable[..., ArticleEnriched]
unhurried = settings(deadline=None)
SVG = "{http://www.w3.org/2000/svg}"
longitudes = st.floats(-180, 180)
latitudes = st.floats(-90, 90)
points = st.lists(st.tuples(longitudes, latitudes), min_size=1, max_size=30)
near = st.tuples(longitudes, latitudes).flatmap(
    lambda middle: st.lists(
        st.tuples(st.floats(-20, 20), st.floats(-20, 20)).map(
            lambda off: ((middle[0] + off[0] + 180) % 360 - 180, min(max(middle[1] + off[1], -90), 90))
        ),
        min_size=1,
        max_size=12,
    )
)
STEP = re.compile(r"-?(?:\d+\.\d|\d+|\.\d)")


def spot(name: str, latitude: float, longitude: float, count: int | None = None, **more: object) -> Spot:
    return Spot(name, latitude, longitude, **{"precision": "city", "count": count, **more})  # type: ignore[arg-type]


SULINA = spot("Sulina", 45.16, 29.65, 141)
ODESA = spot("Odesa", 46.48, 30.73, 38)


def drawn(*spots: Spot) -> MapView:
    view = draw_map(spots, href=lambda each: f"/search?q=place:{each.name}")
    assert view is not None
    return view


def positions(path: str) -> list[list[tuple[float, float]]]:
    """The points of each ring of a path, read back."""
    found = []
    for part in path.split("z")[:-1]:
        numbers = [round(float(number) * 10) for number in STEP.findall(part)]
        pairs = zip(accumulate(numbers[0::2]), accumulate(numbers[1::2]), strict=True)
        found.append([(x / 10, y / 10) for x, y in pairs])
    return found


@unhurried
@given(points)
def test_every_point_lies_in_the_middle_half_from_north_to_south_and_in_the_picture_from_west_to_east(
    places: list[tuple[float, float]],
) -> None:
    shown = window(places, has_coast)
    assert all(HEIGHT / 4 <= shown.y(latitude) <= HEIGHT * 3 / 4 for _, latitude in places)
    assert all(0 <= shown.x(longitude) <= WIDTH for longitude, _ in places)


@unhurried
@given(near)
def test_short_of_the_whole_world_every_point_lies_in_the_middle_half(places: list[tuple[float, float]]) -> None:
    shown = window(places, has_coast)
    if shown.across * 360 > WIDTH + 0.1:
        assert all(WIDTH / 4 <= shown.x(longitude) <= WIDTH * 3 / 4 for longitude, _ in places)


@unhurried
@given(points)
def test_a_window_depends_on_where_the_points_are_not_on_their_order(places: list[tuple[float, float]]) -> None:
    assert window(places, has_coast) == window(places[::-1], has_coast)


@settings(max_examples=25, deadline=None)
@given(st.one_of(near, points))
def test_the_coast_stays_within_the_margin_of_the_picture_and_is_short(places: list[tuple[float, float]]) -> None:
    path = land(window(places, has_coast))
    assert len(path) <= LONGEST
    for ring in positions(path):
        assert all(-MARGIN <= x <= WIDTH + MARGIN and -MARGIN <= y <= HEIGHT + MARGIN for x, y in ring)


@pytest.mark.parametrize(
    "places",
    [[(28.0, 44.0)], [(178.4, -18.1), (-149.9, 61.2)], [(-74.0, 40.7), (139.7, 35.7), (2.3, 48.8)], [(0.0, -90.0)]],
)
def test_the_same_window_has_the_same_coast(places: list[tuple[float, float]]) -> None:
    shown = window(places, has_coast)
    first = land(shown)
    land.cache_clear()
    assert first == land(shown) != ""


def test_places_on_both_sides_of_the_date_line_lie_side_by_side() -> None:
    shown = window([(178.4, -18.1), (-179.9, -16.8)], has_coast)
    assert 0 < shown.x(-179.9) - shown.x(178.4) < WIDTH / 2
    assert shown.across > 10


def test_a_single_town_is_shown_with_its_surroundings() -> None:
    assert window([(30.73, 46.48)], has_coast).along == CLOSEST


def test_far_inland_the_map_is_widened_until_it_shows_a_coast() -> None:
    shown = window([(37.6, 55.75)], has_coast)
    assert shown.along < CLOSEST
    assert has_coast(shown)


def test_places_all_over_the_world_get_the_whole_world() -> None:
    shown = window([(-74.0, 40.7), (139.7, 35.7), (2.3, 48.8), (151.2, -33.9)], has_coast)
    assert shown.across * 360 == pytest.approx(WIDTH)


def test_the_land_lies_where_it_is() -> None:
    shown = window([(30.73, 46.48), (27.9, 43.2)], has_coast)
    rings_ = positions(land(shown))
    assert _inside(rings_, shown.x(26.1), shown.y(44.43)), "Bucharest"
    assert not _inside(rings_, shown.x(31.0), shown.y(43.5)), "the Black Sea"


def _inside(rings_: list[list[tuple[float, float]]], x: float, y: float) -> bool:
    """By the even-odd rule."""
    crossed = sum(
        (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay)
        for ring in rings_
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True)
    )
    return crossed % 2 == 1


def test_arcs_are_steps_of_whole_numbers_and_may_be_gone_backwards() -> None:
    topology = {
        "transform": {"scale": [0.5, 2], "translate": [10, -1]},
        "arcs": [[[0, 0], [2, 0], [0, 1]], [[0, 0], [0, 1], [2, 0]]],
        "objects": {"land": {"type": "Polygon", "arcs": [[0, -2]]}},
    }
    assert rings(topology, "land") == (((10, -1), (11, -1), (11, 1), (10, 1), (10, -1)),)


def test_what_is_no_polygon_is_refused_by_name() -> None:
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [],
        "objects": {"a": {"type": "LineString", "arcs": []}},
    }
    with pytest.raises(ValueError, match="LineString has no rings"):
        rings(topology, "a")


ring_of_points = st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=40).map(
    lambda ring: [*ring, ring[0]]
)


@unhurried
@given(ring_of_points)
def test_a_clipped_ring_lies_in_its_box_and_is_closed(ring: list[tuple[float, float]]) -> None:
    cut = clipped(ring, Box(-20, -10, 20, 10))
    assert all(-20 <= x <= 20 and -10 <= y <= 10 for x, y in cut)
    assert cut == [] or cut[0] == cut[-1]


@unhurried
@given(ring_of_points, st.floats(0.1, 20))
def test_a_simplified_ring_has_only_points_of_the_ring_and_keeps_its_ends(
    ring: list[tuple[float, float]], tolerance: float
) -> None:
    fewer = simplified(ring, tolerance)
    assert (fewer[0], fewer[-1]) == (ring[0], ring[-1])
    assert set(fewer) <= set(ring)
    assert all(_distance(point, fewer) <= tolerance + 1e-9 for point in ring)


def _distance(point: tuple[float, float], line: list[tuple[float, float]]) -> float:
    return min(_from_piece(point, a, b) for a, b in pairwise(line))


def _from_piece(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    piece, off = complex(b[0] - a[0], b[1] - a[1]), complex(point[0] - a[0], point[1] - a[1])
    length = abs(piece) ** 2
    share = min(max((off * piece.conjugate()).real / length, 0), 1) if length else 0
    return abs(off - share * piece)


def test_there_is_no_map_without_a_place() -> None:
    assert draw_map([], href=lambda each: each.name) is None


def test_the_area_of_a_dot_goes_by_the_count_between_bounds() -> None:
    view = drawn(SULINA, spot("Constanța", 44.18, 28.64, 36), spot("Varna", 43.2, 27.9, 1))
    large, middle, small = (float(dot.radius or 0) for dot in view.dots)
    assert large == 13
    assert (middle / large) ** 2 == pytest.approx(36 / 141, abs=0.02)
    assert small == 3.5


def test_few_articles_make_no_large_dot() -> None:
    assert float(drawn(spot("Odesa", 46.48, 30.73, 1)).dots[0].radius or 0) < 5


def test_small_dots_lie_over_large_ones() -> None:
    assert [dot.spot.name for dot in drawn(ODESA, SULINA).dots] == ["Sulina", "Odesa"]


def test_the_frequent_are_named_and_no_name_covers_another_or_a_dot() -> None:
    crowd = [spot(f"Village {number}", 45 + number / 50, 29 + number / 70, 100 - number) for number in range(40)]
    view = drawn(SULINA, *crowd)
    assert view.names[0].text == "Sulina 141"
    assert 2 < len(view.names) <= 12
    rows = sorted((float(name.y), name.x) for name in view.names)
    assert len(set(rows)) == len(rows)


def test_where_two_dots_are_one_their_names_do_not_lie_on_each_other() -> None:
    labels = placed([(Circle(200, 120, 5), "Sulina"), (Circle(200, 120, 5), "Suline"), (Circle(200, 120, 5), "Sulyna")])
    tops = [label.y for label in labels if label.anchor == "middle"]
    assert len({(label.x, label.y, label.anchor) for label in labels}) == len(labels) > 1
    assert all(abs(a - b) >= SIZE for a in tops for b in tops if a != b)


def test_a_long_name_is_cut_rather_than_drawn_out_of_the_picture() -> None:
    (name,) = drawn(spot("x" * 20_000, 45.0, 29.0)).names
    assert name.text == "x" * 27 + "…"


def test_what_is_known_by_its_surroundings_gets_a_ring_of_its_true_size() -> None:
    off_shore = spot("east of Sulina", 45.16, 30.08, precision="site", radius_km=100.0, here=True)
    dot = next(dot for dot in drawn(off_shore, ODESA).dots if dot.spot is off_shore)
    shown = window([(30.08, 45.16), (30.73, 46.48)], has_coast)
    assert dot.ring is not None
    assert dot.radius is not None
    assert float(dot.ring) == pytest.approx(100 / 111.195 * shown.along, abs=0.05)


def test_a_region_is_a_ring_without_a_dot() -> None:
    region = spot("Odesa Oblast", 46.7, 30.5, precision="region", radius_km=130.0)
    (dot,) = drawn(region).dots
    assert dot.radius is None
    assert float(dot.ring or 0) > 20


def printed(view: MapView, label: str = "Places") -> str:
    template = environment().from_string('{% from "drawing/map.html" import map %}{{ map(view, label) }}')
    return template.render(view=view, label=label)


def test_the_map_is_a_group_of_links_that_are_no_tab_stops() -> None:
    html = printed(drawn(SULINA, ODESA), 'Places "here"').replace("<svg", f'<svg xmlns="{SVG[1:-1]}"')
    svg = ET.fromstring(html)  # noqa: S314 - of our own making
    (drawing,) = svg.iter(f"{SVG}svg")
    assert drawing.attrib["viewBox"] == "0 0 400 249"
    assert drawing.attrib["aria-label"] == 'Places "here"'
    links = list(svg.iter(f"{SVG}a"))
    assert [link.attrib["aria-label"] for link in links] == ["Sulina, 141 articles", "Odesa, 38 articles"]
    assert {link.attrib["tabindex"] for link in links} == {"-1"}
    assert links[0].attrib["data-spot"] == "45.160,29.650"
    assert links[0].attrib["href"] == "/search?q=place:Sulina"


@unhurried
@given(points)
def test_a_map_of_the_whole_world_ends_with_its_land_and_crops_no_dot(places: list[tuple[float, float]]) -> None:
    view = drawn(*(spot(f"Port {number}", north, east) for number, (east, north) in enumerate(places)))
    assert all(view.top <= float(dot.y) <= view.top + view.height for dot in view.dots)
    assert view.whole or (view.top, view.height) == (0, HEIGHT)


def test_of_the_whole_world_no_panel_crops_anything_and_of_a_window_a_wide_one_the_outer_half() -> None:
    far = drawn(spot("Tokyo", 35.7, 139.7), spot("Lima", -12.0, -77.0), spot("Paris", 48.8, 2.3))
    assert far.top > 0
    assert f'viewBox="0 {far.top} 400 {far.height}" preserveAspectRatio="xMidYMid meet"' in printed(far)
    assert 'preserveAspectRatio="xMidYMid slice"' in printed(drawn(SULINA))


def test_a_hostile_name_is_text() -> None:
    html = printed(drawn(spot('"><script>alert(1)</script>', 45.16, 29.65, 3)))
    assert "<script" not in html
    assert "style=" not in html


def test_the_points_of_an_answer_become_dots_and_the_chosen_one_is_marked() -> None:
    found = (
        protocol.Spot("Sulina", "RO", 45.16, 29.65, "city", 141),
        protocol.Spot("Odesa", "UA", 46.48, 30.73, "city", 38),
    )
    spots = found_spots(found, chosen=["odesa"])
    assert [(each.name, each.count, each.here) for each in spots] == [("Sulina", 141, False), ("Odesa", 38, True)]


def article(keep: Keep, *places: Place, main_place: str) -> ArticleLatest:
    event = keep(places=places, main_place=main_place)
    at = event.fetched_at
    return ArticleLatest.model_validate({**dict(event), "version": 1, "first_fetched_at": at, "changed_at": at})


def place(name: str, precision: Precision, latitude: float | None = 45.0, mentions: int = 1) -> Place:
    spans = tuple(Span(in_="text", start=n, end=n + 1, words="A") for n in range(mentions))
    return Place(
        entity_id=name,
        name=name,
        kind="city",
        country=None,
        admin=(),
        latitude=latitude,
        longitude=29.0 if latitude is not None else None,
        radius_km=10.0,
        mentions=spans,
        precision=precision,
        found_by="test/1",
        confidence=None,
    )


def test_of_an_articles_places_those_are_shown_that_are_somewhere(keep: Keep) -> None:
    shown = article(
        keep,
        place("Romania", "country"),
        place("Nowhere", "city", None),
        place("Izmail", "city", 45.35),
        place("Sulina", "city", 45.16, mentions=3),
        place("Odesa Oblast", "region", 46.7),
        place("Middle East", "area", 31.0),
        main_place="Izmail",
    )
    spots = spots_of(shown)
    assert [(each.name, each.here) for each in spots] == [("Sulina", False), ("Izmail", True), ("Odesa Oblast", False)]
    assert ids_of(shown) == "45.160,29.000 45.350,29.000 46.700,29.000"
