"""Draw ``data/zones.geojson`` from dated facts about places. Run again, it writes the same bytes.

    python data/build/draw_zones.py [OUT.geojson]

For each zone: estimate who held the land between the known places (`zones_surface`), take the
zero line on each day on which something changed, and keep a version at every named event and
wherever the edge moved by more than 2 % of the area since the last version.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one order of sums, one result

import contourpy
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import itertools

from data.build import zones_control as control
from data.build import zones_surface as surface
from data.build import zones_words as words

DATA = Path(__file__).resolve().parent.parent
OUT = DATA / "zones.geojson"
MOVED = 0.02
ISLAND_M = 700
START, IN_FORCE = dt.date(2017, 5, 4), dt.date(2017, 5, 6)


@dataclass(frozen=True)
class Drawing:
    """How one zone is drawn: lengths in metres, areas in square km."""

    cell: float
    smooth: float  # opening and closing of the edge
    smallest: float  # a part without a known place inside is dropped below this
    hole: float  # a hole without a known place outside is filled below this
    vague: float  # how far the announced outline is widened
    agreed: dt.date
    ended: dt.date


ZONES = {
    "idlib": Drawing(500, 700, 25, 25, 6000, dt.date(2017, 9, 15), dt.date(2024, 11, 30)),
    "northern-homs": Drawing(250, 400, 6, 6, 3000, dt.date(2017, 7, 31), dt.date(2018, 5, 21)),
    "eastern-ghouta": Drawing(120, 200, 1.0, 2, 1500, dt.date(2017, 7, 22), dt.date(2018, 4, 14)),
    "south": Drawing(400, 500, 12, 12, 4000, dt.date(2017, 7, 9), dt.date(2018, 8, 1)),
}


@dataclass
class Version:
    """A zone from a day on, in metres (EPSG:32637)."""

    day: dt.date
    status: str
    shape: BaseGeometry | None
    accuracy_km: float
    changes: list[control.Change] = field(default_factory=list)
    event: str = ""


class Canvas:
    """The land around one zone, on which its extent of any day can be drawn."""

    def __init__(self, zone: str, found: list[control.Place], land: BaseGeometry) -> None:
        self.zone, self.how = zone, ZONES[zone]
        west, south, east, north = control.WINDOWS[zone]
        margin = 0.25
        self.places = [
            p
            for p in found
            if west - margin <= p.lon <= east + margin and south - margin <= p.lat <= north + margin
        ]
        self.at = np.array([(p.x, p.y) for p in self.places])
        corners = shapely.get_coordinates(to_metres(shapely.box(west, south, east, north)))
        self.window = to_metres(shapely.segmentize(shapely.box(west, south, east, north), 0.02))
        low, high = corners.min(axis=0), corners.max(axis=0)
        self.x = np.arange(low[0], high[0] + self.how.cell, self.how.cell)
        self.y = np.arange(low[1], high[1] + self.how.cell, self.how.cell)
        grid = np.stack(np.meshgrid(self.x, self.y), axis=-1).reshape(-1, 2)
        # In float32 the weights of Idlib's 90,000 cells fit into a quarter of a gigabyte.
        self.weights = np.concatenate(
            [surface.weights(self.at, part).astype(np.float32) for part in np.array_split(grid, 24)]
        )
        self.land = shapely.intersection(land, self.window)
        self.points = shapely.points(self.at)

    def sides(self, day: dt.date) -> np.ndarray:
        """Return the sides (n,) of the places on a day."""
        return np.array([p.side(day) for p in self.places], dtype=float)

    def draw(self, day: dt.date, within: BaseGeometry | None) -> BaseGeometry:
        """Return the extent on a day, never beyond `within`."""
        sides = self.sides(day)
        value = self.weights @ (sides - surface.MEAN).astype(np.float32) + surface.MEAN
        lines = contourpy.contour_generator(
            self.x, self.y, value.reshape(len(self.y), len(self.x)), fill_type="OuterOffset"
        ).filled(0, 1e9)
        polygons = []
        for points, offsets in zip(*lines, strict=True):
            rings = [points[a:b] for a, b in itertools.pairwise(offsets)]
            polygons.append(shapely.Polygon(rings[0], rings[1:]))
        raw = (
            shapely.union_all(shapely.make_valid(np.array(polygons)))
            if polygons
            else shapely.Polygon()
        )
        if within is not None:
            raw = shapely.intersection(raw, within)
        smooth = raw.buffer(self.how.smooth).buffer(-2 * self.how.smooth).buffer(self.how.smooth)
        # Smoothing must not take a known place across the edge: its near surroundings stay.
        near = 0.6 * self.how.smooth
        held = shapely.union_all(self.points[(sides > 0) & shapely.contains(raw, self.points)])
        lost = shapely.union_all(self.points[sides < 0])
        smooth = smooth.union(held.buffer(near).intersection(raw))
        if day > dt.date(2017, 9, 15):
            # A town that held out alone is an island, even where all around it was lost.
            alone = (sides > 0) & self.vouched(day)
            alone &= shapely.distance(self.points, smooth) > ISLAND_M / 2
            smooth = smooth.union(shapely.union_all(self.points[alone]).buffer(ISLAND_M))
        smooth = smooth.difference(lost.buffer(near).difference(raw))
        if within is not None:
            smooth = shapely.intersection(smooth, within)
        drawn = self.tidy(shapely.intersection(smooth, self.land), sides, day)
        return drawn if within is None else multipolygon(shapely.intersection(drawn, within))

    def vouched(self, day: dt.date) -> np.ndarray:
        """Tell the places (n,) that can hold an island of the zone on a day.

        Behind the line that needs a dated row of its own: a place that no source names again
        after 2017 fell with what lies around it.
        """
        reduced = day > dt.date(2017, 9, 15)
        return np.array([not reduced or len(p.sides) > 1 for p in self.places])

    def tidy(self, shape: BaseGeometry, sides: np.ndarray, day: dt.date) -> BaseGeometry:
        """Drop scraps and fill holes that no known place accounts for."""
        outside = self.points[sides < 0]
        kept = []
        for part in shapely.get_parts(shape):
            if part.geom_type != "Polygon":
                continue
            small = part.area < self.how.smallest * 1e6
            held = self.points[(sides > 0) & self.vouched(day)]
            if small and not shapely.contains(part, held).any():
                continue
            if part.area < 0.33e6:
                continue
            rings = [
                ring
                for ring in map(shapely.Polygon, part.interiors)
                if ring.area > self.how.hole * 1e6
                or (ring.area > 0.3e6 and shapely.contains(ring, outside).any())
            ]
            kept.append(shapely.Polygon(part.exterior, [ring.exterior for ring in rings]))
        return shapely.union_all(kept) if kept else shapely.MultiPolygon()

    def accuracy(self, shape: BaseGeometry) -> float:
        """Return the stated accuracy in km.

        Three quarters of the edge lie nearer than this to a place whose side is known.
        """
        edge = shapely.get_coordinates(shapely.segmentize(shape.boundary, 1000))
        nearest = np.concatenate(
            [surface.distances(p, self.at).min(axis=1) for p in np.array_split(edge, 8) if len(p)]
        )
        return max(0.5, round(2 * float(np.quantile(nearest, 0.75)) / 1000) / 2)


def versions(canvas: Canvas, all_changes: list[control.Change]) -> list[Version]:
    """Return the versions of a zone, from the announcement to its end."""
    how, zone = canvas.how, canvas.zone
    known = {(p.name, p.lon, p.lat) for p in canvas.places}
    moves = [
        c
        for c in all_changes
        if c.lon is not None
        and control.zone_of(c.lon, c.lat or 0) == zone
        and IN_FORCE < c.day < how.ended
        and any(name == c.place for name, _, _ in known)
    ]
    agreed = canvas.draw(dt.date(2017, 9, 15), None)
    early = agreed if how.agreed > IN_FORCE else canvas.draw(IN_FORCE, None)
    vague = (
        early.buffer(2 * how.vague)
        .buffer(-how.vague)
        .intersection(canvas.land)
        .simplify(how.vague / 6)
    )
    made = [
        Version(START, "announced", multipolygon(vague), 2 * how.vague / 1000, event="memorandum"),
        Version(IN_FORCE, "in-force", early, canvas.accuracy(early), event="in-force"),
        Version(how.agreed, "delineated", agreed, canvas.accuracy(agreed), event="agreed"),
    ]
    # What was won outside the zone is no part of its story.
    around = agreed.buffer(1000)
    moves = [
        c for c in moves if shapely.contains_xy(around, *control.TO_METRES.transform(c.lon, c.lat))
    ]
    named = dict(words.EVENTS[zone].items())
    days = sorted({c.day for c in moves if c.day > dt.date(2017, 9, 15)} | set(named))
    waiting: list[control.Change] = []
    last = made[-1]
    for day in days:
        if not how.agreed < day < how.ended:
            continue
        waiting += [c for c in moves if c.day == day]
        # The zone never grows beyond what it was in September 2017.
        shape = canvas.draw(day, agreed)
        assert last.shape is not None
        moved = shapely.symmetric_difference(shape, last.shape).area / last.shape.area
        if moved <= MOVED and day not in named:
            continue
        shrunk = shape.area < agreed.area * (1 - MOVED)
        status = "reduced" if shrunk or last.status == "reduced" else "delineated"
        if moved <= 1e-9:
            shape = last.shape
        last = Version(day, status, shape, canvas.accuracy(shape), waiting, named.get(day, ""))
        waiting = []
        made.append(last)
    end = waiting + [
        c for c in all_changes if c.zone == zone and c.day == how.ended and zone != "idlib"
    ]
    made.append(Version(how.ended, "ended", None, 0.0, end, "ended"))
    return made


def multipolygon(shape: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a shape as one MultiPolygon."""
    return shapely.multipolygons([p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"])


def to_degrees(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape in EPSG:4326 as a valid MultiPolygon by the right-hand rule, 5 decimals."""
    simple = shape.simplify(60)
    degrees = shapely.transform(
        simple,
        lambda x, y: control.TO_METRES.transform(x, y, direction="INVERSE"),
        interleaved=False,
    )
    rounded = shapely.set_precision(degrees, 1e-5)
    parts = [p for p in shapely.get_parts(shapely.make_valid(rounded)) if p.geom_type == "Polygon"]
    parts.sort(key=lambda p: (-p.area, p.bounds))
    return shapely.orient_polygons(shapely.multipolygons(shapely.normalize(np.array(parts))))


def to_metres(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape in EPSG:32637."""
    return shapely.transform(shape, control.TO_METRES.transform, interleaved=False)


def feature(zone: str, made: list[Version], number: int) -> dict[str, Any]:
    """Write one version as a feature."""
    version = made[number]
    until = made[number + 1].day if number + 1 < len(made) else None
    drawn = None if version.shape is None else to_degrees(version.shape)
    area = 0.0 if drawn is None else round(to_metres(drawn).area / 1e6, 1)
    last = until - dt.timedelta(days=1) if until else None
    before = made[number - 1] if number else None
    was = 0.0
    if before is not None and before.shape is not None:
        was = round(to_metres(to_degrees(before.shape)).area / 1e6, 1)
    return {
        "type": "Feature",
        "id": f"{zone}/{version.day}",
        "geometry": None if drawn is None else json.loads(shapely.to_geojson(drawn)),
        "properties": {
            "zone": zone,
            "name_ar": words.NAMES[zone]["ar"],
            "name_en": words.NAMES[zone]["en"],
            "status": version.status,
            "valid_from": version.day.isoformat(),
            "valid_to": until.isoformat() if until else None,
            "area_km2": area,
            "accuracy_km": version.accuracy_km,
            **words.told(zone, version, area, was),
        },
        "time": {"interval": [version.day.isoformat(), last.isoformat() if last else ".."]},
    }


def main(out: Path) -> None:
    """Draw all zones and write the file."""
    found = control.places()
    base = json.loads((DATA / "base.geojson").read_text(encoding="utf-8"))["features"]
    syria = [
        shapely.make_valid(shapely.geometry.shape(f["geometry"]))
        for f in base
        if f["properties"]["layer"] == "governorate"
    ]
    land = to_metres(shapely.union_all(syria))
    all_changes = control.changes()
    features = []
    for zone in ZONES:
        made = versions(Canvas(zone, found, land), all_changes)
        features += [feature(zone, made, number) for number in range(len(made))]
        print(f"{zone}: {len(made)} versions", file=sys.stderr)
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, allow_nan=False) for f in features)
    out.write_text(
        '{"type": "FeatureCollection", "features": [\n' + lines + "\n]}\n", encoding="utf-8"
    )
    print(f"{out.name}: {len(features)} versions, {out.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
