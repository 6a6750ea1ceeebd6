"""From files to the store: read, link, keep. Also fills a new store from the shipped data."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

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
from geo.readers.archive import is_furniture
from geo.store import Added, Store, storable, store_url

BATCH = 200
BATCH_LETTERS = 4_000_000
"""So many articles, or so much text, are kept in one transaction."""

MOST_TOLD = 1000


@dataclass(slots=True)
class Report:
    """What became of an ingest.

    Attributes
    ----------
    rejected : list of str
        Why articles were left out; only the first `MOST_TOLD`, `rejects` counts them all.
    stopped : bool
        Whether Ctrl-C ended it.
    failed : FourzonesError or None
        Why the store could take no more; what came before is kept.
    """

    read: int = 0
    undated: int = 0
    done: Added = field(default_factory=Added)
    rejected: list[str] = field(default_factory=list)
    rejects: int = 0
    stopped: bool = False
    failed: FourzonesError | None = None

    def as_dict(self) -> dict[str, object]:
        """Return the counts as the command line prints them."""
        return {
            "read": self.read,
            "added": self.done.added,
            "updated": self.done.updated,
            "unchanged": self.done.unchanged,
            "rejected": self.rejected,
            "rejects": self.rejects,
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
        """Return the article with its mentions.

        What no database takes (lone surrogates, code point 0) stands in the article as U+FFFD.
        """
        article = storable(article)
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
    """Yield the files that paths name; a folder gives those in it, sorted.

    Hidden ones are left out, and what a browser saved beside a page (``page_files``). A `str` is a
    web address and stays as it is.
    """
    for path in paths:
        if isinstance(path, str):
            yield path
        elif path.is_dir():
            found = {p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")}
            yield from sorted(p for p in found if not is_furniture(p, found))
        else:
            yield path


Progress = Callable[[int, int], None]


def ingest(
    store: Store,
    paths: Sequence[Path | str],
    published: Interval | None = None,
    how: str = "auto",
    progress: Progress = lambda size, articles: None,
    reject: Callable[[str], None] = lambda line: None,
) -> Report:
    """Read files, link them and keep them; what cannot be read is listed and left out.

    Ctrl-C stops it: what was read until then is kept, and the report says that it was stopped.
    The same when the store can take no more: it says why.

    Parameters
    ----------
    paths : sequence of Path or str
        Files and folders, and web addresses as `str`.
    published : Interval, optional
        The date to give to articles that carry none; without it they are kept as undated.
    how : str
        A key of `geo.readers.READERS`, or `auto`.
    progress : callable
        Called with the bytes and the articles that were read so far.
    reject : callable
        Called with a line for each article that is left out.

    Raises
    ------
    FourzonesError
        If the store is read-only; then nothing is read either.
    """
    store.must_take()
    report = Report()
    batch: list[LinkedArticle] = []
    letters = 0
    reader = reader_of(store)
    meter = _Meter()

    def keep() -> None:
        nonlocal letters
        report.done += store.add(batch)
        batch.clear()
        letters = 0

    with _Asked() as asked:
        try:
            for path in files_in(paths):
                for article in read(path, published, how, meter.watch):
                    asked.check()
                    if isinstance(article, FourzonesError):
                        report.rejects += 1
                        if report.rejects <= MOST_TOLD:
                            report.rejected.append(str(article))
                        reject(str(article))
                        continue
                    batch.append(reader.link(article))
                    letters += len(article.text)
                    report.read += 1
                    report.undated += article.published is None
                    progress(meter.bytes(), report.read)
                    if len(batch) >= BATCH or letters >= BATCH_LETTERS:
                        keep()
                progress(meter.close(), report.read)
        except KeyboardInterrupt:
            report.stopped = True
        except FourzonesError as error:
            report.failed = error
        try:
            if batch and not report.failed:
                keep()
            if report.read and report.rejects:
                store.count_rejected(report.rejects)
        except FourzonesError as error:
            report.failed = error
    return report


class _Asked:
    """Hears Ctrl-C and stops between two articles, never in the middle of writing one.

    Pressed again, it stops at once. Outside the main thread nothing can be heard.
    """

    def __init__(self) -> None:
        self._heard = False
        self._before: Any = None

    def __enter__(self) -> _Asked:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _hear(self, number: int, frame: Any) -> None:
        if self._heard:
            raise KeyboardInterrupt
        self._heard = True

    def check(self) -> None:
        """Raise KeyboardInterrupt when it was heard."""
        if self._heard:
            raise KeyboardInterrupt


class _Meter:
    """Says how many bytes of all files were read, by asking the one that is being read."""

    def __init__(self) -> None:
        self._done = 0
        self._file: BinaryIO | None = None
        self._size = 0

    def watch(self, file: BinaryIO) -> None:
        """Look at this file from now on."""
        self._file, self._size = file, os.fstat(file.fileno()).st_size

    def bytes(self) -> int:
        """Return the bytes that were read until now."""
        try:
            return self._done + (self._file.tell() if self._file else 0)
        except ValueError:  # it was closed
            return self._done + self._size

    def close(self) -> int:
        """Count the file as read."""
        self._done += self._size
        self._file, self._size = None, 0
        return self._done


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

    Raises
    ------
    FourzonesError
        If the store is read-only.
    """
    store.must_take()
    told = Relinked()
    reader = reader_of(store)
    for batch in store.every():
        again = [reader.link(old.article) for old in batch]
        changed = [new for new, old in zip(again, batch, strict=True) if new != old]
        store.add(changed, unless_changed=True)
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
    events and the catalogue are replaced, what the user brought stays. One that cannot be written
    is opened as it is.

    Raises
    ------
    FourzonesError
        If the store cannot be made, opened or written.
    """
    store = Store(store_url(given))
    if not store.exists:
        _create(store)
    store.check()
    if store.fact("data") != data_hash() and not store.read_only:
        _fill(store)
    return store


_shared: dict[str, Store] = {}
_sharing = threading.Lock()


def shared_store() -> Store:
    """Return the store of this process: dashboard and API keep its columns in memory but once."""
    url = store_url()
    with _sharing:
        if url not in _shared:
            _shared[url] = open_store(url)
        return _shared[url]


def data_hash() -> str:
    """Return the sha256 of the shipped data files: the version of the data."""
    digest = hashlib.sha256()
    for name in ("zones.geojson", "places.geojson", "events.csv", "articles.csv"):
        digest.update((DATA / name).read_bytes())
    for path in sorted((DATA / "linking").glob("*.json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _create(store: Store) -> None:
    if store.path is None:
        store.create()  # empty, in one transaction; it is filled at its first opening
        return
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

    Raises
    ------
    FourzonesError
        If the store is read-only, or a file cannot be read at all.
    """
    store.must_take()
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
        _use(store, own)
    return told


def forget(store: Store) -> None:
    """Go back to the shipped zones and places."""
    _use(store, {"zones": "", "places": ""})


def _use(store: Store, own: dict[str, str]) -> None:
    """Take what was brought into use, or leave everything as it was."""
    before = {key: store.fact(f"own {key}") or "" for key in own}
    # First: should this be cut short, the store is filled again at its next opening.
    store.remember("data", "")
    try:
        for key, value in own.items():
            store.remember(f"own {key}", value)
        _fill(store)
    except FourzonesError:
        for key, value in before.items():
            store.remember(f"own {key}", value)
        _fill(store)
        raise


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
