"""Readers: from a path or stream to `Article`s, one at a time. One file a format."""

from geo.readers.catalogue import read_catalogue
from geo.readers.text import read_text

__all__ = ["read_catalogue", "read_text"]
