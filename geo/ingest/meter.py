"""How far the files of an ingest were read."""

from __future__ import annotations

import os
from typing import BinaryIO


class Meter:
    """Says how many bytes of all files were read, by asking the one that is being read."""

    def __init__(self) -> None:
        self._done = 0
        self._file: BinaryIO | None = None
        self._size = 0

    def watch(self, file: BinaryIO) -> None:
        """Look at this file from now on."""
        self._file, self._size = file, os.fstat(file.fileno()).st_size

    def bytes(self) -> int:
        """Return the bytes that were read until now."""
        try:
            return self._done + (self._file.tell() if self._file else 0)
        except ValueError:  # it was closed
            return self._done + self._size

    def close(self) -> int:
        """Count the file as read."""
        self._done += self._size
        self._file, self._size = None, 0
        return self._done
