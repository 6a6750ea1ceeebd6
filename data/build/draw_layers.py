"""Draw ``data/layers.geojson``: the Sochi strip, the M4 corridor and the observation posts.

    python data/build/draw_layers.py

The strip and the corridor follow from `data/zones.geojson`: no map of either was published.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from data.build.draw_zones import DATA, to_degrees, to_metres

OUT = DATA / "layers.geojson"
STRIP_M, STRIP_GHAB_M, CORRIDOR_M = 15_000, 20_000, 6_000
BORDER_M = 2_000

# The M4 between the Latakia mountains and Saraqib, by the towns it passes (approximate).
M4 = [
    (36.10, 35.735), (36.17, 35.775), (36.23, 35.795), (36.318, 35.812), (36.40, 35.80),
    (36.47, 35.79), (36.54, 35.80), (36.607, 35.812), (36.70, 35.825), (36.80, 35.862),
]  # fmt: skip
# North and west of this corner the zone met Turkey and Afrin, not the contact line.
NORTH = shapely.box(35.5, 36.30, 36.93, 37.0)
GHAB = shapely.box(35.9, 35.2, 36.47, 35.75)

SOCHI = {
    "title": "Memorandum on Idlib, facsimile",
    "publisher": "MESOP",
    "url": "http://www.mesop.de/mesopotamia-news-mesop-exclusive-ii-facsimile-text-of-turkey-"
    "russia-memorandum-on-idlib-revealed/",
    "date": "2018-09-17",
}
MOSCOW = {
    "title": "Protocol of 5 March 2020",
    "publisher": "Voltaire Network",
    "url": "https://www.voltairenet.org/article209431.html",
    "date": "2020-03-05",
}


def version(day: str) -> BaseGeometry:
    """Return the extent of Idlib from a day on, in metres."""
    features = json.loads((DATA / "zones.geojson").read_text(encoding="utf-8"))["features"]
    return to_metres(shape(next(f for f in features if f["id"] == f"idlib/{day}")["geometry"]))


def land() -> BaseGeometry:
    """Return Syria, in metres."""
    features = json.loads((DATA / "base.geojson").read_text(encoding="utf-8"))["features"]
    parts = [
        shapely.make_valid(shape(f["geometry"]))
        for f in features
        if f["properties"]["layer"] == "governorate"
    ]
    return to_metres(shapely.union_all(parts))


def feature(identifier: str, geometry: Any, **properties: Any) -> dict[str, Any]:
    """Make a feature of a layer."""
    return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": properties}


def areas() -> list[dict[str, Any]]:
    """Return the strip and the corridor."""
    before, after = version("2018-09-17"), version("2020-03-06")
    # The outer edge only: the strip ran along the fronts, not around the enclave of Fua.
    edge = shapely.union_all([part.exterior for part in shapely.get_parts(before)])
    contact = shapely.difference(edge, land().boundary.buffer(BORDER_M))
    contact = shapely.difference(contact, to_metres(NORTH))
    ghab = to_metres(GHAB)
    strip = shapely.union(
        shapely.difference(contact, ghab).buffer(STRIP_M),
        shapely.intersection(contact, ghab).buffer(STRIP_GHAB_M),
    )
    corridor = to_metres(shapely.LineString(M4)).buffer(CORRIDOR_M)
    drawn = [shapely.intersection(strip, before), shapely.intersection(corridor, after)]
    made = [json.loads(shapely.to_geojson(to_degrees(part.buffer(0)))) for part in drawn]
    return [
        feature(
            "sochi-strip", made[0], layer="sochi-strip", zone="idlib",
            name_en="Demilitarised strip of Sochi", name_ar="الشريط منزوع السلاح (سوتشي)",
            valid_from="2018-09-17", valid_to="2020-03-06", precision="approximate",
            method="15 km inside the reconstructed line of contact, 20 km in the Ghab; the text "
            "says 15 to 20 km and gives no map.",
            sources=[SOCHI],
        ),
        feature(
            "m4-corridor", made[1], layer="m4-corridor", zone="idlib",
            name_en="M4 security corridor", name_ar="الممر الأمني على الطريق M4",
            valid_from="2020-03-06", valid_to="2024-11-30", precision="approximate",
            method="6 km on either side of the M4, as far as the zone reached; never cleared.",
            sources=[MOSCOW],
        ),
    ]  # fmt: skip


def posts() -> list[dict[str, Any]]:
    """Return the twelve Turkish observation posts of Idlib."""
    with (DATA / "facts" / "observation_posts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        feature(
            f"post-{row['no']}",
            {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]},
            layer="observation-post", zone="idlib",
            name_en=f"Turkish post {row['no']}: {row['place_en']}",
            name_ar=f"النقطة التركية {row['no']}: {row['place_ar']}",
            valid_from=row["from"], valid_to=None, precision=row["precision"],
            method=row["note"],
            sources=[{"title": f"Post at {row['place_en']}", "publisher": row["publisher"],
                      "url": row["url"], "date": row["from"]}],
        )
        for row in rows
    ]  # fmt: skip


def main(out: Path) -> None:
    """Write the layers."""
    features = [*areas(), *posts()]
    lines = ",\n".join(json.dumps(f, ensure_ascii=False) for f in features)
    out.write_text(
        '{"type": "FeatureCollection", "features": [\n' + lines + "\n]}\n", encoding="utf-8"
    )
    print(f"{out.name}: {len(features)} features")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
