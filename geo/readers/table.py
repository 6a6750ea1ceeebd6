"""CSV, as spreadsheets save it: any of the usual separators, with or without a byte-order mark."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator
from typing import TextIO

from geo.errors import FourzonesError
from geo.model import Article, Interval
from geo.readers.dates import order_of
from geo.readers.records import FIELDS, article_from, columns
from geo.readers.source import MAX_BYTES, Source, lines_in, mended, text_stream

csv.field_size_limit(MAX_BYTES)
ROWS_ASKED = 10_000
"""How many rows say in which order days and months stand in the dates."""

_SEPARATOR = re.compile(r"sep=(.)\s*")


def read_table(
    source: Source, published: Interval | None = None
) -> Iterator[Article | FourzonesError]:
    """Yield the article of each row, or what is wrong with the row, in constant memory.

    A date such as 03/04/2018 is read as the other rows are written, if they are all written alike.

    Raises
    ------
    FourzonesError
        If no column is known to hold the text.
    """
    order = order_of(
        record.get("published", "")
        for _, record in itertools.islice(_records(source), ROWS_ASKED)
        if not isinstance(record, FourzonesError)
    )
    for where, record in _records(source):
        if isinstance(record, FourzonesError):
            yield record
            continue
        try:
            yield article_from(record, where, published, order)
        except FourzonesError as error:
            yield error


def _records(source: Source) -> Iterator[tuple[str, dict[str, str] | FourzonesError]]:
    """Yield where each row stands, and its fields or what is wrong with it."""
    with source.open() as stream, text_stream(stream, source.name) as text:
        lines = _Lines(text)
        rows = csv.reader(lines, delimiter=lines.separator)
        names = next(rows, [])
        known = columns(names)
        if "text" not in known:
            raise FourzonesError(
                "no text column",
                where=source.name,
                expected="one of " + ", ".join(FIELDS["text"]),
                got=", ".join(names)[:120] or "nothing",
            )
        at = {field: names.index(name) for field, name in known.items()}
        while True:
            where = f"{source.name}, line {lines.number + 1}"
            try:
                row = lines.whole(next(rows, None))
                if row is None:
                    return
                if any(cell.strip() for cell in row[len(names) :]):
                    raise csv.Error(f"{len(row)} cells for {len(names)} columns")
                if any(cell.strip() for cell in row):
                    yield (
                        where,
                        {
                            field: mended(row[spot], f"{where}, {field}")
                            for field, spot in at.items()
                            if spot < len(row)
                        },
                    )
            except csv.Error as error:
                yield where, FourzonesError("bad row", where=where, expected="CSV", got=str(error))
            except FourzonesError as error:
                yield where, error


class _Lines:
    """The lines of a table, none of them longer than what one article may have.

    Attributes
    ----------
    separator : str
        What parts the cells: as the first line says (``sep=;``, which Excel understands) or by what
        the names of the columns are parted. A sign that no text has when there is but one column.
    number : int
        How many lines were read.
    """

    def __init__(self, text: TextIO) -> None:
        self._lines = lines_in(text)
        self.number = 0
        self._quotes = 0
        self._long = self._ended = False
        _, first = next(self._lines, (0, ""))
        first = first or ""
        if said := _SEPARATOR.fullmatch(first):
            self.number, self.separator, self._first = 1, said[1], None
        else:
            found = max(",;\t|", key=first.count)
            self.separator, self._first = (found if found in first else "\x1f"), first

    def __iter__(self) -> Iterator[str]:
        if self._first is not None:
            self.number += 1
            yield self._first
            self._quotes = 0
        for _, line in self._lines:
            self.number += 1
            self._long |= line is None
            line = line or "\n"
            self._quotes += line.count('"')
            yield line
        self._ended = True

    def whole(self, row: list[str] | None) -> list[str] | None:
        """Return a row just read, if all of it was.

        Raises
        ------
        csv.Error
            If one of its lines was too long, or a quotation never ends.
        """
        long, open_ = self._long, self._ended and self._quotes % 2 == 1
        self._long, self._quotes = False, 0
        if long:
            raise csv.Error(f"a line of more than {MAX_BYTES:,} letters")
        if row and open_:
            raise csv.Error("a quotation mark that is never closed, up to the end of the file")
        return row
