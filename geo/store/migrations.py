"""Numbered steps from each version of the schema to the next, on every engine that had it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from geo.errors import FourzonesError
from geo.indexing import Indexed
from geo.store import geopackage, sqlite
from geo.store.engine import Engine
from geo.store.rows import read
from geo.store.schema import articles, facts, judgements, likeness

SCHEMA_VERSION = 4


def bring_up(connection: Connection, engine: Engine, version: int) -> None:
    """Make a store of an older version one of today's, in the transaction of `connection`."""
    for step in range(version, SCHEMA_VERSION):
        _STEPS[step](connection, engine)
    connection.execute(
        update(facts).where(facts.c.key == "schema").values(value=str(SCHEMA_VERSION))
    )


def _side_of_the_line(connection: Connection, engine: Engine) -> None:
    """1 to 2: a mention says whether its place lay inside."""
    connection.execute(text("ALTER TABLE mentions ADD COLUMN inside BOOLEAN"))
    # The shipped articles are linked again.
    connection.execute(delete(facts).where(facts.c.key == "data"))


def _search(connection: Connection, engine: Engine) -> None:
    """2 to 3: articles are found by their words; rows bear the revision that wrote them."""
    if engine.path is None:
        raise FourzonesError("no such store was ever written", where=engine.name)
    for statement in (
        "DROP INDEX articles_by_date",
        "DROP INDEX mentions_by_zone",
        "DROP INDEX mentions_by_article",
        "ALTER TABLE articles DROP COLUMN folded",
        "ALTER TABLE articles ADD COLUMN link_worked TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE articles ADD COLUMN same_as TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE articles ADD COLUMN title_words TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE articles ADD COLUMN words TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE articles ADD COLUMN changed INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX articles_by_change ON articles (changed)",
        # The table of mentions is made anew: they now refer to the row of their article.
        "ALTER TABLE mentions RENAME TO mentions_before",
        "CREATE TABLE mentions (fid INTEGER NOT NULL PRIMARY KEY, geom BLOB,"
        " article_fid INTEGER NOT NULL REFERENCES articles (fid) ON DELETE CASCADE,"
        " article TEXT NOT NULL, zone TEXT NOT NULL, surface TEXT NOT NULL,"
        ' start INTEGER NOT NULL, "end" INTEGER NOT NULL, place TEXT, kind TEXT NOT NULL,'
        ' "where" TEXT NOT NULL, rule TEXT NOT NULL, confidence DOUBLE NOT NULL, inside BOOLEAN)',
        "INSERT INTO mentions SELECT m.fid, m.geom, a.fid, m.article, m.zone, m.surface, m.start,"
        ' m."end", m.place, m.kind, m."where", m.rule, m.confidence, m.inside'
        " FROM mentions_before m JOIN articles a ON a.id = m.article",
        "DROP TABLE mentions_before",
        "CREATE INDEX mentions_by_article ON mentions (article_fid)",
        *sqlite.SEARCH,
    ):
        connection.exec_driver_sql(statement)
    likeness.create(connection)
    write = (
        update(articles)
        .where(articles.c.fid == bindparam("row"))
        .values(title_words=bindparam("t"), words=bindparam("w"))
    )
    # No rows of judgements exist yet, but reading asks for them.
    judgements.create(connection)
    fids = connection.execute(select(articles.c.fid).order_by(articles.c.fid)).scalars().all()
    # The triggers take the old, empty words out of an index that does not have them: fill it first.
    connection.exec_driver_sql("INSERT INTO articles_words (articles_words) VALUES ('rebuild')")
    for at in range(0, len(fids), 500):
        some = fids[at : at + 500]
        for fid, linked in zip(some, read(connection, some), strict=True):
            one = Indexed.of(linked)
            connection.execute(write, {"row": fid, "t": one.title_words, "w": one.words})
    judgements.drop(connection)
    for key, value in (("epoch", uuid.uuid4().hex), ("revision", "1"), ("reference", "1")):
        connection.execute(insert(facts), {"key": key, "value": value})


def _judgements(connection: Connection, engine: Engine) -> None:
    """3 to 4: what people said of links is kept."""
    judgements.create(connection)
    if engine.path is not None:
        geopackage.register(connection, "judgements", None)


_STEPS: dict[int, Callable[[Connection, Engine], None]] = {
    1: _side_of_the_line,
    2: _search,
    3: _judgements,
}
