"""Which features answer a query, and their bytes: a mask over the shelf, page by page.

A feature is in when the export of the same selection has it, and when what it is itself (its
geometry, its time) meets `bbox` and `datetime` or is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from geo.api import cursor, large
from geo.api.parameters import Asked
from geo.api.shelf import Ready, Shelf
from geo.api.within import number, within
from geo.export.features import LISTED
from geo.model import KINDS, ZONES
from geo.selection import Selection
from geo.store import choosing, counting
from geo.store.listing import by_zone, spans

Part = bytes
"""A feature as JSON."""

Chosen = tuple[np.ndarray, Callable[[np.ndarray], Iterator[Part]]]
"""The rows that answer, and what makes parts of some of them."""


@dataclass(slots=True)
class Found:
    """The features of one page.

    Attributes
    ----------
    matched : int
        How many features answer in all.
    start, returned : int
        How many stand before the page, and on it.
    parts : iterator
        The features, one by one.
    after : callable
        Returns the word by which the next page is asked for (see `geo.api.cursor`).
    """

    matched: int
    start: int
    returned: int
    parts: Iterator[Part]
    after: Callable[[], str]

    @property
    def more(self) -> bool:
        """Whether others follow the page."""
        return self.matched > self.start + self.returned


def find(shelf: Shelf, what: str, asked: Asked) -> Found:
    """Return the page that is asked for of a collection.

    Raises
    ------
    Problem
        If what the page is to come after is no place in it.
    """
    if asked.nothing:
        return Found(0, 0, 0, iter(()), str)
    if what in ("articles", "mentions"):
        return _dated(shelf, what, asked)
    rows, parts = _CHOOSE[what](shelf, asked)
    ready = {"places": shelf.places, "events": shelf.events}.get(what, shelf.versions)
    start = asked.offset + (cursor.among_rows(ready, rows, asked.after) if asked.after else 0)
    page = rows[start : start + asked.limit]
    return Found(
        len(rows), start, len(page), parts(page), lambda: cursor.told(ready.ids[int(page[-1])])
    )


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


def _dated(shelf: Shelf, what: str, asked: Asked) -> Found:
    """Return a page of articles or mentions: so many of each article, newest first."""
    columns, ready = shelf.columns, shelf.articles and _plain(shelf, what)
    rows = np.zeros(0, dtype=np.int64)
    if ready is None or what == "articles":
        counts = _counts(shelf, what, asked)
    else:
        rows = _mentions(shelf, asked)
        counts = np.bincount(shelf.of[rows], minlength=len(columns.order))
    matched = int(counts.sum())
    start = asked.offset
    if asked.after:
        start += cursor.among_counts(columns, counts, asked.after)
    returned = max(0, min(asked.limit, matched - start))
    if what == "articles":
        rows = np.flatnonzero(counts)
    page = rows[start : start + returned]
    parts: Iterator[Part]
    if ready is not None:
        parts = (ready.heads[at] for at in page.tolist())
    elif what == "articles":
        parts = large.articles(shelf, columns.order[page])
    else:
        parts = large.mentions(shelf, asked, counts, start, returned)
    end = start + returned
    return Found(
        matched, start, returned, parts, lambda: cursor.of_counts(columns, counts, end)
    )  # fmt: skip


def _counts(shelf: Shelf, what: str, asked: Asked) -> np.ndarray:
    """Return how many answers each article has, in their order."""
    columns, selection = shelf.columns, asked.selection
    if what == "articles":
        return chosen(shelf, selection)[columns.order].astype(np.int64)
    return spans(columns, selection, shelf.store.hits, boxed=True)[columns.order]


def _mentions(shelf: Shelf, asked: Asked) -> np.ndarray:
    selection = asked.selection
    found = chosen(shelf, selection)[shelf.columns.order][shelf.of]
    found &= _asked_for(selection, shelf.zone, shelf.kind, shelf.inside)
    found &= within(_plain(shelf, "mentions"), asked)
    return np.flatnonzero(found)


def chosen(shelf: Shelf, selection: Selection) -> np.ndarray:
    """Return for each article of the columns whether it is in a selection."""
    return choosing.chosen(shelf.columns, selection, shelf.store.hits)


def _asked_for(
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
    counts = counting.by_place(shelf.columns, selection, shelf.store.hits)
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
    """Yield versions with the newest articles of the selection that count for the zone."""
    counts = zone_counts(shelf, asked.selection)
    if shelf.articles is None:
        newest = large.listed(shelf, asked.selection)
    else:
        bits = by_zone(shelf.columns, asked.selection, shelf.store.hits)[shelf.columns.order]
        newest = {
            zone: [shelf.listed[row] for row in np.flatnonzero(bits >> at & 1)[:LISTED].tolist()]
            for at, zone in enumerate(ZONES)
        }
    for at in page:
        if at < 0:
            continue
        zone = shelf.zone_of[at]
        count, own = counts.get(zone, 0), newest.get(zone, [])
        left_out = b', "articles_unlisted": %d' % (count - len(own)) if count > len(own) else b""
        begun = b'%b%d, "article_list": [' % (shelf.versions.heads[at], count)
        yield b"".join((begun, b", ".join(own), b"]", left_out, shelf.versions.tails[at]))


def zone_counts(shelf: Shelf, selection: Selection) -> dict[str, int]:
    """Return how many articles of a selection mention each zone."""
    return counting.answer(shelf.columns, selection, shelf.store.hits).zones


_CHOOSE = {
    "zones": _zones, "versions": _versions, "places": _places, "events": _events,
}  # fmt: skip
