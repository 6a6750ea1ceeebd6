"""What is ready, kept in step with the store."""

from __future__ import annotations

import threading
import time

from geo.api.shelf import Shelf, fill, state_of
from geo.ingest import shared_store
from geo.store import Store

FRESH = 0.5
"""Seconds after which the store is asked again whether anything was written."""


class Keeper:
    """Keeps the shelf of a store in step with it."""

    def __init__(self) -> None:
        self._store: Store | None = None
        self._shelf: Shelf | None = None
        self._asked = 0.0
        self._lock = threading.Lock()

    def fresh(self) -> Shelf | None:
        """Return the shelf when it need not be checked; asks nothing."""
        return self._shelf if time.monotonic() - self._asked < FRESH else None

    def shelf(self) -> Shelf:
        """Return the shelf of the state in which the store is."""
        if found := self.fresh():
            return found
        with self._lock:
            if found := self.fresh():
                return found
            store = self._store = self._store or shared_store()
            asked = time.monotonic()
            columns = store.columns()
            if self._shelf is None or self._shelf.state != state_of(columns):
                self._shelf = fill(store)
            self._asked = asked
            return self._shelf
