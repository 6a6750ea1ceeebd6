"""Charts as SVG text, made from plain values: no script, no remote asset, every text escaped.

They take their ink from `currentColor`, so that they read in a light and in a dark page, and run
from left to right in either language, like the map.
"""

from geo.charts.labels import Label, row_up, spread
from geo.charts.series import area_steps, month_bars
from geo.charts.small_maps import Extent, extent_of, small_map
from geo.charts.timeline import timeline

__all__ = [
    "Extent",
    "Label",
    "area_steps",
    "extent_of",
    "month_bars",
    "row_up",
    "small_map",
    "spread",
    "timeline",
]
