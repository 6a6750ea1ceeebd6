"""Whether the links of a store are those that today's names, rules and places would make."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from geo.paths import DATA, ROOT
from geo.store import Store

OUTDATED = "some links were made by earlier names, rules or places"


def digest(paths: Iterable[Path]) -> str:
    """Return the sha256 of text files, one after the other, however their lines end."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()


@cache
def _rules() -> str:
    return digest(
        [
            DATA / "zones.geojson",
            DATA / "places.geojson",
            *sorted((DATA / "linking").glob("*.json")),
            *(ROOT / "geo" / name for name in ("arabic.py", "gazetteer.py")),
            *sorted((ROOT / "geo/indexing").glob("*.py")),
            *sorted((ROOT / "geo/linking").glob("*.py")),
        ]
    )


def linker_version(store: Store) -> str:
    """Return the sha256 of all that decides what the articles of a store are linked to."""
    own = store.fact("own places sha256") or ""
    return hashlib.sha256(f"{_rules()} {own}".encode()).hexdigest()


def is_current(store: Store) -> bool:
    """Say whether all articles of a store were linked by today's names, rules and places."""
    return store.linked_by() == linker_version(store)
