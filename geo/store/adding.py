"""Putting a batch of articles into a store, within one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, select, update

from geo import likeness as near
from geo.indexing import Indexed
from geo.model import LinkedArticle
from geo.store.answer import Added
from geo.store.engine import Engine
from geo.store.rows import MENTION, article_row, mention_row, read
from geo.store.schema import articles, likeness, mentions

_CANDIDATES = 20
"""With how many articles of the store one is compared in full, at most."""


@dataclass(slots=True)
class _Pending:
    """An article that is to be written."""

    fid: int
    indexed: Indexed
    new: bool
    row: dict[str, Any]


def add(
    connection: Connection,
    engine: Engine,
    batch: Sequence[LinkedArticle | Indexed],
    points: dict[str, Any],
    revision: int,
    unless_changed: bool = False,
) -> Added:
    """Add articles with their mentions; one that is there is replaced when anything changed.

    Parameters
    ----------
    points : dict of place to geometry
        As the engine keeps them.
    revision : int
        What rows that are written bear.
    unless_changed : bool
        Leave out articles that are not there as they are given.
    """
    given = [one.linked if isinstance(one, Indexed) else one for one in batch]
    there = _there(connection, given)
    last = connection.scalar(select(func.max(articles.c.fid))) or 0
    done = Added()
    pending: dict[str, _Pending] = {}
    for linked, one in zip(given, batch, strict=True):
        key, links = linked.article.id, len(linked.zones)
        if unless_changed and (key not in there or there[key][1].article != linked.article):
            continue
        if key in pending:
            before, fid, new = pending[key].indexed.linked, pending[key].fid, pending[key].new
        elif key in there:
            (fid, before), new = there[key], False
        else:
            last += 1
            fid, before, new = last, None, True
        if before == linked:
            done += Added(unchanged=1, links=links)
            continue
        done += Added(added=before is None, updated=before is not None, links=links)
        indexed = one if isinstance(one, Indexed) else Indexed.of(one)
        row = {"fid": fid, "changed": revision, **article_row(indexed)}
        pending[key] = _Pending(fid, indexed, new, row)
    _write(connection, engine, list(pending.values()), points, revision)
    return done


def _there(
    connection: Connection, batch: Sequence[LinkedArticle]
) -> dict[str, tuple[int, LinkedArticle]]:
    ids = [linked.article.id for linked in batch]
    found = connection.execute(select(articles.c.fid).where(articles.c.id.in_(ids))).scalars().all()
    return {
        linked.article.id: (fid, linked)
        for fid, linked in zip(found, read(connection, found), strict=True)
    }


def _write(
    connection: Connection,
    engine: Engine,
    pending: list[_Pending],
    points: dict[str, Any],
    revision: int,
) -> None:
    if not pending:
        return
    old = [one.fid for one in pending if not one.new]
    connection.execute(delete(likeness).where(likeness.c.article_fid.in_(old)))
    connection.execute(delete(mentions).where(mentions.c.article_fid.in_(old)))
    leave_group(connection, old, revision)
    joined = _group(connection, pending)
    new = [one.row for one in pending if one.new]
    if new:
        _insert(connection, articles, tuple(new[0]), [tuple(row.values()) for row in new])
    for one in pending:
        if not one.new:
            connection.execute(update(articles).where(articles.c.fid == one.fid).values(one.row))
    if joined:
        statement = update(articles).where(articles.c.fid == bindparam("row"))
        connection.execute(
            statement.values(same_as=bindparam("group"), changed=revision),
            [{"row": fid, "group": group} for fid, group in joined.items()],
        )
    engine.index(connection, [one.row for one in pending])
    rows = [
        mention_row(one.fid, one.row["id"], mention, points)
        for one in pending
        for mention in one.indexed.linked.mentions
    ]
    _insert(connection, mentions, MENTION, rows)
    pairs = [(key, one.fid) for one in pending for key in one.indexed.keys]
    _insert(connection, likeness, ("key", "article_fid"), pairs)


def _insert(
    connection: Connection, table: Table, columns: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> None:
    """Write rows as the driver takes them; SQLAlchemy would make each anew, by name."""
    if rows:
        quoted = ", ".join(map(connection.dialect.identifier_preparer.quote, columns))
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        marks = ", ".join([mark] * len(columns))
        statement = f"INSERT INTO {table.name} ({quoted}) VALUES ({marks})"
        connection.exec_driver_sql(statement, rows)


def leave_group(connection: Connection, fids: Sequence[int], revision: int) -> None:
    """Take articles that are written anew or removed out of their groups; the rest keeps together.

    A group bears the id of its first: of those that stay the first gives the name, and one that
    stays alone is no group.
    """
    own = articles.c.fid.in_(fids)
    left = select(articles.c.same_as).where(own, articles.c.same_as != "").distinct()
    groups = connection.execute(left).scalars().all()
    if not groups:
        return
    connection.execute(update(articles).where(own).values(same_as="", changed=revision))
    for group in groups:
        members = articles.c.same_as == group
        first = select(articles.c.id).where(members).order_by(articles.c.fid).limit(2)
        ids = connection.execute(first).scalars().all()
        if ids and (len(ids) == 1 or ids[0] != group):
            name = ids[0] if len(ids) > 1 else ""
            connection.execute(
                update(articles).where(members).values(same_as=name, changed=revision)
            )


def _group(connection: Connection, pending: list[_Pending]) -> dict[int, str]:
    """Say of each pending article whose copy it is.

    Returns
    -------
    dict of int to str
        Articles of the store, by row, that are now the first of a group.
    """
    wanted = sorted({key for one in pending for key in one.indexed.keys})
    shared: dict[int, list[int]] = {}
    for at in range(0, len(wanted), 500):
        chunk = wanted[at : at + 500]
        place = func.row_number().over(partition_by=likeness.c.key, order_by=likeness.c.article_fid)
        ranked = (
            select(likeness.c.key, likeness.c.article_fid, place.label("place"))
            .where(likeness.c.key.in_(chunk))
            .subquery()
        )
        # The first of each key are enough: with copies by the thousand, all are copies of them.
        for key, fid, _ in connection.execute(
            select(ranked)
            .where(ranked.c.place <= _CANDIDATES)
            .order_by(ranked.c.key, ranked.c.article_fid)
        ):
            shared.setdefault(key, []).append(fid)
    known = _candidates(connection, {fid for fids in shared.values() for fid in fids})
    earlier = {one.fid: one for one in pending}
    joined: dict[int, str] = {}
    for one in pending:
        one.row["same_as"] = ""
        fids = sorted({fid for key in one.indexed.keys for fid in shared.get(key, ())} - {one.fid})
        for fid in fids[:_CANDIDATES]:
            other = earlier[fid].row if fid in earlier else known[fid]
            if near.alike(_words(one.row), _words(other)) < near.ENOUGH:
                continue
            if not other["same_as"]:
                other["same_as"] = other["id"]
                if fid not in earlier:
                    joined[fid] = other["id"]
            one.row["same_as"] = other["same_as"]
            break
        for key in one.indexed.keys:
            shared.setdefault(key, []).append(one.fid)
    return joined


def _words(row: dict[str, Any]) -> list[str]:
    words: str = row["words"]
    return words.split(" ")


def _candidates(connection: Connection, fids: set[int]) -> dict[int, dict[str, Any]]:
    columns = (articles.c.fid, articles.c.id, articles.c.same_as, articles.c.words)
    found: dict[int, dict[str, Any]] = {}
    some = sorted(fids)
    for at in range(0, len(some), 500):
        statement = select(*columns).where(articles.c.fid.in_(some[at : at + 500]))
        for row in connection.execute(statement):
            found[row.fid] = dict(row._mapping)
    return found
