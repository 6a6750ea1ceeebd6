"""One file or database of articles, mentions, zones, places and events."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from geo.errors import FourzonesError
from geo.indexing import UNSTORABLE, Indexed
from geo.model import ZONES, Article, Judgement, LinkedArticle
from geo.selection import Selection
from geo.store import choosing, copying, counting, judging, listing, reference, removing
from geo.store.adding import add
from geo.store.answer import Added, Answered, Page
from geo.store.columns import Columns, Hits
from geo.store.database import Database, fact, next_revision, set_fact
from geo.store.rows import read
from geo.store.schema import articles, facts, mentions
from geo.words import Term, terms

if TYPE_CHECKING:
    import geopandas
    import numpy as np

RANKED = 10_000
"""How many articles with the words of a search are put in order of relevance, at most."""

_LINKED_BY = "linked by"
_STATE = ("epoch", "revision", "reference")


class Store(Database):
    """Articles and their mentions, with the zones and places they refer to.

    Parameters
    ----------
    url : str
        As `store_url` returns it.

    Raises
    ------
    FourzonesError
        By every method, when the store cannot be reached, read or written; it says which, and why.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._columns = Columns()
        self._refreshing = threading.Lock()
        self._reference = reference.Reference(self)
        self._coming: tuple[Columns, int] | None = None

    # ------------------------------------------------------------------ safety

    def backup(self, path: Path) -> None:
        """Copy the store to a new GeoPackage, whole, while others may read and write it.

        Raises
        ------
        FourzonesError
            If the file is there already or cannot be written.
        """
        copying.backup(self, path)

    def restore(self, path: Path) -> None:
        """Put the content of a backup in the place of this store's, whole or not at all.

        Raises
        ------
        FourzonesError
            If the backup is no whole store.
        """
        copying.restore(self, path)

    # ------------------------------------------------------------------ in

    def add(
        self,
        batch: Sequence[LinkedArticle | Indexed],
        *,
        linked_by: str | None = None,
        unless_changed: bool = False,
        unless_removed: bool = False,
    ) -> Added:
        """Add articles with their mentions in one transaction: all of the batch or none.

        An article that is there is replaced when anything of it or its mentions changed. What
        people said of its links stays; near-duplicates are put into one group.

        Parameters
        ----------
        linked_by : str, optional
            The version of what made their links; where it is not that of the other articles, the
            store is known to hold links of several versions.
        unless_changed : bool
            Leave out articles that are not there as they are given: only their mentions are to be
            written, and another process may have written the article since it was read.
        unless_removed : bool
            Leave out articles that `remove` took out and nobody has put back.
        """
        with self.writing() as connection:
            if unless_removed:
                gone = removing.missing(connection, [_id(one) for one in batch])
                batch = [one for one in batch if _id(one) not in gone]
            if linked_by is not None and fact(connection, _LINKED_BY) != linked_by:
                set_fact(connection, _LINKED_BY, "")
            revision = next_revision(connection)
            points = self._reference.points(connection)
            done = add(connection, self.engine, batch, points, revision, unless_changed)
            if done.added or done.updated:
                set_fact(connection, "revision", str(revision))
        return done

    def remove(self, ids: Sequence[str]) -> list[LinkedArticle]:
        """Take articles out, in one transaction: all of them or none.

        Returns
        -------
        list of LinkedArticle
            What was taken out, in the order given. `add` puts it back, but for the judgements.

        Raises
        ------
        FourzonesError
            If one of them is not there.
        """
        with self.writing() as connection:
            rows = {one: self._must_have(connection, one) for one in dict.fromkeys(ids)}
            taken = read(connection, list(rows.values()))
            removing.remove(connection, rows)
        return taken

    def judge(self, article: str, judgement: Judgement) -> None:
        """Keep what a person says of the link between an article and a zone, in place of before.

        Raises
        ------
        FourzonesError
            If there is no such article or zone.
        """
        judging.check(judgement)
        with self.writing() as connection:
            judging.judge(connection, self._must_have(connection, article), article, judgement)

    def count_rejected(self, rejects: int) -> None:
        """Add to the number of records that could not be read, in the fact `rejected`."""
        with self.writing() as connection:
            before = int(fact(connection, "rejected") or 0)
            set_fact(connection, "rejected", str(before + rejects))

    def unjudge(self, article: str, zone: str) -> None:
        """Take back what was said of a link."""
        with self.writing() as connection:
            judging.unjudge(connection, self._must_have(connection, article), zone)

    def replace_reference(
        self,
        *,
        versions: Sequence[dict[str, Any]],
        gazetteer: Sequence[dict[str, Any]],
        chronology: Sequence[dict[str, Any]],
    ) -> None:
        """Put zones, places and events in place of those that are there, in one transaction.

        Rows carry the columns of the tables, with a shapely geometry (EPSG:4326) as ``geom``.
        """
        with self.writing() as connection:
            reference.replace(connection, versions, gazetteer, chronology)

    # ------------------------------------------------------------------ out

    def columns(self) -> Columns:
        """Return the columns as the store stands now; what is counted in them stays as it is."""
        with self._asking() as (_, columns):
            return columns

    def share_read(self) -> float:
        """Return how much of the columns is in memory, 0 to 1; the first question waits for all."""
        if self._columns.revision >= 0:
            return 1.0
        columns, rows = self._coming or (self._columns, 1)
        return min(0.99, columns.taken / rows)

    def hits(self, term: Term) -> np.ndarray:
        """Return the row numbers of the articles that have a term."""
        with self.reading() as connection:
            return self.engine.hits(connection, term)

    def answer(self, selection: Selection) -> Answered:
        """Count what is in a selection."""
        with self._asking() as (connection, columns):
            return counting.answer(columns, selection, self._hits(connection))

    def days(self, selection: Selection) -> dict[str, dict[str, int]]:
        """Count the articles of a selection that are dated to a day, by day and zone.

        As `Answered.months`, for the days (`YYYY-MM-DD`) that have articles.
        """
        with self._asking() as (connection, columns):
            return counting.days(columns, selection, self._hits(connection))

    def page(
        self, selection: Selection, *, order: str = "newest", limit: int = 50, offset: int = 0
    ) -> Page:
        """Return some articles of a selection.

        Parameters
        ----------
        order : {"newest", "oldest", "relevance"}
            By relevance the best answers to the words of the selection come first; without words,
            or with more than `RANKED` articles that have them, the newest.
        """
        with self._asking() as (connection, columns):
            chosen = choosing.chosen(columns, selection, self._hits(connection))
            wanted = [term for term in terms(selection.words) if not term.absent]
            if order == "relevance":
                words = Selection(words=selection.words)
                having = int(choosing.chosen(columns, words, self._hits(connection)).sum())
                order = "relevance" if wanted and having <= RANKED else "newest"
            if order == "relevance":
                fids = columns.among(self.engine.ranked(connection, wanted), chosen)
            else:
                fids = columns.newest(chosen)
                if order == "oldest":  # those without a date stay behind
                    dated = int((chosen & ~columns.undated).sum())
                    fids[:dated] = fids[:dated][::-1].copy()
            return Page(read(connection, fids[offset : offset + limit]), order)

    def articles(
        self, selection: Selection, *, limit: int | None = None, offset: int = 0
    ) -> list[LinkedArticle]:
        """Return the articles of a selection, newest first, undated last, with all mentions."""
        with self._asking() as (connection, columns):
            fids = columns.newest(choosing.chosen(columns, selection, self._hits(connection)))[
                offset:
            ]
            return read(connection, fids[:limit])

    def each(self, selection: Selection, size: int = 500) -> Iterator[LinkedArticle]:
        """Yield the articles of a selection, newest first, undated last, as `articles` has them.

        They are as they were when the first was asked for, also when others write meanwhile.
        """
        return self.at(
            lambda columns, hits: columns.newest(choosing.chosen(columns, selection, hits)), size
        )

    def at(
        self, find: Callable[[Columns, Hits], np.ndarray], size: int = 500
    ) -> Iterator[LinkedArticle]:
        """Yield the articles of the row numbers that `find` finds in the columns, in their order.

        They are as they were when the first was asked for, also when others write meanwhile.
        """
        with self._asking() as (connection, columns):
            fids = find(columns, self._hits(connection))
            for at in range(0, len(fids), size):
                yield from read(connection, fids[at : at + size])

    def labelled(self) -> list[LinkedArticle]:
        """Return the articles whose zones a person who read them has told, newest first."""
        with self._asking() as (connection, columns):
            wanted = select(articles.c.fid).where(articles.c.labelled.is_not(None))
            told = set(connection.execute(wanted).scalars())
            fids = columns.newest(columns.fid >= 0)  # of all
            return read(connection, [fid for fid in fids.tolist() if fid in told])

    def by_zone(self, selection: Selection, limit: int) -> dict[str, list[LinkedArticle]]:
        """Return the newest articles that a selection counts for each zone, at most `limit`."""
        with self._asking() as (connection, columns):
            bits = listing.by_zone(columns, selection, self._hits(connection))
            fids = {
                zone: columns.newest((bits >> number & 1) > 0)[:limit]
                for number, zone in enumerate(ZONES)
            }
            every = list(dict.fromkeys(int(fid) for some in fids.values() for fid in some))
            found = dict(zip(every, read(connection, every), strict=True))
        return {zone: [found[int(fid)] for fid in some] for zone, some in fids.items()}

    def article(self, identifier: str) -> LinkedArticle | None:
        """Return the article of an id."""
        with self.reading() as connection:
            fid = self._row(connection, identifier)
            return None if fid is None else next(iter(read(connection, [fid])), None)

    def copies(self, group: str) -> list[LinkedArticle]:
        """Return the near-duplicates of a group, in the order in which they came."""
        with self.reading() as connection:
            statement = select(articles.c.fid).where(articles.c.same_as == group)
            return read(connection, sorted(connection.execute(statement).scalars()))

    def known(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return those of a few articles that are there, by their ids."""
        with self.reading() as connection:
            fids = connection.execute(select(articles.c.fid).where(articles.c.id.in_(ids)))
            found = read(connection, fids.scalars().all())
        return {linked.article.id: linked.article for linked in found}

    def linked_by(self) -> str:
        """Return the version of what linked all articles; empty where there are several."""
        return self.fact(_LINKED_BY) or ""

    def mark_linked(self, version: str, *, unless_beside: Sequence[str] | None = None) -> None:
        """Remember which version of names and rules all articles are linked by.

        Parameters
        ----------
        unless_beside : sequence of str, optional
            Ids of the articles that are; where there are others, nothing is said of these.
        """
        with self.writing() as connection:
            if unless_beside is not None:
                others = select(articles.c.fid).where(articles.c.id.not_in(unless_beside))
                if connection.execute(others.limit(1)).first() is not None:
                    return
            set_fact(connection, _LINKED_BY, version)

    def undated(self, selection: Selection, *, limit: int | None = None) -> list[LinkedArticle]:
        """Return the undated articles that meet everything in the selection but its range."""
        with self._asking() as (connection, columns):
            fids = columns.newest(choosing.left_out(columns, selection, self._hits(connection)))
            return read(connection, fids[:limit])

    def every(self, size: int = 500) -> Iterator[list[LinkedArticle]]:
        """Yield all articles in batches, in the order in which they came."""
        done = 0
        while True:
            with self.reading() as connection:
                fids = select(articles.c.fid).where(articles.c.fid > done)
                some = connection.execute(fids.order_by(articles.c.fid).limit(size)).scalars().all()
                batch = read(connection, some)
            if not some:
                return
            done = some[-1]
            yield batch

    def last_dated(self) -> dt.date | None:
        """Return the first day of the latest dated article."""
        with self._asking() as (_, columns):
            return columns.last_dated()

    def months(self) -> list[tuple[str, str, int]]:
        """Return (month, zone, articles) for all articles dated to a day or month."""
        return [
            (month, zone, count)
            for month, zones in self.answer(Selection()).months.items()
            for zone, count in zones.items()
            if zone
        ]

    def versions(self) -> geopandas.GeoDataFrame:
        """Return all zone versions (EPSG:4326), with everything the data file says of each."""
        return self._reference.versions()

    def chronology(self) -> list[dict[str, Any]]:
        """Return the events, oldest first."""
        return self._reference.chronology()

    def gazetteer(self) -> list[dict[str, Any]]:
        """Return the places, each with `lon` and `lat`."""
        return self._reference.gazetteer()

    # ------------------------------------------------------------------ within

    @contextlib.contextmanager
    def _asking(self) -> Iterator[tuple[Connection, Columns]]:
        """Give a connection and the columns as they are in the state of the store it sees."""
        while True:
            seen = self._columns
            with self.reading() as connection:
                wanted = select(facts.c.key, facts.c.value).where(facts.c.key.in_(_STATE))
                known = {row.key: row.value for row in connection.execute(wanted)}
                columns = self._brought(connection, known, seen)
                if columns is not None:
                    yield connection, columns
                    return

    def _brought(
        self, connection: Connection, known: dict[str, str], seen: Columns
    ) -> Columns | None:
        """Return the columns in a state of the store; None when others have brought them further.

        Going back would be to read everything anew.

        Parameters
        ----------
        seen : Columns
            Those that were there before the state was asked for.
        """
        columns = self._columns
        if columns.state == known:
            return columns
        with self._refreshing:
            columns = self._columns
            if columns.state != known:
                if columns is not seen and columns.is_ahead(known):
                    return None
                # A copy: those who are counting keep what they have.
                columns = copy.copy(columns)
                if columns.revision < 0:  # about as many rows as the last one's number
                    last = [select(func.max(t.c.fid)) for t in (articles, mentions)]
                    rows = sum(connection.scalar(one) or 0 for one in last)
                    self._coming = columns, rows + 1
                columns.refresh(connection, known)
                self._columns, self._coming = columns, None
        return columns

    def _hits(self, connection: Connection) -> Hits:
        return partial(self.engine.hits, connection)

    def _must_have(self, connection: Connection, identifier: str) -> int:
        fid = self._row(connection, identifier)
        if fid is None:
            raise FourzonesError("no such article", where=self.name, got=identifier[:80])
        return fid

    @staticmethod
    def _row(connection: Connection, identifier: str) -> int | None:
        if UNSTORABLE.search(identifier):  # a question that not every engine takes
            return None
        return connection.scalar(select(articles.c.fid).where(articles.c.id == identifier))


def _id(one: LinkedArticle | Indexed) -> str:
    return (one.linked if isinstance(one, Indexed) else one).article.id
