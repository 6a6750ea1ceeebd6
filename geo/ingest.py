"""From files to the store: read, link, keep. Also fills a new store from the shipped data."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas
import pandas as pd
import shapely

from geo import bring as bring_own
from geo import events, zones
from geo.bring import Brought
from geo.errors import FourzonesError
from geo.gazetteer import Place, load_places, place_from
from geo.linking import Linker, default_linker
from geo.model import Article, Interval, LinkedArticle
from geo.paths import DATA
from geo.readers import read, read_catalogue
from geo.store import Added, Store, store_url

BATCH = 200


@dataclass(slots=True)
class Report:
    """What became of an ingest."""

    read: int = 0
    undated: int = 0
    done: Added = field(default_factory=Added)
    rejected: list[str] = field(default_factory=list)
    stopped: bool = False

    def as_dict(self) -> dict[str, object]:
        """Return the counts as the command line prints them."""
        return {
            "read": self.read,
            "added": self.done.added,
            "updated": self.done.updated,
            "unchanged": self.done.unchanged,
            "rejected": self.rejected,
            "undated": self.undated,
            "links": self.done.links,
        }


class Reader:
    """Links articles to the zones, by the places that a store knows.

    Parameters
    ----------
    linker : Linker
    places : sequence of Place
        Say which places lay inside a zone on an article's date.
    """

    def __init__(self, linker: Linker, places: Sequence[Place]) -> None:
        self._linker = linker
        self._places = {place.id: place for place in places}

    def link(self, article: Article) -> LinkedArticle:
        """Return the article with its mentions."""
        found = self._linker.link(article.text, title=article.title)
        date = article.published
        if date is not None:
            found = [
                replace(m, inside=self._places[m.place].inside_within(m.zone, date.start, date.end))
                if m.place in self._places
                else m
                for m in found
            ]
        return LinkedArticle(article, tuple(found))


def files_in(paths: Iterable[Path | str]) -> Iterator[Path | str]:
    """Yield the files that paths name; a folder gives those in it, sorted, hidden ones left out.

    A `str` is a web address and stays as it is.
    """
    for path in paths:
        if isinstance(path, str):
            yield path
        elif path.is_dir():
            yield from sorted(
                p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")
            )
        else:
            yield path


def ingest(
    store: Store,
    paths: Sequence[Path | str],
    published: Interval | None = None,
    progress: Callable[[Path | str], None] = lambda path: None,
    how: str = "auto",
) -> Report:
    """Read files, link them and keep them; what cannot be read is listed and left out.

    Ctrl-C stops it: what was read until then is kept, and the report says that it was stopped.

    Parameters
    ----------
    paths : sequence of Path or str
        Files and folders, and web addresses as `str`.
    published : Interval, optional
        The date to give to articles that carry none; without it they are kept as undated.
    progress : callable
        Called with each file before it is read.
    how : str
        A key of `geo.readers.READERS`, or `auto`.
    """
    report = Report()
    batch: list[LinkedArticle] = []
    reader = reader_of(store)

    def keep() -> None:
        report.done += store.add(batch)
        batch.clear()

    try:
        for path in files_in(paths):
            progress(path)
            for article in read(path, published, how):
                if isinstance(article, FourzonesError):
                    report.rejected.append(str(article))
                    continue
                batch.append(reader.link(article))
                report.read += 1
                report.undated += article.published is None
                if len(batch) >= BATCH:
                    keep()
    except KeyboardInterrupt:
        report.stopped = True
    if batch:
        keep()
    return report


@dataclass(slots=True)
class Relinked:
    """What linking again changed: articles, and zones that articles gained and lost."""

    read: int = 0
    changed: int = 0
    gained: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)


def relink(store: Store, progress: Callable[[int], None] = lambda count: None) -> Relinked:
    """Link all articles of a store again, after names, rules or places changed.

    Each batch is one transaction: an article has its old mentions or its new ones.

    Parameters
    ----------
    progress : callable
        Called with the number of articles of each batch that is done.
    """
    told = Relinked()
    reader = reader_of(store)
    for batch in store.every():
        again = [reader.link(old.article) for old in batch]
        changed = [new for new, old in zip(again, batch, strict=True) if new != old]
        store.add(changed)
        told.read += len(batch)
        told.changed += len(changed)
        for new, old in zip(again, batch, strict=True):
            told.gained.update(set(new.zones) - set(old.zones))
            told.lost.update(set(old.zones) - set(new.zones))
        progress(len(batch))
    return told


def open_store(given: str | None = None) -> Store:
    """Open a store, making it from the shipped data when it does not exist yet.

    A store that was filled from other data than the shipped is brought up to date: zones, places,
    events and the catalogue are replaced, what the user brought stays.

    Raises
    ------
    FourzonesError
        If the store cannot be made, opened or written.
    """
    store = Store(store_url(given))
    if not store.exists:
        _create(store)
    store.check()
    if store.fact("data") != data_hash():
        _fill(store)
    return store


def data_hash() -> str:
    """Return the sha256 of the shipped data files: the version of the data."""
    digest = hashlib.sha256()
    for name in ("zones.geojson", "places.geojson", "events.csv", "articles.csv"):
        digest.update((DATA / name).read_bytes())
    for path in sorted((DATA / "linking").glob("*.json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _create(store: Store) -> None:
    # Made beside its place and moved there whole: nobody ever opens half a store.
    folder = store.path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".fourzones-", suffix=".gpkg", dir=folder)
    except OSError as error:
        raise FourzonesError(
            "cannot create the store",
            where=str(store.path),
            expected="a folder that can be written",
            got=error.strerror or str(error),
        ) from error
    os.close(handle)
    new = Path(name)
    new.unlink()
    half = Store(f"sqlite:///{new}")
    try:
        half.create()
        _fill(half)
        half.close()
        new.replace(store.path)
    finally:
        half.close()
        for left in folder.glob(f"{new.name}*"):
            left.unlink()


def bring(
    store: Store, zones_file: Path | None, places_file: Path | None, *, extend: bool
) -> Brought:
    """Take zones or places of the user's own into a store, in place of the shipped or beside them.

    Everything is read and checked first: with a fault the store stays as it was.

    Parameters
    ----------
    extend : bool
        Keep the shipped zones that the file does not have, and the shipped places.
    """
    told = Brought()
    own: dict[str, str] = {}
    mode = "extend" if extend else "replace"
    versions = _versions(store)
    if zones_file:
        read = bring_own.read_zones(zones_file)
        told.repairs += read.repairs
        told.faults += read.faults
        if read.versions is not None and not read.faults:
            versions = read.versions
            own["zones"] = json.dumps({"mode": mode, "features": _features(versions)})
    if places_file:
        read = bring_own.read_places(places_file, versions)
        told.repairs += read.repairs
        told.faults += read.faults
        features = [bring_own.place_feature(place) for place in read.places]
        own["places"] = json.dumps({"mode": mode, "features": features}, ensure_ascii=False)
    if not told.faults:
        for key, value in own.items():
            store.remember(f"own {key}", value)
        _fill(store)
    return told


def forget(store: Store) -> None:
    """Go back to the shipped zones and places."""
    for key in ("zones", "places"):
        store.remember(f"own {key}", "")
    _fill(store)


def _features(versions: geopandas.GeoDataFrame) -> list[dict[str, object]]:
    return [
        {
            "geometry": None if row.geometry is None else shapely.to_geojson(row.geometry),
            "properties": json.loads(json.dumps(row.drop("geometry").to_dict(), default=str)),
        }
        for _, row in versions.iterrows()
    ]


def _versions(store: Store) -> geopandas.GeoDataFrame:
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
        {k: None if v in ("None", "nan", "NaT") else v for k, v in f["properties"].items()}
        for f in own["features"]
    ]
    brought = zones.dated(geopandas.GeoDataFrame(records, geometry=drawn, crs=4326))
    if own["mode"] == "replace":
        return brought
    others = shipped[~shipped["zone"].isin(set(brought["zone"]))]
    return geopandas.GeoDataFrame(pd.concat([others, brought], ignore_index=True), crs=4326)


def _places(store: Store) -> tuple[Place, ...]:
    """Return the shipped places, with the user's own in their place or after them."""
    kept = store.fact("own places")
    if not kept:
        return load_places()
    own = json.loads(kept)
    brought = tuple(place_from(feature) for feature in own["features"])
    return brought if own["mode"] == "replace" else (*load_places(), *brought)


def reader_of(store: Store | None = None) -> Reader:
    """Return what links articles by the places of a store, or by the shipped ones."""
    if store is None or not store.fact("own places"):
        return Reader(default_linker(), load_places())
    places = _places(store)
    return Reader(Linker.of(places), places)


def _fill(store: Store) -> None:
    versions, gazetteer, reader = _versions(store), _places(store), reader_of(store)
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
    store.add([reader.link(article) for article in read_catalogue()])
    # Last: a fill that was cut short is done again at the next opening.
    store.remember("data", data_hash())
