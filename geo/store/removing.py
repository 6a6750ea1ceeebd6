"""Articles taken out of a store, with all that is kept of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from geo.store.adding import leave_group
from geo.store.database import new_epoch, next_revision, set_fact
from geo.store.schema import articles, facts, judgements, likeness, mentions

_REMOVED = "removed "
_AT_ONCE = 500


def remove(connection: Connection, rows: Mapping[str, int]) -> None:
    """Take out articles with their mentions and what people said of their links.

    Parameters
    ----------
    rows : mapping of str to int
        Their rows by their ids, which the store remembers.
    """
    revision = next_revision(connection)
    fids = list(rows.values())
    leave_group(connection, fids, revision)
    for table in (likeness, judgements, mentions):
        connection.execute(delete(table).where(table.c.article_fid.in_(fids)))
    connection.execute(delete(articles).where(articles.c.fid.in_(fids)))
    if new := set(rows) - _removed(connection, list(rows)):
        said = [{"key": _REMOVED + key, "value": str(revision)} for key in sorted(new)]
        connection.execute(insert(facts), said)
    set_fact(connection, "revision", str(revision))
    # Who has the columns in memory is told of rows that come and change, not of those that go.
    new_epoch(connection)


def missing(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Return those of some articles that were taken out, and that are not there again."""
    found = _removed(connection, ids)
    there = select(articles.c.id).where(articles.c.id.in_(found))
    return found - set(connection.execute(there).scalars()) if found else found


def _removed(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Return those of some articles that were taken out once, be they there again or not."""
    found: set[str] = set()
    for at in range(0, len(ids), _AT_ONCE):
        keys = [_REMOVED + one for one in ids[at : at + _AT_ONCE]]
        known = connection.execute(select(facts.c.key).where(facts.c.key.in_(keys))).scalars()
        found.update(key.removeprefix(_REMOVED) for key in known)
    return found
