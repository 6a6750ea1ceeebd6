"""Articles made ready for a store: linked, and their words read. Knows no store; few imports."""

from geo.indexing.beside import Indexing
from geo.indexing.indexed import Indexed
from geo.indexing.reader import Reader
from geo.indexing.storable import UNSTORABLE, storable

__all__ = ["UNSTORABLE", "Indexed", "Indexing", "Reader", "storable"]
