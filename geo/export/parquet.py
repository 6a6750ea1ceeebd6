"""GeoParquet 1.1, for analysis at scale: lists stay lists, dates are dates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geo.errors import FourzonesError
from geo.export.files import staged
from geo.export.flat import Column, flatten
from geo.export.terms import about

METADATA = b"fourzones"
"""Key of the file's metadata under which it says what it is, as JSON."""


def write(path: Path, features: dict[str, Any], language: str = "en") -> None:
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
    import geopandas

    table = flatten(features)
    frame = geopandas.GeoDataFrame(
        {column.name: _series(column, pa) for column in table.columns},
        geometry=geopandas.GeoSeries(table.geometry, crs=4326),
    )
    with staged(path) as place:
        frame.to_parquet(place, index=False, schema_version="1.1.0")
        # GeoPandas writes the geometry's metadata; ours goes beside it. What pandas notes of its
        # own types goes, since it cannot read lists back by it; the columns' types say it all.
        written = parquet.read_table(place)
        said = json.dumps(about(features), ensure_ascii=False).encode()
        known = {**written.schema.metadata, METADATA: said}
        del known[b"pandas"]
        parquet.write_table(written.replace_schema_metadata(known), place)


def _series(column: Column, pa: Any) -> Any:
    import pandas as pd

    kind: Any = {
        "text": pa.string(), "list": pa.list_(pa.string()), "date": pa.date32(),
        "integer": pa.int64(), "real": pa.float64(), "truth": pa.bool_(),
    }[column.kind]  # fmt: skip
    return pd.Series(column.values, dtype=pd.ArrowDtype(kind))
