"""A store copied whole: to a file and back, from one engine to another."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, text, update

from geo.errors import FourzonesError
from geo.store.engine import LOCK_SECONDS, Engine
from geo.store.schema import articles, facts, metadata
from geo.store.sqlite import reach

_CHUNK = 1000


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a file to write; it gets its name only when it is whole.

    Raises
    ------
    FourzonesError
        If there is a file of that name, or it cannot be written.
    """
    if path.exists():
        raise FourzonesError("the file is there already", where=str(path), expected="a new name")
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield half
        half.replace(path)
    except OSError as error:
        raise FourzonesError(
            "cannot write", where=str(path), expected="a folder that can be written",
            got=error.strerror or str(error),
        ) from error  # fmt: skip
    finally:
        for left in half.parent.glob(f"{half.name}*"):
            left.unlink()


def copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite file while others may read and write it."""
    with (
        contextlib.closing(sqlite3.connect(target, timeout=LOCK_SECONDS)) as copy,
        contextlib.closing(reach(source)) as own,
    ):
        own.backup(copy, pages=10_000)


def copy_rows(source: Connection, target: Connection, engine: Engine) -> None:
    """Put the rows of all tables of one store in the place of those of another."""
    for table in reversed(metadata.sorted_tables):
        target.execute(delete(table))
    for table in metadata.sorted_tables:
        rows = source.execution_options(yield_per=_CHUNK).execute(select(table))
        for part in rows.mappings().partitions(_CHUNK):
            written = [dict(row) for row in part]
            target.execute(insert(table), written)
            if table is articles:
                engine.index(target, written)
        if engine.path is None and "fid" in table.c:
            last = target.scalar(select(func.max(table.c.fid))) or 0
            target.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, 'fid'), :next, false)"),
                {"table": table.name, "next": last + 1},
            )


def rename(connection: Connection) -> None:
    """Make it another store for those who remember what was in it."""
    connection.execute(update(facts).where(facts.c.key == "epoch").values(value=uuid.uuid4().hex))
