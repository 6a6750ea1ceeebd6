"""Zip files: every member is read as a file of its own; nothing is ever written to disk."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from geo.errors import FourzonesError
from geo.readers.source import Source

MOST_MEMBERS = 100_000
MOST_TIMES = 200
"""How many times its packed size a member may have: more is a bomb."""

SMALL = 1_000_000


def members(source: Source) -> Iterator[Source | FourzonesError]:
    """Yield the members of a zip file, hidden ones left out, or why one is refused.

    Raises
    ------
    FourzonesError
        If it is no zip file, or has too many members.
    """
    with source.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except zipfile.BadZipFile as error:
            raise FourzonesError(
                "cannot read", where=source.name, expected="a zip file", got=str(error)
            ) from error
        infos = archive.infolist()
        if len(infos) > MOST_MEMBERS:
            raise FourzonesError(
                "too many files", where=source.name, expected=f"at most {MOST_MEMBERS:,}",
                got=f"{len(infos):,}",
            )  # fmt: skip
        for info in sorted(infos, key=lambda info: info.filename):
            if info.is_dir() or info.filename.rsplit("/", 1)[-1].startswith("."):
                continue
            name = f"{source.name}: {info.filename}"
            if info.flag_bits & 1:
                yield FourzonesError("cannot read", where=name, expected="no password")
            elif info.file_size > SMALL and info.file_size > MOST_TIMES * info.compress_size:
                yield FourzonesError(
                    "refused", where=name, expected=f"at most {MOST_TIMES} times its packed size",
                    got=f"{info.file_size:,} bytes from {info.compress_size:,}",
                )  # fmt: skip
            else:
                yield Source(name, partial(_open, archive, info, name))


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> BinaryIO:
    try:
        member = archive.open(info)
        if name.lower().endswith(".gz"):
            return gzip.GzipFile(fileobj=member)  # type: ignore[return-value]
        return member  # type: ignore[return-value]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise FourzonesError(
            "cannot read", where=name, expected="a whole member", got=str(error)
        ) from error
