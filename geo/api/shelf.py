"""All that the API gives out, made ready once for each state of the store.

Every feature lies here as the bytes of its JSON, beside columns of numbers to choose by, so that
an answer is a mask and a join. A store of very many articles has only its zones, versions, places
and events here; its articles are written out when they are asked for.
"""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from geo.export.features import WHAT, article_properties
from geo.export.spans import Spans
from geo.export.terms import program, terms
from geo.model import KINDS, ZONES, LinkedArticle
from geo.selection import Selection, day_after
from geo.store import Answered, Store
from geo.store.columns import Columns, Hits
from geo.summary import View

READY = 5_000
"""The most articles that are kept ready: with their mentions about 18 KB each, and for all of them
two seconds of work after anything was written."""

EVENTS = "events"
COLLECTIONS = (*WHAT, EVENTS)

FOREVER = np.iinfo(np.int32).max
_EPOCH = dt.date(1970, 1, 1)
_COUNT = "@articles@"
"""Stands where a count goes; no text can hold it between bare quotes."""


@dataclass(slots=True)
class Ready:
    """Features of one kind: their bytes (before and after the count, if one goes in), by which
    zone, when and where.

    Attributes
    ----------
    start, end : ndarray of int
        Half-open days since 1970; all days for what bears no date.
    lon, lat : ndarray of float
        Of points; NaN where there is none. Empty for polygons.
    drawn : ndarray of object
        Polygons, None where there is none. Empty for points.
    """

    ids: list[str]
    heads: list[bytes]
    tails: list[bytes]
    start: np.ndarray
    end: np.ndarray
    lon: np.ndarray = field(default_factory=lambda: np.zeros(0))
    lat: np.ndarray = field(default_factory=lambda: np.zeros(0))
    drawn: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=object))
    at: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = {identifier: number for number, identifier in enumerate(self.ids)}


@dataclass(slots=True)
class Shelf:
    """What is ready for one state of the store."""

    store: Store
    columns: Columns
    state: str
    since: dt.datetime
    terms: dict[str, Any]
    versions: Ready
    zone_of: list[str]
    places: Ready
    place_code: np.ndarray
    events: Ready
    event_zones: list[tuple[str, ...]]
    # Of stores that are not too large:
    articles: Ready | None = None
    listed: list[bytes] = field(default_factory=list)
    mentions: Ready | None = None
    of: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    zone: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int8))
    kind: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int8))
    inside: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))


def state_of(columns: Columns) -> str:
    """Return a short name for the state of a store, as this version of the program answers it."""
    said = "\n".join((program(), *columns.state.values()))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def fill(store: Store) -> Shelf:
    """Make everything ready."""
    columns = store.columns()
    if len(columns.fid) > READY:
        return _reference(store, columns)
    seen: list[Columns] = []

    def newest(columns: Columns, hits: Hits) -> np.ndarray:
        seen.append(columns)  # of the state in which the articles are read, whoever writes
        return columns.newest(columns.fid > 0)

    shown = list(store.at(newest))
    shelf = _reference(store, seen[0])
    _articles(shelf, shown)
    return shelf


def encode(features: Any) -> bytes:
    """Write JSON; Arabic stays readable, NaN is refused."""
    return json.dumps(features, ensure_ascii=False, allow_nan=False).encode()


def stub(places: Sequence[str] = ()) -> View:
    """Return a view of nothing, whose counts are still to be put in."""
    said: dict[str, Any] = dict.fromkeys(ZONES, _COUNT)
    counts = Answered(0, 0, 0, 0, 0, said, {}, {}, places=dict.fromkeys(places, _COUNT))  # type: ignore[arg-type]
    nothing: Any = ()
    return View(Selection(), dt.date(2017, 9, 15), counts, nothing, nothing, [], [])


def knowing(store: Store) -> Store:
    """Return the store with its places at hand, so that they are read once for many articles."""
    known = copy.copy(store)
    places = store.gazetteer()
    known.gazetteer = lambda: places  # type: ignore[method-assign]
    return known


def _reference(store: Store, columns: Columns) -> Shelf:
    versions = list(WHAT["versions"](store, stub(), ()))
    seen = stub([place["id"] for place in store.gazetteer()])
    places = list(WHAT["places"](store, seen, ()))
    codes = {name: code for code, name in enumerate(columns.place_names.names)}
    events = [_event(row) for row in store.chronology()]
    return Shelf(
        store=knowing(store),
        columns=columns,
        state=state_of(columns),
        since=dt.datetime.now(dt.UTC).replace(microsecond=0),
        terms=terms(store),
        versions=_ready(versions),
        zone_of=[version["properties"]["zone"] for version in versions],
        places=_ready(places),
        place_code=np.array([codes.get(place["id"], -1) for place in places], dtype=np.int64),
        events=_ready(events),
        event_zones=[tuple(event["properties"]["zone"]) for event in events],
    )


def _articles(shelf: Shelf, shown: list[LinkedArticle]) -> None:
    shelf.articles = _ready(list(WHAT["articles"](shelf.store, stub(), shown)))
    shelf.listed = [encode(article_properties(linked)) for linked in shown]
    shelf.mentions = _ready(list(WHAT["mentions"](shelf.store, stub(), shown)))
    counted = Spans(shelf.store, Selection()).counted
    every = [(at, mention) for at, linked in enumerate(shown) for _, mention in counted(linked)]
    shelf.of = np.array([at for at, _ in every], dtype=np.int32)
    shelf.zone = np.array([ZONES.index(mention.zone) for _, mention in every], dtype=np.int8)
    shelf.kind = np.array([KINDS.index(mention.kind) for _, mention in every], dtype=np.int8)
    shelf.inside = np.array([bool(mention.inside) for _, mention in every], dtype=bool)


def _event(row: dict[str, Any]) -> dict[str, Any]:
    """Return an event as a feature: dated, with the zones it happened to, and drawn nowhere."""
    said = {k: v for k, v in row.items() if k not in ("fid", "id", "zones", "title_en", "title_ar")}
    names = {f"name_{language}": row[f"title_{language}"] for language in ("en", "ar")}
    interval = [row["date"], row["end_date"] or row["date"]]
    return {
        "type": "Feature", "id": row["id"], "geometry": None,
        "properties": {"zone": [z for z in row["zones"].split(";") if z], **names, **said},
        "time": {"interval": interval},
    }  # fmt: skip


def _ready(features: list[dict[str, Any]]) -> Ready:
    heads, tails = [], []
    mark = encode({"articles": _COUNT})[1:-1]
    for feature in features:
        head, found, tail = encode(feature).rpartition(mark)
        heads.append(head + b'"articles": ' if found else tail)
        tails.append(tail if found else b"")
    days = [_days(feature["time"]) for feature in features]
    made = Ready(
        ids=[feature["id"] for feature in features],
        heads=heads,
        tails=tails,
        start=np.array([start for start, _ in days], dtype=np.int64),
        end=np.array([end for _, end in days], dtype=np.int64),
    )
    kinds = {feature["geometry"]["type"] for feature in features if feature["geometry"]}
    if kinds & {"Polygon", "MultiPolygon"}:
        made.drawn = np.array([_shape(feature["geometry"]) for feature in features], dtype=object)
        shapely.prepare(made.drawn)
    elif kinds <= {"Point"}:
        points = [f["geometry"]["coordinates"] if f["geometry"] else (np.nan, np.nan)
                  for f in features]  # fmt: skip
        made.lon, made.lat = np.array(points, dtype=float).reshape(-1, 2).T
    return made


def _shape(geometry: dict[str, Any] | None) -> Any:
    return None if geometry is None else shapely.from_geojson(json.dumps(geometry))


def _days(when: dict[str, Any] | None) -> tuple[int, int]:
    first, last = when["interval"] if when else ("..", "..")
    start = -FOREVER if first == ".." else (dt.date.fromisoformat(first) - _EPOCH).days
    if last == "..":
        return start, FOREVER
    return start, (day_after(dt.date.fromisoformat(last)) - _EPOCH).days
