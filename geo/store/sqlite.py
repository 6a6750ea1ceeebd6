"""A store in one file: a GeoPackage, written in WAL mode, searched by FTS5."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
from sqlalchemy import URL, Connection, NullPool, QueuePool, create_engine, event, text

from geo.store import geopackage
from geo.store.engine import LOCK_SECONDS, numbers
from geo.store.schema import LAYERS, metadata
from geo.words import Term

# The words are kept in the table of articles and only indexed here. They are made of letters and
# digits alone: all that is left to the tokenizer is to part them at the spaces.
SEARCH = (
    "CREATE VIRTUAL TABLE articles_words USING fts5("
    "title_words, words, content='articles', content_rowid='fid', tokenize='ascii')",
    "CREATE TRIGGER articles_words_in AFTER INSERT ON articles BEGIN "
    "INSERT INTO articles_words (rowid, title_words, words) "
    "VALUES (new.fid, new.title_words, new.words); END",
    "CREATE TRIGGER articles_words_out AFTER DELETE ON articles BEGIN "
    "INSERT INTO articles_words (articles_words, rowid, title_words, words) "
    "VALUES ('delete', old.fid, old.title_words, old.words); END",
    "CREATE TRIGGER articles_words_anew AFTER UPDATE OF title_words, words ON articles BEGIN "
    "INSERT INTO articles_words (articles_words, rowid, title_words, words) "
    "VALUES ('delete', old.fid, old.title_words, old.words); "
    "INSERT INTO articles_words (rowid, title_words, words) "
    "VALUES (new.fid, new.title_words, new.words); END",
)


class GeoPackage:
    """See `geo.store.engine.Engine`."""

    kind = "a GeoPackage"

    def __init__(self, url: str) -> None:
        self.path = Path(url.removeprefix("sqlite:///"))
        self.name = str(self.path)
        self.read_only = is_read_only(self.path)
        self.database = create_engine(
            URL.create("sqlite", database=self.name),
            creator=lambda: _connect(self.path),
            # What cannot be locked is opened anew for each question: others may change it.
            poolclass=NullPool if self.read_only else QueuePool,
        )
        event.listen(self.database, "begin", _begin)

    def exists(self) -> bool:
        """Say whether the file is there; an empty one is only a name."""
        return self.path.exists() and self.path.stat().st_size > 0

    def prepare(self) -> None:
        """Make the file: no other call does."""
        self.path.touch()

    def create(self, connection: Connection) -> None:
        """Make the tables, register them as layers, and make the search index."""
        connection.execute(text(f"PRAGMA application_id = {geopackage.APPLICATION_ID}"))
        connection.execute(text(f"PRAGMA user_version = {geopackage.USER_VERSION}"))
        geopackage.create(connection, LAYERS)
        metadata.create_all(connection)
        for statement in SEARCH:
            connection.exec_driver_sql(statement)

    def lock(self, connection: Connection) -> None:
        """Nothing is left to do: `_begin` has taken the file's one write lock."""

    def still(self, connection: Connection) -> None:
        """Nothing is left to do: a transaction in WAL mode sees the file as it was."""

    def index(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        """Nothing is left to do: triggers on the table of articles keep the index."""

    def hits(self, connection: Connection, term: Term) -> np.ndarray:
        """Return the row numbers of the articles that have a term."""
        statement = (
            "SELECT group_concat(rowid) FROM articles_words WHERE articles_words MATCH :match"
        )
        return numbers(connection.scalar(text(statement), {"match": _match(term)}))

    def ranked(self, connection: Connection, wanted: Iterable[Term]) -> np.ndarray:
        """Return the row numbers of the articles that have all terms, by BM25, titles first."""
        statement = (
            "SELECT group_concat(rowid) FROM (SELECT rowid FROM articles_words "
            "WHERE articles_words MATCH :match ORDER BY bm25(articles_words, 5.0, 1.0), rowid DESC)"
        )
        match = " AND ".join(f"({_match(term)})" for term in wanted)
        return numbers(connection.scalar(text(statement), {"match": match}))

    def faults(self, connection: Connection) -> list[str]:
        """Return what is wrong with the file: its pages, its index, rows that refer to nothing."""
        pages = connection.execute(text("PRAGMA integrity_check")).scalars()
        found = [line for line in pages if line != "ok"]
        loose = connection.execute(text("PRAGMA foreign_key_check")).all()
        return found + [str(tuple(row)) for row in loose]


def _match(term: Term) -> str:
    end = " *" if term.open else ""
    return " OR ".join(f'"{" ".join(way)}"{end}' for way in term.ways)


def is_read_only(path: Path) -> bool:
    """Say whether a file is there that cannot be written, or whose folder cannot.

    SQLite keeps what is being written in files beside it.
    """
    return path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def reach(path: Path) -> sqlite3.Connection:
    """Open a SQLite file that exists, also one that cannot be written; nothing of it is changed.

    Raises
    ------
    sqlite3.Error
    """
    return _read_only(path) if is_read_only(path) else _opened(path, "mode=rw")


def _connect(path: Path) -> sqlite3.Connection:
    connection = reach(path)
    with contextlib.suppress(sqlite3.OperationalError):  # read-only, or held by another program
        own = "SELECT 1 FROM sqlite_master WHERE name = 'fourzones'"
        if connection.execute(own).fetchone():  # another program's file stays as it is
            connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -65536")
    return connection


def _opened(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?{how}",  # a name may hold any sign
        uri=True,
        timeout=LOCK_SECONDS,
        check_same_thread=False,
        # SQLAlchemy begins transactions, so that DDL and the first read are inside them as well.
        isolation_level=None,
    )


def _read_only(path: Path) -> sqlite3.Connection:
    """Open a file that this process cannot write.

    In WAL mode SQLite wants to make files beside it, unless those of a writer are there. Without
    a writer the file alone holds everything, and is read as one that never changes.
    """
    waiting, shared = (path.with_name(f"{path.name}-{end}") for end in ("wal", "shm"))
    left = waiting.exists() and waiting.stat().st_size > 0
    if left or shared.exists():
        connection = _opened(path, "mode=ro")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master")
            return connection
        except sqlite3.OperationalError as error:
            connection.close()
            if left:
                raise sqlite3.OperationalError(
                    f"changes left in {waiting.name}; copy both files to where you may write"
                ) from error
    return _opened(path, "mode=ro&immutable=1")


def _begin(connection: Connection) -> None:
    # A transaction that will write takes the lock at once: one that first reads and then writes
    # would fail, not wait, when another process wrote in between.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
