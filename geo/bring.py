"""Zones and places of the user's own: read, checked, and repaired only where it is said.

Geometry may come as GeoJSON, GeoPackage or Shapefile in any stated CRS; places also as a GeoNames
dump (tab-separated) or an OCHA p-coded table (CSV).
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyogrio
import shapely

from geo.errors import FourzonesError
from geo.gazetteer import Place, Rule, Stay
from geo.model import STATUSES, ZONE_NAMES, ZONES
from geo.zones import METRIC_CRS

MAX_ROWS = 200_000
_ARABIC = re.compile("[\u0621-\u064a]")
_GEONAMES_COLUMNS = 19


@dataclass(slots=True)
class Brought:
    """What was read: the rows, what was repaired, and what is wrong (then nothing is kept)."""

    versions: geopandas.GeoDataFrame | None = None
    places: list[Place] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_zones(path: Path) -> Brought:
    """Read zone versions.

    Columns: `zone` (one of the four ids) and `valid_from` are needed; `valid_to`, `status`,
    `name_en`, `name_ar`, `accuracy_km`, `basis_en`, `basis_ar`, `caveats_en`, `caveats_ar` are
    taken where they are there. Intervals are half-open.

    Raises
    ------
    FourzonesError
        If the file cannot be read as geometry, or says no CRS.
    """
    read = _layer(path)
    found = Brought()
    for column in ("zone", "valid_from"):
        if column not in read.columns:
            found.faults.append(f"{path.name}: expected a column {column}, got none")
    if found.faults:
        return found
    read = _in_degrees(read, path, found)
    rows, drawn = [], []
    for number, (_, row) in enumerate(read.iterrows(), start=1):
        where = f"{path.name}: row {number}"
        made = _version(row, where, found)
        if made is None:
            continue
        geometry = row.geometry
        if made["status"] == "ended":
            geometry = None
        elif geometry is None or geometry.geom_type not in ("Polygon", "MultiPolygon"):
            got = "none" if geometry is None else geometry.geom_type
            found.faults.append(f"{where}: geometry: expected a polygon, got {got}")
            continue
        else:
            geometry = _mended(geometry, where, found)
            if geometry is None:
                continue
        rows.append(made)
        drawn.append(geometry)
    if found.faults:
        return found
    versions = geopandas.GeoDataFrame(rows, geometry=drawn, crs=4326)
    if len(versions):
        metric = versions.geometry.to_crs(METRIC_CRS)
        versions["area_km2"] = [0.0 if g is None else round(g.area / 1e6, 1) for g in metric]
        found.faults += list(_overlaps(versions, path.name))
    found.versions = versions.sort_values(["zone", "valid_from"]).reset_index(drop=True)
    return found


def read_places(path: Path, versions: geopandas.GeoDataFrame) -> Brought:
    """Read places and join them to the zone versions in which they lie.

    Parameters
    ----------
    versions : GeoDataFrame
        As `geo.zones.load_versions` gives it; announced outlines are left out of the join.

    Raises
    ------
    FourzonesError
        If the file cannot be read.
    """
    found = Brought()
    if path.suffix.lower() in (".txt", ".tsv"):
        raw = list(_geonames(path, found))
    elif path.suffix.lower() == ".csv":
        raw = list(_ocha(path, found))
    else:
        read = _in_degrees(_layer(path), path, found)
        raw = list(_features(read, path, found))
    spans = [
        (row["zone"], row["valid_from"], row["valid_to"], row["geometry"])
        for _, row in versions.iterrows()
        if row["status"] != "announced" and row["geometry"] is not None
    ]
    own_id = _Ids()
    for number, given in enumerate(raw, start=1):
        identifier = own_id(_slug(given["name_en"] or given["name_ar"] or f"place-{number}"))
        point = shapely.Point(given["lon"], given["lat"])
        stays = tuple(
            Stay(zone, start, end) for zone, start, end, shape in spans if shape.contains(point)
        )
        found.places.append(_place(identifier, given, stays, path.name))
    if not found.places and not found.faults:
        found.faults.append(f"{path.name}: expected places, got none")
    return found


def place_feature(place: Place) -> dict[str, Any]:
    """Return a place as a feature that `geo.gazetteer.place_from` reads."""
    said = dataclasses.asdict(place)
    rule = said.pop("rule")
    said["name_rules"] = {}
    said["inside"] = [
        {"zone": s.zone, "from": s.start.isoformat(), "to": s.end.isoformat() if s.end else None}
        for s in place.inside
    ]
    point = [said.pop("lon"), said.pop("lat")]
    return {
        "type": "Feature",
        "id": said.pop("id"),
        "geometry": {"type": "Point", "coordinates": point},
        "properties": {**said, **rule},
    }


def _layer(path: Path) -> geopandas.GeoDataFrame:
    try:
        read = geopandas.read_file(path, rows=MAX_ROWS)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError) as error:
        raise FourzonesError(
            "cannot read", where=str(path), expected="GeoJSON, GeoPackage or Shapefile",
            got=str(error).split(";")[0],
        ) from error  # fmt: skip
    if not isinstance(read, geopandas.GeoDataFrame) or read.geometry.isna().all():
        raise FourzonesError("no geometry", where=str(path), expected="a layer with geometry")
    return read


def _in_degrees(read: geopandas.GeoDataFrame, path: Path, found: Brought) -> geopandas.GeoDataFrame:
    if read.crs is None:
        raise FourzonesError(
            "no CRS", where=str(path), expected="a stated coordinate reference system (.prj)"
        )
    if read.crs.to_epsg() != 4326:
        found.repairs.append(
            f"{path.name}: reprojected from {read.crs.to_string()[:60]} to EPSG:4326"
        )
        read = read.to_crs(4326)
    west, south, east, north = read.total_bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        found.faults.append(
            f"{path.name}: coordinates: expected degrees, got {west:.0f} to {east:.0f}: wrong CRS?"
        )
    return read


def _version(row: Any, where: str, found: Brought) -> dict[str, Any] | None:
    before = len(found.faults)
    zone = str(row["zone"])
    if zone not in ZONES:
        found.faults.append(f"{where}: zone: expected one of {', '.join(ZONES)}, got {zone[:40]}")
        return None
    status = _text(row, "status") or "in-force"
    if status not in STATUSES:
        found.faults.append(f"{where}: status: expected one of {', '.join(STATUSES)}, got {status}")
    start = _date(row, "valid_from", where, found)
    end = _date(row, "valid_to", where, found)
    if start is None and len(found.faults) == before:
        found.faults.append(f"{where}: valid_from: expected YYYY-MM-DD, got none")
    if start and end and end <= start:
        found.faults.append(f"{where}: valid_to: expected a day after {start}, got {end}")
    if len(found.faults) > before:
        return None
    for language in ("en", "ar"):
        if not _text(row, f"name_{language}"):
            name = ZONE_NAMES[zone][language]
            found.repairs.append(f"{where}: name_{language}: none given, taken as {name}")
    accuracy = _text(row, "accuracy_km")
    try:
        within = float(accuracy) if accuracy else None
    except ValueError:
        found.faults.append(f"{where}: accuracy_km: expected a number, got {accuracy[:40]}")
        return None
    return {
        "zone": zone,
        "name_ar": _text(row, "name_ar") or ZONE_NAMES[zone]["ar"],
        "name_en": _text(row, "name_en") or ZONE_NAMES[zone]["en"],
        "status": status,
        "valid_from": start,
        "valid_to": end,
        "accuracy_km": within,
        "basis_en": _text(row, "basis_en") or "Brought by the user.",
        "basis_ar": _text(row, "basis_ar") or "من بيانات المستخدم.",
        "method": _text(row, "method") or "Not stated.",
        "sources": [],
        "caveats_en": _text(row, "caveats_en") or "Not checked by Fourzones.",
        "caveats_ar": _text(row, "caveats_ar") or "لم تتحقق منه Fourzones.",
        "change_en": _text(row, "change_en"),
        "change_ar": _text(row, "change_ar"),
    }


def _text(row: Any, column: str) -> str:
    value = row.get(column)
    return "" if value is None or value != value else str(value).strip()


def _date(row: Any, column: str, where: str, found: Brought) -> dt.date | None:
    written = _text(row, column)
    if not written or written == "NaT":
        return None
    try:
        return dt.date.fromisoformat(written[:10])
    except ValueError:
        found.faults.append(f"{where}: {column}: expected YYYY-MM-DD, got {written[:30]}")
        return None


def _mended(geometry: Any, where: str, found: Brought) -> Any:
    """Return a geometry as a valid MultiPolygon; None when nothing of it has an area."""
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        found.faults.append(f"{where}: geometry: expected degrees, got coordinates without end")
        return None
    whole = geometry = shapely.force_2d(geometry)
    if not geometry.is_valid:
        reason = shapely.is_valid_reason(geometry)
        whole = shapely.make_valid(geometry)
        found.repairs.append(f"{where}: geometry made valid: {reason[:60]}")
    # Of a collection the parts may be of several polygons again.
    parts = [p for p in shapely.get_parts(shapely.get_parts(whole)) if p.geom_type == "Polygon"]
    if not any(part.area for part in parts):
        found.faults.append(
            f"{where}: geometry: expected a polygon with an area, got {shapely.to_wkt(whole)[:60]}"
        )
        return None
    return shapely.orient_polygons(shapely.multipolygons(parts))


def _overlaps(versions: geopandas.GeoDataFrame, name: str) -> Iterator[str]:
    for zone, own in versions.sort_values("valid_from").groupby("zone"):
        rows = list(zip(own["valid_from"], own["valid_to"], strict=True))
        for (start, end), (following, _) in pairwise(rows):
            if end is None or end != end or end > following:
                yield (
                    f"{name}: zone {zone}: valid_to: expected at most {following}, the start of "
                    f"the next version, got {end or 'none'} for the one of {start}"
                )


def _features(read: geopandas.GeoDataFrame, path: Path, found: Brought) -> Iterator[dict[str, Any]]:
    for number, (_, row) in enumerate(read.iterrows(), start=1):
        where = f"{path.name}: row {number}"
        if row.geometry is None or row.geometry.is_empty:
            found.faults.append(f"{where}: geometry: expected a point, got none")
            continue
        point = row.geometry
        if point.geom_type != "Point":
            point = point.representative_point()
            found.repairs.append(f"{where}: a point inside taken for a {row.geometry.geom_type}")
        name = _text(row, "name_en") or _text(row, "name")
        arabic = _text(row, "name_ar")
        if not name and not arabic:
            found.faults.append(f"{where}: name_en, name_ar or name: expected one, got none")
            continue
        yield {
            "name_en": name,
            "name_ar": arabic or (name if _ARABIC.search(name) else ""),
            "variants": [],
            "lon": point.x,
            "lat": point.y,
            "pcode": _text(row, "admin3_pcode") or None,
        }


def _geonames(path: Path, found: Brought) -> Iterator[dict[str, Any]]:
    """Read a GeoNames dump: 19 columns, tab-separated, without a heading."""
    for number, line in enumerate(_lines(path), start=1):
        cells = line.rstrip("\n").split("\t")
        if len(cells) < _GEONAMES_COLUMNS:
            found.faults.append(
                f"{path.name}: line {number}: expected {_GEONAMES_COLUMNS} columns separated by "
                f"tabs, got {len(cells)}"
            )
            if number == 1:
                return
            continue
        try:
            lon, lat = _degrees(cells[5], cells[4])
        except ValueError:
            found.faults.append(
                f"{path.name}: line {number}: expected degrees, got {cells[4][:20]}"
            )
            continue
        names = [name for name in cells[3].split(",") if name]
        arabic = [name for name in names if _ARABIC.search(name)]
        latin = [name for name in names if name.isascii() and name != cells[1]]
        yield {
            "name_en": cells[1],
            "name_ar": arabic[0] if arabic else "",
            "variants": latin + arabic[1:],
            "lon": lon,
            "lat": lat,
            "pcode": None,
        }


def _ocha(path: Path, found: Brought) -> Iterator[dict[str, Any]]:
    """Read a p-coded table: columns found by their names, whatever the level."""
    rows = csv.DictReader(_lines(path))
    names = {name.lower().strip("\ufeff "): name for name in rows.fieldnames or ()}

    def column(*patterns: str) -> str | None:
        for pattern in patterns:
            for low, name in sorted(names.items(), reverse=True):
                if re.fullmatch(pattern, low):
                    return name
        return None

    english = column(r"admin\d?name_en", r"admin\dref\w*", r"name_en", r"name")
    arabic = column(r"admin\d?name_ar", r"name_ar")
    pcode = column(r"admin3pcode", r"admin\d?pcode", r"pcode")
    lat = column(r"latitude_?y?", r"lat", r"y")
    lon = column(r"longitude_?x?", r"lon", r"long", r"x")
    if not (english or arabic) or not lat or not lon:
        found.faults.append(
            f"{path.name}: expected columns for name, latitude and longitude, got "
            f"{', '.join(names)[:80]}"
        )
        return
    for number, row in enumerate(rows, start=2):
        try:
            at = _degrees(row[lon], row[lat])
            said = [(row[name] or "").strip() if name else "" for name in (english, arabic)]
            if not any(said):
                found.faults.append(f"{path.name}: row {number}: expected a name, got none")
                continue
            yield {
                "name_en": said[0],
                "name_ar": said[1],
                "variants": [],
                "lon": at[0],
                "lat": at[1],
                "pcode": row[pcode] if pcode else None,
            }
        except (TypeError, ValueError):
            got = f"{row[lat]}, {row[lon]}"
            found.faults.append(f"{path.name}: row {number}: expected degrees, got {got[:40]}")


def _degrees(lon: str, lat: str) -> tuple[float, float]:
    east, north = float(lon), float(lat)
    if not (-180 <= east <= 180 and -90 <= north <= 90):  # NaN is not either
        raise ValueError(f"{lon}, {lat}")
    return east, north


def _lines(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [line for _, line in zip(range(MAX_ROWS), file, strict=False)]
    except (OSError, UnicodeDecodeError) as error:
        raise FourzonesError(
            "cannot read", where=str(path), expected="a UTF-8 table", got=str(error)
        ) from error


class _Ids:
    """Gives each place an id of its own: the second of a name gets a number."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._last: dict[str, int] = {}

    def __call__(self, wanted: str) -> str:
        found = wanted
        while found in self._given:
            self._last[wanted] = self._last.get(wanted, 1) + 1
            found = f"{wanted}-{self._last[wanted]}"
        self._given.add(found)
        return found


def _slug(name: str) -> str:
    ascii_name = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")[:80]
    return f"own-{ascii_name or hashlib.sha256(name.encode()).hexdigest()[:10]}"


def _place(identifier: str, given: dict[str, Any], stays: tuple[Stay, ...], source: str) -> Place:
    names = [n for n in (given["name_en"], given["name_ar"]) if n]
    short = min(map(len, names)) < 5  # a short name means too many other things by itself
    variants = given["variants"]
    zones = tuple(z for z in ZONES if any(stay.zone == z for stay in stays))
    return Place(
        id=identifier,
        name_en=given["name_en"] or given["name_ar"],
        name_ar=given["name_ar"] or given["name_en"],
        variants_en=tuple(v for v in variants if not _ARABIC.search(v)),
        variants_ar=tuple(v for v in variants if _ARABIC.search(v)),
        names_other={},
        lon=given["lon"],
        lat=given["lat"],
        kind="settlement",
        governorate="",
        admin1_pcode=None,
        admin2_pcode=None,
        admin3_pcode=given["pcode"],
        pcode_basis="given" if given["pcode"] else "none",
        precision="exact",
        source=f"brought by the user: {source}",
        sure="medium",
        zones=zones,
        zone_basis="polygon" if zones else "none",
        inside=stays,
        ambiguous=short,
        note_en="",
        rule=Rule("company" if short else "none"),
        name_rules={},
        alone_ar="",
        alone_other="",
        is_area_name=False,
        shared_with=(),
    )
