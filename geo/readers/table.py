"""CSV, as spreadsheets save it: any of the usual separators, with or without a byte-order mark."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from geo.errors import FourzonesError
from geo.model import Article, Interval
from geo.readers.records import FIELDS, article_from, columns
from geo.readers.source import MAX_BYTES, Source, text_stream

csv.field_size_limit(MAX_BYTES)


def read_table(
    source: Source, published: Interval | None = None
) -> Iterator[Article | FourzonesError]:
    """Yield the article of each row, or what is wrong with the row, in constant memory.

    Raises
    ------
    FourzonesError
        If no column is known to hold the text.
    """
    with source.open() as stream, text_stream(stream, source.name) as text:
        head = text.readline(1 << 16)
        separator = max(",;\t|", key=head.count)
        names = next(csv.reader([head], delimiter=separator), [])
        known = columns(names)
        if "text" not in known:
            raise FourzonesError(
                "no text column",
                where=source.name,
                expected="one of " + ", ".join(FIELDS["text"]),
                got=", ".join(names)[:120] or "nothing",
            )
        at = {field: names.index(name) for field, name in known.items()}
        rows = csv.reader(text, delimiter=separator)
        while True:
            where = f"{source.name}, line {rows.line_num + 2}"
            try:
                row = next(rows, None)
                if row is None:
                    return
                if any(cell.strip() for cell in row):
                    record = {field: row[spot] for field, spot in at.items() if spot < len(row)}
                    yield article_from(record, where, published)
            except csv.Error as error:
                yield FourzonesError("bad row", where=where, expected="CSV", got=str(error))
            except FourzonesError as error:
                yield error
