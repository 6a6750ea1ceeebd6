"""All that changes on the map, as features that say themselves how they look.

What is written into tooltips and labels is HTML, and everything from outside is escaped here.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from typing import Any

import geopandas
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import layers, zones
from geo.html import ZONE_COLOURS, bdi, escape
from geo.locales import day, number, other_language, text
from geo.model import ZONE_NAMES
from geo.phrases import phrase
from geo.selection import last_day
from geo.summary import View

Feature = dict[str, Any]

SMALL_DEGREES = 0.7
DECIMALS = 4
"""Of degrees: about ten metres, finer than any edge is known."""

MOST_PLACES = 150
"""So many places, the most often mentioned, are drawn: more would hide one another."""

_RADIUS = (2.0, 8.0)

LOOKS = {
    "place": {"color": "#444", "weight": 1, "fillColor": "#777", "fillOpacity": 0.45,
              "className": "fz-place"},
    "chosen": {"color": "#111", "weight": 2.5, "fillColor": "#fff", "fillOpacity": 0.85,
               "className": "fz-place"},
}  # fmt: skip
"""How places look (Leaflet's path options); sent with the map, not with each place."""


def zone_features(view: View, language: str) -> list[Feature]:
    """Return the four zones as they stood on the map date, with names, counts and tooltips.

    A zone that is reduced or ended shows its widest agreed extent as a dotted ghost.
    """
    chosen = view.selection.zone
    tips = {row["zone"]: _tooltip(row, language) for _, row in view.zones.iterrows()}
    shapes, labels = [], []
    for _, row in view.former.iterrows():
        style = {"fill": False, "dashArray": "2 5", "weight": 1.2, "opacity": 0.8}
        shapes.append(_zone(row, style, "ghost", tips))
    for _, row in view.zones.iterrows():
        faded = bool(chosen) and row["zone"] not in chosen
        if row["geometry"] is not None:
            style = {
                "weight": 1.2 if faded else 2.2,
                "opacity": 0.6 if faded else 1,
                "fillOpacity": 0.12 if faded else 0.32,
            }
            if row["status"] == "announced":
                style |= {"dashArray": "7 6", "fillOpacity": 0.06 if faded else 0.16}
            shapes.append(_zone(row, style, row["status"], tips))
        labels.append(_label(row, view, language))
    return shapes + [label for label in labels if label]


def place_features(view: View, places: dict[str, dict[str, Any]], language: str) -> list[Feature]:
    """Return the places that the articles of the selection mention, larger for more articles.

    Parameters
    ----------
    places : dict of str to dict
        The gazetteer by id, with names, `lon` and `lat`.
    """
    counted = [(places[key], count) for key, count in view.counts.places.items() if key in places]
    counted = counted[:MOST_PLACES]
    small, large = _RADIUS
    made = []
    for place, count in counted:
        said = {
            "place": place["id"],
            "look": "chosen" if place["id"] in view.selection.place else "place",
            "radius": round(small + (large - small) * (count / counted[0][1]) ** 0.5, 1),
            "tip": _place_tip(place, language, count),
        }
        made.append(_feature(shapely.Point(place["lon"], place["lat"]), said))
    return made


def compare_features(
    versions: geopandas.GeoDataFrame, date: dt.date, language: str
) -> list[Feature]:
    """Return the borders of another date, as dashed lines over those of the map date."""
    made = []
    for _, row in versions.iterrows():
        if row["geometry"] is None:
            continue
        style = {"color": "#111", "weight": 1.8, "fill": False, "dashArray": "6 4",
                 "className": f"fz-compare fz-compare-{row['zone']}"}  # fmt: skip
        tip = escape(f"{ZONE_NAMES[row['zone']][language]}: {day(date, language)}")
        made.append(_feature(row["geometry"], {"zone": row["zone"], "style": style, "tip": tip}))
    return made


def area_features(view: View) -> list[Feature]:
    """Return the rectangle and the polygon that narrow the selection, as outlines."""
    shapes: list[BaseGeometry] = []
    if view.selection.bbox:
        shapes.append(shapely.box(*view.selection.bbox))
    if view.selection.area:
        shapes.append(shapely.Polygon(np.reshape(view.selection.area, (-1, 2))))
    style = {"color": "#111", "weight": 1.6, "dashArray": "3 4", "fill": False,
             "interactive": False, "className": "fz-area"}  # fmt: skip
    return [_feature(shape, {"style": style}) for shape in shapes]


def line_features(view: View, places: dict[str, dict[str, Any]], language: str) -> list[Feature]:
    """Return the strip, the corridor and the posts that held on the map date, and the crossings.

    Parameters
    ----------
    places : dict of str to dict
        As for `place_features`.
    """
    made = []
    for place in places.values():
        if place["kind"] == "crossing":
            said = {"label": '<div class="fz-crossing"></div>', "tip": _place_tip(place, language)}
            made.append(_feature(shapely.Point(place["lon"], place["lat"]), said))
    for feature in layers.held(view.date):
        said = feature["properties"]
        lines = (
            f"<strong>{bdi(said['name_en'])} · {bdi(said['name_ar'])}</strong>",
            escape(text("map.approximate", language)),
            bdi(phrase(said["method"], language) or said["method"]),
        )
        style = _POST if feature["geometry"]["type"] == "Point" else _LINE
        made.append(
            {
                "type": "Feature",
                "geometry": feature["geometry"],
                "properties": {"style": style, "tip": "<br>".join(lines)},
            }
        )
    return made


_LINE = {"color": "#555", "weight": 1, "dashArray": "1 4", "fillColor": "#555",
         "fillOpacity": 0.12, "className": "fz-line"}  # fmt: skip
_POST = {"radius": 3.5, "color": "#333", "weight": 1.2, "fillColor": "#fff", "fillOpacity": 1,
         "className": "fz-post"}  # fmt: skip


def _feature(shape: BaseGeometry, properties: dict[str, Any]) -> Feature:
    geometry = _drawn(shape.wkb)
    return {"type": "Feature", "geometry": geometry, "properties": properties}


@lru_cache(maxsize=1024)
def _drawn(wkb: bytes) -> dict[str, Any]:
    rounded = shapely.transform(shapely.from_wkb(wkb), lambda corners: corners.round(DECIMALS))
    drawn: dict[str, Any] = json.loads(shapely.to_geojson(rounded))
    return drawn


def _zone(row: Any, style: dict[str, Any], status: str, tips: dict[str, str]) -> Feature:
    zone = row["zone"]
    colour = ZONE_COLOURS[zone]
    look = {"color": colour, "fillColor": colour, "className": f"fz-zone fz-{zone} {status}"}
    return _feature(row["geometry"], {"zone": zone, "style": look | style, "tip": tips[zone]})


def _tooltip(row: Any, language: str) -> str:
    names = f"{bdi(row['name_en'])} · {bdi(row['name_ar'])}"
    first = day(row["valid_from"], language)
    until = f" – {day(last_day(row['valid_to']), language)}" if row["valid_to"] else ""
    lines = [
        f"<strong>{names}</strong>",
        escape(text(f"status.{row['status']}", language)) + ": " + bdi(first + until),
        escape(text("articles.count", language, count=int(row["articles"]))),
    ]
    accuracy = zones.accuracy(row)
    if accuracy is not None:
        lines.append(escape(text("map.area", language, area=f"{row['area_km2']:,.0f}",
                                 accuracy=f"{accuracy:g}")))  # fmt: skip
    lines.append(f"<em>{escape(text('map.reconstruction', language))}</em>")
    direction = "rtl" if language == "ar" else "ltr"
    return f'<div dir="{direction}">{"<br>".join(lines)}</div>'


def _label(row: Any, view: View, language: str) -> Feature | None:
    geometry = row["geometry"]
    if geometry is None:
        former = view.former[view.former["zone"] == row["zone"]]
        if not len(former):
            return None  # zones of one's own may end without ever having had an agreed extent
        geometry = former.geometry.iloc[0]
    at, aside = geometry.representative_point(), ""
    west, south, east, north = geometry.bounds
    if east - west < SMALL_DEGREES:  # the name would hide the zone: put it beside
        at, aside = shapely.Point(east, (south + north) / 2), " aside"
    names = [ZONE_NAMES[row["zone"]][code] for code in (language, other_language(language))]
    html = (
        f'<div class="fz-label{aside}"><span dir="{"rtl" if language == "ar" else "ltr"}">'
        f"{bdi(names[0])} · {number(int(row['articles']))}</span><br>{bdi(names[1])}</div>"
    )
    return _feature(at, {"label": html})


def _place_tip(place: dict[str, Any], language: str, count: int | None = None) -> str:
    # The component writes it into the page as it is, so it is escaped here.
    lines = [
        f"<strong>{bdi(place['name_en'])} · {bdi(place['name_ar'])}</strong>",
        *([] if count is None else [escape(text("articles.count", language, count=count))]),
        escape(text(f"precision.{place['precision']}", language)),
    ]
    direction = "rtl" if language == "ar" else "ltr"
    return f'<div dir="{direction}">{"<br>".join(lines)}</div>'
