"""What was clicked or drawn on the map, from what the component gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geo.model import ZONE_NAMES


@dataclass(frozen=True, slots=True)
class Clicked:
    """What was clicked or drawn on the map; at most one of its fields is set.

    Attributes
    ----------
    bbox, area : str or None
        A rectangle or polygon, as the parameters of a `Selection` write it.
    """

    zone: str | None = None
    place: str | None = None
    bbox: str | None = None
    area: str | None = None


def clicked(answer: dict[str, Any] | None) -> Clicked:
    """Return what was last clicked or drawn, from what the map component gave back."""
    drawing = (answer or {}).get("last_active_drawing") or {}
    said = drawing.get("properties") or {}
    if said.get("zone") in ZONE_NAMES:
        return Clicked(zone=said["zone"])
    if isinstance(said.get("place"), str):
        return Clicked(place=said["place"])
    if said.get("drawn") in ("rectangle", "polygon"):
        try:
            corners = [(round(x, 4), round(y, 4)) for x, y in drawing["geometry"]["coordinates"][0]]
            lons, lats = zip(*corners, strict=True)
        except (KeyError, IndexError, TypeError, ValueError):
            return Clicked()
        if said["drawn"] == "rectangle":
            return Clicked(bbox=f"{min(lons)},{min(lats)},{max(lons)},{max(lats)}")
        return Clicked(area=",".join(f"{x},{y}" for x, y in corners[:-1]))
    return Clicked()
