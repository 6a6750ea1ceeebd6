"""GeoJSON by RFC 7946 (WGS 84, right-hand rule, no `crs`) with the `time` member of JSON-FG."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import FourzonesError
from geo.export.files import write_whole
from geo.export.terms import made, terms
from geo.linking import annotation
from geo.model import STATUSES, ZONE_NAMES, Interval, LinkedArticle, Mention
from geo.selection import last_day
from geo.store import Store
from geo.summary import View, sentence

DECIMALS = 6
CONFORMS_TO = ["http://www.opengis.net/spec/json-fg-1/1.0/conf/core"]

Feature = dict[str, Any]
Points = dict[str, dict[str, Any]]


def collection(store: Store, view: View, what: str = "zones") -> dict[str, Any]:
    """Make the FeatureCollection of what a view shows.

    Parameters
    ----------
    what : {"zones", "versions", "articles", "mentions", "places"}
        `zones` are the four as they stood on the map date, each with its articles; `versions`
        all zone versions; the others are those of the articles in the selection.

    Returns
    -------
    dict
        Coordinates are lon, lat (EPSG:4326) with six decimals; dates ISO 8601. The members
        `selection`, `sentence`, `what`, `attribution`, `licence`, `program` and `data_version`
        say what it is.

    Raises
    ------
    FourzonesError
        If there is no such `what`.
    """
    if what not in WHAT:
        raise FourzonesError(
            "nothing of that name to export", where="--what", expected=", ".join(WHAT), got=what
        )
    return {
        "type": "FeatureCollection",
        "conformsTo": CONFORMS_TO,
        "features": WHAT[what](store, view),
        "selection": view.selection.replace(on=view.date).to_params(),
        "sentence": {language: sentence(view, language) for language in ("en", "ar")},
        "what": what,
        **terms(store),
    }


def dumps(features: dict[str, Any]) -> str:
    """Write a collection as text; Arabic stays readable, NaN is refused."""
    return json.dumps(features, ensure_ascii=False, allow_nan=False)


def stamped(features: dict[str, Any]) -> dict[str, Any]:
    """Return a collection that says when it was made: for a file, not for an answer."""
    return {**features, "made": made()}


def write(path: Path, features: dict[str, Any], language: str = "en") -> None:
    """Write a collection to a file, whole or not at all.

    Raises
    ------
    FourzonesError
        If the file cannot be written.
    """
    write_whole(path, dumps(features).encode())


def _zones(store: Store, view: View) -> list[Feature]:
    made = []
    for _, row in view.zones.iterrows():
        articles = [_article_properties(x) for x in view.articles if row["zone"] in x.zones]
        made.append(_version(row, articles=row["articles"], article_list=articles))
    return made


def _versions(store: Store, view: View) -> list[Feature]:
    rows = store.versions()
    return [
        _version(row, articles=view.counts.zones.get(row["zone"], 0)) for _, row in rows.iterrows()
    ]


def _version(row: Any, **properties: Any) -> Feature:
    known = {k: _plain(v) for k, v in row.items() if k not in ("geometry", "articles")}
    assert known["status"] in STATUSES
    start, end = known["valid_from"], known["valid_to"]
    return _feature(
        f"{row['zone']}/{start}",
        row["geometry"],
        {**known, **{k: _plain(v) for k, v in properties.items()}},
        [start, last_day(dt.date.fromisoformat(end)).isoformat() if end else ".."],
    )


def _articles(store: Store, view: View) -> list[Feature]:
    points = _points(store)
    return [
        _feature(
            linked.article.id,
            _multipoint([points[m.place] for m in linked.mentions if m.place in points]),
            {
                **_article_properties(linked),
                "mentions": [_mention_properties(m, linked) for m in linked.mentions],
            },
            _interval(linked.article.published),
        )
        for linked in view.articles
    ]


def _mentions(store: Store, view: View) -> list[Feature]:
    points = _points(store)
    return [
        _feature(
            f"{linked.article.id}/{number}",
            _point(points.get(mention.place or "")),
            {
                "zone": mention.zone,
                "name_en": _name(mention, points, "en"),
                "name_ar": _name(mention, points, "ar"),
                "article": linked.article.id,
                **_mention_properties(mention, linked),
            },
            _interval(linked.article.published),
        )
        for linked in view.articles
        for number, mention in enumerate(linked.mentions)
        if _counts(mention, view)
    ]


def _counts(mention: Mention, view: View) -> bool:
    chosen = view.selection
    return (
        (not chosen.zone or mention.zone in chosen.zone)
        and (not chosen.kind or mention.kind in chosen.kind)
        and (mention.inside or not chosen.inside)
    )


def _places(store: Store, view: View) -> list[Feature]:
    points = _points(store)
    by_place: dict[str, set[str]] = {}
    for linked in view.articles:
        for mention in linked.mentions:
            if mention.place in points and _counts(mention, view):
                by_place.setdefault(str(mention.place), set()).add(linked.article.id)
    return [
        _feature(
            place,
            _point(points[place]),
            {
                "zone": points[place]["zones"].split(";"),
                **{k: points[place][k] for k in ("name_en", "name_ar", "kind", "governorate")},
                "precision": points[place]["precision"],
                "source": points[place]["source"],
                "articles": len(found),
            },
            None,
        )
        for place, found in sorted(by_place.items())
    ]


WHAT: dict[str, Callable[[Store, View], list[Feature]]] = {
    "zones": _zones,
    "versions": _versions,
    "articles": _articles,
    "mentions": _mentions,
    "places": _places,
}


def _article_properties(linked: LinkedArticle) -> dict[str, Any]:
    article = linked.article
    return {
        "article": article.id,
        "zone": list(linked.zones),
        "name_en": article.heading("en"),
        "name_ar": article.heading("ar"),
        "described_by": article.described_by,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "url": article.url,
        "words": list(dict.fromkeys(m.surface for m in linked.mentions)),
    }


def _mention_properties(mention: Mention, linked: LinkedArticle) -> dict[str, Any]:
    field = linked.article.title if mention.where == "title" else linked.article.text
    return {
        **asdict(mention),
        "target": {"source": linked.article.url or None, **annotation(mention, field)},
    }


def _name(mention: Mention, points: Points, language: str) -> str:
    if mention.place in points:
        return str(points[str(mention.place)][f"name_{language}"])
    return ZONE_NAMES[mention.zone][language]


def _points(store: Store) -> Points:
    return {place["id"]: place for place in store.gazetteer()}


def _point(place: dict[str, Any] | None) -> BaseGeometry | None:
    return shapely.Point(place["lon"], place["lat"]) if place else None


def _multipoint(places: list[dict[str, Any]]) -> BaseGeometry | None:
    unique = dict.fromkeys((place["lon"], place["lat"]) for place in places)
    return shapely.MultiPoint(list(unique)) if unique else None


def _interval(published: Interval | None) -> list[str] | None:
    if published is None:
        return None
    return [published.start.isoformat(), last_day(published.end).isoformat()]


def _feature(
    identifier: str,
    geometry: BaseGeometry | None,
    properties: dict[str, Any],
    interval: list[str] | None,
) -> Feature:
    drawn = None
    if geometry is not None and not geometry.is_empty:
        # Rounded only: the shipped polygons are valid and wound right, and a test holds them so.
        drawn = json.loads(
            shapely.to_geojson(shapely.transform(geometry, lambda c: c.round(DECIMALS)))
        )
    return {
        "type": "Feature",
        "id": identifier,
        "geometry": drawn,
        "properties": properties,
        "time": {"interval": interval} if interval else None,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and value != value:
        return None
    return value
