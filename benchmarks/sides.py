"""Ask of each dated change that names a place whether the place stands on that side.

Asked in the first version that starts on or after the change, unless the place changed hands
again before. Run: ``python benchmarks/sides.py``. Gains outside the zone, and rows after its end,
are left out. Limit: at least 97 % right.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import shapely

DATA = Path(__file__).resolve().parent.parent / "data"


def last_day(row: dict[str, str]) -> str:
    """Return the day of a change; the last of the month where only the month is known."""
    if row["precision"] != "month":
        return row["date"]
    first = dt.date.fromisoformat(row["date"][:7] + "-01")
    return ((first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)).isoformat()


def drawn(feature: dict[str, Any]) -> shapely.MultiPolygon:
    """Return the polygons of a version."""
    return shapely.from_geojson(json.dumps(feature["geometry"]))


def sides() -> tuple[int, list[tuple[str, str, str, str]]]:
    """Return how many changes stand right, and (zone, place, date, holder) of those that do not."""
    features = json.loads((DATA / "zones.geojson").read_text(encoding="utf-8"))["features"]
    versions: dict[str, list[dict[str, Any]]] = {}
    for feature in features:
        versions.setdefault(feature["properties"]["zone"], []).append(feature)
    agreed = {
        zone: drawn([f for f in own if f["properties"]["valid_from"] <= "2017-09-15"][-1])
        for zone, own in versions.items()
    }
    with (DATA / "facts" / "control_changes.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["firm"] == "place" and r["lon"]]
    right, wrong = 0, []
    for row in rows:
        zone, point = row["zone"], shapely.Point(float(row["lon"]), float(row["lat"]))
        end = versions[zone][-1]["properties"]["valid_from"]
        date, inside = last_day(row), row["new_holder"] == "opposition"
        if date >= end or row["new_holder"] in ("contested", "other"):
            continue
        if inside and not agreed[zone].contains(point):
            continue
        version = next(f for f in versions[zone] if f["properties"]["valid_from"] >= date)
        starts = version["properties"]["valid_from"]
        again = any(
            r["place"] == row["place"] and r is not row and date < last_day(r) <= starts
            for r in rows
        )
        if again or starts >= end:
            continue
        if drawn(version).contains(point) == inside:
            right += 1
        else:
            wrong.append((zone, row["place"], row["date"], row["new_holder"]))
    return right, wrong


if __name__ == "__main__":
    right, wrong = sides()
    print(f"{right} of {right + len(wrong)} on their side: {right / (right + len(wrong)):.3f}")
    for line in wrong:
        print("  not:", *line)
