"""Zip files: every member is read as a file of its own; nothing is ever written to disk."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
from collections.abc import Container, Iterator
from functools import partial
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import BinaryIO

from geo.errors import FourzonesError
from geo.readers.source import Source

MOST_MEMBERS = 100_000
MOST_TIMES = 200
"""How many times its packed size a member may have: more is a bomb."""

SMALL = 1_000_000
_LISTED = 200
"""Bytes that a zip file lists of each member, mostly less."""


def members(source: Source) -> Iterator[Source | FourzonesError]:
    """Yield the members of a zip file, hidden ones left out, or why one is refused.

    Raises
    ------
    FourzonesError
        If it is no zip file, or has too many members.
    """
    with source.open() as stream:
        _must_be_small(stream, source.name)
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
        names = {PurePosixPath(info.filename) for info in infos}
        for info in sorted(infos, key=lambda info: info.filename):
            path = PurePosixPath(info.filename)
            name = f"{source.name}: {info.filename}"
            if _leaves(info.filename):
                yield FourzonesError("refused", where=name, expected="a path within the zip file")
            elif info.is_dir() or path.name.startswith(".") or is_furniture(path, names):
                continue
            elif info.flag_bits & 1:
                yield FourzonesError("cannot read", where=name, expected="no password")
            elif stat.S_ISLNK(info.external_attr >> 16):
                yield FourzonesError("refused", where=name, expected="a file", got="a link")
            elif path.suffix.lower() == ".zip":
                yield FourzonesError(
                    "cannot read", where=name, expected="an article", got="a zip file in a zip file"
                )
            elif info.file_size > SMALL and info.file_size > MOST_TIMES * info.compress_size:
                yield FourzonesError(
                    "refused", where=name, expected=f"at most {MOST_TIMES} times its packed size",
                    got=f"{info.file_size:,} bytes from {info.compress_size:,}",
                )  # fmt: skip
            else:
                yield Source(name, partial(_open, archive, info, name))


def _must_be_small(stream: BinaryIO, where: str) -> None:
    """Refuse a zip file with a huge list of members before the list is read into memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - (1 << 16) - 200))
    tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    listed = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if end >= 76 and tail[end - 20 : end - 16] == b"PK\x06\x07":  # a zip file of the large kind
        listed = int.from_bytes(tail[end - 36 : end - 28], "little")
    if listed > MOST_MEMBERS * _LISTED:
        raise FourzonesError(
            "too many files", where=where, expected=f"at most {MOST_MEMBERS:,}",
            got=f"a list of {listed:,} bytes",
        )  # fmt: skip


def _leaves(name: str) -> bool:
    """Say whether the name of a member leads out of the folder that it would be unpacked in.

    Examples
    --------
    >>> [_leaves(name) for name in ("a/b.txt", "a/../../b.txt", "/b.txt", "C:\\\\b.txt")]
    [False, True, True, True]
    """
    path = PureWindowsPath(name)
    return bool(path.anchor) or ".." in path.parts


def is_furniture(path: PurePath, names: Container[PurePath]) -> bool:
    """Say whether a file lies in the folder that a browser saved beside a page.

    Examples
    --------
    >>> page = PurePosixPath("a/news.html")
    >>> is_furniture(PurePosixPath("a/news_files/ad.html"), {page})
    True
    >>> is_furniture(PurePosixPath("a/my_files/page.html"), {page})
    False
    """
    return any(
        folder.with_name(folder.name.removesuffix("_files") + ending) in names
        for folder in path.parents
        if folder.name.endswith("_files") and folder.name != "_files"
        for ending in (".html", ".htm")
    )


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
