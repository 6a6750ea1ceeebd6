"""What lists and pages ask of the columns: who stands where, and how much each article has."""

from __future__ import annotations

import numpy as np

from geo.selection import Selection
from geo.store.choosing import cells_of, chosen, mask
from geo.store.columns import INSIDE, Columns, Hits
from geo.store.counting import ZONES_OF

Key = tuple[int, int, int]
"""What an article is put in order by, newest first: it stays when others come."""


def by_zone(columns: Columns, selection: Selection, hits: Hits) -> np.ndarray:
    """Return for each article the zones for which a selection counts it, as bits."""
    found = chosen(columns, selection, hits)
    _, cells = cells_of(columns, selection, found)
    bits = np.zeros(len(columns.fid), dtype=np.uint8)
    bits[found] = ZONES_OF[cells & mask(selection.replace(zone=()))]
    return bits


def spans(columns: Columns, selection: Selection, hits: Hits, boxed: bool = False) -> np.ndarray:
    """Count for each article its mentions whose zone, kind and side a selection asks for.

    Parameters
    ----------
    boxed : bool
        Count only what lies in the box of the selection, or nowhere.
    """
    found = chosen(columns, selection, hits)[columns.of]
    found &= (columns.cell & mask(selection)) > 0
    if selection.inside:
        found &= columns.side == INSIDE
    if boxed and selection.bbox:
        west, south, east, north = selection.bbox
        lon, lat = columns.points.T
        fits = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
        fits |= np.isnan(lon)
        found &= fits[np.minimum(columns.place, len(fits) - 1)]
    size = len(columns.fid)
    counted = np.bincount(columns.of[found], columns.times[found], minlength=size)
    return counted.astype(np.int64)


def key(columns: Columns, row: int) -> Key:
    """Return the key of an article by its row."""
    return int(columns.newness[row]), int(columns.lastness[row]), int(columns.fid[row])


def before(columns: Columns, key: Key) -> np.ndarray:
    """Return for each article whether it stands before a key."""
    newness, lastness, fid = key
    sooner = (columns.lastness == lastness) & (columns.fid < fid)
    sooner |= columns.lastness < lastness
    found: np.ndarray = (columns.newness < newness) | ((columns.newness == newness) & sooner)
    return found
