"""The shipped data in a store: zones, places, events and the catalogue."""

from __future__ import annotations

import json

import shapely

from geo import events
from geo.ingest.current import digest, linker_version
from geo.ingest.own import places_of, reader_of, versions_of
from geo.paths import DATA
from geo.readers import read_catalogue
from geo.store import Store

_CATALOGUE = "catalogue linked by"


def data_hash() -> str:
    """Return the sha256 of the shipped data files: the version of the data."""
    names = ("zones.geojson", "places.geojson", "events.csv", "articles.csv")
    return digest([*(DATA / name for name in names), *sorted((DATA / "linking").glob("*.json"))])


def is_filled(store: Store) -> bool:
    """Say whether a store has the shipped data, linked as today."""
    version = linker_version(store)
    return store.fact("data") == data_hash() and store.fact(_CATALOGUE) == version


def fill(store: Store) -> None:
    """Put zones, places and events in place of what a store has, and the catalogue into it."""
    versions, gazetteer, reader = versions_of(store), places_of(store), reader_of(store)
    linked_by = linker_version(store)
    store.replace_reference(
        versions=[
            {
                "geom": row.geometry,
                "zone": row.zone,
                "name_en": row.name_en,
                "name_ar": row.name_ar,
                "status": row.status,
                "valid_from": row.valid_from.isoformat(),
                "valid_to": row.valid_to.isoformat() if row.valid_to else None,
                "area_km2": row.area_km2,
                "accuracy_km": row.accuracy_km,
                "properties": json.dumps(
                    row.drop("geometry").to_dict(), ensure_ascii=False, default=str
                ),
            }
            for _, row in versions.iterrows()
        ],
        gazetteer=[
            {
                "geom": shapely.Point(place.lon, place.lat),
                "id": place.id,
                "name_en": place.name_en,
                "name_ar": place.name_ar,
                "kind": place.kind,
                "zones": ";".join(place.zones),
                "governorate": place.governorate,
                "precision": place.precision,
                "source": place.source,
            }
            for place in gazetteer
        ],
        chronology=[
            {
                "id": event.id,
                "date": event.date.isoformat(),
                "end_date": event.end_date.isoformat() if event.end_date else None,
                "precision": event.precision,
                "zones": ";".join(event.zones),
                "kind": event.kind,
                "title_en": event.title_en,
                "title_ar": event.title_ar,
                "detail_en": event.detail_en,
                "detail_ar": event.detail_ar,
                "publisher": event.publisher,
                "url": event.url,
            }
            for event in events.load_events()
        ],
    )
    shipped = [reader.link(article) for article in read_catalogue()]
    store.add(shipped)
    store.mark_linked(linked_by, unless_beside=[one.article.id for one in shipped])
    store.remember(_CATALOGUE, linked_by)
    # Last: a fill that was cut short is done again at the next opening.
    store.remember("data", data_hash())
