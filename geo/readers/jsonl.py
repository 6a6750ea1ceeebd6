"""JSON Lines: an object a line, with the fields of `geo.readers.records`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from geo.errors import FourzonesError
from geo.model import Article, Interval
from geo.readers.records import article_from, columns
from geo.readers.source import MAX_BYTES, Source, lines_of


def read_jsonl(
    source: Source, published: Interval | None = None
) -> Iterator[Article | FourzonesError]:
    """Yield the article of each line, or what is wrong with the line, in constant memory."""
    with source.open() as stream:
        for number, line in lines_of(stream):
            where = f"{source.name}, line {number}"
            if line is None:
                yield FourzonesError(
                    "too long", where=where, expected=f"a line of at most {MAX_BYTES:,} bytes"
                )
            elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                try:
                    yield _article(line, where, published)
                except FourzonesError as error:
                    yield error


def _article(line: bytes, where: str, published: Interval | None) -> Article:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FourzonesError(
            "not JSON", where=where, expected="a JSON object in UTF-8", got=str(error)[:120]
        ) from error
    if not isinstance(record, dict):
        raise FourzonesError(
            "not an article", where=where, expected="a JSON object", got=type(record).__name__
        )
    known = columns(list(map(str, record)))
    return article_from({field: record[name] for field, name in known.items()}, where, published)
