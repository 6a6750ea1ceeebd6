"""A GeoJSON text held against RFC 7946, as far as a machine can."""

from __future__ import annotations

import json
from typing import Any

import shapely

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
