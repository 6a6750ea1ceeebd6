"""Draw every zone version as a small map: ``docs/img/versions-ZONE.svg``.

python data/build/draw_version_maps.py
"""

from __future__ import annotations

import json
import sys
from html import escape
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from data.build.draw_zones import DATA, to_metres

OUT = DATA.parent / "docs" / "img"
COLOURS = {
    "idlib": "#0072b2",
    "northern-homs": "#d55e00",
    "eastern-ghouta": "#009e73",
    "south": "#cc79a7",
}
TILE, CAPTION, COLUMNS, MARGIN = 170, 34, 6, 8


def path(geometry: BaseGeometry, low: tuple[float, float], scale: float) -> str:
    """Return the SVG path of polygons in metres."""
    parts = []
    for polygon in shapely.get_parts(geometry.simplify(scale * 0.7)):
        for ring in (polygon.exterior, *polygon.interiors):
            points = shapely.get_coordinates(ring)
            x = (points[:, 0] - low[0]) / scale + MARGIN
            y = TILE - MARGIN - (points[:, 1] - low[1]) / scale
            parts.append(
                "M" + "L".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True)) + "Z"
            )
    return "".join(parts)


def sheet(zone: str, features: list[dict[str, Any]]) -> str:
    """Return all versions of a zone on one sheet, each over the agreed extent."""
    drawn = [to_metres(shape(f["geometry"])) if f["geometry"] else None for f in features]
    agreed = next(
        d for f, d in zip(features, drawn, strict=True) if f["properties"]["status"] == "delineated"
    )
    assert agreed is not None
    low_x, low_y, high_x, high_y = shapely.union_all([d for d in drawn if d]).bounds
    scale = max(high_x - low_x, high_y - low_y) / (TILE - 2 * MARGIN)
    ghost = path(agreed, (low_x, low_y), scale)
    tiles = []
    for number, (feature, geometry) in enumerate(zip(features, drawn, strict=True)):
        said = feature["properties"]
        x = number % COLUMNS * (TILE + MARGIN)
        y = number // COLUMNS * (TILE + CAPTION)
        inside = path(geometry, (low_x, low_y), scale) if geometry else ""
        dash = ' stroke-dasharray="4 3"' if said["status"] == "announced" else ""
        tiles.append(
            f'<g transform="translate({x},{y})">'
            f'<path d="{ghost}" fill="none" stroke="#bbb" stroke-width="0.8"/>'
            f'<path d="{inside}" fill="{COLOURS[zone]}" fill-opacity="0.35" fill-rule="evenodd" '
            f'stroke="{COLOURS[zone]}"{dash}/>'
            f'<text x="{MARGIN}" y="{TILE + 10}">{said["valid_from"]} '
            f"{escape(said['status'])}</text>"
            f'<text x="{MARGIN}" y="{TILE + 22}" fill="#666">{said["area_km2"]:,.0f} km², '
            f"±{said['accuracy_km']:g} km</text></g>"
        )
    rows = -(-len(features) // COLUMNS)
    width, height = COLUMNS * (TILE + MARGIN), rows * (TILE + CAPTION)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="10">'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(tiles)}</svg>\n'
    )


def main() -> None:
    """Write the four sheets."""
    features = json.loads((DATA / "zones.geojson").read_text(encoding="utf-8"))["features"]
    for zone in COLOURS:
        own = [f for f in features if f["properties"]["zone"] == zone]
        target = OUT / f"versions-{zone}.svg"
        target.write_text(sheet(zone, own), encoding="utf-8")
        print(f"{target.name}: {len(own)} versions, {target.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
