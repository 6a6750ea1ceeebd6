"""KML 2.3 for Google Earth and its like: zone colours, status by style, time by validity."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import shapely
from lxml import etree
from shapely.geometry.base import BaseGeometry

from geo.export.files import staged
from geo.export.flat import Column, Table, joined, tables
from geo.export.geojson import Collection
from geo.export.xml import xml_text
from geo.html import OTHER_COLOUR, ZONE_COLOURS, bdi, escape
from geo.locales import text
from geo.model import STATUSES

NAMESPACE = "http://www.opengis.net/kml/2.2"
ROWS = 1000
"""Placemarks that are in memory together, at most."""

_SAID_ABOVE = f' xmlns="{NAMESPACE}"'.encode()

# KML knows no dashes: a status is told by the width of the edge and how full the area is (0–255).
STATUS_STYLES = {
    "announced": (1, 40),
    "in-force": (2, 70),
    "delineated": (3, 95),
    "reduced": (2, 140),
    "ended": (1, 0),
}

# Names that GDAL's KML reader keeps for itself.
_TAKEN = {"id", "name", "description", "timestamp", "begin", "end", "icon"}


def write(path: Path, collection: Collection, language: str = "en") -> None:
    """Write a collection as KML, its placemarks named in `language`.

    A property whose name KML keeps for itself (`id`, `end`) has ``_`` after its name.

    Raises
    ------
    FourzonesError
        If the file cannot be written.
    """
    root = etree.Element(f"{{{NAMESPACE}}}kml", nsmap={None: NAMESPACE})
    document = _add(root, "Document")
    said = collection.about
    _add(document, "name", f"Fourzones: {collection.what}")
    _add(document, "description", escape(f"{said['sentence'][language]} {said['attribution']}"))
    for zone, colour in (*ZONE_COLOURS.items(), ("other", OTHER_COLOUR)):
        for status in STATUSES:
            _style(document, zone, status, colour)
    _data(document, {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in said.items()
    })  # fmt: skip
    folder = _add(document, "Folder")
    _add(folder, "name", collection.what)
    # Written around its placemarks, which never stand in memory all together.
    whole = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    head, closing, tail = whole.rpartition(b"</Folder>")
    with staged(path) as place, place.open("wb") as file:
        file.write(head)
        for table in tables(collection.features(), ROWS):
            file.writelines(_placemarks(table, language))
        file.write(closing + tail)


def _placemarks(table: Table, language: str) -> Iterator[bytes]:
    for number, drawn in enumerate(table.geometry):
        row = {column.name: _text(column, number) for column in table.columns}
        alone = etree.Element(f"{{{NAMESPACE}}}Folder", nsmap={None: NAMESPACE})
        _placemark(alone, {k: v for k, v in row.items() if v is not None}, drawn, language)
        # The folder in which it will stand says the namespace.
        yield etree.tostring(alone[0], encoding="UTF-8").replace(_SAID_ABOVE, b"", 1)


def _placemark(
    folder: etree._Element, row: dict[str, str], drawn: BaseGeometry | None, language: str
) -> None:
    placemark = _add(folder, "Placemark")
    _add(placemark, "name", row.get(f"name_{language}") or row["id"])
    _add(placemark, "description", _description(row, language))
    if "time_start" in row:
        span = _add(placemark, "TimeSpan")
        _add(span, "begin", row["time_start"])
        if "time_end" in row:
            _add(span, "end", row["time_end"])
    zone = row.get("zone", "").split(";")[0]
    zone = zone if zone in ZONE_COLOURS else "other"
    _add(placemark, "styleUrl", f"#{zone}-{row.get('status', 'in-force')}")
    _data(placemark, {f"{k}_" if k in _TAKEN else k: v for k, v in row.items()})
    if drawn is not None:
        _geometry(placemark, drawn)


def _description(row: dict[str, str], language: str) -> str:
    """Write the balloon, which is HTML: everything in it is escaped."""
    lines = [f"{bdi(row.get('name_en', ''))} · {bdi(row.get('name_ar', ''))}"]
    if "status" in row:
        lines.append(escape(text(f"status.{row['status']}", language)))
        lines.append(escape(text("map.reconstruction", language)))
    lines += [bdi(row[k]) for k in ("publisher", "published", "surface", "url") if k in row]
    return "<br>".join(lines)


def _style(document: etree._Element, zone: str, status: str, colour: str) -> None:
    width, fill = STATUS_STYLES[status]
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    style = _add(document, "Style", id=f"{zone}-{status}")
    _add(_add(style, "IconStyle"), "color", f"ff{blue}{green}{red}")
    line = _add(style, "LineStyle")
    _add(line, "color", f"ff{blue}{green}{red}")
    _add(line, "width", str(width))
    area = _add(style, "PolyStyle")
    _add(area, "color", f"{fill:02x}{blue}{green}{red}")
    _add(area, "fill", "1" if fill else "0")


def _data(parent: etree._Element, values: dict[str, str]) -> None:
    extended = _add(parent, "ExtendedData")
    for name, value in values.items():
        _add(_add(extended, "Data", name=name), "value", value)


def _geometry(parent: etree._Element, drawn: BaseGeometry) -> None:
    if hasattr(drawn, "geoms"):
        several = _add(parent, "MultiGeometry")
        for part in drawn.geoms:
            _geometry(several, part)
    elif isinstance(drawn, shapely.Polygon):
        polygon = _add(parent, "Polygon")
        for tag, rings in (("outer", [drawn.exterior]), ("inner", drawn.interiors)):
            for ring in rings:
                boundary = _add(polygon, f"{tag}BoundaryIs")
                _add(_add(boundary, "LinearRing"), "coordinates", _coordinates(ring))
    else:
        _add(_add(parent, drawn.geom_type), "coordinates", _coordinates(drawn))


def _coordinates(drawn: BaseGeometry) -> str:
    return " ".join(f"{lon:.6f},{lat:.6f}" for lon, lat in shapely.get_coordinates(drawn))


def _text(column: Column, number: int) -> str | None:
    value = column.values[number]
    if isinstance(value, list):
        return joined(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _add(parent: etree._Element, tag: str, content: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
    made.text = xml_text(content) if content else None
    return made
