"""The four zones as they stood on any day: versions with half-open intervals and their sources."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import shapely
from shapely.geometry import shape

from geo.check import schema_faults
from geo.errors import FourzonesError
from geo.model import MEMORANDUM, ZONES
from geo.paths import DATA

METRIC_CRS = 32637
"""UTM zone 37 N: areas and distances are taken in it, in metres."""

SHIPPED = DATA / "zones.geojson"
SLIVER_KM2 = 0.3
BORDER_TOLERANCE_M = 1000


def load_versions(path: Path | None = None) -> geopandas.GeoDataFrame:
    """Read the zone versions.

    Parameters
    ----------
    path : Path, optional
        GeoJSON in the form of the shipped ``data/zones.geojson``.

    Returns
    -------
    GeoDataFrame
        One row a version (EPSG:4326), by zone and time. `valid_from` and `valid_to` are dates,
        the interval half-open, `valid_to` None while it lasts; `area_km2` in square km,
        `accuracy_km` in km; `sources` a list of title, publisher, url and date.

    Raises
    ------
    FourzonesError
        If the file is not there or is no GeoJSON.

    Examples
    --------
    >>> versions = load_versions()
    >>> on(versions, dt.date(2017, 6, 1))["status"].unique().tolist()
    ['in-force']
    """
    features = _features(path or SHIPPED)
    records = [dict(feature["properties"]) for feature in features]
    drawn = [shape(f["geometry"]) if f["geometry"] else None for f in features]
    return dated(geopandas.GeoDataFrame(records, geometry=drawn, crs=4326))


def dated(versions: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Return versions with their ISO 8601 `valid_from` and `valid_to` as dates."""
    read = versions.copy()
    for column in ("valid_from", "valid_to"):
        read[column] = pd.Series(
            [dt.date.fromisoformat(v) if isinstance(v, str) else None for v in versions[column]],
            index=versions.index,
            dtype=object,
        )
    return read


def on(versions: geopandas.GeoDataFrame, date: dt.date) -> geopandas.GeoDataFrame:
    """Return the version of each zone that holds on a day, in the order of `ZONES`.

    Parameters
    ----------
    versions : GeoDataFrame
        As `load_versions` gives it.
    date : date
        From 4 May 2017 on there is exactly one version a zone; before, none.
    """
    ends = versions["valid_to"]
    holds = (versions["valid_from"] <= date) & (
        ends.isna() | ends.map(lambda end: end is not None and end == end and date < end)
    )
    order = {zone: number for number, zone in enumerate(ZONES)}
    return versions[holds].sort_values("zone", key=lambda z: z.map(order)).reset_index(drop=True)


def accuracy(version: Any) -> float | None:
    """Return to how many km the edge of a zone version is known; None where nobody said, or the
    zone has ended."""
    said = version["accuracy_km"]
    unknown = version["status"] == "ended" or said is None or said != said
    return None if unknown else float(said)


def faults(path: Path) -> Iterator[str]:
    """Yield one line per fault of a zones file: file, feature, field, expected, got."""
    features = _features(path)
    yield from schema_faults(features, DATA / "zones.schema.json", path.name)
    by_zone: dict[str, list[dict[str, Any]]] = {zone: [] for zone in ZONES}
    for feature in features:
        by_zone.setdefault(feature["properties"]["zone"], []).append(feature)
        yield from _geometry_faults(path.name, feature)
    for zone, own in by_zone.items():
        yield from _interval_faults(path.name, zone, own)
    yield from _between_faults(path.name, by_zone)


def _geometry_faults(name: str, feature: dict[str, Any]) -> Iterator[str]:
    where = f"{name}: feature {feature['id']}"
    ended = feature["properties"]["status"] == "ended"
    if (feature["geometry"] is None) != ended:
        yield f"{where}: geometry: expected null exactly when ended, got the contrary"
        return
    if ended:
        return
    drawn = shape(feature["geometry"])
    if not drawn.is_valid:
        yield f"{where}: geometry: expected a valid one, got {shapely.is_valid_reason(drawn)}"
        return
    for part in shapely.get_parts(drawn):
        if not part.exterior.is_ccw or any(ring.is_ccw for ring in part.interiors):
            yield f"{where}: geometry: expected the right-hand rule, got a ring wound the other way"
    metric = geopandas.GeoSeries([drawn], crs=4326).to_crs(METRIC_CRS).iloc[0]
    smallest = min(part.area for part in shapely.get_parts(metric)) / 1e6
    if smallest < SLIVER_KM2:
        yield f"{where}: geometry: expected no sliver, got a part of {smallest:.2f} square km"
    stated = feature["properties"]["area_km2"]
    if abs(metric.area / 1e6 - stated) > max(0.2, stated * 0.001):
        yield f"{where}: area_km2: expected {metric.area / 1e6:.1f}, got {stated}"


def _interval_faults(name: str, zone: str, own: list[dict[str, Any]]) -> Iterator[str]:
    where = f"{name}: zone {zone}"
    if not own:
        yield f"{where}: expected versions, got none"
        return
    spans = sorted((f["properties"]["valid_from"], f["properties"]["valid_to"]) for f in own)
    if spans[0][0] != MEMORANDUM.isoformat():
        yield f"{where}: valid_from: expected the first on {MEMORANDUM}, got {spans[0][0]}"
    for (_, end), (start, _) in pairwise(spans):
        if end != start:
            yield f"{where}: valid_to: expected the next version's start {start}, got {end}"
    if spans[-1][1] is not None:
        yield f"{where}: valid_to: expected the last to stay open, got {spans[-1][1]}"


def _between_faults(name: str, by_zone: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    widest = {}
    for zone, own in by_zone.items():
        drawn = [shape(f["geometry"]) for f in own if f["geometry"] is not None]
        if drawn:
            widest[zone] = shapely.union_all(drawn)
    zones = sorted(widest)
    for i, one in enumerate(zones):
        for other in zones[i + 1 :]:
            if shapely.intersection(widest[one], widest[other]).area > 0:
                yield f"{name}: zones {one} and {other}: expected no common area, got some"
    base = _features(DATA / "base.geojson")
    land = shapely.union_all(
        [
            shapely.make_valid(shape(f["geometry"]))
            for f in base
            if f["properties"]["layer"] == "governorate"
        ]
    )
    metric = geopandas.GeoSeries([land, *widest.values()], crs=4326).to_crs(METRIC_CRS)
    allowed = metric.iloc[0].buffer(BORDER_TOLERANCE_M)
    for zone, drawn in zip(widest, metric.iloc[1:], strict=True):
        beyond = shapely.difference(drawn, allowed).area / 1e6
        if beyond > 0:
            yield f"{name}: zone {zone}: expected land of Syria, got {beyond:.2f} square km beyond"


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    except OSError as error:
        raise FourzonesError(
            "cannot read", where=str(path), expected="a GeoJSON file", got=error.strerror or ""
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise FourzonesError(
            "not GeoJSON", where=str(path), expected="a FeatureCollection", got=str(error)
        ) from error
    return features
