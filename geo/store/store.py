"""One file or database of articles, mentions, zones, places and events."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import json
import os
import sqlite3
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from shapely.errors import ShapelyError
from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from geo.errors import FourzonesError
from geo.model import ZONES, Article, Judgement, LinkedArticle
from geo.paths import ROOT
from geo.selection import Selection
from geo.store import copying
from geo.store.adding import add
from geo.store.answer import Added, Answered, Page
from geo.store.columns import Columns, Hits
from geo.store.engine import Engine
from geo.store.listing import by_zone
from geo.store.migrations import SCHEMA_VERSION, bring_up
from geo.store.postgis import PostGIS
from geo.store.rows import UNSTORABLE, read
from geo.store.schema import (
    Geometry,
    articles,
    events,
    facts,
    judgements,
    mentions,
    places,
    zone_versions,
)
from geo.store.sqlite import GeoPackage, reach
from geo.words import Term, terms

if TYPE_CHECKING:
    import geopandas
    import numpy as np

DEFAULT_STORE = ROOT / "var" / "fourzones.gpkg"

RANKED = 10_000
"""How many articles with the words of a search are put in order of relevance, at most."""

_STATE = ("epoch", "revision", "reference")


def store_url(given: str | None = None) -> str:
    """Return the address of a store: the one given, else ``FOURZONES_STORE``, else the default.

    A bare path is a GeoPackage there.

    Raises
    ------
    FourzonesError
        If it is neither a path, a ``sqlite:///`` nor a ``postgresql://`` address.
    """
    address = given or os.environ.get("FOURZONES_STORE") or str(DEFAULT_STORE)
    if "://" not in address:
        return f"sqlite:///{address}"
    if not address.startswith(("sqlite:///", "postgresql://")):
        raise FourzonesError(
            "unknown kind of store",
            where="--store",
            expected="a path, sqlite:///PATH.gpkg or postgresql://HOST/NAME",
            got=address.split("://")[0] + "://",
        )
    return address


class Store:
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
        self.url = url
        self._engine: Engine = PostGIS(url) if url.startswith("postgresql") else GeoPackage(url)
        self.name = self._engine.name
        self.path = self._engine.path
        self._columns = Columns()
        self._refreshing = threading.Lock()
        self._coming: tuple[Columns, int] | None = None
        self._points: tuple[str, dict[str, Any]] = ("", {})
        self._reference: dict[str, tuple[Any, Any]] = {}

    @property
    def exists(self) -> bool:
        """Whether the file, or a store in the database, is there."""
        with self._errors("reach"):
            return self._engine.exists()

    @property
    def read_only(self) -> bool:
        """Whether it is a file that cannot be written; it can be read all the same."""
        return self._engine.read_only

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
        with self._errors("create"):
            self._engine.prepare()
        with self._writing() as connection:
            if self._engine.path is None and self._engine.exists():
                return
            self._engine.create(connection)
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
            with self._writing() as connection:
                # Read again under the lock: another process may have been faster.
                bring_up(connection, self._engine, int(self._fact(connection, "schema") or 0))

    def close(self) -> None:
        """Let go of the file or the server."""
        self._engine.database.dispose()

    # ------------------------------------------------------------------ safety

    def backup(self, path: Path) -> None:
        """Copy the store to a new GeoPackage, whole, while others may read and write it.

        Raises
        ------
        FourzonesError
            If the file is there already or cannot be written.
        """
        with copying.new_file(path) as half:
            if self.path is not None:
                with self._errors("copy"):
                    copying.copy_file(self.path, half)
                return
            kept = Store(f"sqlite:///{half}")
            kept.create()
            with self._reading() as own, kept._writing() as connection:
                copying.copy_rows(own, connection, kept._engine)
            kept._fold()

    def restore(self, path: Path) -> None:
        """Put the content of a backup in the place of this store's, whole or not at all.

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
                copying.copy_file(path, whole)
            except sqlite3.Error as error:
                raise FourzonesError(
                    "not a Fourzones store", where=str(path), expected="a backup", got=str(error)
                ) from error
            other = Store(f"sqlite:///{whole}")
            try:
                other.check()
                if faults := other.faults():
                    raise FourzonesError(
                        "the backup is damaged",
                        where=str(path),
                        expected="a whole store",
                        got=faults[0],
                    )
                with other._writing() as connection:
                    copying.rename(connection)
                if self.path is None:
                    with other._reading() as kept, self._writing() as connection:
                        copying.copy_rows(kept, connection, self._engine)
            finally:
                other.close()
            other._fold()
            if self.path is not None:
                self.must_take()
                with self._errors("write to"):
                    copying.copy_file(whole, self.path)

    def faults(self) -> list[str]:
        """Return what is wrong with the store: damaged pages, rows that refer to nothing."""
        with self._reading() as connection:
            return self._engine.faults(connection)

    # ------------------------------------------------------------------ in

    def add(self, batch: Sequence[LinkedArticle], *, unless_changed: bool = False) -> Added:
        """Add articles with their mentions in one transaction: all of the batch or none.

        An article that is there is replaced when anything of it or its mentions changed. What
        people said of its links stays; near-duplicates are put into one group.

        Parameters
        ----------
        unless_changed : bool
            Leave out articles that are not there as they are given: only their mentions are to be
            written, and another process may have written the article since it was read.
        """
        with self._writing() as connection:
            revision = int(self._fact(connection, "revision") or 0) + 1
            points = self._at(connection)
            done = add(connection, self._engine, batch, points, revision, unless_changed)
            if done.added or done.updated:
                self._set(connection, "revision", str(revision))
        return done

    def judge(self, article: str, judgement: Judgement) -> None:
        """Keep what a person says of the link between an article and a zone, in place of before.

        Raises
        ------
        FourzonesError
            If there is no such article or zone.
        """
        if judgement.zone not in ZONES or judgement.verdict not in ("confirmed", "rejected"):
            raise FourzonesError(
                "no such judgement", expected="confirmed or rejected, and one of the four zones",
                got=f"{judgement.verdict[:40]}, {judgement.zone[:40]}",
            )  # fmt: skip
        if UNSTORABLE.search(judgement.by + judgement.at):
            raise FourzonesError(
                "bad name of who judges", expected="a text that can be stored",
                got=ascii(judgement.by[:40]),
            )  # fmt: skip
        with self._judging(article, judgement.zone) as (connection, fid):
            row = {"article_fid": fid, "article": article, "zone": judgement.zone,
                   "verdict": judgement.verdict, "by": judgement.by[:200],
                   "at": judgement.at}  # fmt: skip
            connection.execute(insert(judgements), row)

    def count_rejected(self, rejects: int) -> None:
        """Add to the number of records that could not be read, in the fact `rejected`."""
        with self._writing() as connection:
            before = int(self._fact(connection, "rejected") or 0)
            self._set(connection, "rejected", str(before + rejects))

    def unjudge(self, article: str, zone: str) -> None:
        """Take back what was said of a link."""
        with self._judging(article, zone):
            pass

    @contextlib.contextmanager
    def _judging(self, article: str, zone: str) -> Iterator[tuple[Connection, int]]:
        with self._writing() as connection:
            fid = self._row(connection, article)
            if fid is None:
                raise FourzonesError("no such article", where=self.name, got=article[:80])
            own = (judgements.c.article_fid == fid) & (judgements.c.zone == zone)
            connection.execute(delete(judgements).where(own))
            yield connection, fid
            revision = int(self._fact(connection, "revision") or 0) + 1
            connection.execute(
                update(articles).where(articles.c.fid == fid).values(changed=revision)
            )
            self._set(connection, "revision", str(revision))

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
        with self._writing() as connection:
            for table, rows in (
                (zone_versions, versions),
                (places, gazetteer),
                (events, chronology),
            ):
                connection.execute(delete(table))
                if rows:
                    connection.execute(insert(table), list(rows))
            self._set(connection, "reference", uuid.uuid4().hex)

    def remember(self, key: str, value: str) -> None:
        """Keep a fact about the store itself."""
        with self._writing() as connection:
            self._set(connection, key, value)

    # ------------------------------------------------------------------ out

    def fact(self, key: str) -> str | None:
        """Return what the store knows of itself: `schema`, or `data` (the hash of its data)."""
        with self._reading() as connection:
            return self._fact(connection, key)

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
        with self._reading() as connection:
            return self._engine.hits(connection, term)

    def answer(self, selection: Selection) -> Answered:
        """Count what is in a selection."""
        with self._asking() as (connection, columns):
            return columns.answer(selection, self._hits(connection))

    def days(self, selection: Selection) -> dict[str, dict[str, int]]:
        """Count the articles of a selection that are dated to a day, by day and zone.

        As `Answered.months`, for the days (`YYYY-MM-DD`) that have articles.
        """
        with self._asking() as (connection, columns):
            return columns.days(selection, self._hits(connection))

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
            chosen = columns.chosen(selection, self._hits(connection))
            wanted = [term for term in terms(selection.words) if not term.absent]
            if order == "relevance":
                words = Selection(words=selection.words)
                having = int(columns.chosen(words, self._hits(connection)).sum())
                order = "relevance" if wanted and having <= RANKED else "newest"
            if order == "relevance":
                fids = columns.among(self._engine.ranked(connection, wanted), chosen)
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
            fids = columns.newest(columns.chosen(selection, self._hits(connection)))[offset:]
            return read(connection, fids[:limit])

    def each(self, selection: Selection, size: int = 500) -> Iterator[LinkedArticle]:
        """Yield the articles of a selection, newest first, undated last, as `articles` has them.

        They are as they were when the first was asked for, also when others write meanwhile.
        """
        return self.at(lambda columns, hits: columns.newest(columns.chosen(selection, hits)), size)

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
            bits = by_zone(columns, selection, self._hits(connection))
            fids = {
                zone: columns.newest((bits >> number & 1) > 0)[:limit]
                for number, zone in enumerate(ZONES)
            }
            every = list(dict.fromkeys(int(fid) for some in fids.values() for fid in some))
            found = dict(zip(every, read(connection, every), strict=True))
        return {zone: [found[int(fid)] for fid in some] for zone, some in fids.items()}

    def article(self, identifier: str) -> LinkedArticle | None:
        """Return the article of an id."""
        with self._reading() as connection:
            fid = self._row(connection, identifier)
            return None if fid is None else next(iter(read(connection, [fid])), None)

    def copies(self, group: str) -> list[LinkedArticle]:
        """Return the near-duplicates of a group, in the order in which they came."""
        with self._reading() as connection:
            statement = select(articles.c.fid).where(articles.c.same_as == group)
            return read(connection, sorted(connection.execute(statement).scalars()))

    def known(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return those of a few articles that are there, by their ids."""
        with self._reading() as connection:
            fids = connection.execute(select(articles.c.fid).where(articles.c.id.in_(ids)))
            found = read(connection, fids.scalars().all())
        return {linked.article.id: linked.article for linked in found}

    def undated(self, selection: Selection, *, limit: int | None = None) -> list[LinkedArticle]:
        """Return the undated articles that meet everything in the selection but its range."""
        with self._asking() as (connection, columns):
            fids = columns.newest(columns.left_out(selection, self._hits(connection)))
            return read(connection, fids[:limit])

    def every(self, size: int = 500) -> Iterator[list[LinkedArticle]]:
        """Yield all articles in batches, in the order in which they came."""
        done = 0
        while True:
            with self._reading() as connection:
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
        known: geopandas.GeoDataFrame = self._remembered("versions", self._read_versions)
        return known.copy(deep=False)  # what is changed in a copy never reaches the original

    def chronology(self) -> list[dict[str, Any]]:
        """Return the events, oldest first."""
        return [dict(event) for event in self._remembered("events", self._read_chronology)]

    def gazetteer(self) -> list[dict[str, Any]]:
        """Return the places, each with `lon` and `lat`."""
        return [dict(place) for place in self._remembered("places", self._read_gazetteer)]

    # ------------------------------------------------------------------ within

    def _remembered(self, name: str, read_it: Callable[[], Any]) -> Any:
        """Return zones, places or events, read again only when they were replaced."""
        with self._reading() as connection:
            now = (self._fact(connection, "epoch"), self._fact(connection, "reference"))
        known, value = self._reference.get(name, (None, None))
        if known != now:
            value = read_it()
            self._reference[name] = (now, value)
        return value

    def _read_versions(self) -> geopandas.GeoDataFrame:
        import geopandas

        from geo import zones

        with self._reading() as connection:
            rows = connection.execute(select(zone_versions).order_by(zone_versions.c.fid)).all()
            records = [json.loads(row.properties) for row in rows]
        drawn = [row.geom for row in rows]
        return zones.dated(geopandas.GeoDataFrame(records, geometry=drawn, crs=4326))

    def _read_chronology(self) -> list[dict[str, Any]]:
        with self._reading() as connection:
            rows = connection.execute(select(events).order_by(events.c.date, events.c.fid))
            return [dict(row._mapping) for row in rows]

    def _read_gazetteer(self) -> list[dict[str, Any]]:
        with self._reading() as connection:
            found = []
            for row in connection.execute(select(places).order_by(places.c.id)):
                record = {k: v for k, v in row._mapping.items() if k not in ("fid", "geom")}
                lon, lat = shapely.get_x(row.geom), shapely.get_y(row.geom)
                found.append({**record, "lon": lon, "lat": lat})
            return found

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        self.must_take()
        database = self._engine.database.execution_options(writes=True)
        with self._errors("write to"), database.begin() as connection:
            self._engine.lock(connection)
            yield connection

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._errors("read"), self._engine.database.connect() as connection:
            self._engine.still(connection)
            yield connection

    @contextlib.contextmanager
    def _asking(self) -> Iterator[tuple[Connection, Columns]]:
        """Give a connection and the columns as they are in the state of the store it sees."""
        with self._reading() as connection:
            wanted = select(facts.c.key, facts.c.value).where(facts.c.key.in_(_STATE))
            known = {row.key: row.value for row in connection.execute(wanted)}
            columns = self._columns
            if columns.state != known:
                with self._refreshing:
                    columns = self._columns
                    if columns.state != known:
                        # A copy: those who are counting keep what they have.
                        columns = copy.copy(columns)
                        if columns.revision < 0:  # about as many rows as the last one's number
                            last = [select(func.max(t.c.fid)) for t in (articles, mentions)]
                            rows = sum(connection.scalar(one) or 0 for one in last)
                            self._coming = columns, rows + 1
                        columns.refresh(connection, known)
                        self._columns, self._coming = columns, None
            yield connection, columns

    def _hits(self, connection: Connection) -> Hits:
        return partial(self._engine.hits, connection)

    def _at(self, connection: Connection) -> dict[str, Any]:
        """Return the points of the places, as the engine writes them."""
        reference = self._fact(connection, "reference") or ""
        if self._points[0] != reference:
            write = Geometry().process_bind_param
            rows = connection.execute(select(places.c.id, places.c.geom))
            points = {row.id: write(row.geom, connection.dialect) for row in rows}
            self._points = (reference, points)
        return self._points[1]

    def _fold(self) -> None:
        """Bring all of a file into the file itself, so that it can be moved alone."""
        self.close()
        if self.path is not None:
            with contextlib.closing(reach(self.path)) as raw:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                raw.execute("PRAGMA journal_mode = DELETE")

    @staticmethod
    def _row(connection: Connection, identifier: str) -> int | None:
        if UNSTORABLE.search(identifier):  # a question that not every engine takes
            return None
        return connection.scalar(select(articles.c.fid).where(articles.c.id == identifier))

    @staticmethod
    def _fact(connection: Connection, key: str) -> str | None:
        return connection.scalar(select(facts.c.value).where(facts.c.key == key))

    @staticmethod
    def _set(connection: Connection, key: str, value: str) -> None:
        done = connection.execute(update(facts).where(facts.c.key == key).values(value=value))
        if not done.rowcount:
            connection.execute(insert(facts), {"key": key, "value": value})

    @contextlib.contextmanager
    def _errors(self, what: str) -> Iterator[None]:
        try:
            yield
        # A damaged file gives texts, dates and geometries that are none.
        except (DBAPIError, sqlite3.Error, OSError, ValueError, ShapelyError) as error:
            cause = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
            raise FourzonesError(
                f"cannot {what} the store", where=self.name, expected=self._engine.kind, got=cause
            ) from error
