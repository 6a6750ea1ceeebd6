"""Readers: from a path or stream to `Article`s, one at a time. One file a format."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from geo.errors import FourzonesError
from geo.model import Article, Interval
from geo.readers.address import SINGLE, declared, placed, source_of
from geo.readers.archive import members
from geo.readers.catalogue import read_catalogue
from geo.readers.feed import read_feed
from geo.readers.jsonl import read_jsonl
from geo.readers.page import read_page
from geo.readers.source import Source, Watch, mode_of, piped, told_by
from geo.readers.table import read_table
from geo.readers.text import read_text
from geo.web import Fetched, default_web

Read = Callable[[Source, Interval | None], Iterator[Article | FourzonesError]]

READERS: dict[str, Read] = {
    "html": read_page,
    "feed": read_feed,
    "jsonl": read_jsonl,
    "csv": read_table,
    "text": read_text,
}

_SUFFIXES = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mhtml": "html", ".mht": "html",
    ".rss": "feed", ".atom": "feed", ".xml": "feed", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".json": "jsonl", ".csv": "csv", ".tsv": "csv",
}  # fmt: skip

# Written in letters, and yet no articles.
_OTHERS = (
    ".css", ".js", ".mjs", ".map", ".svg", ".pdf", ".rtf", ".eml", ".ics", ".py", ".sql",
    ".geojson", ".kml", ".gml", ".ini", ".yml", ".yaml", ".toml",
)  # fmt: skip


def read(
    path: Path | str,
    published: Interval | None = None,
    reader: str = "auto",
    watch: Watch | None = None,
) -> Iterator[Article | FourzonesError]:
    """Yield the articles of a file, and an error for each that cannot be read.

    Parameters
    ----------
    path : Path or str
        A file, or the address (http or https) of a page or a feed.
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
    if isinstance(path, str):
        try:
            yield from read_answer(default_web().get(path), published, reader)
        except FourzonesError as error:
            yield error
        return
    try:
        if str(path) == "-":
            source = piped(sys.stdin.buffer, "standard input")
        elif stat.S_ISFIFO(mode_of(path)):
            with path.open("rb") as stream:
                source = piped(stream, str(path))
        else:
            source = Source.of(path, watch)
    except FourzonesError as error:
        yield error
        return
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


def read_answer(
    answer: Fetched, published: Interval | None = None, reader: str = "auto"
) -> Iterator[Article | FourzonesError]:
    """Yield the articles of what was fetched, and an error for each that cannot be read.

    A page that states no address of its own is the article of the address that gave it.
    """
    try:
        source = source_of(answer)
        kind = reader if reader != "auto" else declared(answer) or kind_of(source)
    except FourzonesError as error:
        yield error
        return
    for one in _read(source, published, kind):
        alone = kind in SINGLE and not isinstance(one, FourzonesError)
        yield placed(one, answer.url) if alone else one  # type: ignore[arg-type]


def _read(
    source: Source, published: Interval | None, reader: str
) -> Iterator[Article | FourzonesError]:
    try:
        yield from READERS[kind_of(source) if reader == "auto" else reader](source, published)
    except FourzonesError as error:
        yield error


def kind_of(source: Source) -> str:
    """Return which reader suits a source: by the ending of its name, else by its first bytes.

    Raises
    ------
    FourzonesError
        If its name says that it is something else.
    """
    if source.suffix in _SUFFIXES:
        return _SUFFIXES[source.suffix]
    if source.suffix in _OTHERS:
        raise FourzonesError(
            "not an article", where=source.name, got=source.suffix,
            expected="a page, a feed, JSON, a table or a text (--reader text takes anything)",
        )  # fmt: skip
    with source.open() as stream:
        return told_by(stream.read(1024)) or "text"


__all__ = ["READERS", "Source", "read", "read_answer", "read_catalogue"]
