"""Build ``data/places.geojson`` from ``data/facts/places.csv`` and ``data/zones.geojson``.

Deterministic: the same inputs give the same bytes. Run from anywhere::

    python data/build/build_places.py

The zones that a place counts for follow the rules by which texts are labelled: a rule named in
the facts first (`zone_rule`, with ``-`` for a place that counts for none), then the three
governorates that count whole, then the polygons of every dated zone version but the announced
outline.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent
FACTS = DATA / "facts" / "places.csv"
ZONES = DATA / "zones.geojson"
OUT = DATA / "places.geojson"

ORDER = ("idlib", "northern-homs", "eastern-ghouta", "south")
WHOLE = {"Idlib": "idlib", "Daraa": "south", "Quneitra": "south"}
HELD = {
    "Hama": "idlib", "Aleppo": "idlib", "Latakia": "idlib", "Homs": "northern-homs",
    "Rif Dimashq": "eastern-ghouta", "Damascus": "eastern-ghouta", "As-Suwayda": "south",
}  # fmt: skip
# A settlement is wider than its point, and so is the error of the polygon's edge.
BUFFER_KM = {"exact": 0.3, "settlement-centre": 0.5, "approximate": 0.0}


def slug(text: str) -> str:
    """Return lower-case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").lower()).strip("-")


def listed(cell: str) -> list[str]:
    """Split a cell at its semicolons."""
    return list(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def ids(rows: list[dict[str, str]]) -> list[str]:
    """Give each row a unique id: its name, then its governorate, then a number."""
    bare = [slug(row["name_en"]) for row in rows]
    count = Counter(bare)
    named = [
        one if count[one] == 1 else f"{one}-{slug(row['governorate'])}"
        for one, row in zip(bare, rows, strict=True)
    ]
    seen: Counter[str] = Counter()
    out = []
    for one in named:
        seen[one] += 1
        out.append(one if seen[one] == 1 else f"{one}-{seen[one]}")
    return out


def versions() -> list[tuple[str, str, str | None, Any]]:
    """Return (zone, from, to, geometry) of the dated versions, the announced ones left out."""
    if not ZONES.exists():
        return []
    from shapely.geometry import shape

    found = []
    for feature in json.loads(ZONES.read_text(encoding="utf-8"))["features"]:
        given = feature["properties"]
        if given["status"] != "announced" and feature["geometry"]:
            geometry = shape(feature["geometry"])
            found.append((given["zone"], given["valid_from"], given["valid_to"], geometry))
    return sorted(found, key=lambda one: (ORDER.index(one[0]), one[1]))


def inside(lon: float, lat: float, dated: list[Any]) -> list[dict[str, str | None]]:
    """Return when the point lay inside which zone; touching intervals are joined."""
    from shapely.geometry import Point

    point = Point(lon, lat)
    spans: list[dict[str, str | None]] = []
    for zone, start, end, geometry in dated:
        if not geometry.covers(point):
            continue
        if spans and spans[-1]["zone"] == zone and spans[-1]["to"] == start:
            spans[-1]["to"] = end
        else:
            spans.append({"zone": zone, "from": start, "to": end})
    return spans


def zones_of(row: dict[str, str], spans: list[Any], dated: list[Any]) -> tuple[list[str], str]:
    """Return the zones that a place counts for, and on what that rests."""
    if row["zone_rule"] == "-":
        return [], "rule"
    if row["zone_rule"]:
        return listed(row["zone_rule"]), "rule"
    if row["governorate"] in WHOLE:
        return [WHOLE[row["governorate"]]], "governorate"
    if spans:
        return [z for z in ORDER if any(s["zone"] == z for s in spans)], "polygon"
    if not dated:
        if row["held_mid2017"] in ("opposition", "HTS", "opposition+HTS"):
            return [HELD[row["governorate"]]], "polygon"
        return [], "none"
    reach = BUFFER_KM[row["precision"]]
    if reach:
        from shapely.geometry import Point

        point = Point(float(row["lon"]), float(row["lat"]))
        near = [z for z, _, _, g in dated if g.distance(point) * 100 < reach]
        if near and row["held_mid2017"] not in ("government", "SDF", "ISIL"):
            return [near[0]], "polygon"
    return [], "none"


def name_rules(cell: str) -> dict[str, dict[str, Any]]:
    """Read ``name=needs:word|word; name=needs`` as rules for single names."""
    rules = {}
    for part in listed(cell):
        name, _, rule = part.partition("=")
        needs, _, words = rule.partition(":")
        forbids = [word.strip() for word in words.split("|") if word.strip()]
        rules[name.strip()] = {"needs": needs.strip(), "forbids": forbids}
    return rules


def folded(name: str) -> str:
    """Fold a name roughly, to find names that several places share."""
    name = unicodedata.normalize("NFKD", name).lower()
    name = "".join(c for c in name if not unicodedata.combining(c))
    name = name.translate(str.maketrans("أإآىة", "اااي" + "ه"))
    return re.sub(r"[\s'`‘’ʼ-]+", "", re.sub(r"^(al|ال)[\s-]?", "", name))


def build() -> dict[str, Any]:
    """Return the feature collection."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows.sort(key=lambda r: (slug(r["name_en"]), r["governorate"], r["lat"], r["lon"]))
    dated = versions()
    features = []
    owners: dict[str, set[str]] = defaultdict(set)
    for key, row in zip(ids(rows), rows, strict=True):
        lon, lat = round(float(row["lon"]), 5), round(float(row["lat"]), 5)
        spans = inside(lon, lat, dated)
        zones, basis = zones_of(row, spans, dated)
        props: dict[str, Any] = {
            "name_en": row["name_en"],
            "name_ar": row["name_ar"],
            "variants_en": listed(row["variants_en"]),
            "variants_ar": listed(row["variants_ar"]),
            "names_other": {
                code: listed(row[f"names_{code}"])
                for code in ("ru", "tr", "fr")
                if row[f"names_{code}"]
            },
            "kind": row["kind"],
            "governorate": row["governorate"],
            "admin1_pcode": row.get("admin1_pcode") or None,
            "admin2_pcode": row.get("admin2_pcode") or None,
            "admin3_pcode": row.get("admin3_pcode") or None,
            "pcode_basis": row.get("pcode_basis") or "none",
            "precision": row["precision"],
            "source": row["source"],
            "sure": row["sure"],
            "zones": zones,
            "zone_basis": basis,
            "inside": spans,
            "ambiguous": row["ambiguous"] == "1",
            "note_en": row["note_en"],
            "needs": row["needs"],
            "forbids": listed(row["forbids"]),
            "name_rules": name_rules(row["name_rules"]),
            "alone_ar": row["alone_ar"],
            "alone_other": row["alone_other"],
            "is_area_name": row["area_name"] == "1",
            "shared_with": [],
        }
        names = [props["name_en"], props["name_ar"], *props["variants_en"], *props["variants_ar"]]
        for name in names:
            owners[folded(name)].add(key)
        features.append(
            {
                "type": "Feature",
                "id": key,
                "geometry": {"type": "Point", "coordinates": [lon, lat]},
                "properties": props,
            }
        )
    for feature in features:
        props = feature["properties"]
        names = [props["name_en"], props["name_ar"], *props["variants_en"], *props["variants_ar"]]
        others = set().union(*(owners[folded(name)] for name in names)) - {feature["id"]}
        props["shared_with"] = sorted(others)
    features.sort(key=lambda feature: feature["id"])
    return {"type": "FeatureCollection", "features": features}


def write(collection: dict[str, Any]) -> None:
    """Write one feature a line, so that a change shows as the places it touches."""
    lines = ",\n".join(
        json.dumps(f, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        for f in collection["features"]
    )
    OUT.write_text(
        '{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8"
    )


if __name__ == "__main__":
    made = build()
    write(made)
    print(f"{len(made['features'])} places", file=sys.stderr)
