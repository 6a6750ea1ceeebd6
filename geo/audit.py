"""Everything in ``data/``, validated: what ``fourzones check`` prints."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import shapely
from shapely.geometry import shape

from geo import bring, events, gazetteer, zones
from geo.check import schema_faults
from geo.paths import DATA
from geo.readers import catalogue

CARDS = ("zones", "places", "events", "articles", "base", "layers", "linking", "facts")
CARD_FIELDS = ("dataset", "source", "licence", "accessed", "method", "caveats")
CARD_SAID = ("title", "source", "method", "caveats")
"""What a card says in Arabic too."""


def faults() -> Iterator[str]:
    """Yield one line per fault: file, row or feature, field, expected, got."""
    yield from zones.faults(DATA / "zones.geojson")
    yield from gazetteer.faults(DATA / "places.geojson")
    yield from events.faults(DATA / "events.csv")
    yield from catalogue.faults()
    yield from _features("base")
    yield from _features("layers")
    yield from _facts()
    for path in sorted((DATA / "linking").glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        yield from schema_faults([content], DATA / "linking.schema.json", path.name, first=1)
    yield from _cards()


def _facts() -> Iterator[str]:
    for name in ("control_points", "control_changes", "observation_posts"):
        path = DATA / "facts" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            yield from schema_faults(rows, path.with_suffix(".schema.json"), path.name)


def own_faults(zones_file: Path | None, places_file: Path | None) -> Iterator[str]:
    """Yield one line per fault and per repair of zones and places of the user's own."""
    versions = zones.load_versions()
    if zones_file:
        read = bring.read_zones(zones_file)
        yield from read.faults
        yield from (f"to be repaired: {line}" for line in read.repairs)
        if read.versions is not None and not read.faults:
            versions = read.versions
    if places_file:
        read = bring.read_places(places_file, versions)
        yield from read.faults
        yield from (f"to be repaired: {line}" for line in read.repairs)


def _features(name: str) -> Iterator[str]:
    path = DATA / f"{name}.geojson"
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError) as error:
        yield f"{path.name}: expected a FeatureCollection, got {error}"
        return
    yield from schema_faults(features, DATA / f"{name}.schema.json", path.name, first=1)
    for number, feature in enumerate(features, start=1):
        drawn = shape(feature["geometry"])
        if not drawn.is_valid:
            reason = shapely.is_valid_reason(drawn)
            yield f"{path.name}: feature {number}: geometry: expected a valid one, got {reason}"


def _cards() -> Iterator[str]:
    for name in CARDS:
        path = DATA / f"{name}.source.json"
        try:
            card = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            yield f"{path.name}: expected a source card, got {error}"
            continue
        for field in CARD_FIELDS:
            if not card.get(field):
                yield f"{path.name}: {field}: expected a value, got none"
        arabic = card.get("ar", {})
        for field in CARD_SAID:
            if not arabic.get(field):
                yield f"{path.name}: ar: {field}: expected a value, got none"
        told = len(card.get("caveats", [])), len(arabic.get("caveats", []))
        if told[0] != told[1]:
            yield f"{path.name}: ar: expected {told[0]} caveats, got {told[1]}"
