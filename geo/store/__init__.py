"""Where articles and their mentions are kept, and asked for by `Selection`."""

from geo.store.store import Added, Answered, Store, store_url

__all__ = ["Added", "Answered", "Store", "store_url"]
