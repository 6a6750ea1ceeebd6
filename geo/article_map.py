"""A small still map of one article: its places, and the zones as they stood on its date."""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import geopandas
import shapely
from lxml import etree

from geo import zones
from geo.export.picture_map import FRAME, PROJECTION, SEA, Frame, zone_style
from geo.export.svg import FONTS, NAMESPACE, Pen, add, number, path
from geo.html import escape
from geo.locales import day, text
from geo.model import MEMORANDUM, LinkedArticle
from geo.paths import DATA
from geo.selection import ALL_AGREED, last_day
from geo.store import Store

WIDE = 300.0
MOST_PLACES = 60
MOST_NAMES = 6
_MARGIN = 12_000
_COARSE = 900
"""Metres of detail that a map of this size cannot show."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map as SVG, and what it shows in words."""

    svg: str
    caption: str

    @property
    def html(self) -> str:
        """An image element: what is drawn can run nothing and load nothing."""
        packed = base64.b64encode(self.svg.encode()).decode()
        said = escape(self.caption)
        return (
            f'<figure class="fz-figure"><img alt="{said}" src="data:image/svg+xml;base64,{packed}">'
            f"<figcaption>{said}</figcaption></figure>"
        )


def article_map(store: Store, linked: LinkedArticle, language: str) -> Drawn:
    """Draw the places that an article mentions and the zones on its date.

    A date of a month or a year shows the zones of its last day; an undated article those of
    15 September 2017, when all four borders were agreed. The caption says which.
    """
    published = linked.article.published
    date = last_day(published.end) if published else ALL_AGREED
    wanted = {m.place: m.inside for m in linked.mentions if m.place}
    places = [place for place in store.gazetteer() if place["id"] in wanted][:MOST_PLACES]
    svg = _draw(store.versions(), date, places, language)
    key = "reader.map" if published else "reader.map.undated"
    if date < MEMORANDUM:
        key = "reader.map.before"
    caption = text(key, language, day=day(date, language))
    names = [str(place[f"name_{language}"]) for place in places[:MOST_NAMES]]
    if names:
        more = "…" if len(places) > MOST_NAMES else ""
        caption += " " + (text("sentence.comma", language) + " ").join(names) + more
    return Drawn(svg, caption)


@cache
def _base() -> geopandas.GeoSeries:
    read = geopandas.read_file(DATA / "base.geojson")
    shapes = read[read["layer"] == "governorate"].to_crs(PROJECTION).geometry
    return shapes.simplify(_COARSE)


@cache
def _corners() -> tuple[float, float, float, float]:
    box = geopandas.GeoSeries([shapely.box(*FRAME).segmentize(0.1)], crs=4326)
    west, south, east, north = box.to_crs(PROJECTION).total_bounds
    return west, south, east, north


def _draw(
    versions: geopandas.GeoDataFrame, date: dt.date, places: list[dict[str, Any]], language: str
) -> str:
    west, south, east, north = _corners()
    points = geopandas.GeoSeries(
        [shapely.Point(place["lon"], place["lat"]) for place in places], crs=4326
    ).to_crs(PROJECTION)
    for point in points:
        west, south = min(west, point.x - _MARGIN), min(south, point.y - _MARGIN)
        east, north = max(east, point.x + _MARGIN), max(north, point.y + _MARGIN)
    frame = Frame(west, south, east, north, WIDE / (east - west))
    size = {"width": number(WIDE), "height": number(frame.height)}
    root = etree.Element(f"{{{NAMESPACE}}}svg", nsmap={None: NAMESPACE})
    root.attrib.update({**size, "viewBox": f"0 0 {size['width']} {size['height']}",
                        "font-family": FONTS})  # fmt: skip
    add(root, "rect", **size, fill=SEA)
    land = {"fill": "#fbfaf6", "stroke": "#c9c6bd", "stroke_width": "0.7", "fill_rule": "evenodd"}
    for shape in _base():
        add(root, "path", d=path(frame.place(frame.clip(shape))), **land)
    for _, row in zones.on(versions, date).iterrows():
        if row["geometry"] is not None:
            shape = geopandas.GeoSeries([row["geometry"]], crs=4326).to_crs(PROJECTION)
            drawn = frame.place(frame.clip(shape.simplify(_COARSE / 2).iloc[0]))
            style = zone_style(row["zone"], row["status"]) | {"stroke_width": "1.4"}
            add(root, "path", d=path(drawn), **style)
    _points(root, frame, list(zip(places, points, strict=True)), language)
    add(root, "rect", **size, fill="none", stroke="#8a8880")
    return etree.tostring(root, encoding="unicode")


def _points(
    root: Any, frame: Frame, points: list[tuple[dict[str, Any], Any]], language: str
) -> None:
    pen = Pen(WIDE, language == "ar")
    taken: list[tuple[float, float]] = []
    for place, point in points:
        x, y = shapely.get_coordinates(frame.place(point))[0]
        add(root, "circle", cx=number(x), cy=number(y), r="3.2", fill="#1b1b1b", stroke="#fff",
            stroke_width="1.2")  # fmt: skip
        # A name stands where it covers no other; the caption has those that found no room.
        if len(taken) < MOST_NAMES and all(abs(y - b) > 11 or abs(x - a) > 80 for a, b in taken):
            taken.append((x, y))
            left = x > WIDE * 0.6
            pen.text(
                root, x - 6 if left else x + 6, y + 4, str(place[f"name_{language}"]), 11,
                anchor="end" if left else "start", fill="#1b1b1b", stroke="#fff",
                stroke_width="3", paint_order="stroke", stroke_linejoin="round",
            )  # fmt: skip
