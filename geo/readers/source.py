"""Where bytes come from: a file, or a member of a zip file, opened as late as possible."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, AnyStr, BinaryIO

from geo.errors import FourzonesError

MAX_BYTES = 20_000_000
"""The most that one article may have, with its page around it."""

_ARABIC = re.compile("[\u0621-\u064a]")
_COMMON = re.compile(r"(?<!\w)(?:في|من|على|إلى|عن|التي|الذي|أن|إن|هذا|مع|كان|وقد|بعد)(?!\w)")
_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]+)""")
_ESCAPED = re.compile("[\udc80-\udcff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")
)  # fmt: skip
_WRITTEN = re.compile(
    r"ascii|utf-(8|16).*|cp(125\d|874|866|720|864)|(iso|koi8|mac|gb|big5|euc|shift_jis|tis).*"
)
"""Encodings in which texts are written; Python knows others, and some take an age to read."""


Watch = Callable[[BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with a name to tell them by.

    Attributes
    ----------
    name : str
        As a user would say it: a path, or ``archive.zip: member``.
    opened : callable
        Opens the bytes for reading, from their beginning each time.
    """

    name: str
    opened: Callable[[], BinaryIO]

    @classmethod
    def of(cls, path: Path, watch: Watch | None = None) -> Source:
        """Return the source that a file is; ``.gz`` is seen through.

        Parameters
        ----------
        watch : callable, optional
            Is given the file when it is opened, to ask it how far it has been read.
        """

        def opened() -> BinaryIO:
            file = path.open("rb")
            if watch:
                watch(file)
            if path.suffix.lower() == ".gz":
                return gzip.GzipFile(fileobj=file)  # type: ignore[return-value]
            return file

        return cls(str(path), opened)

    @property
    def suffix(self) -> str:
        """The ending of the name in small letters, without ``.gz``."""
        return Path(self.name.lower().removesuffix(".gz")).suffix

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open the bytes; what goes wrong while they are read is told as the user's file.

        Raises
        ------
        FourzonesError
            If they cannot be read: no such file, no right, a truncated or broken archive.
        """
        try:
            with self.opened() as stream:
                yield stream
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            got = getattr(error, "strerror", None) or str(error)
            raise FourzonesError(
                "cannot read", where=self.name, expected="a whole file", got=got
            ) from error

    def whole(self) -> bytes:
        """Return all bytes.

        Raises
        ------
        FourzonesError
            If there are more than `MAX_BYTES`.
        """
        with self.open() as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise FourzonesError(
                "too large", where=self.name, expected=f"at most {MAX_BYTES:,} bytes", got="more"
            )
        return data


def mode_of(path: Path) -> int:
    """Return what kind of file is there, as `stat` has it; 0 when that cannot be asked."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def piped(stream: BinaryIO, name: str) -> Source:
    """Return what a pipe gives, laid down in a temporary file so that it can be read again.

    Raises
    ------
    FourzonesError
        If there is no room for it.
    """
    try:
        kept = tempfile.TemporaryFile()  # noqa: SIM115 - it ends with the last that reads it
        shutil.copyfileobj(stream, kept)
        kept.flush()
    except OSError as error:
        raise FourzonesError(
            "cannot read", where=name, expected=f"room for it in {tempfile.gettempdir()}",
            got=error.strerror or str(error),
        ) from error  # fmt: skip

    def opened() -> BinaryIO:
        return open(os.dup(kept.fileno()), "rb", buffering=1 << 16)  # noqa: PTH123 - no path

    def again() -> BinaryIO:
        kept.seek(0)
        return opened()

    return Source(name, again)


def told_by(head: bytes) -> str:
    """Return which reader the first bytes ask for; empty when they do not tell.

    Examples
    --------
    >>> told_by(b'<?xml version="1.0"?><rss>'), told_by(b"<!DOCTYPE html>"), told_by(b"Idlib")
    ('feed', 'html', '')
    """
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    if head.startswith(b"<") and (b"<rss" in head or b"<feed" in head or b"<rdf" in head):
        return "feed"
    return "jsonl" if head.startswith(b'{"') else ""


def encoding_of(data: bytes) -> str | None:
    """Tell how a text is encoded, from its first bytes; None when nothing fits.

    A byte-order mark wins, then UTF-8 where it is valid, then what a page declares, then the one
    of the two old Arabic code pages that yields more Arabic words.

    Examples
    --------
    >>> encoding_of("قصف على دوما في الغوطة".encode("windows-1256"))
    'cp1256'
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if b"\x00" in data[:8192]:
        return _wide(data[:8192])
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    match = _DECLARED.search(data[:4096])
    declared = match.group(1).decode("ascii") if match else ""
    declared = declared if is_written(declared) else ""
    candidates = [declared] if declared else []
    scores: dict[str, int] = {}
    for name in (*candidates, "cp1256", "iso8859-6"):
        try:
            content = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if name == declared and name.lower().replace("-", "") not in ("utf8", "iso88591"):
            return name
        if len(_ARABIC.findall(content)) * 4 > len(content):
            scores[name] = len(_COMMON.findall(content))
    best = max(scores, key=lambda name: scores[name], default="")
    return best if scores.get(best) else None


def is_written(encoding: str) -> bool:
    """Say whether texts are written in an encoding.

    Examples
    --------
    >>> [is_written(name) for name in ("windows-1256", "Shift_JIS", "punycode", "utf-7", "x")]
    [True, True, False, False, False]
    """
    try:
        return _WRITTEN.fullmatch(codecs.lookup(encoding).name) is not None
    except (LookupError, ValueError):
        return False


def _wide(head: bytes) -> str | None:
    """Tell UTF-16 that bears no mark by what it says: letters of our scripts, and no others."""
    for name in ("utf-16-le", "utf-16-be"):
        content = head[: len(head) // 2 * 2].decode(name, "replace")
        usual = sum(
            c in "\r\n\t" or (c.isprintable() and (c.isascii() or "\u0400" <= c < "\u0700"))
            for c in content
        )
        if len(content) > 8 and usual * 10 >= len(content) * 9:
            return name
    return None


def decode(data: bytes, where: str) -> str:
    """Decode what a user handed in as text.

    Raises
    ------
    FourzonesError
        If it is empty, too large, binary or in no encoding that is known.
    """
    if len(data) > MAX_BYTES:
        raise FourzonesError(
            "too large", where=where, expected=f"at most {MAX_BYTES:,} bytes", got="more"
        )
    name = encoding_of(data)
    try:
        content = data.decode(name) if name else None
    except UnicodeDecodeError:
        content = None
    if content is None:
        got = "binary data"
        if b"\x00" not in data[:8192]:
            try:
                data.decode("utf-8")
            except UnicodeDecodeError as error:
                got = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        raise FourzonesError(
            "not a text", where=where, expected="UTF-8, UTF-16, windows-1256 or ISO-8859-6", got=got
        )
    if not content.strip():
        raise FourzonesError("empty", where=where, expected="an article's text", got="nothing")
    return content


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield numbered lines in constant memory; None for a line of more than `MAX_BYTES`.

    Those of UTF-16 come as UTF-8, all others as they are.
    """
    name = encoding_of(_head(stream)) or ""
    if name.startswith("utf-16"):
        wide = io.TextIOWrapper(stream, encoding=name, errors="replace", newline="\n")
        for number, text in lines_in(wide):
            yield number, None if text is None else text.encode("utf-8", "replace")
    else:
        yield from lines_in(stream)


def lines_in(stream: IO[AnyStr]) -> Iterator[tuple[int, AnyStr | None]]:
    """Yield numbered lines of bytes or of text, as `lines_of` does."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if len(line) <= MAX_BYTES:
            yield number, line
            continue
        while line and line[-1] not in ("\n", 10):
            line = stream.readline(MAX_BYTES)
        yield number, None


def _head(stream: BinaryIO) -> bytes:
    """Return the first lines of a stream, which then begins again."""
    head = stream.read(1 << 16)
    stream.seek(0)
    return head[: head.rfind(b"\n") + 1] or head


def text_stream(stream: BinaryIO, where: str) -> io.TextIOWrapper:
    """Return a stream of text over one of bytes, by the encoding of its beginning.

    Bytes that are not of UTF-8 stand in it as lone surrogates: see `mended`.

    Raises
    ------
    FourzonesError
        If it is no text.
    """
    head = _head(stream)
    name = encoding_of(head)
    if name is None:
        broken = head.decode("utf-8", "replace")
        if (broken.count("\ufffd") + broken.count("\0")) * 50 > len(broken):
            raise FourzonesError("not a text", where=where, expected="UTF-8 or windows-1256")
        name = "utf-8"
    errors = "surrogateescape" if name.startswith("utf-8") else "replace"
    return io.TextIOWrapper(stream, encoding=name, errors=errors, newline="")


def mended(text: str, where: str) -> str:
    """Return a text of `text_stream` with what was not UTF-8 read in its own encoding.

    Raises
    ------
    FourzonesError
        If it is in none that is known.
    """
    if not _ESCAPED.search(text):
        return text
    return decode(text.encode("utf-8", "surrogateescape"), where)
