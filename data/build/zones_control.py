"""Who held each place on each day, from the facts in ``data/facts/``."""

from __future__ import annotations

import csv
import datetime as dt
import math
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from pyproj import Transformer

FACTS = Path(__file__).resolve().parent.parent / "facts"
TO_METRES = Transformer.from_crs(4326, 32637, always_xy=True)

INSIDE = {"opposition", "HTS", "opposition+HTS"}
OUTSIDE = {"government", "SDF", "ISIL"}
MID_2017 = dt.date(2017, 7, 22)

# Windows (west, south, east, north in degrees) that tell the four zones' surroundings apart.
WINDOWS = {
    "idlib": (35.85, 35.10, 37.60, 36.52),
    "northern-homs": (36.25, 34.62, 37.10, 35.10),
    "eastern-ghouta": (36.28, 33.38, 36.66, 33.68),
    "south": (35.60, 32.28, 36.75, 33.36),
}

# Held by the opposition, but no part of the zone that lies nearest: neighbours with a deal, a
# story or a front of their own (see docs/methodology.md).
NOT_OF_A_ZONE = {
    "Qaboun", "Barzeh", "Beit Jinn", "Mazraat Beit Jinn", "Mughr al-Mir", "Jandairis",
}  # fmt: skip


@dataclass(slots=True)
class Place:
    """A place with its dated sides: +1 inside (held by the opposition), -1 outside.

    `sides` is in time order; each holds from its day on. The first reaches back to the start.
    """

    name: str
    name_ar: str
    x: float
    y: float
    lon: float
    lat: float
    kind: str
    given: bool
    sides: list[tuple[dt.date, int]] = field(default_factory=list)

    def side(self, day: dt.date) -> int:
        """Return the side on a day."""
        held = self.sides[0][1]
        for since, side in self.sides:
            if since <= day:
                held = side
        return held


@dataclass(frozen=True, slots=True)
class Change:
    """One row of control_changes.csv; `day` is the last day of the month for a month."""

    place: str
    place_ar: str
    zone: str
    day: dt.date
    holder: str
    firm: str
    title: str
    url: str
    lon: float | None
    lat: float | None
    by_month: bool


def changes() -> list[Change]:
    """Read the dated changes, oldest first."""
    rows = []
    with (FACTS / "control_changes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["precision"] == "month":
                first = dt.date.fromisoformat(row["date"][:7] + "-01")
                day = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
            else:
                day = dt.date.fromisoformat(row["date"])
            rows.append(
                Change(
                    row["place"],
                    row["place_ar"],
                    row["zone"],
                    day,
                    row["new_holder"],
                    row["firm"],
                    row["source_title"],
                    row["url"],
                    float(row["lon"]) if row["lon"] else None,
                    float(row["lat"]) if row["lat"] else None,
                    row["precision"] == "month",
                )
            )
    rows = [_within_month(change, rows) for change in rows]
    return sorted(rows, key=lambda c: (c.day, c.zone, c.place))


def _within_month(change: Change, rows: list[Change]) -> Change:
    """Date a change known to the month by the nearest one of that month that has a day.

    A village whose fall is known "by the end of July" fell with what lies around it, not on
    31 July; where nothing within 10 km has a day, the end of the month stands.
    """
    if not change.by_month or change.lon is None:
        return change
    near = [
        (math.hypot((o.lon - change.lon) * 0.84, o.lat - change.lat) * 111, o.day)
        for o in rows
        if not o.by_month
        and o.lon is not None
        and o.holder == change.holder
        and o.day.replace(day=1) == change.day.replace(day=1)
    ]
    away, day = min(near, default=(math.inf, change.day))
    return replace(change, day=day) if away < 10 else change


def side_of(holder: str, name: str) -> int:
    """Return the side that a holder means for a zone."""
    return 1 if holder in INSIDE and name not in NOT_OF_A_ZONE else -1


def places() -> list[Place]:
    """Return every place whose side is known, in the order of their names.

    The side of mid-2017 is the one given; where the facts leave it empty, or set it aside since a
    dated source contradicts it, it is the opposite of the first later change: what the government
    took in 2018 was not its own in 2017.
    """
    by_place: dict[str, list[Change]] = {}
    for change in changes():
        if change.lon is not None:
            by_place.setdefault(change.place, []).append(change)
    found: dict[str, Place] = {}
    with (FACTS / "control_points.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, lon, lat = row["place"], float(row["lon"]), float(row["lat"])
            own = [c for c in by_place.pop(name, []) if _near(c, lon, lat)]
            known = row["held_by"] if row["held_by"] in INSIDE | OUTSIDE and not row["note"] else ""
            side = side_of(known, name) if known else _before(own, name)
            if side is None:
                continue
            x, y = TO_METRES.transform(lon, lat)
            place = Place(name, row["place_ar"], x, y, lon, lat, row["kind"], bool(known))
            place.sides = _sides(side, own, name, after=MID_2017 if known else dt.date.min)
            found[f"{name} {lon} {lat}"] = place
    for name, own in by_place.items():
        side = _before(own, name)
        lon, lat = own[0].lon, own[0].lat
        if side is None or lon is None or lat is None:
            continue
        x, y = TO_METRES.transform(lon, lat)
        place = Place(name, own[0].place_ar, x, y, lon, lat, "settlement", False)
        place.sides = _sides(side, own, name, after=dt.date.min)
        found[f"{name} {lon} {lat}"] = place
    placed = [found[key] for key in sorted(found)]
    _fall_with_neighbours(placed)
    return placed


def _fall_with_neighbours(placed: list[Place]) -> None:
    """Let an undocumented place of a pocket that fell whole fall with its nearest neighbour.

    Northern Homs, Eastern Ghouta and the south fell to the last place in 2018, yet no source
    names every village: one without a row of its own follows the nearest place inside that has
    one. Idlib did not fall whole, so nothing is inferred there.
    """
    by_zone: dict[str, list[Place]] = {}
    for place in placed:
        zone = zone_of(place.lon, place.lat)
        if zone and zone != "idlib" and place.side(MID_2017) > 0:
            by_zone.setdefault(zone, []).append(place)
    for held in by_zone.values():
        documented = [p for p in held if p.sides[-1][1] < 0]
        at = np.array([(p.x, p.y) for p in documented])
        for place in held:
            if place.sides[-1][1] > 0:
                nearest = int(np.argmin(np.hypot(*(at - (place.x, place.y)).T)))
                place.sides += [s for s in documented[nearest].sides if s[1] < 0][-1:]


def _near(change: Change, lon: float, lat: float) -> bool:
    assert change.lon is not None and change.lat is not None
    return abs(change.lon - lon) < 0.05 and abs(change.lat - lat) < 0.05


def _before(own: list[Change], name: str) -> int | None:
    """Tell the side before the first change, if that change says so."""
    for change in own:
        if change.day > dt.date(2020, 12, 31):
            return None  # what fell in 2024 says nothing of 2017
        if change.holder == "government":
            return 1 if name not in NOT_OF_A_ZONE else -1
        if change.holder == "opposition":
            # A place that is first named when it was won back, in 2019 or 2020, had been held.
            return 1 if change.day > dt.date(2018, 3, 1) else -1
    return None


def _sides(first: int, own: list[Change], name: str, after: dt.date) -> list[tuple[dt.date, int]]:
    sides = [(dt.date.min, first)]
    for change in own:
        if after < change.day and change.holder != "contested" and not _after_end(change):
            sides.append((change.day, side_of(change.holder, name)))
    return sides


def _after_end(change: Change) -> bool:
    """Tell whether a change came after its zone had ended: then it is an event, no more."""
    return change.zone != "idlib" and change.day > dt.date(2018, 8, 1)


def zone_of(lon: float, lat: float) -> str | None:
    """Return the zone whose window holds a point."""
    for zone, (west, south, east, north) in WINDOWS.items():
        if west <= lon <= east and south <= lat < north:
            return zone
    return None


def arrays(found: list[Place]) -> tuple[np.ndarray, np.ndarray]:
    """Return coordinates in metres (n, 2; EPSG:32637) and the sides of mid-2017 (n,)."""
    return (
        np.array([(p.x, p.y) for p in found]),
        np.array([p.side(MID_2017) for p in found], dtype=float),
    )
