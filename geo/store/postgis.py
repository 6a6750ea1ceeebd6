"""A store in PostgreSQL with PostGIS, for a team; the drivers come with the extra `postgis`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, create_engine, make_url, text

from geo.errors import FourzonesError
from geo.store.engine import LOCK_SECONDS, numbers
from geo.store.schema import metadata
from geo.words import Term

_WRITERS = 0x4650  # any number: the name of the one lock that writers share
_POSITIONS = 255  # as many as PostgreSQL keeps of one word

# The words of an article lie apart from the row that points to them, so that a search for a
# frequent word reads a narrow table. They are written as vectors here, since the server's own
# parser would part them by other rules than the other engine's.
SEARCH = (
    "CREATE TABLE articles_words (fid integer PRIMARY KEY REFERENCES articles ON DELETE CASCADE, "
    "searched tsvector NOT NULL) WITH (toast_tuple_target = 128)",
    "ALTER TABLE articles_words ALTER COLUMN searched SET STORAGE EXTERNAL",
    "CREATE INDEX articles_words_in ON articles_words USING gin (searched)",
)


class PostGIS:
    """See `geo.store.engine.Engine`.

    Raises
    ------
    FourzonesError
        If the driver is not installed, or the address cannot be read.
    """

    kind = "PostgreSQL with PostGIS"
    path = None
    read_only = False

    def __init__(self, url: str) -> None:
        try:
            address = make_url(url).set(drivername="postgresql+psycopg")
            self.name = address.set(drivername="postgresql").render_as_string(hide_password=True)
            self.database = create_engine(
                address,
                pool_pre_ping=True,  # a server may have been restarted since the last question
                connect_args={"connect_timeout": 10, "options": "-c timezone=UTC -c jit=off"},
            )
        except ImportError as error:
            raise FourzonesError(
                "cannot reach PostgreSQL", expected="the extra: pip install 'fourzones[postgis]'",
                got=f"no module {error.name}",
            ) from error  # fmt: skip
        except Exception as error:
            raise FourzonesError(
                "cannot read the address of the store",
                expected="postgresql://USER:PASSWORD@HOST:PORT/NAME",
            ) from error

    def exists(self) -> bool:
        """Say whether the database holds a store."""
        with self.database.connect() as connection:
            return bool(connection.scalar(text("SELECT to_regclass('fourzones') IS NOT NULL")))

    def prepare(self) -> None:
        """Nothing is left to do: the database is there."""

    def create(self, connection: Connection) -> None:
        """Make the tables and the search index."""
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
        metadata.create_all(connection)
        for table in ("mentions", "places", "zone_versions"):
            connection.execute(
                text(f"CREATE INDEX {table}_by_geometry ON {table} USING gist (geom)")
            )
        for statement in SEARCH:
            connection.exec_driver_sql(statement)

    def lock(self, connection: Connection) -> None:
        """Wait for the lock that all writers of a store take."""
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS})

    def still(self, connection: Connection) -> None:
        """See everything in this transaction as it is now, whatever others write meanwhile."""
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))

    def index(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        """Take articles into the search index, in place of what it had of them."""
        statement = (
            "INSERT INTO articles_words VALUES (:fid, CAST(:searched AS tsvector)) "
            "ON CONFLICT (fid) DO UPDATE SET searched = excluded.searched"
        )
        vectors = [
            {"fid": row["fid"], "searched": _vector(row["title_words"], row["words"])}
            for row in rows
        ]
        if vectors:
            connection.execute(text(statement), vectors)

    def hits(self, connection: Connection, term: Term) -> np.ndarray:
        """Return the row numbers of the articles that have a term."""
        condition, values = _condition([term])
        statement = f"SELECT string_agg(CAST(fid AS text), ',') FROM articles_words w {condition}"
        return _by_index(connection, statement, values)

    def ranked(self, connection: Connection, wanted: Iterable[Term]) -> np.ndarray:
        """Return the row numbers of the articles that have all terms, by `ts_rank`."""
        wanted = list(wanted)
        condition, values = _condition(wanted)
        values["all"] = " & ".join(f"({_query(term)})" for term in wanted)
        statement = (
            "SELECT string_agg(CAST(fid AS text), ',') FROM (SELECT fid FROM articles_words w "
            f"{condition} ORDER BY ts_rank('{{0.2, 0.2, 0.2, 1}}', searched, "
            "CAST(:all AS tsquery), 1) DESC, fid DESC) AS best"
        )
        return _by_index(connection, statement, values)

    def faults(self, connection: Connection) -> list[str]:
        """Return what is wrong: articles that the search does not know."""
        statement = (
            "SELECT count(*) FROM articles a LEFT JOIN articles_words w USING (fid) "
            "WHERE w.fid IS NULL"
        )
        missing = connection.scalar(text(statement))
        return [f"{missing} articles are not in the search index"] if missing else []


def _by_index(connection: Connection, statement: str, values: dict[str, str]) -> np.ndarray:
    """Return the row numbers that a statement finds by way of the search index.

    For a word that most articles have, the planner would rather read the whole table: it does not
    reckon with what it costs to unpack the words of each article.
    """
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    found = numbers(connection.scalar(text(statement), values))
    connection.execute(text("SET LOCAL enable_seqscan = on"))
    return found


def _vector(title: str, body: str) -> str:
    """Write words as a tsvector: those of the title weigh more, and lie apart from the text."""
    places: dict[str, list[str]] = {}
    titled = title.split()
    for at, word in enumerate(titled, start=1):
        places.setdefault(word, []).append(f"{at}A")
    for at, word in enumerate(body.split(), start=len(titled) + 2):
        places.setdefault(word, []).append(str(min(at, 16383)))
    return " ".join(f"'{word}':{','.join(at[:_POSITIONS])}" for word, at in places.items())


def _query(term: Term) -> str:
    """Write a term as a tsquery that every article with it answers (and, for a phrase, others)."""
    ways = []
    for way in term.ways:
        words = [f"'{word}'" for word in way]
        if term.open:
            words[-1] += ":*"
        ways.append("(" + " & ".join(words) + ")")
    return " | ".join(ways)


def _condition(wanted: Sequence[Term]) -> tuple[str, dict[str, str]]:
    conditions, values = [], {}
    for number, term in enumerate(wanted):
        values[f"query{number}"] = _query(term)
        conditions.append(f"searched @@ CAST(:query{number} AS tsquery)")
        if len(term.stems) > 1:  # that the words stand side by side is read from the words
            likes = []
            for at, way in enumerate(term.ways):
                end = "%" if term.open else " %"
                values[f"like{number}_{at}"] = f"% {' '.join(way)}{end}"
                likes += [
                    f"' ' || a.{column} || ' ' LIKE :like{number}_{at}"
                    for column in ("title_words", "words")
                ]
            conditions.append(
                f"EXISTS (SELECT FROM articles a WHERE a.fid = w.fid AND ({' OR '.join(likes)}))"
            )
    return "WHERE " + " AND ".join(conditions), values
