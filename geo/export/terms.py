"""What every export says of itself: whose it is, under what licence, of which data, made when."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import os
from typing import Any

from geo.errors import FourzonesError
from geo.ingest import data_hash
from geo.store import Store

ATTRIBUTION = (
    "Fourzones, CC BY-SA 4.0. Zones are reconstructions, not official borders; see each "
    "feature's accuracy_km, basis and sources. Articles belong to their publishers."
)
LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
LICENCE_NAME = "CC BY-SA 4.0"


def made() -> str:
    """Return the time in UTC (ISO 8601), or that of ``SOURCE_DATE_EPOCH`` when it is set.

    Raises
    ------
    FourzonesError
        If ``SOURCE_DATE_EPOCH`` is no number of seconds.

    Examples
    --------
    >>> os.environ["SOURCE_DATE_EPOCH"] = "1493856000"
    >>> made()
    '2017-05-04T00:00:00Z'
    >>> del os.environ["SOURCE_DATE_EPOCH"]
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = dt.datetime.fromtimestamp(int(given), dt.UTC) if given else dt.datetime.now(dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise FourzonesError(
            "bad time", where="SOURCE_DATE_EPOCH", expected="seconds since 1970", got=given or ""
        ) from None
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def program() -> str:
    """Return the name and version of this program."""
    try:
        return f"fourzones {importlib.metadata.version('fourzones')}"
    except importlib.metadata.PackageNotFoundError:
        return "fourzones"


def terms(store: Store) -> dict[str, Any]:
    """Return whose the data is, its licence, and the sha256 of the shipped data as its version.

    A store with zones or places of the user's own has a hash of those too, as `own_data`.
    """
    said = {
        "attribution": ATTRIBUTION,
        "licence": LICENCE,
        "program": program(),
        "data_version": data_hash(),
    }
    own = [store.fact(f"own {key}") or "" for key in ("zones", "places")]
    if any(own):
        said["own_data"] = hashlib.sha256("\n".join(own).encode()).hexdigest()
    return said
