"""Where articles and their mentions are kept, and asked for by `Selection`."""

from geo.store.answer import Added, Answered, Page
from geo.store.rows import storable
from geo.store.store import DEFAULT_STORE, Store, store_url

__all__ = ["DEFAULT_STORE", "Added", "Answered", "Page", "Store", "storable", "store_url"]
