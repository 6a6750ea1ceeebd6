"""pygeoapi on the features of a store: files or tables, settings, and how it is run."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import shapely

from geo.export import collection, dumps
from geo.selection import Selection
from geo.store import Store
from geo.summary import view

COLLECTIONS = ("versions", "mentions", "articles")

Features = dict[str, list[dict[str, Any]]]


def prepare(
    venv: Path, folder: Path, store: Store, port: int, postgres: str | None
) -> tuple[list[str], dict[str, str]]:
    """Give pygeoapi the features of a store; return the command that runs it, and its settings."""
    shown = view(store, Selection())
    for what in COLLECTIONS:
        (folder / f"{what}.geojson").write_text(dumps(collection(store, shown, what)))
    sources = {what: _file(folder, what) for what in COLLECTIONS}
    if postgres:
        for what in COLLECTIONS:
            features = json.loads((folder / f"{what}.geojson").read_text())["features"]
            fill(postgres, what, features)
        sources = {what: _table(postgres, what) for what in COLLECTIONS}
    settings = folder / "settings.yml"
    settings.write_text(json.dumps(configuration(sources, port)))  # JSON is YAML
    env = {"PYGEOAPI_CONFIG": str(settings), "PYGEOAPI_OPENAPI": str(folder / "openapi.yml")}
    with (folder / "openapi.yml").open("w") as out:
        subprocess.run(
            [venv / "bin" / "pygeoapi", "openapi", "generate", settings],
            env={**os.environ, **env}, stdout=out, stderr=subprocess.DEVNULL, check=True,
        )  # fmt: skip
    command = [str(venv / "bin" / "gunicorn"), "-k", "gthread", "--threads", "4", "-b",
               f"127.0.0.1:{port}", "pygeoapi.flask_app:APP"]  # fmt: skip
    return command, env


def configuration(sources: dict[str, dict[str, Any]], port: int) -> dict[str, Any]:
    """Return the settings of pygeoapi: gzip and CORS on, 10 features when nobody says."""
    words = {"en": "Fourzones"}
    resources = {
        what: {
            "type": "collection", "title": what, "description": what, "keywords": ["zones"],
            "extents": {"spatial": {"bbox": [35, 32, 38, 37],
                                    "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}},
            "providers": [{"type": "feature", **source}],
        }
        for what, source in sources.items()
    }  # fmt: skip
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port}, "url": f"http://127.0.0.1:{port}",
            "mimetype": "application/json; charset=UTF-8", "encoding": "utf-8", "gzip": True,
            "cors": True, "languages": ["en-US"], "pretty_print": False, "admin": False,
            "limits": {"default_items": 10, "max_items": 10000, "on_exceed": "throttle"},
            "map": {"url": "", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {"title": words, "description": words, "keywords": {"en": ["zones"]},
                               "keywords_type": "theme", "terms_of_service": "", "url": ""},
            "license": {"name": "CC BY-SA 4.0", "url": ""}, "provider": {"name": "-", "url": ""},
            "contact": {"name": "-"},
        },
        "resources": resources,
    }  # fmt: skip


def _file(folder: Path, what: str) -> dict[str, Any]:
    return {"name": "GeoJSON", "id_field": "id", "data": str(folder / f"{what}.geojson")}


def _table(address: str, what: str) -> dict[str, Any]:
    parts = urlsplit(address)
    data = {"host": parts.hostname, "port": parts.port or 5432, "dbname": parts.path[1:],
            "user": parts.username, "password": parts.password or "-",
            "search_path": ["public"]}  # fmt: skip
    return {"name": "PostgreSQL", "id_field": "fid", "table": what, "geom_field": "geom",
            "time_field": "stamp", "data": data}  # fmt: skip


def fill(address: str, what: str, features: list[dict[str, Any]]) -> None:
    """Put features into a table of PostGIS, indexed by place and time."""
    import psycopg

    kinds: dict[str, str] = {}
    for feature in features:
        for name, value in feature["properties"].items():
            if value is not None:
                kinds.setdefault(name, _kind(value))
    columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    marks = ", ".join(["%s"] * len(kinds))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        connection.execute(
            f"CREATE TABLE {what} (fid text PRIMARY KEY, geom geometry(Geometry, 4326), "
            f"stamp timestamp, {columns})"
        )
        for feature in features:
            drawn, when = feature["geometry"], feature["time"]
            values = [_plain(feature["properties"].get(name)) for name in kinds]
            connection.execute(
                f"INSERT INTO {what} VALUES (%s, ST_SetSRID(%s::geometry, 4326), %s, {marks})",
                [
                    feature["id"],
                    shapely.from_geojson(json.dumps(drawn)).wkb_hex if drawn else None,
                    when["interval"][0] if when else None,
                    *values,
                ],
            )
        connection.execute(f"CREATE INDEX ON {what} USING gist (geom)")
        connection.execute(f"CREATE INDEX ON {what} (stamp)")
        connection.execute(f"ANALYZE {what}")


def _kind(value: Any) -> str:
    if isinstance(value, (list, dict)):
        return "jsonb"
    if isinstance(value, bool):
        return "boolean"
    return "double precision" if isinstance(value, (int, float)) else "text"


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, (list, dict)) else value
