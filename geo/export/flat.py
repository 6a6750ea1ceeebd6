"""GeoJSON features as a plain table, for formats that hold columns and no nested values."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

import numpy as np
import shapely

Kind = Literal["text", "list", "date", "integer", "real", "truth"]

# What each column holds, whatever the selection: a table without rows has the same types.
_KINDS: dict[str, Kind] = {
    "articles": "integer", "start": "integer", "end": "integer", "area_km2": "real",
    "accuracy_km": "real", "confidence": "real", "inside": "truth", "valid_from": "date",
    "valid_to": "date", "time_start": "date", "time_end": "date", "words": "list",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    kind : {"text", "list", "date", "integer", "real", "truth"}
        `list` is of texts; what is nested deeper is JSON text.
    values : list
        None where a feature says nothing.
    """

    name: str
    kind: Kind
    values: list[Any]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a collection: columns, and an array of geometries (EPSG:4326, None if none)."""

    columns: list[Column]
    geometry: np.ndarray


def tables(features: Iterable[dict[str, Any]], size: int) -> Iterator[Table]:
    """Yield features as tables of `size` rows and the same columns, in order; at least one.

    The columns are `id`, the properties, and `time_start` and `time_end` (both days included;
    empty where open). What they hold is told by the first table: the properties of articles and
    mentions are always the same, and there are not as many zones, versions and places as would
    make a second.

    Examples
    --------
    >>> point = {"type": "Point", "coordinates": [36.6, 35.9]}
    >>> said = {"zone": ["idlib"], "articles": 3}
    >>> feature = {"id": "a", "geometry": point, "properties": said, "time": None}
    >>> (table,) = tables([feature], 1000)
    >>> [(c.name, c.kind, c.values) for c in table.columns[:3]]
    [('id', 'text', ['a']), ('zone', 'list', [['idlib']]), ('articles', 'integer', [3])]
    """
    every = iter(features)
    some = list(islice(every, size))
    rows = [_row(feature) for feature in some]
    names = dict.fromkeys(name for row in rows for name in row) or ("id", "time_start", "time_end")
    kinds = {name: _KINDS.get(name) or _kind([row.get(name) for row in rows]) for name in names}
    while True:
        drawn = [feature["geometry"] for feature in some]
        geometry = np.empty(len(drawn), dtype=object)
        geometry[:] = [None if one is None else _shape(one) for one in drawn]
        columns = [_column(name, kind, rows) for name, kind in kinds.items()]
        yield Table(columns, geometry)
        if not (some := list(islice(every, size))):
            return
        rows = [_row(feature) for feature in some]
        if more := {name for row in rows for name in row} - set(kinds):
            raise ValueError(f"columns that come too late: {', '.join(sorted(more))}")


def joined(values: list[str]) -> str:
    """Join a list for a cell."""
    return ";".join(values)


def _row(feature: dict[str, Any]) -> dict[str, Any]:
    first, last = (feature["time"] or {"interval": ("..", "..")})["interval"]
    return {
        "id": feature["id"],
        **feature["properties"],
        "time_start": None if first == ".." else first,
        "time_end": None if last == ".." else last,
    }


def _shape(geometry: dict[str, Any]) -> Any:
    if geometry["type"] == "Point":
        return shapely.Point(geometry["coordinates"])
    return shapely.from_geojson(json.dumps(geometry))


def _column(name: str, kind: Kind, rows: list[dict[str, Any]]) -> Column:
    values = [row.get(name) for row in rows]
    return Column(name, kind, [None if v is None else _value(v, kind) for v in values])


def _kind(values: list[Any]) -> Kind:
    values = [value for value in values if value is not None]
    if any(isinstance(v, list) and all(isinstance(x, str) for x in v) for v in values):
        nested = any(isinstance(x, (dict, list)) for v in values for x in v)
        return "text" if nested else "list"
    if values and all(isinstance(v, bool) for v in values):
        return "truth"
    if values and all(isinstance(v, (int, float)) for v in values):
        return "integer" if all(isinstance(v, int) for v in values) else "real"
    return "text"


def _value(value: Any, kind: Kind) -> Any:
    if kind == "date":
        return dt.date.fromisoformat(value)
    if kind == "list":
        return [_clean(one) for one in (value if isinstance(value, list) else [value])]
    if kind == "text":
        return _clean(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return value


def _clean(run: str) -> str:
    return run.replace("\0", "\ufffd")  # it would end a text for SQLite and GDAL
