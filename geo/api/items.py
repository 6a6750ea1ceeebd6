"""Which features answer a query, and their bytes: a mask over the shelf, page by page.

A feature is in when the export of the same selection has it, and when what it is itself (its
geometry, its time) meets `bbox` and `datetime` or is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np

from geo.api import large
from geo.api.parameters import Asked
from geo.api.shelf import Ready, Shelf
from geo.api.within import number, within
from geo.model import KINDS, ZONES
from geo.selection import Selection

Part = bytes | Iterator[bytes]
"""A feature as JSON, whole or piece by piece."""

Chosen = tuple[np.ndarray, Callable[[np.ndarray], Iterator[Part]]]
"""The rows that answer, and what makes parts of some of them."""


@dataclass(slots=True)
class Found:
    """The features of one page.

    Attributes
    ----------
    matched : int or None
        How many features answer in all; None where only reading them all would tell.
    returned : int
        How many are on the page; sure only once `parts` has been read.
    more : bool
        Whether others follow it; sure only then.
    parts : iterator
        The features, one by one.
    """

    matched: int | None
    returned: int
    more: bool
    parts: Iterator[Part]


def find(shelf: Shelf, what: str, asked: Asked) -> Found:
    """Return the page that is asked for of a collection."""
    if asked.nothing:
        return Found(0, 0, False, iter(()))
    if what in ("articles", "mentions") and shelf.articles is None:
        return _large(shelf, what, asked)
    rows, parts = _CHOOSE[what](shelf, asked)
    page = rows[asked.offset : asked.offset + asked.limit]
    more = len(rows) > asked.offset + len(page)
    return Found(len(rows), len(page), more, parts(page))


def feature(shelf: Shelf, what: str, identifier: str) -> Part | None:
    """Return one feature by its id, with the counts of all articles; None if there is none."""
    if what in ("articles", "mentions") and shelf.articles is None:
        return large.feature(shelf, what, identifier)
    if what == "zones":
        return next(_zone_parts(shelf, Asked(), [shelf.versions.at.get(identifier, -1)]), None)
    if what == "versions":
        return next(_version_parts(shelf, Asked(), [shelf.versions.at.get(identifier, -1)]), None)
    if what == "places":
        at = shelf.places.at.get(identifier)
        if at is None:
            return None
        count = int(_place_counts(shelf, Selection())[at])
        return _with(shelf.places, at, count)
    ready = _plain(shelf, what)
    at = ready.at.get(identifier)
    return None if at is None else ready.heads[at]


def _plain(shelf: Shelf, what: str) -> Ready:
    ready = {"articles": shelf.articles, "mentions": shelf.mentions, "events": shelf.events}[what]
    assert ready is not None
    return ready


def _with(ready: Ready, at: int, count: int) -> bytes:
    return b"%b%d%b" % (ready.heads[at], count, ready.tails[at])


# ---------------------------------------------------------------------- articles and mentions


def _articles(shelf: Shelf, asked: Asked) -> Chosen:
    ready = _plain(shelf, "articles")
    rows = np.flatnonzero(chosen(shelf, asked.selection)[shelf.columns.order])
    return rows, lambda page: (ready.heads[at] for at in page.tolist())


def _mentions(shelf: Shelf, asked: Asked) -> Chosen:
    ready = _plain(shelf, "mentions")
    selection = asked.selection
    found = chosen(shelf, selection)[shelf.columns.order][shelf.of]
    found &= _counts(selection, shelf.zone, shelf.kind, shelf.inside)
    found &= within(ready, asked)
    return np.flatnonzero(found), lambda page: (ready.heads[at] for at in page.tolist())


def chosen(shelf: Shelf, selection: Selection) -> np.ndarray:
    """Return for each article of the columns whether it is in a selection."""
    return shelf.columns.chosen(selection, shelf.store.hits)


def _counts(
    selection: Selection, zone: np.ndarray, kind: np.ndarray, inside: np.ndarray
) -> np.ndarray:
    """Return for each mention whether its zone, kind and side are asked for."""
    found = np.ones(len(zone), dtype=bool)
    if selection.zone:
        found &= np.isin(np.arange(8), [ZONES.index(z) for z in selection.zone])[zone]
    if selection.kind:
        found &= np.isin(np.arange(4), [KINDS.index(k) for k in selection.kind])[kind]
    if selection.inside:
        found &= inside
    return found


# ------------------------------------------------------------------------- places and events


def _places(shelf: Shelf, asked: Asked) -> Chosen:
    counts = _place_counts(shelf, asked.selection)
    rows = np.flatnonzero((counts > 0) & within(shelf.places, asked))
    return rows, lambda page: (_with(shelf.places, at, int(counts[at])) for at in page.tolist())


def _place_counts(shelf: Shelf, selection: Selection) -> np.ndarray:
    counts = shelf.columns.by_place(selection, shelf.store.hits)
    return counts[shelf.place_code]  # the last, which is 0, for places that nobody mentions


def _events(shelf: Shelf, asked: Asked) -> Chosen:
    selection, ready = asked.selection, shelf.events
    found = within(ready, asked)
    if selection.from_:
        found &= ready.end > number(selection.from_)
    if selection.to:
        found &= ready.start < number(selection.to)
    if selection.zone:
        wanted = set(selection.zone)
        found &= np.array([not wanted.isdisjoint(own) for own in shelf.event_zones], dtype=bool)
    return np.flatnonzero(found), lambda page: (ready.heads[at] for at in page.tolist())


# ---------------------------------------------------------------------------------- the zones


def _versions(shelf: Shelf, asked: Asked) -> Chosen:
    rows = np.flatnonzero(within(shelf.versions, asked))
    return rows, lambda page: _version_parts(shelf, asked, page.tolist())


def _version_parts(shelf: Shelf, asked: Asked, page: list[int]) -> Iterator[Part]:
    counts = zone_counts(shelf, asked.selection)
    return (_with(shelf.versions, at, counts.get(shelf.zone_of[at], 0)) for at in page if at >= 0)


def _zones(shelf: Shelf, asked: Asked) -> Chosen:
    day = number(asked.selection.map_date(shelf.columns.last_dated()))
    holds = (shelf.versions.start <= day) & (day < shelf.versions.end)
    rows = np.flatnonzero(holds & within(shelf.versions, asked))
    rows = np.array(sorted(rows.tolist(), key=lambda at: ZONES.index(shelf.zone_of[at])), dtype=int)
    # A page for people names the zones; their articles are a page of their own.
    parts = _version_parts if asked.form == "html" else _zone_parts
    return rows, lambda page: parts(shelf, asked, page.tolist())


def _zone_parts(shelf: Shelf, asked: Asked, page: list[int]) -> Iterator[Part]:
    """Yield versions with the articles of the selection that mention the zone."""
    counts = zone_counts(shelf, asked.selection)
    found = chosen(shelf, asked.selection)[shelf.columns.order]
    for at in page:
        if at < 0:
            continue
        zone = shelf.zone_of[at]
        begun = b'%b%d, "article_list": [' % (shelf.versions.heads[at], counts.get(zone, 0))
        ended = b"]" + shelf.versions.tails[at]
        if shelf.articles is None:
            yield chain([begun], large.listed(shelf, asked.selection, zone), [ended])
        else:
            of_zone = np.flatnonzero(found & (shelf.linked >> ZONES.index(zone) & 1 > 0))
            own = b", ".join([shelf.listed[row] for row in of_zone.tolist()])
            yield b"".join((begun, own, ended))


def zone_counts(shelf: Shelf, selection: Selection) -> dict[str, int]:
    """Return how many articles of a selection mention each zone."""
    return shelf.columns.answer(selection, shelf.store.hits).zones


def _large(shelf: Shelf, what: str, asked: Asked) -> Found:
    if what == "articles":
        matched = int(chosen(shelf, asked.selection).sum())
        returned = max(0, min(asked.limit, matched - asked.offset))
        more = matched > asked.offset + returned
        return Found(matched, returned, more, large.articles(shelf, asked, returned))
    found = Found(None, 0, False, iter(()))

    def parts() -> Iterator[Part]:
        every = islice(large.mentions(shelf, asked), asked.offset, asked.offset + asked.limit + 1)
        for part in every:
            if found.returned == asked.limit:
                found.more = True
                return
            found.returned += 1
            yield part

    found.parts = parts()
    return found


_CHOOSE = {
    "zones": _zones, "versions": _versions, "articles": _articles, "mentions": _mentions,
    "places": _places, "events": _events,
}  # fmt: skip
