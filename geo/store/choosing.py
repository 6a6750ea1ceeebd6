"""Which articles a selection takes: a mask over the columns of a store."""

from __future__ import annotations

import numpy as np
import shapely

from geo.model import KINDS, ZONES
from geo.selection import Selection
from geo.store.columns import INSIDE, Columns, Hits, day_number
from geo.words import terms


def chosen(columns: Columns, selection: Selection, hits: Hits) -> np.ndarray:
    """Return for each article whether it is in the selection."""
    found = dated(columns, selection, besides_dates(columns, selection, hits))
    return once(columns, found) if selection.once else found


def left_out(columns: Columns, selection: Selection, hits: Hits) -> np.ndarray:
    """Return for each article whether it is undated and meets all but the range."""
    found = besides_dates(columns, selection, hits) & columns.undated
    return once(columns, found) if selection.once else found


def dated(columns: Columns, selection: Selection, besides: np.ndarray) -> np.ndarray:
    """Return which of some articles meet the range of the selection."""
    if not selection.has_dates:
        return besides
    fits = ~columns.undated
    if selection.from_:
        fits &= columns.end > day_number(selection.from_)
    if selection.to:
        fits &= columns.start < day_number(selection.to)
    if selection.undated:
        fits |= columns.undated
    return besides & fits


def besides_dates(columns: Columns, selection: Selection, hits: Hits) -> np.ndarray:
    """Return for each article whether it meets all of the selection but its range."""
    found = np.ones(len(columns.fid), dtype=bool)
    if selection.language:
        found &= columns.languages.among(selection.language)[columns.language]
    if selection.publisher:
        found &= columns.publishers.among(selection.publisher)[columns.publisher]
    for term in terms(selection.words):
        has = columns.having(term, hits)
        found &= ~has if term.absent else has
    if selection.zone or selection.kind or _narrows(selection):
        found &= (_all_cells(columns, selection) & mask(selection)) > 0
    return found


def _all_cells(columns: Columns, selection: Selection) -> np.ndarray:
    """Return the cells of every article, by the mentions whose place and side are asked for."""
    if not _narrows(selection):
        return columns.cells
    rows = np.flatnonzero(_places_asked(columns, selection))
    return columns.joined(rows)


def cells_of(
    columns: Columns, selection: Selection, chosen: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the mentions of chosen articles whose place and side are asked for, and the cells
    of each chosen article by them."""
    narrowed = chosen[columns.of]
    if not _narrows(selection):
        return np.flatnonzero(narrowed), columns.cells[chosen]
    rows = np.flatnonzero(narrowed & _places_asked(columns, selection))
    return rows, columns.joined(rows)[chosen]


def _places_asked(columns: Columns, selection: Selection) -> np.ndarray:
    """Return for each mention whether its place and side are asked for."""
    found = np.ones(len(columns.mentions), dtype=bool)
    if selection.inside:
        found &= columns.side == INSIDE
    if selection.place or selection.bbox or selection.area:
        fits = np.ones(len(columns.points), dtype=bool)
        fits[-1] = False  # stands for no place
        if selection.place:
            fits[:-1] &= columns.place_names.among(selection.place)[: len(fits) - 1]
        if selection.bbox:
            west, south, east, north = selection.bbox
            lon, lat = columns.points.T
            fits &= (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
        if selection.area:
            corners = np.reshape(selection.area, (-1, 2))
            polygon = shapely.make_valid(shapely.Polygon(corners))
            fits &= shapely.intersects_xy(polygon, *columns.points.T)
        found &= fits[np.minimum(columns.place, len(fits) - 1)]
    return found


def once(columns: Columns, found: np.ndarray) -> np.ndarray:
    """Keep of each group of near-duplicates the earliest that was found."""
    rows = np.flatnonzero(found & (columns.group > 0))
    rows = rows[np.lexsort((columns.fid[rows], columns.start[rows]))]
    _, first = np.unique(columns.group[rows], return_index=True)
    found = found.copy()
    found[rows] = False
    found[rows[first]] = True
    return found


def _narrows(selection: Selection) -> bool:
    return bool(selection.inside or selection.place or selection.bbox or selection.area)


def mask(selection: Selection) -> np.uint16:
    """Return the bits of the zones and kinds that a selection asks for."""
    zones = [ZONES.index(zone) for zone in selection.zone or ZONES]
    kinds = [KINDS.index(kind) for kind in selection.kind] if selection.kind else range(4)
    return np.uint16(sum(1 << (zone * 4 + kind) for zone in zones for kind in kinds))
