"""A store's database: made, brought up to date, and read and written in transactions."""

from __future__ import annotations

import contextlib
import sqlite3
import uuid
from collections.abc import Iterator

from shapely.errors import ShapelyError
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import DBAPIError

from geo.errors import FourzonesError
from geo.store.engine import Engine
from geo.store.migrations import SCHEMA_VERSION, bring_up
from geo.store.postgis import PostGIS
from geo.store.schema import facts
from geo.store.sqlite import GeoPackage, reach


class Database:
    """What a store stands on, whichever engine it is: see `geo.store.Store`.

    Parameters
    ----------
    url : str
        As `geo.store.store_url` returns it.

    Raises
    ------
    FourzonesError
        By every method, when the store cannot be reached, read or written; it says which, and why.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: Engine = PostGIS(url) if url.startswith("postgresql") else GeoPackage(url)
        self.name = self.engine.name
        self.path = self.engine.path

    @property
    def exists(self) -> bool:
        """Whether the file, or a store in the database, is there."""
        with self.errors("reach"):
            return self.engine.exists()

    @property
    def read_only(self) -> bool:
        """Whether it is a file that cannot be written; it can be read all the same."""
        return self.engine.read_only

    def must_take(self) -> None:
        """Refuse a store that cannot take anything, before work is done for it.

        Raises
        ------
        FourzonesError
        """
        if self.read_only:
            raise FourzonesError(
                "the store is read-only", where=self.name,
                expected="a file that can be written, in a folder that can be written",
            )  # fmt: skip

    def create(self) -> None:
        """Make an empty store, unless another process was faster."""
        with self.errors("create"):
            self.engine.prepare()
        with self.writing() as connection:
            if self.engine.path is None and self.engine.exists():
                return
            self.engine.create(connection)
            known = {
                "schema": str(SCHEMA_VERSION),
                "epoch": uuid.uuid4().hex,
                "revision": "0",
                "reference": "0",
            }
            connection.execute(insert(facts), [{"key": k, "value": v} for k, v in known.items()])
        self.close()  # a file is opened in another mode when it is a store

    def check(self) -> None:
        """Refuse what is no store or a newer one; bring an older one up to date.

        Raises
        ------
        FourzonesError
        """
        try:
            version = int(self.fact("schema") or 0)
        except FourzonesError as error:
            # Short of being damaged, out of reach or in use, it is simply something else.
            if self.path is None or not any(
                said in str(error) for said in ("not a database", "no such table", "no such column")
            ):
                raise
            raise FourzonesError(
                "not a Fourzones store", where=self.name, expected="a GeoPackage made by it"
            ) from error
        if version > SCHEMA_VERSION:
            raise FourzonesError(
                "the store is newer than this program",
                where=self.name,
                expected=f"schema {SCHEMA_VERSION} or older",
                got=str(version),
            )
        if 0 < version < SCHEMA_VERSION:
            if self.read_only:
                raise FourzonesError(
                    "the store is older than this program, and read-only",
                    where=self.name,
                    expected="a copy that can be brought up to date",
                    got=f"schema {version}",
                )
            with self.writing() as connection:
                # Read again under the lock: another process may have been faster.
                bring_up(connection, self.engine, int(fact(connection, "schema") or 0))

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.database.dispose()

    def fold(self) -> None:
        """Bring all of a file into the file itself, so that it can be moved alone."""
        self.close()
        if self.path is not None:
            with contextlib.closing(reach(self.path)) as raw:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                raw.execute("PRAGMA journal_mode = DELETE")

    def faults(self) -> list[str]:
        """Return what is wrong with the store: damaged pages, rows that refer to nothing."""
        with self.reading() as connection:
            return self.engine.faults(connection)

    def fact(self, key: str) -> str | None:
        """Return what the store knows of itself: `schema`, or `data` (the hash of its data)."""
        with self.reading() as connection:
            return fact(connection, key)

    def remember(self, key: str, value: str) -> None:
        """Keep a fact about the store itself."""
        with self.writing() as connection:
            set_fact(connection, key, value)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that alone may write: kept as a whole, or not at all on an error."""
        self.must_take()
        database = self.engine.database.execution_options(writes=True)
        with self.errors("write to"), database.begin() as connection:
            self.engine.lock(connection)
            yield connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that sees one state of the store, whatever others write meanwhile."""
        with self.errors("read"), self.engine.database.connect() as connection:
            self.engine.still(connection)
            yield connection

    @contextlib.contextmanager
    def errors(self, what: str) -> Iterator[None]:
        """Tell what goes wrong beneath as one line that names the store."""
        try:
            yield
        # A damaged file gives texts, dates and geometries that are none.
        except (DBAPIError, sqlite3.Error, OSError, ValueError, ShapelyError) as error:
            cause = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
            raise FourzonesError(
                f"cannot {what} the store", where=self.name, expected=self.engine.kind, got=cause
            ) from error


def fact(connection: Connection, key: str) -> str | None:
    """Return what a store knows of itself."""
    return connection.scalar(select(facts.c.value).where(facts.c.key == key))


def set_fact(connection: Connection, key: str, value: str) -> None:
    """Put a fact in the place of what a store knew."""
    done = connection.execute(update(facts).where(facts.c.key == key).values(value=value))
    if not done.rowcount:
        connection.execute(insert(facts), {"key": key, "value": value})


def new_epoch(connection: Connection) -> None:
    """Make it another store for those who remember what was in it: they read it anew."""
    set_fact(connection, "epoch", uuid.uuid4().hex)


def next_revision(connection: Connection) -> int:
    """Return the number that rows of this transaction bear when anything is written."""
    return int(fact(connection, "revision") or 0) + 1
