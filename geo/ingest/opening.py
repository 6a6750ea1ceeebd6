"""A store opened: made from the shipped data when it is not there, brought up to date."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path

from geo.errors import FourzonesError
from geo.ingest.filling import fill, is_filled
from geo.store import Store, store_url


def open_store(given: str | None = None) -> Store:
    """Open a store, making it from the shipped data when it does not exist yet.

    A store that was filled from other data than the shipped, or linked by other rules, is brought
    up to date: zones, places, events and the catalogue are replaced, what the user brought stays.
    One that cannot be written is opened as it is.

    Raises
    ------
    FourzonesError
        If the store cannot be made, opened or written.
    """
    store = Store(store_url(given))
    if not store.exists:
        _create(store)
    store.check()
    if not store.read_only and not is_filled(store):
        fill(store)
    return store


_shared: dict[str, Store] = {}
_sharing = threading.Lock()


def shared_store() -> Store:
    """Return the store of this process: dashboard and API keep its columns in memory but once."""
    url = store_url()
    with _sharing:
        if url not in _shared:
            _shared[url] = open_store(url)
        return _shared[url]


def _create(store: Store) -> None:
    if store.path is None:
        store.create()  # empty, in one transaction; it is filled at its first opening
        return
    # Made beside its place and moved there whole: nobody ever opens half a store.
    folder = store.path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".fourzones-", suffix=".gpkg", dir=folder)
    except OSError as error:
        raise FourzonesError(
            "cannot create the store",
            where=str(store.path),
            expected="a folder that can be written",
            got=error.strerror or str(error),
        ) from error
    os.close(handle)
    new = Path(name)
    new.unlink()
    half = Store(f"sqlite:///{new}")
    try:
        half.create()
        fill(half)
        half.close()
        new.replace(store.path)
    finally:
        half.close()
        for left in folder.glob(f"{new.name}*"):
            left.unlink()
