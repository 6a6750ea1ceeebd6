"""Features of stores too large to be kept ready: read and written out a few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from geo.api.parameters import Asked
from geo.api.shelf import Shelf, encode, stub
from geo.export import WHAT
from geo.model import LinkedArticle
from geo.selection import Selection

AT_ONCE = 500
"""Articles that are read and written out together, at most."""


def articles(shelf: Shelf, asked: Asked, count: int) -> Iterator[bytes]:
    """Yield the articles of a page."""
    for done in range(0, count, AT_ONCE):
        some = shelf.store.articles(
            asked.selection, limit=min(AT_ONCE, count - done), offset=asked.offset + done
        )
        yield from map(encode, WHAT["articles"](shelf.store, stub(some)))


def mentions(shelf: Shelf, asked: Asked) -> Iterator[bytes]:
    """Yield all mentions that answer."""
    box = asked.selection.bbox
    for some in _some(shelf, asked.selection):
        for feature in WHAT["mentions"](shelf.store, stub(some, selection=asked.selection)):
            if box and feature["geometry"]:
                lon, lat = feature["geometry"]["coordinates"]
                if not (box[0] <= lon <= box[2] and box[1] <= lat <= box[3]):
                    continue
            yield encode(feature)


def listed(shelf: Shelf, selection: Selection, zone: str) -> Iterator[bytes]:
    """Yield the list of the articles that mention a zone, with commas between."""
    comma = b""
    for some in _some(shelf, selection):
        own = [linked for linked in some if zone in linked.zones]
        for feature in WHAT["articles"](shelf.store, stub(own)):
            del feature["properties"]["mentions"]
            yield comma + encode(feature["properties"])
            comma = b", "


def _some(shelf: Shelf, selection: Selection) -> Iterator[list[LinkedArticle]]:
    every, size = shelf.store.each(selection, 100), 16
    while some := list(islice(every, size)):
        yield some
        size = min(AT_ONCE, 2 * size)  # the first page comes soon, the rest in large pieces


def feature(shelf: Shelf, what: str, identifier: str) -> bytes | None:
    """Return an article or a mention by its id."""
    article = identifier if what == "articles" else identifier.rpartition("/")[0]
    linked = shelf.store.article(article)
    if linked is None:
        return None
    made = WHAT[what](shelf.store, stub([linked]))
    return next((encode(one) for one in made if one["id"] == identifier), None)
