"""What makes a SQLite file a GeoPackage (OGC 12-128r19): its own tables and geometry blobs.

Layers are written here rather than through GDAL, so that data and text share one transaction and
no GDAL trigger stands between SQLAlchemy and the tables. Coordinates are EPSG:4326, lon, lat.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, text

APPLICATION_ID = 0x47504B47  # "GPKG"
USER_VERSION = 10300  # version 1.3 of the standard

_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)

_TABLES = (
    """CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)""",
    """CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '',
        last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
        srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    """CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name),
        column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id),
        z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name))""",
)


def create(connection: Connection, layers: Mapping[str, str | None]) -> None:
    """Write the standard's own tables and register `layers`.

    Parameters
    ----------
    connection : Connection
        Inside a transaction, on an empty SQLite file.
    layers : mapping of table name to geometry type
        ``None`` registers a table without geometry, as `attributes`.
    """
    for statement in _TABLES:
        connection.execute(text(statement))
    rows = [
        ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84),
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
    ]
    for name, srs, organization, code, definition in rows:
        connection.execute(
            text("INSERT INTO gpkg_spatial_ref_sys VALUES (:n, :s, :o, :c, :d, NULL)"),
            {"n": name, "s": srs, "o": organization, "c": code, "d": definition},
        )
    for table, geometry in layers.items():
        register(connection, table, geometry)


def register(connection: Connection, table: str, geometry: str | None) -> None:
    """Say in the standard's own tables that `table` is a layer, or attributes without geometry."""
    connection.execute(
        text(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES (:t, :k, :t, :s)"
        ),
        {"t": table, "k": "features" if geometry else "attributes", "s": 4326 if geometry else 0},
    )
    if geometry:
        connection.execute(
            text("INSERT INTO gpkg_geometry_columns VALUES (:t, 'geom', :g, 4326, 0, 0)"),
            {"t": table, "g": geometry},
        )


def encode(geometry: BaseGeometry | None) -> bytes | None:
    """Write a geometry as a GeoPackage blob, with its envelope unless it is a point.

    Examples
    --------
    >>> decode(encode(shapely.Point(36.6, 35.9))).wkt
    'POINT (36.6 35.9)'
    """
    if geometry is None or geometry.is_empty:
        return None
    point = geometry.geom_type == "Point"
    header = b"GP\x00" + bytes([1 if point else 3]) + struct.pack("<i", 4326)
    if not point:
        min_x, min_y, max_x, max_y = geometry.bounds
        header += struct.pack("<4d", min_x, max_x, min_y, max_y)
    return header + shapely.to_wkb(geometry, byte_order=1)


def decode(blob: bytes | None) -> BaseGeometry | None:
    """Read a geometry that `encode` wrote."""
    if blob is None:
        return None
    if len(blob) < 8:
        raise ValueError("a geometry of which nothing is left")
    envelope = (0, 32, 48, 48, 64, 0, 0, 0)[(blob[3] >> 1) & 7]
    return shapely.from_wkb(blob[8 + envelope :])


def hexewkb(geometry: BaseGeometry) -> str:
    """Write a geometry as PostGIS takes it."""
    return str(shapely.to_wkb(shapely.set_srid(geometry, 4326), hex=True, include_srid=True))


def from_hex(text: str) -> BaseGeometry:
    """Read a geometry as PostGIS gives it."""
    return shapely.set_srid(shapely.from_wkb(text), 0)
