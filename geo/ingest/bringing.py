"""Zones and places of the user's own, taken into a store or out of it again."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from geo import bring as bring_own
from geo.bring import Brought
from geo.errors import FourzonesError
from geo.ingest.filling import fill
from geo.ingest.own import features_of, versions_of
from geo.store import Store


def bring(
    store: Store, zones_file: Path | None, places_file: Path | None, *, extend: bool
) -> Brought:
    """Take zones or places of the user's own into a store, in place of the shipped or beside them.

    Everything is read and checked first: with a fault the store stays as it was.

    Parameters
    ----------
    extend : bool
        Keep the shipped zones that the file does not have, and the shipped places.

    Raises
    ------
    FourzonesError
        If the store is read-only, or a file cannot be read at all.
    """
    store.must_take()
    told = Brought()
    own: dict[str, str] = {}
    mode = "extend" if extend else "replace"
    versions = versions_of(store)
    if zones_file:
        read = bring_own.read_zones(zones_file)
        told.repairs += read.repairs
        told.faults += read.faults
        if read.versions is not None and not read.faults:
            versions = read.versions
            own["zones"] = json.dumps({"mode": mode, "features": features_of(versions)})
    if places_file:
        read = bring_own.read_places(places_file, versions)
        told.repairs += read.repairs
        told.faults += read.faults
        features = [bring_own.place_feature(place) for place in read.places]
        own["places"] = json.dumps({"mode": mode, "features": features}, ensure_ascii=False)
    if not told.faults:
        _use(store, own)
    return told


def forget(store: Store) -> None:
    """Go back to the shipped zones and places."""
    _use(store, {"zones": "", "places": ""})


def _use(store: Store, own: dict[str, str]) -> None:
    """Take what was brought into use, or leave everything as it was."""
    before = {key: store.fact(f"own {key}") or "" for key in own}
    # First: should this be cut short, the store is filled again at its next opening.
    store.remember("data", "")
    try:
        _remember(store, own)
        fill(store)
    except FourzonesError:
        _remember(store, before)
        fill(store)
        raise


def _remember(store: Store, own: dict[str, str]) -> None:
    for key, value in own.items():
        store.remember(f"own {key}", value)
    if (places := own.get("places")) is not None:
        # What the links are made by is asked often, and the places themselves may be many.
        digest = sha256(places.encode()).hexdigest() if places else ""
        store.remember("own places sha256", digest)
