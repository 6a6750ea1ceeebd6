"""GeoPackage: one layer named by what is in it, and a table `fourzones` that says what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.errors import FourzonesError
from geo.export.files import staged
from geo.export.flat import Column, Table, joined, tables
from geo.export.geojson import Collection

ROWS = 10_000
"""Rows that are written together: the file is opened anew for each such part."""

METADATA = "fourzones"
"""Name of the table with a row for each thing that the export says of itself."""


def write(path: Path, collection: Collection, language: str = "en") -> None:
    """Write a collection as a GeoPackage.

    Lists are joined with ``;``, nested values are JSON text.

    Raises
    ------
    FourzonesError
        If the file cannot be written.
    """
    from pyogrio import get_gdal_config_option, set_gdal_config_options
    from pyogrio.errors import DataSourceError

    # GeoPackage notes when each layer changed: that is when the export was made, nothing else.
    before = get_gdal_config_option("OGR_CURRENT_DATE")
    made = collection.about.get("made")
    set_gdal_config_options({"OGR_CURRENT_DATE": made and made.replace("Z", ".000Z")})
    try:
        with staged(path) as place:
            for number, table in enumerate(tables(collection.features(), ROWS)):
                _layer(place, table, collection, append=number > 0)
            _metadata(place, collection.about)
    except DataSourceError as error:  # the disk is full, say
        raise FourzonesError("cannot write", where=str(path), got=str(error)) from error
    finally:
        set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _layer(place: Path, table: Table, collection: Collection, append: bool) -> None:
    from pyogrio.raw import write as write_layer

    kinds = {drawn.geom_type for drawn in table.geometry if drawn is not None}
    data, masks = zip(*(_array(column) for column in table.columns), strict=True)
    write_layer(
        place,
        geometry=shapely.to_wkb(table.geometry),
        field_data=list(data),
        field_mask=list(masks),
        fields=[column.name for column in table.columns],
        layer=collection.what,
        driver="GPKG",
        geometry_type=kinds.pop() if len(kinds) == 1 else "Unknown",
        crs="EPSG:4326",
        append=append,
        layer_options=None if append else {
            "DESCRIPTION": collection.about["sentence"]["en"], "GEOMETRY_NAME": "geom",
        },
    )  # fmt: skip


def _metadata(place: Path, about: dict[str, Any]) -> None:
    from pyogrio.raw import write as write_layer

    rows = []
    for name, value in about.items():
        if name == "sentence":
            rows += [(f"sentence_{language}", words) for language, words in value.items()]
        else:
            rows.append((name, value if isinstance(value, str) else json.dumps(value)))
    write_layer(
        place,
        geometry=None,
        field_data=[np.array(column, dtype=object) for column in zip(*rows, strict=True)],
        fields=["name", "value"],
        layer=METADATA,
        driver="GPKG",
        geometry_type=None,
        append=False,
    )


def _array(column: Column) -> tuple[np.ndarray, np.ndarray]:
    empty = np.array([value is None for value in column.values], dtype=bool)
    if column.kind == "date":
        days = ["NaT" if value is None else value for value in column.values]
        return np.array(days, dtype="datetime64[D]"), empty
    if column.kind in ("integer", "real", "truth"):
        kind = {"integer": np.int64, "real": np.float64, "truth": bool}[column.kind]
        return np.array([value or 0 for value in column.values], dtype=kind), empty
    cells = [joined(value) if isinstance(value, list) else value for value in column.values]
    return np.array(cells, dtype=object), empty
