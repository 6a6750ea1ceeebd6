"""Whether the links of a store are those that today's names, rules and places would make."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from geo.paths import DATA, ROOT
from geo.store import Store

_LINKED = "linked"


def digest(paths: Iterable[Path]) -> str:
    """Return the sha256 of files, one after the other."""
    told = hashlib.sha256()
    for path in paths:
        told.update(path.read_bytes())
    return told.hexdigest()


@cache
def _rules() -> str:
    return digest(
        [
            DATA / "zones.geojson",
            DATA / "places.geojson",
            *sorted((DATA / "linking").glob("*.json")),
            ROOT / "geo/arabic.py",
            *sorted((ROOT / "geo/linking").glob("*.py")),
        ]
    )


def linker_version(store: Store) -> str:
    """Return the sha256 of all that decides what the articles of a store are linked to."""
    own = store.fact("own places") or ""
    return hashlib.sha256(f"{_rules()} {own}".encode()).hexdigest()


def is_current(store: Store) -> bool:
    """Say whether all articles of a store were linked by today's names, rules and places."""
    return store.fact(_LINKED) == linker_version(store)


def mark_current(store: Store, version: str) -> None:
    """Remember by which version all articles of a store are linked."""
    store.remember(_LINKED, version)
