"""Features of stores too large to be kept ready: read and written out a few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

import numpy as np

from geo.api.parameters import Asked
from geo.api.shelf import Shelf, encode, stub
from geo.export.features import LISTED, WHAT, article_properties
from geo.export.spans import Spans
from geo.model import LinkedArticle
from geo.selection import Selection

AT_ONCE = 500
"""Articles that are read together, at most."""


def articles(shelf: Shelf, rows: np.ndarray) -> Iterator[bytes]:
    """Yield articles by their rows in the columns."""
    yield from map(encode, WHAT["articles"](shelf.store, stub(), _read(shelf, rows)))


def mentions(
    shelf: Shelf, asked: Asked, counts: np.ndarray, start: int, limit: int
) -> Iterator[bytes]:
    """Yield some of the mentions that answer.

    Parameters
    ----------
    counts : ndarray of int
        How many mentions of each article answer, in the order of the articles.
    """
    if not limit:
        return
    sums = np.cumsum(counts)
    first, last = np.searchsorted(sums, [start, start + limit - 1], side="right").tolist()
    rows = shelf.columns.order[first : last + 1]
    passed = start - int(sums[first] - counts[first])
    write = Spans(shelf.store, asked.selection, boxed=True).written
    every = chain.from_iterable(write(_read(shelf, rows[counts[first : last + 1] > 0])))
    yield from (one.encode() for one in islice(every, passed, passed + limit))


def listed(shelf: Shelf, selection: Selection) -> dict[str, list[bytes]]:
    """Return for each zone what is said in its list of the newest articles."""
    found = shelf.store.by_zone(selection, LISTED)
    return {zone: [encode(article_properties(one)) for one in own] for zone, own in found.items()}


def feature(shelf: Shelf, what: str, identifier: str) -> bytes | None:
    """Return an article or a mention by its id."""
    article = identifier if what == "articles" else identifier.rpartition("/")[0]
    linked = shelf.store.article(article)
    if linked is None:
        return None
    made = WHAT[what](shelf.store, stub(), [linked])
    return next((encode(one) for one in made if one["id"] == identifier), None)


def _read(shelf: Shelf, rows: np.ndarray) -> Iterator[LinkedArticle]:
    fids = shelf.columns.fid[rows]
    return shelf.store.at(lambda _columns, _hits: fids, min(AT_ONCE, max(16, len(fids))))
