"""Fourzones: the four Syrian de-escalation zones and the articles that mention them.

For a notebook: `open_store`, `Selection`, `frame` and `link`. What else there is may change.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "FourzonesError": "geo.errors",
    "Selection": "geo.selection",
    "Store": "geo.store",
    "frame": "geo.frames",
    "link": "geo.linking",
    "open_store": "geo.ingest",
}

__all__ = ["FourzonesError", "Selection", "Store", "frame", "link", "open_store"]


def __getattr__(name: str) -> Any:
    # Late, so that the command line and every module load only what they need.
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'geo' has no attribute {name!r}")
