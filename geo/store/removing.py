"""Articles taken out of a store, with all that is kept of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete

from geo.store.adding import leave_group
from geo.store.database import new_epoch, next_revision, set_fact
from geo.store.schema import articles, judgements, likeness, mentions


def remove(connection: Connection, fids: Sequence[int]) -> None:
    """Take out articles with their mentions and what people said of their links."""
    revision = next_revision(connection)
    leave_group(connection, fids, revision)
    for table in (likeness, judgements, mentions):
        connection.execute(delete(table).where(table.c.article_fid.in_(fids)))
    connection.execute(delete(articles).where(articles.c.fid.in_(fids)))
    set_fact(connection, "revision", str(revision))
    # Who has the columns in memory is told of rows that come and change, not of those that go.
    new_epoch(connection)
