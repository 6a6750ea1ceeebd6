"""Make ``data/base.geojson``: governorates, neighbours, rivers, cities, the Golan.

The inputs are public files that are not kept here; the source card names them with their hashes.

    python data/build/build_base.py GOVERNORATES NEIGHBOURS_FOLDER RIVERS LAKES
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely.geometry import box, shape

OUT = Path(__file__).resolve().parent.parent / "base.geojson"
FRAME = box(33.4, 31.2, 43.0, 38.4)
TOLERANCE = 0.003  # degrees, about 300 m
DECIMALS = 4

GOVERNORATES = {
    "Lattakia": ("Latakia", "اللاذقية"),
    "Tartus": ("Tartus", "طرطوس"),
    "Ar Raqqah": ("Raqqa", "الرقة"),
    "Aleppo": ("Aleppo", "حلب"),
    "Hamah": ("Hama", "حماة"),
    "Homs (Hims)": ("Homs", "حمص"),
    "Idlib": ("Idlib", "إدلب"),
    "Hasaka (Al Haksa)": ("Hasakah", "الحسكة"),
    "Dayr Az Zawr": ("Deir ez-Zor", "دير الزور"),
    "As Suwayda'": ("As-Suwayda", "السويداء"),
    "Rif Dimashq": ("Rif Dimashq", "ريف دمشق"),
    "Quneitra": ("Quneitra", "القنيطرة"),
    "Dar`a": ("Daraa", "درعا"),
    "Damascus": ("Damascus", "دمشق"),
}
COUNTRIES = {
    "tur": ("Turkey", "تركيا"),
    "irq": ("Iraq", "العراق"),
    "jor": ("Jordan", "الأردن"),
    "lbn": ("Lebanon", "لبنان"),
    "isr": ("Israel", "إسرائيل"),
    "psx": ("Palestine", "فلسطين"),
    "sau": ("Saudi Arabia", "السعودية"),
    "cyp": ("Cyprus", "قبرص"),
    "egy": ("Egypt", "مصر"),
}
FILES = {"cyp": ("cyp", "cyn")}  # Natural Earth has the north of Cyprus by itself
CITIES = {
    "Damascus": ("دمشق", 36.292, 33.513),
    "Aleppo": ("حلب", 37.158, 36.202),
    "Homs": ("حمص", 36.717, 34.733),
    "Hama": ("حماة", 36.750, 35.132),
    "Latakia": ("اللاذقية", 35.783, 35.517),
    "Tartus": ("طرطوس", 35.887, 34.889),
    "Raqqa": ("الرقة", 39.017, 35.950),
    "Deir ez-Zor": ("دير الزور", 40.142, 35.336),
    "Hasakah": ("الحسكة", 40.748, 36.502),
    "As-Suwayda": ("السويداء", 36.569, 32.709),
    "Palmyra": ("تدمر", 38.284, 34.561),
    "Beirut": ("بيروت", 35.502, 33.894),
    "Amman": ("عمّان", 35.923, 31.951),
    "Gaziantep": ("غازي عنتاب", 37.383, 37.066),
}
LAKES = {
    "Lake Tiberias": ("بحيرة طبريا", 35.59, 32.82),
    "Lake Qattinah": ("بحيرة قطينة", 36.57, 34.64),
    "Sabkhat al-Jabbul": ("سبخة الجبول", 37.50, 36.06),
}
ASSAD = [
    (38.555, 35.86), (38.50, 35.93), (38.42, 35.97), (38.36, 36.05), (38.30, 36.10),
    (38.22, 36.17), (38.12, 36.23), (38.05, 36.33), (38.03, 36.30), (38.07, 36.20),
    (38.02, 36.14), (38.08, 36.06), (38.17, 36.05), (38.24, 35.98), (38.30, 35.92),
    (38.42, 35.86), (38.50, 35.83),
]  # fmt: skip
EAST_OF_ZONES = {"Aleppo", "As-Suwayda", "Raqqa", "Palmyra", "Deir ez-Zor", "Hasakah", "Gaziantep"}
# West of this line lies what was Israel before 1967; the line follows the Jordan and the eastern
# shore of Lake Tiberias and is approximate (about 1 km).
GOLAN_WEST = [
    (35.66, 33.27), (35.635, 33.20), (35.625, 33.10), (35.63, 33.00), (35.625, 32.90),
    (35.65, 32.85), (35.65, 32.75), (35.655, 32.70), (35.67, 32.66), (36.2, 32.6), (36.2, 33.5),
]  # fmt: skip


def feature(layer: str, name: str, name_ar: str, geometry: Any, **more: str) -> dict[str, Any]:
    """Make a feature with rounded coordinates."""
    drawn = shapely.set_precision(geometry, 10**-DECIMALS)
    if drawn.geom_type in ("Polygon", "MultiPolygon"):
        drawn = shapely.orient_polygons(drawn)
    return {
        "type": "Feature",
        "properties": {"layer": layer, "name_en": name, "name_ar": name_ar, **more},
        "geometry": json.loads(shapely.to_geojson(drawn)),
    }


def shapes(path: Path) -> list[tuple[str, Any]]:
    """Read (name, geometry) of a GeoJSON file."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [
        (f["properties"].get("name") or "", shapely.make_valid(shape(f["geometry"])))
        for f in features
        if f["geometry"]
    ]


def main(governorates: Path, neighbours: Path, rivers: Path, lakes: Path) -> None:
    """Write the base layer."""
    named = dict(shapes(governorates))
    undof = named.pop("UNDOF")
    syria = shapely.union_all([*named.values(), undof])
    countries = {}
    for code in COUNTRIES:
        files = [neighbours / f"{name}.json" for name in FILES.get(code, (code,))]
        whole = shapely.union_all([g for file in files for _, g in shapes(file)])
        countries[code] = shapely.intersection(whole, FRAME)
    golan = shapely.intersection(countries["isr"], shapely.Polygon(GOLAN_WEST))
    countries["isr"] = shapely.difference(countries["isr"], golan)

    parts = [*named.values(), undof, golan, *countries.values()]
    simple = geopandas.GeoSeries(shapely.coverage_simplify(parts, TOLERANCE))
    keys = [*named, "UNDOF", "Golan", *countries]
    by_key = dict(zip(keys, simple, strict=True))
    features = [feature("country", *COUNTRIES[code], by_key[code]) for code in COUNTRIES]
    features += [feature("governorate", *GOVERNORATES[key], by_key[key]) for key in sorted(named)]
    features += [
        feature("governorate", "UNDOF area of separation", "منطقة الفصل (أندوف)", by_key["UNDOF"],
                note="Syrian territory under the disengagement agreement of 1974."),
        feature("disputed", "Golan (occupied since 1967)", "الجولان (محتل منذ 1967)",
                by_key["Golan"],
                note="Syrian territory occupied by Israel since 1967; its annexation is not "
                "recognised by the United Nations. The western line is approximate."),
        feature("border", "Syria", "سوريا",
                shapely.union_all([*(by_key[k] for k in named), by_key["UNDOF"],
                                   by_key["Golan"]]).buffer(0).boundary),
    ]  # fmt: skip
    near = shapely.buffer(syria, 0.3)
    lines = [g for _, g in shapes(rivers) if g.length > 0.15 and g.intersects(near)]
    for line in lines:
        cut = shapely.simplify(shapely.intersection(line, near), TOLERANCE)
        if not cut.is_empty and cut.length > 0.12:
            features.append(feature("river", "", "", cut))
    for _, lake in shapes(lakes):
        for name, (arabic, lon, lat) in LAKES.items():
            if lake.contains(shapely.Point(lon, lat)):
                features.append(feature("lake", name, arabic, shapely.simplify(lake, TOLERANCE)))
    features.append(
        feature("lake", "Lake Assad", "بحيرة الأسد", shapely.Polygon(ASSAD),
                note="Drawn by hand, to about 2 km: the source is older than the lake.")
    )  # fmt: skip
    features += [
        # Labels stand on the side away from the zones, where the zones' own names are.
        feature(
            "city",
            name,
            arabic,
            shapely.Point(lon, lat),
            side="right" if name in EAST_OF_ZONES else "left",
        )
        for name, (arabic, lon, lat) in CITIES.items()
    ]
    collection = {"type": "FeatureCollection", "features": features}
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    OUT.write_text(
        text.replace('{"type":"Feature"', '\n{"type":"Feature"') + "\n", encoding="utf-8"
    )
    print(f"{OUT.name}: {len(features)} features, {OUT.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
