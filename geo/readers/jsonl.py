"""JSON: an object a line or a list of objects, with the fields of `geo.readers.records`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from geo.errors import FourzonesError
from geo.model import Article, Interval
from geo.readers.records import article_from, columns
from geo.readers.source import MAX_BYTES, Source, decode, encoding_of, lines_of


def read_jsonl(
    source: Source, published: Interval | None = None
) -> Iterator[Article | FourzonesError]:
    """Yield the article of each line, or what is wrong with the line, in constant memory.

    A file whose name ends in ``.json`` may also hold one object, or a list of them, over as many
    lines as it likes, as long as it is no larger than `MAX_BYTES`.
    """
    if source.suffix == ".json" and (whole := _whole(source)) is not None:
        for number, record in enumerate(whole, start=1):
            try:
                yield _article(record, f"{source.name}, item {number}", published)
            except FourzonesError as error:
                yield error
        return
    with source.open() as stream:
        for number, line in lines_of(stream):
            where = f"{source.name}, line {number}"
            if line is None:
                yield FourzonesError(
                    "too long", where=where, expected=f"a line of at most {MAX_BYTES:,} bytes"
                )
            elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                try:
                    yield _article(_record(line, where), where, published)
                except FourzonesError as error:
                    yield error


def _whole(source: Source) -> list[Any] | None:
    """Return the records of a file that is one JSON value; None when it is lines."""
    with source.open() as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return None
    try:
        value = json.loads(decode(data, source.name))
    except (ValueError, RecursionError, FourzonesError):
        return None
    return value if isinstance(value, list) else [value]


def _record(line: bytes, where: str) -> Any:
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        name = encoding_of(line)
        if name is None:
            raise FourzonesError(
                "not a text", where=where, expected="UTF-8, UTF-16, windows-1256 or ISO-8859-6",
                got=f"byte 0x{line[error.start]:02x} at offset {error.start}",
            ) from error  # fmt: skip
        text = line.decode(name, "replace")
    return parsed(text, where)


def parsed(text: str, where: str, *, strict: bool = False) -> Any:
    """Return the value that a line of JSON holds.

    Parameters
    ----------
    strict : bool
        Refuse NaN and Infinity, which Python reads and JSON does not know.

    Raises
    ------
    FourzonesError
        If it is no JSON, or too deeply nested.

    Examples
    --------
    >>> parsed('{"text": "Idlib"}', "line 1")
    {'text': 'Idlib'}
    """
    try:
        return json.loads(text, parse_constant=_refuse if strict else None)
    except (ValueError, RecursionError) as error:
        raise FourzonesError(
            "not JSON", where=where, expected="a JSON object", got=str(error)[:120]
        ) from error


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _article(record: Any, where: str, published: Interval | None) -> Article:
    if not isinstance(record, dict):
        raise FourzonesError(
            "not an article", where=where, expected="a JSON object", got=type(record).__name__
        )
    known = columns(list(map(str, record)))
    return article_from({field: record[name] for field, name in known.items()}, where, published)
