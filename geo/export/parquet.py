"""GeoParquet 1.1, for analysis at scale: lists stay lists, dates are dates.

Each row bears the box of its geometry, so that a reader passes over what lies elsewhere.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely

from geo.errors import FourzonesError
from geo.export.files import staged
from geo.export.flat import Table, tables
from geo.export.geojson import Collection

VERSION = "1.1.0"
METADATA = b"fourzones"
"""Key of the file's metadata under which it says what it is, as JSON."""

ROWS = 10_000
"""Rows of a row group."""

_SIDES = ("xmin", "ymin", "xmax", "ymax")


def write(path: Path, collection: Collection, language: str = "en") -> None:
    """Write a collection as GeoParquet.

    Raises
    ------
    FourzonesError
        If the file cannot be written, or pyarrow is not there.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise FourzonesError(
            "cannot write GeoParquet", where=str(path),
            expected="the package pyarrow: pip install pyarrow", got="none",
        ) from error  # fmt: skip
    writer: Any = None
    kinds: set[str] = set()
    bounds = np.full(4, np.nan)
    with staged(path) as place:
        try:
            for table in tables(collection.features(), ROWS):
                rows = _rows(table, pa)
                # Parquet's own types say it all; with Arrow's schema beside them, its readers
                # would not see what is said of the file at its end.
                writer = writer or parquet.ParquetWriter(place, rows.schema, store_schema=False)
                writer.write_table(rows, row_group_size=ROWS)
                drawn = table.geometry[~shapely.is_missing(table.geometry)]
                kinds.update(shape.geom_type for shape in drawn)
                if len(drawn):
                    bounds = _joined(bounds, shapely.total_bounds(drawn))
            said = json.dumps(collection.about, ensure_ascii=False)
            writer.add_key_value_metadata({"geo": _geo(kinds, bounds), METADATA.decode(): said})
        finally:
            if writer is not None:
                writer.close()


def _rows(table: Table, pa: Any) -> Any:
    kinds = {
        "text": pa.string(), "list": pa.list_(pa.string()), "date": pa.date32(),
        "integer": pa.int64(), "real": pa.float64(), "truth": pa.bool_(),
    }  # fmt: skip
    columns: dict[str, Any] = {
        column.name: pa.array(column.values, type=kinds[column.kind]) for column in table.columns
    }
    columns["geometry"] = pa.array(shapely.to_wkb(table.geometry, flavor="iso"), type=pa.binary())
    missing = shapely.is_missing(table.geometry)
    sides = [pa.array(side, mask=missing) for side in shapely.bounds(table.geometry).T]
    columns["bbox"] = pa.StructArray.from_arrays(sides, names=_SIDES, mask=pa.array(missing))
    return pa.table(columns)


def _joined(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.concatenate([np.fmin(one[:2], other[:2]), np.fmax(one[2:], other[2:])])


def _geo(kinds: set[str], bounds: np.ndarray) -> str:
    """Return the metadata that makes it GeoParquet."""
    geometry: dict[str, Any] = {
        "encoding": "WKB",
        "crs": pyproj.CRS("EPSG:4326").to_json_dict(),
        "geometry_types": sorted(kinds),
        "orientation": "counterclockwise",
        "edges": "planar",
        "covering": {"bbox": {side: ["bbox", side] for side in _SIDES}},
    }
    if not np.isnan(bounds).any():
        geometry["bbox"] = bounds.tolist()
    said = {"version": VERSION, "primary_column": "geometry", "columns": {"geometry": geometry}}
    return json.dumps(said)
