"""The map of a picture: base layer, zones, names and a true scale bar, in UTM zone 37N."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import geopandas
import numpy as np
import pyproj
import shapely
from lxml import etree
from shapely.geometry.base import BaseGeometry

from geo.export.svg import Pen, add, number, path
from geo.html import OTHER_COLOUR, ZONE_COLOURS
from geo.locales import text
from geo.model import ZONE_NAMES
from geo.paths import DATA
from geo.summary import View

PROJECTION = "EPSG:32637"
# West, south, east, north in degrees: the same frame on every date, to lay pictures side by side.
FRAME = (35.3, 32.2, 38.6, 36.95)
MARGIN = 15_000
"""Metres around zones of one's own that reach beyond the frame."""

SMALL_METRES = 64_000
COUNTRY_AREA = 4e9
"""Square metres of a country in the frame that make room for its name."""

BARS = (5, 10, 20, 25, 50, 100, 200, 500)
SEA = "#dfe6ea"
LINE = {"stroke": "#333", "stroke_width": "1.1", "stroke_dasharray": "1.5 3", "fill": "#333",
        "fill_opacity": "0.14", "fill_rule": "evenodd"}  # fmt: skip
_INK, _HALO = "#1b1b1b", {"stroke": "#fff", "stroke_width": "3", "paint_order": "stroke",
                          "stroke_linejoin": "round"}  # fmt: skip
_BASE: dict[str, dict[str, str]] = {
    "country": {"stroke": "#b8b8b4", "stroke_width": "0.8", "fill": "#ececea"},
    "governorate": {"stroke": "#c9c6bd", "stroke_width": "0.8", "fill": "#fbfaf6"},
    "river": {"stroke": "#a9c4d4", "stroke_width": "1", "fill": "none"},
    "lake": {"stroke": "#a9c4d4", "stroke_width": "0.5", "fill": "#c9dce6"},
    "disputed": {"stroke": "#8f8f8a", "stroke_width": "1.2", "stroke_dasharray": "3 4",
                 "fill": "#f3f1ea"},
    "border": {"stroke": "#a3a19a", "stroke_width": "1.3", "fill": "none"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of the projected plane (metres) laid on a page, `units` page units to the metre."""

    west: float
    south: float
    east: float
    north: float
    units: float

    @classmethod
    def of(cls, view: View, wide: float) -> Frame:
        """Return the usual frame, widened to hold zones of one's own, `wide` page units wide."""
        corners = geopandas.GeoSeries([shapely.box(*FRAME).segmentize(0.1)], crs=4326)
        west, south, east, north = corners.to_crs(PROJECTION).total_bounds
        drawn = _projected([*view.zones.geometry, *view.former.geometry])
        for shape in drawn:
            box = shape.buffer(MARGIN).bounds
            west, south = min(west, box[0]), min(south, box[1])
            east, north = max(east, box[2]), max(north, box[3])
        return cls(west, south, east, north, wide / (east - west))

    @property
    def height(self) -> float:
        """Height in page units."""
        return (self.north - self.south) * self.units

    @property
    def scale(self) -> float:
        """Metres on the plane for a metre on the ground, in the middle of the frame."""
        middle = ((self.west + self.east) / 2, (self.south + self.north) / 2)
        plane = pyproj.Proj(PROJECTION)
        return float(plane.get_factors(*plane(*middle, inverse=True)).meridional_scale)

    def place(self, drawn: BaseGeometry) -> BaseGeometry:
        """Turn metres into page units, y downwards."""
        corner = np.array([self.west, self.north])
        return shapely.transform(drawn, lambda c: (c - corner) * [self.units, -self.units])

    def clip(self, drawn: BaseGeometry) -> BaseGeometry:
        """Cut off what lies well outside."""
        edge = 10 / self.units
        return shapely.clip_by_rect(
            drawn, self.west - edge, self.south - edge, self.east + edge, self.north + edge
        )


def zone_style(zone: str, status: str, faded: bool = False) -> dict[str, str]:
    """Return how a zone of a status is drawn; `ended` is the outline of a former extent."""
    colour = ZONE_COLOURS.get(zone, OTHER_COLOUR)
    style = {"stroke": colour, "stroke_width": "1.2" if faded else "2.2", "fill": colour,
             "fill_opacity": "0.12" if faded else "0.32", "fill_rule": "evenodd",
             "stroke_linejoin": "round"}  # fmt: skip
    if status == "announced":
        style |= {"stroke_dasharray": "7 5", "fill_opacity": "0.08" if faded else "0.16"}
    if status == "ended":
        style |= {"fill": "none", "stroke_width": "1.3", "stroke_dasharray": "2 4"}
    return style


def draw(
    parent: etree._Element,
    frame: Frame,
    view: View,
    language: str,
    pen: Pen,
    lines: list[dict[str, Any]],
) -> None:
    """Draw the map with its upper left corner at the origin of `parent`.

    Parameters
    ----------
    lines : list of dict
        Posts, strip and corridor to draw, as `geo.layers.held` returns them.
    """
    wide = (frame.east - frame.west) * frame.units
    edges = {"x": "0", "y": "0", "width": number(wide), "height": number(frame.height)}
    window = add(add(add(parent, "defs"), "clipPath", id="window"), "rect")
    window.attrib.update(edges)
    add(parent, "rect", **edges, fill=SEA)
    inside = add(parent, "g", clip_path="url(#window)")
    cities = _base(inside, frame, language, pen)
    _zones(inside, frame, view)
    _lines(inside, frame, lines)
    for names, at in cities:
        add(inside, "circle", cx=number(at.x), cy=number(at.y), r="2.5", fill="#fff", stroke="#666")
        left = names.get("side") != "right"
        pen.text(
            inside, at.x - 6 if left else at.x + 6, at.y + 4, names[f"name_{language}"], 11.5,
            anchor="end" if left else "start", fill="#5b5b57", **_HALO,
        )  # fmt: skip
    _labels(inside, frame, view, language, pen)
    _bar(inside, frame, wide, language, pen)
    add(parent, "rect", **edges, fill="none", stroke="#8a8880")


def _projected(shapes: Iterable[BaseGeometry | None]) -> list[BaseGeometry]:
    kept = [shape for shape in shapes if shape is not None and not shape.is_empty]
    return list(geopandas.GeoSeries(kept, crs=4326).to_crs(PROJECTION))


@cache
def _base_layer() -> tuple[tuple[dict[str, Any], BaseGeometry], ...]:
    features = json.loads((DATA / "base.geojson").read_text(encoding="utf-8"))["features"]
    shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    properties = [feature["properties"] for feature in features]
    return tuple(zip(properties, _projected(shapes), strict=True))


def _base(
    parent: etree._Element, frame: Frame, language: str, pen: Pen
) -> list[tuple[dict[str, Any], Any]]:
    cities, countries = [], []
    window = shapely.box(frame.west, frame.south, frame.east, frame.north)
    group = add(parent, "g", id="base", fill_rule="evenodd")
    for said, shape in _base_layer():
        if isinstance(shape, shapely.Point):
            if window.contains(shape):
                cities.append((said, frame.place(shape)))
            continue
        cut = frame.clip(shape)
        if not cut.is_empty:
            add(
                group, "path", d=path(frame.place(cut)), **_BASE.get(said["layer"], _BASE["border"])
            )
            if said["layer"] == "country" and cut.area > COUNTRY_AREA:
                countries.append((said, frame.place(shapely.intersection(cut, window))))
    for said, shape in countries:
        at = _roomiest(shape)
        pen.text(group, at[0], at[1], said[f"name_{language}"], 13, anchor="middle", fill="#8f8f89")
    return cities


def _roomiest(shape: BaseGeometry) -> tuple[float, float]:
    """Return the middle of the largest circle that fits: where a name disturbs least."""
    circle: Any = shapely.maximum_inscribed_circle(np.array([shape]), 5.0)
    x, y = shapely.get_coordinates(circle)[0]
    return float(x), float(y)


def _zones(parent: etree._Element, frame: Frame, view: View) -> None:
    group = add(parent, "g", id="zones")
    chosen = view.selection.zone
    for kind, rows in (("former", view.former), ("zone", view.zones)):
        for _, row in rows.iterrows():
            if row["geometry"] is None:
                continue
            status = "ended" if kind == "former" else row["status"]
            shape = frame.clip(_projected([row["geometry"]])[0])
            add(
                group, "path", id=f"{kind}-{row['zone']}", d=path(frame.place(shape)),
                **zone_style(row["zone"], status, bool(chosen) and row["zone"] not in chosen),
            )  # fmt: skip


def _lines(parent: etree._Element, frame: Frame, lines: list[dict[str, Any]]) -> None:
    group = add(parent, "g", id="lines")
    drawn = _projected([shapely.from_geojson(json.dumps(one["geometry"])) for one in lines])
    for shape in drawn:
        if isinstance(shape, shapely.Point):
            x, y = shapely.get_coordinates(frame.place(shape))[0]
            post(group, x, y)
        else:
            add(group, "path", d=path(frame.place(frame.clip(shape))), **LINE)


def post(parent: etree._Element, x: float, y: float) -> None:
    """Draw an observation post: a diamond, for the rings are cities."""
    corners = f"M{number(x)} {number(y - 5)}l5 5l-5 5l-5 -5Z"
    add(parent, "path", d=corners, fill="#fff", stroke="#1b1b1b", stroke_width="1.4")


def _labels(parent: etree._Element, frame: Frame, view: View, language: str, pen: Pen) -> None:
    for _, row in view.zones.iterrows():
        drawn = row["geometry"]
        if drawn is None:
            former = view.former[view.former["zone"] == row["zone"]]
            if former.empty:
                continue
            drawn = former.geometry.iloc[0]
        shape = _projected([drawn])[0]
        west, south, east, north = shape.bounds
        if east - west < SMALL_METRES:  # the name would hide the zone: put it beside
            at, anchor = shapely.Point(east, (south + north) / 2), "start"
        else:
            at, anchor = shape.representative_point(), "middle"
        x, y = shapely.get_coordinates(frame.place(at))[0]
        name = ZONE_NAMES.get(row["zone"], {}).get(language) or row[f"name_{language}"]
        for line, (run, size, weight) in enumerate((
            (name, 15, "bold"),
            (text("articles.count", language, count=int(row["articles"])), 12, "normal"),
        )):  # fmt: skip
            pen.text(
                parent, x + (7 if anchor == "start" else 0), y + 16 * line, run, size,
                anchor=anchor, font_weight=weight, fill=_INK, **_HALO,
            )  # fmt: skip


def _bar(parent: etree._Element, frame: Frame, wide: float, language: str, pen: Pen) -> None:
    unit = 1000 * frame.scale * frame.units
    km = max((one for one in BARS if one * unit < wide / 3), default=BARS[0])
    long, x, y = km * unit, wide - 24 - km * unit, frame.height - 22
    group = add(parent, "g", id="scale")
    add(group, "path", d=f"M{x:.3f} {y - 6:.1f}v6h{long:.3f}v-6", fill="none", stroke=_INK,
        stroke_width="1.6")  # fmt: skip
    pen.text(group, x + long / 2, y - 8, text("picture.scale", language, km=km), 12,
             anchor="middle", fill=_INK, **_HALO)  # fmt: skip
