"""Zones and places that a store goes by: the shipped, and what its user brought."""

from __future__ import annotations

import json

import geopandas
import pandas as pd
import shapely

from geo import zones
from geo.gazetteer import Place, load_places, place_from
from geo.indexing import Reader
from geo.store import Store


def versions_of(store: Store) -> geopandas.GeoDataFrame:
    """Return the shipped zone versions, with the user's own in their place or among them."""
    shipped = zones.load_versions()
    kept = store.fact("own zones")
    if not kept:
        return shipped
    own = json.loads(kept)
    drawn = [
        shapely.from_geojson(f["geometry"]) if f["geometry"] else None for f in own["features"]
    ]
    records = [
        {
            k: None if v in ("None", "nan", "NaT") and not k.startswith("name_") else v
            for k, v in f["properties"].items()
        }
        for f in own["features"]
    ]
    brought = zones.dated(geopandas.GeoDataFrame(records, geometry=drawn, crs=4326))
    if own["mode"] == "replace":
        return brought
    others = shipped[~shipped["zone"].isin(set(brought["zone"]))]
    return geopandas.GeoDataFrame(pd.concat([others, brought], ignore_index=True), crs=4326)


def own_places(store: Store) -> tuple[Place, ...] | None:
    """Return the places that a store goes by when its user brought some, else None."""
    kept = store.fact("own places")
    if not kept:
        return None
    own = json.loads(kept)
    brought = tuple(place_from(feature) for feature in own["features"])
    return brought if own["mode"] == "replace" else (*load_places(), *brought)


def places_of(store: Store) -> tuple[Place, ...]:
    """Return the shipped places, with the user's own in their place or after them."""
    own = own_places(store)
    return load_places() if own is None else own


def reader_of(store: Store | None = None) -> Reader:
    """Return what links articles by the places of a store, or by the shipped ones."""
    return Reader.of(own_places(store) if store else None)


def features_of(versions: geopandas.GeoDataFrame) -> list[dict[str, object]]:
    """Return zone versions as the store keeps them: `versions_of` reads them again."""
    return [
        {
            "geometry": None if row.geometry is None else shapely.to_geojson(row.geometry),
            "properties": json.loads(json.dumps(row.drop("geometry").to_dict(), default=str)),
        }
        for _, row in versions.iterrows()
    ]
