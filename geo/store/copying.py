"""A store copied whole: to a file and back, from one engine to another."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, text

from geo.errors import FourzonesError
from geo.store.database import Database, new_epoch
from geo.store.engine import LOCK_SECONDS, Engine
from geo.store.schema import articles, metadata
from geo.store.sqlite import reach

_CHUNK = 1000


def backup(own: Database, path: Path) -> None:
    """Copy a store to a new GeoPackage, whole, while others may read and write it.

    Raises
    ------
    FourzonesError
        If the file is there already or cannot be written.
    """
    with _new_file(path) as half:
        if own.path is not None:
            with own.errors("copy"):
                _copy_file(own.path, half)
            return
        kept = Database(f"sqlite:///{half}")
        kept.create()
        with own.reading() as source, kept.writing() as target:
            _copy_rows(source, target, kept.engine)
        kept.fold()


def restore(own: Database, path: Path) -> None:
    """Put the content of a backup in the place of a store's, whole or not at all.

    Raises
    ------
    FourzonesError
        If the backup is no whole store.
    """
    if not path.is_file():
        raise FourzonesError("cannot read", where=str(path), expected="a backup")
    with tempfile.TemporaryDirectory(prefix="fourzones-") as folder:
        # What is checked, and perhaps brought up to date, is a copy of the backup.
        whole = Path(folder) / "backup.gpkg"
        try:
            _copy_file(path, whole)
        except sqlite3.Error as error:
            raise FourzonesError(
                "not a Fourzones store", where=str(path), expected="a backup", got=str(error)
            ) from error
        other = Database(f"sqlite:///{whole}")
        try:
            other.check()
            if faults := other.faults():
                raise FourzonesError(
                    "the backup is damaged",
                    where=str(path),
                    expected="a whole store",
                    got=faults[0],
                )
            with other.writing() as connection:
                new_epoch(connection)
            if own.path is None:
                with other.reading() as source, own.writing() as target:
                    _copy_rows(source, target, own.engine)
        finally:
            other.close()
        other.fold()
        if own.path is not None:
            own.must_take()
            with own.errors("write to"):
                _copy_file(whole, own.path)


@contextlib.contextmanager
def _new_file(path: Path) -> Iterator[Path]:
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


def _copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite file while others may read and write it."""
    with (
        contextlib.closing(sqlite3.connect(target, timeout=LOCK_SECONDS)) as copy,
        contextlib.closing(reach(source)) as own,
    ):
        own.backup(copy, pages=10_000)


def _copy_rows(source: Connection, target: Connection, engine: Engine) -> None:
    """Put the rows of all tables of one store in the place of those of another."""
    for table in reversed(metadata.sorted_tables):
        target.execute(delete(table))
    for table in metadata.sorted_tables:
        rows = source.execute(select(table).execution_options(yield_per=_CHUNK))
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
