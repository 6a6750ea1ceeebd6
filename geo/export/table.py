"""CSV for spreadsheets (UTF-8 with BOM), with a CSVW description beside it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import shapely

from geo.export.files import staged, write_whole
from geo.export.flat import Column, Kind, Table, joined, tables
from geo.export.geojson import Collection

POINTS = ("places", "mentions")
"""What is drawn as points, in columns `lon` and `lat`; all else is WKT in a column `WKT`."""

CARD = ".csv-metadata.json"
"""What the description of a table has at the end of its name, in place of ``.csv``."""

ROWS = 1000
"""Rows that are in memory together, at most."""

# What makes a spreadsheet run a cell, and the full-width forms that some take for the same.
_SIGNS = "=+@＝＋－＠﹦﹢﹣﹫-"
_RUNS = re.compile(rf"\s*[{_SIGNS}]|[\t\r\n]")
_RUNS_AFTER = re.compile(rf';(?=[\s"]*[{_SIGNS}])')
_NEGATIVE = re.compile(r"-\d+(\.\d+)?", re.ASCII)
_DATATYPES: dict[Kind, str] = {
    "text": "string", "list": "string", "date": "date", "integer": "integer", "real": "number",
    "truth": "boolean",
}  # fmt: skip


def defused(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula.

    Also after a semicolon, which is the end of a cell where the comma is a decimal sign; in JSON
    the semicolon is written by its code instead, which says the same.

    Examples
    --------
    >>> defused('=HYPERLINK("http://x")'), defused("-12.5"), defused("Idlib; =1+1")
    ('\\'=HYPERLINK("http://x")', '-12.5', "Idlib;' =1+1")
    """
    if cell.startswith(('{"', '[{"')):
        return _RUNS_AFTER.sub(r"\\u003b", cell)
    if _RUNS.match(cell) and not _NEGATIVE.fullmatch(cell):
        cell = f"'{cell}"
    return _RUNS_AFTER.sub(";'", cell)


def write(path: Path, collection: Collection, language: str = "en") -> None:
    """Write a collection as CSV, and ``NAME.csv-metadata.json`` (CSV on the Web) beside it.

    Lists are joined with ``;``, each member defused like a cell.

    Raises
    ------
    FourzonesError
        If one of the files cannot be written.
    """
    columns: list[Column] = []
    with staged(path) as place, place.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        for table in tables(collection.features(), ROWS):
            begun, columns = not columns, with_geometry(table, collection.what)
            if begun:
                writer.writerow([column.name for column in columns])
            cells = [[_cell(column, value) for value in column.values] for column in columns]
            writer.writerows(zip(*cells, strict=True))
    write_whole(path.with_name(path.stem + CARD), _card(path.name, columns, collection))


def card(name: str, collection: Collection) -> bytes:
    """Return the description of a collection that is, or would be, written as CSV by a name."""
    table = next(tables(collection.features(), ROWS))
    return _card(name, with_geometry(table, collection.what), collection)


def with_geometry(table: Table, what: str) -> list[Column]:
    """Return the columns of a table, the geometry among them."""
    if what in POINTS:
        points = [(None, None) if p is None else (p.x, p.y) for p in table.geometry]
        drawn = [
            Column("lon", "real", [lon for lon, _ in points]),
            Column("lat", "real", [lat for _, lat in points]),
        ]
    else:
        wkt = [
            None if g is None else shapely.to_wkt(g, rounding_precision=6) for g in table.geometry
        ]
        drawn = [Column("WKT", "text", wkt)]
    return [*table.columns, *drawn]


def _cell(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if column.kind == "list":
        return joined([defused(one) for one in value])
    if column.kind == "truth":
        return "true" if value else "false"
    return defused(value) if column.kind == "text" else str(value)


def _card(name: str, columns: list[Column], collection: Collection) -> bytes:
    said = json.dumps(_description(name, columns, collection), ensure_ascii=False, indent=1)
    return f"{said}\n".encode()


def _description(name: str, columns: list[Column], collection: Collection) -> dict[str, Any]:
    described = []
    for column in columns:
        entry: dict[str, Any] = {"name": column.name, "datatype": _DATATYPES[column.kind]}
        if column.kind == "list":
            entry["separator"] = ";"
        described.append(entry)
    said = collection.about
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "dc:title": f"Fourzones: {collection.what}",
        "dc:description": [
            {"@value": words, "@language": code} for code, words in said["sentence"].items()
        ],
        "dc:license": {"@id": said["licence"]},
        "dc:rights": said["attribution"],
        "dc:created": said.get("made"),
        "dc:creator": said["program"],
        "notes": [said],
        "tableSchema": {"columns": described, "primaryKey": "id"},
    }
