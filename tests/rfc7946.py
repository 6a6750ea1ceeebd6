"""A GeoJSON text held against RFC 7946, as far as a machine can."""

from __future__ import annotations

import contextlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyogrio
import shapely

OURS = b'{"type": "FeatureCollection", "conformsTo"'
GEOMETRIES = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}


def check(text: bytes | str) -> dict[str, Any]:
    """Return what the text says, once it has passed."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    said = json.loads(text, parse_constant=refuse)
    assert said["type"] in ("FeatureCollection", "Feature")
    features = said["features"] if said["type"] == "FeatureCollection" else [said]
    if said["type"] == "FeatureCollection":
        assert isinstance(features, list)
        # 7.1: what belongs to other kinds of GeoJSON object stands in none.
        assert not {"coordinates", "geometries", "geometry", "properties"} & set(said)
        ids = [feature["id"] for feature in features]
        assert len(set(ids)) == len(ids)
    assert "crs" not in said  # 4
    for feature in features:
        check_feature(feature)
    return said


def check_feature(feature: dict[str, Any]) -> None:
    """Check one feature."""
    assert feature["type"] == "Feature" and "crs" not in feature
    assert isinstance(feature["id"], str) and feature["id"]
    assert isinstance(feature["properties"], dict)
    assert not {"coordinates", "geometries", "features"} & set(feature)
    drawn = feature["geometry"]
    if drawn is None:
        return
    assert set(drawn) == {"type", "coordinates"} and drawn["type"] in GEOMETRIES
    made = shapely.from_geojson(json.dumps(drawn))
    assert made.is_valid and not made.is_empty
    west, south, east, north = made.bounds
    # Lon, lat: the other way round all of Syria would lie elsewhere.
    assert 34 < west <= east < 43 and 32 < south <= north < 38
    for part in getattr(made, "geoms", [made]):
        if part.geom_type == "Polygon":  # 3.1.6, the right-hand rule
            assert part.exterior.is_ccw and not any(ring.is_ccw for ring in part.interiors)
    for number in shapely.get_coordinates(made).ravel():
        assert round(float(number), 6) == float(number)


def read_back(path: Path | str, said: dict[str, Any]) -> None:
    """Hold what GDAL reads of a file against what it says: geometry, days, ids, names."""
    features = said["features"]
    read = pyogrio.read_dataframe(path, datetime_as_string=True)
    assert len(read) == len(features)
    for (_, row), feature in zip(read.iterrows(), features, strict=True):
        drawn, properties = feature["geometry"], feature["properties"]
        assert row["id"] == feature["id"]
        for name in ("name_en", "name_ar"):
            assert row[name] == properties[name]
        shape = row.get("geometry")
        if drawn is None:
            assert shape is None
        else:
            assert shapely.equals_exact(shape, shapely.from_geojson(json.dumps(drawn)), 1e-9)
        days = [row.get("time_start"), row.get("time_end")]
        interval = (feature["time"] or {"interval": ["..", ".."]})["interval"]
        assert [_day(day) for day in days] == interval
        if "valid_from" in properties:
            assert _day(row["valid_from"]) == properties["valid_from"]


def _day(read: Any) -> str:
    return read[:10].replace("/", "-") if isinstance(read, str) else ".."


def written(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what this program wrote as GeoJSON at a path, or into a bundle there."""
    if path.suffix in (".geojson", ".json"):
        yield str(path), path.read_bytes()
    elif path.suffix == ".zip":
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if info.filename.endswith(".geojson") and info.file_size < 50 << 20:
                    with contextlib.suppress(zipfile.BadZipFile, RuntimeError):
                        yield f"/vsizip/{path}/{info.filename}", archive.read(info)


def check_written(folder: Path) -> int:
    """Check all GeoJSON that this program wrote into a folder; return how many there were."""
    found = 0
    for path in sorted(folder.rglob("*")):
        for name, content in written(path) if path.is_file() else ():
            if content.startswith(OURS) and b'"program": "fourzones' in content:
                said = check(content)
                if said["features"]:
                    read_back(name, said)
                found += 1
    return found
