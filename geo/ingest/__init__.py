"""From files to the store: read, link, keep. Also fills a new store from the shipped data."""

from geo.ingest.bringing import bring, forget
from geo.ingest.current import OUTDATED, is_current, linker_version
from geo.ingest.filling import data_hash
from geo.ingest.keeping import BATCH, BATCH_LETTERS, MOST_TOLD, Report, files_in, ingest
from geo.ingest.opening import open_store, shared_store
from geo.ingest.own import reader_of
from geo.ingest.relinking import Relinked, relink
from geo.ingest.removing import put_back, removable, remove

__all__ = [
    "BATCH", "BATCH_LETTERS", "MOST_TOLD", "OUTDATED", "Relinked", "Report", "bring", "data_hash",
    "files_in", "forget", "ingest", "is_current", "linker_version", "open_store", "put_back",
    "reader_of", "relink", "removable", "remove", "shared_store",
]  # fmt: skip
