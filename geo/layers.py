"""What lay about the zones beside their borders: posts, the strip of Sochi, the corridor."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from typing import Any

from geo.paths import DATA


def held(date: dt.date) -> list[dict[str, Any]]:
    """Return the strip, the corridor and the observation posts that held on a day, as features.

    Examples
    --------
    >>> names = [feature["properties"]["name_en"] for feature in held(dt.date(2018, 3, 1))]
    >>> len(names), names[0]
    (6, 'Turkish post 1: Salwa')
    """
    day = date.isoformat()
    return [
        feature
        for feature in _every()
        if feature["properties"]["valid_from"] <= day
        and not (feature["properties"]["valid_to"] or "9999") <= day
    ]


@cache
def _every() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads((DATA / "layers.geojson").read_text(encoding="utf-8"))["features"])
