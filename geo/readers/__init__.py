"""Readers: from a path or stream to `Article`s, one at a time. One file a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from geo.errors import FourzonesError
from geo.model import Article, Interval
from geo.readers.archive import members
from geo.readers.catalogue import read_catalogue
from geo.readers.feed import read_feed
from geo.readers.jsonl import read_jsonl
from geo.readers.page import read_page
from geo.readers.source import Source, Watch, standard_input
from geo.readers.table import read_table
from geo.readers.text import read_text

Read = Callable[[Source, Interval | None], Iterator[Article | FourzonesError]]

READERS: dict[str, Read] = {
    "html": read_page,
    "feed": read_feed,
    "jsonl": read_jsonl,
    "csv": read_table,
    "text": read_text,
}

_SUFFIXES = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mhtml": "html", ".rss": "feed",
    ".atom": "feed", ".xml": "feed", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv",
    ".tsv": "csv",
}  # fmt: skip


def read(
    path: Path,
    published: Interval | None = None,
    reader: str = "auto",
    watch: Watch | None = None,
) -> Iterator[Article | FourzonesError]:
    """Yield the articles of a file, and an error for each that cannot be read.

    Parameters
    ----------
    published : Interval, optional
        The date of articles that say none themselves (an address is asked last).
    reader : {"auto", "html", "feed", "jsonl", "csv", "text"}
        How to read it; by its name and its first bytes when `auto`.
    watch : callable, optional
        Is given each file that is opened, to ask it how far it has been read.

    Examples
    --------
    >>> [error] = read(Path("nowhere.txt"))
    >>> print(error)
    cannot read: nowhere.txt: expected a whole file, got No such file or directory
    """
    source = standard_input() if str(path) == "-" else Source.of(path, watch)
    if reader != "auto" or source.suffix != ".zip":
        yield from _read(source, published, reader)
        return
    try:
        for member in members(source):
            if isinstance(member, FourzonesError):
                yield member
            else:
                yield from _read(member, published, reader)
    except FourzonesError as error:
        yield error


def _read(
    source: Source, published: Interval | None, reader: str
) -> Iterator[Article | FourzonesError]:
    try:
        yield from READERS[kind_of(source) if reader == "auto" else reader](source, published)
    except FourzonesError as error:
        yield error


def kind_of(source: Source) -> str:
    """Return which reader suits a source: by the ending of its name, else by its first bytes."""
    if source.suffix in _SUFFIXES:
        return _SUFFIXES[source.suffix]
    with source.open() as stream:
        head = stream.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    if head.startswith(b"<") and (b"<rss" in head or b"<feed" in head or b"<rdf" in head):
        return "feed"
    return "jsonl" if head.startswith(b'{"') else "text"


__all__ = ["READERS", "Source", "read", "read_catalogue"]
