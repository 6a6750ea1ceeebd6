"""Where articles and their mentions are kept, and asked for by `Selection`."""

from geo.store.address import DEFAULT_STORE, store_url
from geo.store.answer import Added, Answered, Page
from geo.store.store import Store

__all__ = ["DEFAULT_STORE", "Added", "Answered", "Page", "Store", "store_url"]
