"""What a view shows as features, one after the other: the rows of every export and of the API."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import FourzonesError
from geo.export.spans import DECIMALS, Spans, annotated
from geo.model import STATUSES, Interval, LinkedArticle
from geo.selection import last_day
from geo.store import Store
from geo.summary import View

LISTED = 500
"""How many articles stand in the list of a zone, at most: the newest. The rest are a collection
of their own."""

Feature = dict[str, Any]
Maker = Callable[[Store, View, Iterable[LinkedArticle]], Iterator[Feature]]


def features(store: Store, view: View, what: str) -> Iterator[Feature]:
    """Yield what a view shows, as it stands in the store; never more than a few at a time.

    Raises
    ------
    FourzonesError
        If there is no such `what`.
    """
    known(what)
    return WHAT[what](store, view, store.each(view.selection))


def known(what: str) -> None:
    """Refuse what is no kind of feature.

    Raises
    ------
    FourzonesError
    """
    if what not in WHAT:
        raise FourzonesError(
            "nothing of that name to export", where="--what", expected=", ".join(WHAT), got=what
        )


def listed(articles: Iterable[LinkedArticle], count: int) -> dict[str, Any]:
    """Return what a zone says of its articles: the newest, and how many are not in the list."""
    rows = [article_properties(linked) for linked in articles]
    left_out = {"articles_unlisted": count - len(rows)} if count > len(rows) else {}
    return {"articles": count, "article_list": rows, **left_out}


def article_properties(linked: LinkedArticle) -> dict[str, Any]:
    """Return what is said of an article wherever it stands."""
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


def _zones(store: Store, view: View, _articles: Iterable[LinkedArticle]) -> Iterator[Feature]:
    newest = store.by_zone(view.selection, LISTED)
    for _, row in view.zones.iterrows():
        yield _version(row, **listed(newest.get(row["zone"], []), int(row["articles"])))


def _versions(store: Store, view: View, _articles: Iterable[LinkedArticle]) -> Iterator[Feature]:
    for _, row in store.versions().iterrows():
        yield _version(row, articles=view.counts.zones.get(row["zone"], 0))


def _version(row: Any, **properties: Any) -> Feature:
    said = {k: _plain(v) for k, v in row.items() if k not in ("geometry", "articles")}
    assert said["status"] in STATUSES
    start, end = said["valid_from"], said["valid_to"]
    return _feature(
        f"{row['zone']}/{start}",
        row["geometry"],
        {**said, **{k: _plain(v) for k, v in properties.items()}},
        [start, last_day(dt.date.fromisoformat(end)).isoformat() if end else ".."],
    )


def _articles(store: Store, _view: View, articles: Iterable[LinkedArticle]) -> Iterator[Feature]:
    points = {place["id"]: place for place in store.gazetteer()}
    for linked in articles:
        yield _feature(
            linked.article.id,
            _multipoint([points[m.place] for m in linked.mentions if m.place in points]),
            {
                **article_properties(linked),
                "mentions": [annotated(mention, linked) for mention in linked.mentions],
            },
            _interval(linked.article.published),
        )


def _mentions(store: Store, view: View, articles: Iterable[LinkedArticle]) -> Iterator[Feature]:
    for some in Spans(store, view.selection).written(articles):
        yield from json.loads(f"[{', '.join(some)}]")


def _places(store: Store, view: View, _articles: Iterable[LinkedArticle]) -> Iterator[Feature]:
    points = {place["id"]: place for place in store.gazetteer()}
    for key, count in sorted(view.counts.places.items()):
        if (place := points.get(key)) is None:
            continue
        yield _feature(
            key,
            shapely.Point(place["lon"], place["lat"]),
            {
                "zone": place["zones"].split(";"),
                **{k: place[k] for k in ("name_en", "name_ar", "kind", "governorate")},
                "precision": place["precision"],
                "source": place["source"],
                "articles": count,
            },
            None,
        )


WHAT: dict[str, Maker] = {
    "zones": _zones,
    "versions": _versions,
    "articles": _articles,
    "mentions": _mentions,
    "places": _places,
}


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
