"""What the collections are, in the words of the standard."""

from __future__ import annotations

from typing import Any

import numpy as np

from geo.api.answers import GEOJSON, HTML, JSON, OPENAPI
from geo.api.shelf import COLLECTIONS, FOREVER, Ready, Shelf
from geo.export.terms import ATTRIBUTION, LICENCE, LICENCE_NAME
from geo.locales import text

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
CONFORMS_TO = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}"
    for name in ("core", "oas30", "html", "geojson")
]

Link = dict[str, str]


def link(href: str, rel: str, kind: str = JSON, title: str = "") -> Link:
    """Make a link."""
    made = {"href": href, "rel": rel, "type": kind.partition("; charset")[0]}
    return {**made, "title": title} if title else made


def landing(base: str) -> dict[str, Any]:
    """Return the first page: where all else is."""
    root = f"{base}/api"
    return {
        "title": text("api.title", "en"),
        "description": text("api.about", "en"),
        "attribution": ATTRIBUTION,
        "links": [
            link(root, "self", title="This document"),
            link(f"{root}?f=html", "alternate", HTML, "This document as HTML"),
            link(f"{root}/api", "service-desc", OPENAPI, "The definition of the API"),
            link(f"{root}/api?f=html", "service-doc", HTML, "The API described"),
            link(f"{root}/conformance", "conformance", title="What the API conforms to"),
            link(f"{root}/collections", "data", title="The collections"),
            link(LICENCE, "license", HTML, LICENCE_NAME),
        ],
    }


def conformance() -> dict[str, Any]:
    """Return the classes of the standard that are kept."""
    return {"conformsTo": CONFORMS_TO}


def collections(base: str, shelf: Shelf) -> dict[str, Any]:
    """Return all collections."""
    address = f"{base}/api/collections"
    return {
        "links": [
            link(address, "self", title="This document"),
            link(f"{address}?f=html", "alternate", HTML, "This document as HTML"),
            link(LICENCE, "license", HTML, LICENCE_NAME),
        ],
        "collections": [collection(base, shelf, what) for what in COLLECTIONS],
    }


def collection(base: str, shelf: Shelf, what: str) -> dict[str, Any]:
    """Return what a collection is: its extent, and where its features are."""
    own = f"{base}/api/collections/{what}"
    extent: dict[str, Any] = {
        "temporal": {"interval": [_interval(shelf, what)], "trs": GREGORIAN},
    }
    if box := _box(shelf, what):
        extent["spatial"] = {"bbox": [box], "crs": CRS84}
    return {
        "id": what,
        "title": text(f"api.what.{what}", "en"),
        "description": text(f"api.about.{what}", "en"),
        "itemType": "feature",
        "crs": [CRS84],
        "extent": extent,
        "links": [
            link(own, "self", title="This document"),
            link(f"{own}?f=html", "alternate", HTML, "This document as HTML"),
            link(f"{own}/items", "items", GEOJSON, "The features as GeoJSON"),
            link(f"{own}/items?f=html", "items", HTML, "The features as HTML"),
            link(LICENCE, "license", HTML, LICENCE_NAME),
        ],
    }


def _box(shelf: Shelf, what: str) -> list[float] | None:
    if what == "events":
        return None
    if what in ("zones", "versions"):
        bounds = [one.bounds for one in shelf.versions.drawn if one is not None]
        if not bounds:
            return None
        west, south, east, north = np.array(bounds).T
    else:
        west = east = shelf.places.lon
        south = north = shelf.places.lat
        if not len(west):
            return None
    found = (np.nanmin(west), np.nanmin(south), np.nanmax(east), np.nanmax(north))
    return [round(float(number), 6) for number in found]


def _interval(shelf: Shelf, what: str) -> list[str | None]:
    if what in ("articles", "mentions", "places"):
        dated = ~shelf.columns.undated
        start, end = shelf.columns.start[dated], shelf.columns.end[dated]
    else:
        ready: Ready = shelf.events if what == "events" else shelf.versions
        start, end = ready.start, ready.end
    if not len(start):
        return [None, None]
    last = int(end.max())
    first = f"{np.datetime64(int(start.min()), 'D')}T00:00:00Z"
    return [first, None if last == FOREVER else f"{np.datetime64(last - 1, 'D')}T23:59:59Z"]
