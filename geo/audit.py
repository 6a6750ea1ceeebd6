"""Everything in ``data/``, validated: what ``fourzones check`` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator

from geo import events, gazetteer, zones
from geo.paths import DATA
from geo.readers import catalogue

CARD_FIELDS = ("dataset", "source", "licence", "accessed", "method", "caveats")


def faults() -> Iterator[str]:
    """Yield one line per fault: file, row or feature, field, expected, got."""
    yield from zones.faults(DATA / "zones.geojson")
    yield from gazetteer.faults(DATA / "places.geojson")
    yield from events.faults(DATA / "events.csv")
    yield from catalogue.faults()
    yield from _cards()


def _cards() -> Iterator[str]:
    for name in ("zones", "places", "events", "articles", "base"):
        path = DATA / f"{name}.source.json"
        try:
            card = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            yield f"{path.name}: expected a source card, got {error}"
            continue
        for field in CARD_FIELDS:
            if not card.get(field):
                yield f"{path.name}: {field}: expected a value, got none"
