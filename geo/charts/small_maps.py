"""Small maps of one zone, all of the same extent, so that the eye compares them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo import locales
from geo.charts.svg import figure, tag, text, width_of
from geo.html import ZONE_COLOURS
from geo.paths import DATA

WIDTH = 168.0
MARGIN = 0.08
KM_A_DEGREE = 111.32
SCALES = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Extent:
    """A box of degrees (EPSG:4326) and how it is laid on a drawing of `WIDTH` units.

    Degrees of longitude are shortened as at the middle of the box (equirectangular), which is
    true enough over the 200 km of the largest zone.
    """

    west: float
    south: float
    east: float
    north: float

    @property
    def shortened(self) -> float:
        """How much shorter a degree of longitude is than one of latitude."""
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def units(self) -> float:
        """Units of the drawing to a degree of latitude."""
        return WIDTH / ((self.east - self.west) * self.shortened)

    @property
    def height(self) -> float:
        """Height of the drawing, in its units."""
        return (self.north - self.south) * self.units

    def lay(self, geometry: BaseGeometry, tolerance: float = 0.4) -> BaseGeometry:
        """Turn degrees into units of the drawing, simplified to what can be seen."""

        def turn(points: Any) -> Any:
            laid = points.copy()
            laid[:, 0] = (points[:, 0] - self.west) * self.shortened * self.units
            laid[:, 1] = (self.north - points[:, 1]) * self.units
            return laid

        return shapely.simplify(shapely.transform(geometry, turn), tolerance)


def extent_of(drawn: Iterable[BaseGeometry]) -> Extent:
    """Return the box around all of a zone's polygons, with a margin."""
    west, south, east, north = shapely.total_bounds(list(drawn))
    wide, high = (east - west) * MARGIN, (north - south) * MARGIN
    return Extent(float(west - wide), float(south - high), float(east + wide), float(north + high))


def small_map(
    zone: str,
    status: str,
    drawn: BaseGeometry | None,
    former: BaseGeometry | None,
    extent: Extent,
    title: str,
    description: str,
    language: str,
) -> str:
    """Draw a zone as one of its versions has it, over its former extent.

    Parameters
    ----------
    drawn : geometry or None
        The version's polygon (EPSG:4326); None when the zone has ended.
    former : geometry or None
        The extent once agreed, drawn as a dotted ghost.
    """
    colour = ZONE_COLOURS[zone]
    parts = [background(extent, language)]
    if former is not None:
        parts.append(
            tag("path", d=path(extent.lay(former)), fill="none", stroke=colour,
                stroke_width="1.1", stroke_dasharray="1.5 2.5", class_="fz-former")
        )  # fmt: skip
    if drawn is not None:
        announced = status == "announced"
        parts.append(
            tag("path", d=path(extent.lay(drawn)), fill=colour, fill_rule="evenodd",
                fill_opacity="0.16" if announced else "0.38", stroke=colour, stroke_width="1.5",
                stroke_dasharray="5 3" if announced else None, class_="fz-extent")
        )  # fmt: skip
    parts.append(_scale(extent, language))
    return figure(WIDTH, round(extent.height, 1), title, description, *parts)


def path(geometry: BaseGeometry) -> str:
    """Write polygons or lines as the data of an SVG path; empty where there is nothing.

    Examples
    --------
    >>> path(shapely.box(0, 0, 2, 1))
    'M2 0L2 1L0 1L0 0Z'
    """
    return "".join(_rings(geometry))


def _rings(geometry: BaseGeometry) -> Iterator[str]:
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                yield _points(ring.coords[:-1]) + "Z"
        elif part.geom_type == "LineString":
            yield _points(part.coords)


def _points(points: Iterable[Any]) -> str:
    return "M" + "L".join(
        f"{x:.1f} {y:.1f}".replace(".0 ", " ").removesuffix(".0") for x, y in points
    )


@cache
def _base() -> tuple[tuple[dict[str, Any], BaseGeometry], ...]:
    features = json.loads((DATA / "base.geojson").read_text(encoding="utf-8"))["features"]
    return tuple(
        (f["properties"], shapely.make_valid(shapely.geometry.shape(f["geometry"])))
        for f in features
    )


_INK = {
    "country": {"fill_opacity": "0.1", "stroke": "currentColor", "stroke_opacity": "0.3"},
    "disputed": {"fill_opacity": "0.05", "stroke": "currentColor", "stroke_opacity": "0.5",
                 "stroke_dasharray": "2 2"},
    "governorate": {"fill": "none", "stroke": "currentColor", "stroke_opacity": "0.28"},
    "lake": {"fill_opacity": "0.16"},
    "river": {"fill": "none", "stroke": "currentColor", "stroke_opacity": "0.3"},
    "border": {"fill": "none", "stroke": "currentColor", "stroke_opacity": "0.55"},
}  # fmt: skip


@cache
def background(extent: Extent, language: str) -> str:
    """Draw what lies under every small map of an extent: borders, water and cities."""
    box = shapely.box(extent.west, extent.south, extent.east, extent.north)
    parts, cities = [], []
    for said, geometry in _base():
        seen = shapely.intersection(geometry, box)
        if seen.is_empty:
            continue
        if said["layer"] == "city":
            cities.append(_city(extent.lay(seen), said[f"name_{language}"], extent.height))
        elif said["layer"] in _INK:
            d = path(extent.lay(seen, 0.9))
            if d:
                parts.append(tag("path", d=d, stroke_width="0.8", **_INK[said["layer"]]))
    frame = tag("rect", x="0.5", y="0.5", width=f"{WIDTH - 1:g}", height=f"{extent.height - 1:.1f}",
                fill="none", stroke="currentColor", stroke_opacity="0.35")  # fmt: skip
    return tag("g", *parts, frame, *cities, class_="fz-under")


def _city(at: Any, name: str, height: float) -> str:
    wide = width_of(name, 8.5)
    left = at.x + 4 + wide > WIDTH - 2
    return tag(
        "g",
        tag("circle", cx=at.x, cy=at.y, r="1.6"),
        text(at.x - 4 if left else at.x + 4, min(at.y + 3, height - 5), name,
             anchor="end" if left else "start", font_size="8.5", fill_opacity="0.85"),
    )  # fmt: skip


def _scale(extent: Extent, language: str) -> str:
    a_km = extent.units / KM_A_DEGREE
    km = max((size for size in SCALES if size * a_km <= WIDTH / 4), default=SCALES[0])
    y = extent.height - 6
    return tag(
        "g",
        tag("path", d=f"M6 {y - 3:.1f}V{y:.1f}H{6 + km * a_km:.1f}V{y - 3:.1f}", fill="none",
            stroke="currentColor", stroke_opacity="0.8"),
        text(9 + km * a_km, y, locales.text("zone.scale", language, km=km), font_size="8.5"),
    )  # fmt: skip
