"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import FourzonesError


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """Give an empty place beside `path` to write to; what is there moves to `path` at the end.

    The place ends as `path` does, since GDAL goes by a file's extension.

    Raises
    ------
    FourzonesError
        If the file cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}", dir=path.parent) as folder:
            place = Path(folder) / path.name
            yield place
            umask = os.umask(0)
            os.umask(umask)
            place.chmod(0o666 & ~umask)
            place.replace(path)
    except OSError as error:
        raise FourzonesError(
            "cannot write",
            where=str(path),
            expected="a file in a folder that can be written",
            got=error.strerror or str(error),
        ) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, or leave what was there.

    Raises
    ------
    FourzonesError
        If the file cannot be written.
    """
    with staged(path) as place:
        place.write_bytes(content)
