"""How many articles a selection takes, by zone, time, place, language, publisher and kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from geo.model import KINDS, ZONES
from geo.selection import Selection
from geo.store import choosing
from geo.store.answer import Answered
from geo.store.columns import NO_PLACE, Codes, Columns, Hits, day_number

_NEAR = 40_000  # days: a century


def _bits_of(parts: Sequence[int]) -> np.ndarray:
    """Return for each combination of cells which of some parts it meets, as bits."""
    cells = np.arange(1 << 16)
    found = np.zeros(1 << 16, dtype=np.uint8)
    for bit, part in enumerate(parts):
        found |= ((cells & part) > 0).astype(np.uint8) << bit
    return found


ZONES_OF = _bits_of([0xF << (4 * zone) for zone in range(len(ZONES))])
_KINDS_OF = _bits_of([0x1111 << kind for kind in range(len(KINDS))])


def answer(columns: Columns, selection: Selection, hits: Hits) -> Answered:
    """Count what is in a selection."""
    besides = choosing.besides_dates(columns, selection, hits)
    chosen = choosing.dated(columns, selection, besides)
    left_out = besides & columns.undated
    if selection.once:
        chosen, left_out = choosing.once(columns, chosen), choosing.once(columns, left_out)
    rows, cells = choosing.cells_of(columns, selection, chosen)
    bits = ZONES_OF[cells & choosing.mask(selection.replace(zone=()))]
    counted = cells & choosing.mask(selection)
    in_month = columns.width[chosen] <= 31
    partly = np.zeros(len(columns.fid), dtype=bool)
    if selection.from_:
        partly |= columns.start < day_number(selection.from_)
    if selection.to:
        partly |= columns.end > day_number(selection.to)
    copies, groups = _copies(columns, chosen)
    return Answered(
        total=len(columns.fid),
        articles=int(chosen.sum()),
        coarse=int((chosen & ~columns.undated & (columns.width > 1)).sum()),
        partial=int((chosen & ~columns.undated & partly).sum()),
        undated=int(left_out.sum()),
        zones=_by_bits(np.bincount(bits, minlength=1), ZONES),
        languages=_named(columns.language[chosen], columns.languages),
        publishers=_named(columns.publisher[chosen], columns.publishers),
        kinds=dict.fromkeys(KINDS, 0)
        | _by_bits(np.bincount(_KINDS_OF[counted], minlength=1), KINDS),
        places=_named(_places_of(columns, selection, rows, chosen), columns.place_names),
        months=_by_period(columns.month[chosen][in_month], bits[in_month], "M"),
        copies=copies,
        groups=groups,
    )


def days(columns: Columns, selection: Selection, hits: Hits) -> dict[str, dict[str, int]]:
    """Count the articles dated to a day, by day and zone; "" counts each article once."""
    chosen = choosing.chosen(columns, selection, hits) & (columns.width == 1)
    _, cells = choosing.cells_of(columns, selection, chosen)
    bits = ZONES_OF[cells & choosing.mask(selection.replace(zone=()))]
    return _by_period(columns.start[chosen], bits, "D")


def by_place(columns: Columns, selection: Selection, hits: Hits) -> np.ndarray:
    """Count the articles of a selection that mention each place, by its code; 0 at the end.

    Of the mentions, those whose zone, kind and side are asked for.
    """
    chosen = choosing.chosen(columns, selection, hits)
    rows, _ = choosing.cells_of(columns, selection, chosen)
    codes = _places_of(columns, selection, rows, chosen)
    return np.bincount(codes, minlength=len(columns.place_names.names) + 1)


def _places_of(
    columns: Columns, selection: Selection, rows: np.ndarray, chosen: np.ndarray
) -> np.ndarray:
    """Return the places that chosen articles mention, each once for each article.

    All of them, whichever place or area was asked for.
    """
    if selection.place or selection.bbox or selection.area:
        rows, _ = choosing.cells_of(
            columns, selection.replace(place=(), bbox=None, area=None), chosen
        )
    if selection.zone or selection.kind:
        rows = rows[(columns.cell[rows] & choosing.mask(selection)) > 0]
    of, place = columns.of[rows], columns.place[rows]  # sorted: article, then place
    once = place != NO_PLACE
    if len(rows):
        once[1:] &= (of[1:] != of[:-1]) | (place[1:] != place[:-1])
    return place[once]


def _by_period(periods: np.ndarray, bits: np.ndarray, unit: str) -> dict[str, Any]:
    if not len(periods):
        return {}
    first, last = int(periods.min()), int(periods.max())
    if last - first < _NEAR:
        known, at = np.arange(first, last + 1), periods - first
    else:  # centuries apart: not a row for each day between them
        known, at = np.unique(periods, return_inverse=True)
    size = 1 << len(ZONES)
    table = np.bincount(at.astype(np.int64) * size + bits)
    table = np.pad(table, (0, -len(table) % size)).reshape(-1, size)
    found = {}
    for row in np.flatnonzero(table.any(axis=1)):
        name = str(known[row].astype(f"datetime64[{unit}]"))
        found[name] = {"": int(table[row].sum()), **_by_bits(table[row], ZONES)}
    return found


def _copies(columns: Columns, chosen: np.ndarray) -> tuple[int, int]:
    """Return the chosen articles that repeat another one of them, and of how many texts."""
    members = np.bincount(columns.group[chosen & (columns.group > 0)])
    several = members[members > 1]
    return int(several.sum()) - len(several), len(several)


def _named(codes: np.ndarray, names: Codes) -> dict[str, int]:
    counts = np.bincount(codes, minlength=1)
    some = [(names.names[code], int(counts[code])) for code in np.flatnonzero(counts)]
    return dict(sorted(some, key=lambda pair: (-pair[1], pair[0])))


def _by_bits(counts: np.ndarray, names: Sequence[str]) -> dict[str, int]:
    """Return how many have each name, from how many have each row of bits."""
    bits = np.arange(len(counts))
    told = {name: int(counts[(bits >> at & 1) == 1].sum()) for at, name in enumerate(names)}
    return {name: count for name, count in told.items() if count}
