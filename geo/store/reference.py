"""Zones, places and events as a store holds them: read again only when they were replaced."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import shapely
from sqlalchemy import Connection, delete, insert, select

from geo.store.database import Database, fact, set_fact
from geo.store.schema import Geometry, events, places, zone_versions

if TYPE_CHECKING:
    import geopandas


class Reference:
    """What articles refer to, remembered by this process.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, tuple[Any, Any]] = {}
        self._points: tuple[str, dict[str, Any]] = ("", {})

    def versions(self) -> geopandas.GeoDataFrame:
        """Return all zone versions (EPSG:4326), with everything the data file says of each."""
        known: geopandas.GeoDataFrame = self._remembered("versions", _versions)
        return known.copy(deep=False)  # what is changed in a copy never reaches the original

    def chronology(self) -> list[dict[str, Any]]:
        """Return the events, oldest first."""
        return [dict(event) for event in self._remembered("events", _chronology)]

    def gazetteer(self) -> list[dict[str, Any]]:
        """Return the places, each with `lon` and `lat`."""
        return [dict(place) for place in self._remembered("places", _gazetteer)]

    def points(self, connection: Connection) -> dict[str, Any]:
        """Return the points of the places, as the engine of a transaction writes them."""
        reference = fact(connection, "reference") or ""
        if self._points[0] != reference:
            write = Geometry().process_bind_param
            rows = connection.execute(select(places.c.id, places.c.geom))
            points = {row.id: write(row.geom, connection.dialect) for row in rows}
            self._points = (reference, points)
        return self._points[1]

    def _remembered(self, name: str, read: Callable[[Connection], Any]) -> Any:
        with self._database.reading() as connection:
            now = (fact(connection, "epoch"), fact(connection, "reference"))
            known, value = self._known.get(name, (None, None))
            if known != now:
                value = read(connection)
                self._known[name] = (now, value)
        return value


def replace(
    connection: Connection,
    versions: Sequence[dict[str, Any]],
    gazetteer: Sequence[dict[str, Any]],
    chronology: Sequence[dict[str, Any]],
) -> None:
    """Put zones, places and events in place of those that are there.

    Rows carry the columns of the tables, with a shapely geometry (EPSG:4326) as ``geom``.
    """
    for table, rows in ((zone_versions, versions), (places, gazetteer), (events, chronology)):
        connection.execute(delete(table))
        if rows:
            connection.execute(insert(table), list(rows))
    set_fact(connection, "reference", uuid.uuid4().hex)


def _versions(connection: Connection) -> geopandas.GeoDataFrame:
    import geopandas

    from geo import zones

    rows = connection.execute(select(zone_versions).order_by(zone_versions.c.fid)).all()
    records = [json.loads(row.properties) for row in rows]
    drawn = [row.geom for row in rows]
    return zones.dated(geopandas.GeoDataFrame(records, geometry=drawn, crs=4326))


def _chronology(connection: Connection) -> list[dict[str, Any]]:
    rows = connection.execute(select(events).order_by(events.c.date, events.c.fid))
    return [dict(row._mapping) for row in rows]


def _gazetteer(connection: Connection) -> list[dict[str, Any]]:
    found = []
    for row in connection.execute(select(places).order_by(places.c.id)):
        record = {k: v for k, v in row._mapping.items() if k not in ("fid", "geom")}
        lon, lat = shapely.get_x(row.geom), shapely.get_y(row.geom)
        found.append({**record, "lon": lon, "lat": lat})
    return found
