"""Whether a feature is where and when it is asked for."""

from __future__ import annotations

import datetime as dt

import numpy as np
import shapely

from geo.api.parameters import Asked
from geo.api.shelf import Ready


def within(ready: Ready, asked: Asked) -> np.ndarray:
    """Return for each feature whether its geometry and time meet `bbox` and `datetime`.

    What bears no geometry, or no time, meets any, as the standard has it.
    """
    found = np.ones(len(ready.ids), dtype=bool)
    if asked.when:
        start, end = asked.when
        if start:
            found &= ready.end > number(start)
        if end:
            found &= ready.start < number(end)
    if box := asked.selection.bbox:
        west, south, east, north = box
        if len(ready.lon):
            lon, lat = ready.lon, ready.lat
            inside = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
            found &= inside | np.isnan(lon)
        elif len(ready.drawn):
            rows = np.flatnonzero(found)
            drawn = ready.drawn[rows]
            meets = shapely.intersects(drawn, shapely.box(west, south, east, north))
            found[rows] = meets | shapely.is_missing(drawn)
    return found


def number(day: dt.date) -> int:
    """Return a day as the days since 1970."""
    return int(np.datetime64(day, "D").astype(np.int64))
