"""One file (or database) of articles, mentions, zones, places and events."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError

from geo.errors import FourzonesError
from geo.model import Article, LinkedArticle
from geo.paths import ROOT
from geo.selection import Selection
from geo.store import geopackage, query
from geo.store.rows import article_row, mention_row, read
from geo.store.schema import (
    LAYERS,
    MIGRATIONS,
    SCHEMA_VERSION,
    articles,
    events,
    facts,
    mentions,
    metadata,
    places,
    zone_versions,
)

if TYPE_CHECKING:
    import geopandas

DEFAULT_STORE = ROOT / "var" / "fourzones.gpkg"


def store_url(given: str | None = None) -> str:
    """Return the address of a store: the one given, else ``FOURZONES_STORE``, else the default.

    A bare path is a GeoPackage there.

    Raises
    ------
    FourzonesError
        If it is neither a path nor a ``sqlite:///`` address.
    """
    address = given or os.environ.get("FOURZONES_STORE") or str(DEFAULT_STORE)
    if "://" not in address:
        return f"sqlite:///{address}"
    if not address.startswith("sqlite:///"):
        raise FourzonesError(
            "unknown kind of store",
            where="--store",
            expected="a path or sqlite:///PATH.gpkg",
            got=address.split("://")[0] + "://",
        )
    return address


@dataclass(frozen=True, slots=True)
class Added:
    """How many articles of a batch were new, changed or already there as they are."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    links: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            self.added + other.added,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.links + other.links,
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """The counts that describe a selection.

    Attributes
    ----------
    total : int
        All articles in the store.
    articles : int
        Those in the selection.
    coarse : int
        Of these, the ones dated only to a month or a year.
    partial : int
        Of these, the ones whose date is only partly inside the range.
    undated : int
        Undated articles that meet everything else in the selection.
    zones : dict of str to int
        Articles in the selection by zone that they mention.
    languages, publishers : dict of str to int
    """

    total: int
    articles: int
    coarse: int
    partial: int
    undated: int
    zones: dict[str, int]
    languages: dict[str, int]
    publishers: dict[str, int]


class Store:
    """A GeoPackage of articles and their mentions, with the zones and places they refer to.

    Parameters
    ----------
    url : str
        As `store_url` returns it.

    Raises
    ------
    FourzonesError
        When the file cannot be opened, is no store, or was written by a newer version.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.path = Path(url.removeprefix("sqlite:///"))
        self._engine = _engine(url)

    @property
    def exists(self) -> bool:
        """Whether the file is there."""
        return self.path.exists()

    def create(self) -> None:
        """Make an empty store."""
        with self._writing() as connection:
            connection.execute(text(f"PRAGMA application_id = {geopackage.APPLICATION_ID}"))
            connection.execute(text(f"PRAGMA user_version = {geopackage.USER_VERSION}"))
            geopackage.create(connection, LAYERS)
            metadata.create_all(connection)
            connection.execute(insert(facts), {"key": "schema", "value": str(SCHEMA_VERSION)})

    def check(self) -> None:
        """Refuse a file that is no store or a newer one; bring an older one up to date.

        Raises
        ------
        FourzonesError
        """
        try:
            version = int(self.fact("schema") or 0)
        except FourzonesError as error:
            raise FourzonesError(
                "not a Fourzones store", where=str(self.path), expected="a GeoPackage made by it"
            ) from error
        if version > SCHEMA_VERSION:
            raise FourzonesError(
                "the store is newer than this program",
                where=str(self.path),
                expected=f"schema {SCHEMA_VERSION} or older",
                got=str(version),
            )
        if 0 < version < SCHEMA_VERSION:
            with self._writing() as connection:
                for step in range(version, SCHEMA_VERSION):
                    for statement in MIGRATIONS[step]:
                        connection.execute(text(statement))
                connection.execute(
                    update(facts).where(facts.c.key == "schema").values(value=str(SCHEMA_VERSION))
                )

    def backup(self, path: Path) -> None:
        """Copy the store to a new file, whole, while others may read and write it.

        Raises
        ------
        FourzonesError
            If the file is there already or cannot be written.
        """
        if path.exists():
            raise FourzonesError(
                "the file is there already", where=str(path), expected="a new name"
            )
        half = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with (
                self._errors("copy"),
                contextlib.closing(sqlite3.connect(half)) as copy,
                contextlib.closing(sqlite3.connect(self.path, timeout=30)) as own,
            ):
                own.backup(copy)
            half.replace(path)
        except OSError as error:
            raise FourzonesError(
                "cannot write", where=str(path), expected="a folder that can be written",
                got=error.strerror or str(error),
            ) from error  # fmt: skip
        finally:
            half.unlink(missing_ok=True)

    def restore(self, path: Path) -> None:
        """Put the content of a backup in the place of this store's, whole or not at all.

        Raises
        ------
        FourzonesError
            If the backup is no whole store.
        """
        if not path.is_file():
            raise FourzonesError("cannot read", where=str(path), expected="a backup")
        other = Store(f"sqlite:///{path}")
        try:
            other.check()
            if faults := other.faults():
                raise FourzonesError(
                    "the backup is damaged",
                    where=str(path),
                    expected="a whole store",
                    got=faults[0],
                )
        finally:
            other.close()
        with (
            self._errors("write to"),
            contextlib.closing(sqlite3.connect(path)) as kept,
            contextlib.closing(sqlite3.connect(self.path, timeout=30)) as own,
        ):
            kept.backup(own)

    def faults(self) -> list[str]:
        """Return what is wrong with the file: its pages, and rows that refer to nothing."""
        with self._reading() as connection:
            pages = connection.execute(text("PRAGMA integrity_check")).scalars()
            loose = connection.execute(text("PRAGMA foreign_key_check")).all()
            return [line for line in pages if line != "ok"] + [str(tuple(row)) for row in loose]

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    # ------------------------------------------------------------------ in

    def add(self, batch: Sequence[LinkedArticle]) -> Added:
        """Add articles with their mentions in one transaction: all of the batch or none.

        An article that is there is replaced when anything of it or its mentions changed.
        """
        done = Added()
        with self._writing() as connection:
            points = {
                row.id: geopackage.decode(row.geom)
                for row in connection.execute(select(places.c.id, places.c.geom))
            }
            before = {
                linked.article.id: linked
                for linked in read(
                    connection,
                    select(articles).where(articles.c.id.in_([x.article.id for x in batch])),
                )
            }
            for linked in batch:
                old = before.get(linked.article.id)
                links = len(linked.zones)
                if old == linked:
                    done += Added(unchanged=1, links=links)
                    continue
                row = article_row(linked.article)
                if old is None:
                    connection.execute(insert(articles), row)
                    done += Added(added=1, links=links)
                else:
                    connection.execute(
                        update(articles).where(articles.c.id == linked.article.id).values(row)
                    )
                    connection.execute(
                        delete(mentions).where(mentions.c.article == linked.article.id)
                    )
                    done += Added(updated=1, links=links)
                before[linked.article.id] = linked
                rows = [mention_row(linked.article.id, m, points) for m in linked.mentions]
                if rows:
                    connection.execute(insert(mentions), rows)
        return done

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
                    encoded = [
                        {**row, "geom": geopackage.encode(row["geom"])} if "geom" in row else row
                        for row in rows
                    ]
                    connection.execute(insert(table), encoded)

    def remember(self, key: str, value: str) -> None:
        """Keep a fact about the store itself."""
        with self._writing() as connection:
            connection.execute(delete(facts).where(facts.c.key == key))
            connection.execute(insert(facts), {"key": key, "value": value})

    # ------------------------------------------------------------------ out

    def fact(self, key: str) -> str | None:
        """Return what the store knows of itself: `schema`, or `data` (the hash of its data)."""
        with self._reading() as connection:
            return connection.scalar(select(facts.c.value).where(facts.c.key == key))

    def articles(
        self, selection: Selection, *, limit: int | None = None, offset: int = 0
    ) -> list[LinkedArticle]:
        """Return the articles of a selection, newest first, undated last, with all mentions."""
        statement = (
            select(articles)
            .where(query.selected(selection))
            .order_by(
                articles.c.published_from.is_(None),
                articles.c.published_from.desc(),
                articles.c.published_to,
                articles.c.id,
            )
            .limit(limit)
            .offset(offset)
        )
        with self._reading() as connection:
            return read(connection, statement)

    def known(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return those of a few articles that are there, by their ids."""
        with self._reading() as connection:
            found = read(connection, select(articles).where(articles.c.id.in_(ids)))
        return {linked.article.id: linked.article for linked in found}

    def undated(self, selection: Selection) -> list[LinkedArticle]:
        """Return the undated articles that meet everything in the selection but its range."""
        statement = (
            select(articles)
            .where(query.besides_dates(selection), articles.c.published_from.is_(None))
            .order_by(articles.c.id)
        )
        with self._reading() as connection:
            return read(connection, statement)

    def every(self, size: int = 500) -> Iterator[list[LinkedArticle]]:
        """Yield all articles in batches, in the order in which they came."""
        done = 0
        while True:
            with self._reading() as connection:
                statement = (
                    select(articles)
                    .where(articles.c.fid > done)
                    .order_by(articles.c.fid)
                    .limit(size)
                )
                batch = read(connection, statement)
                if not batch:
                    return
                last = articles.c.id == batch[-1].article.id
                done = connection.scalar(select(articles.c.fid).where(last)) or 0
            yield batch

    def answer(self, selection: Selection) -> Answered:
        """Count what is in a selection."""
        chosen = query.selected(selection)
        article = select(func.count()).select_from(articles)
        coarse = func.julianday(articles.c.published_to) - func.julianday(articles.c.published_from)
        by_zone = (
            select(mentions.c.zone, func.count(mentions.c.article.distinct()))
            .join(articles, articles.c.id == mentions.c.article)
            .where(chosen, query.mention_condition(selection.replace(zone=())))
            .group_by(mentions.c.zone)
        )
        with self._reading() as connection:

            def number(*conditions: Any) -> int:
                return connection.scalar(article.where(*conditions)) or 0

            def facet(column: Any) -> dict[str, int]:
                count = func.count()
                rows = connection.execute(
                    select(column, count)
                    .where(chosen)
                    .group_by(column)
                    .order_by(count.desc(), column)
                )
                return dict(rows.all())

            return Answered(
                total=number(),
                articles=number(chosen),
                coarse=number(chosen, coarse > 1),
                partial=number(chosen, query.partly_in_range(selection)),
                undated=number(query.besides_dates(selection), articles.c.published_from.is_(None)),
                zones=dict(connection.execute(by_zone).all()),
                languages=facet(articles.c.language),
                publishers=facet(articles.c.publisher),
            )

    def last_dated(self) -> dt.date | None:
        """Return the first day of the latest dated article."""
        with self._reading() as connection:
            latest = connection.scalar(select(func.max(articles.c.published_from)))
        return dt.date.fromisoformat(latest) if latest else None

    def months(self) -> list[tuple[str, str | None, int]]:
        """Return (month, zone, articles) for the articles dated to a day or month.

        One dated to other days, as by the Islamic calendar, counts in the month of their middle.
        """
        first, end = map(func.julianday, (articles.c.published_from, articles.c.published_to))
        month, width = func.strftime("%Y-%m", (first + end) / 2), end - first
        statement = (
            select(month, mentions.c.zone, func.count(articles.c.id.distinct()))
            .join(mentions, articles.c.id == mentions.c.article)
            .where(width < 32)
            .group_by(month, mentions.c.zone)
            .order_by(month)
        )
        with self._reading() as connection:
            return [tuple(row) for row in connection.execute(statement)]

    def versions(self) -> geopandas.GeoDataFrame:
        """Return all zone versions (EPSG:4326), with everything the data file says of each."""
        import geopandas

        from geo import zones

        with self._reading() as connection:
            rows = connection.execute(select(zone_versions).order_by(zone_versions.c.fid)).all()
        records = [json.loads(row.properties) for row in rows]
        drawn = [geopackage.decode(row.geom) for row in rows]
        return zones.dated(geopandas.GeoDataFrame(records, geometry=drawn, crs=4326))

    def chronology(self) -> list[dict[str, Any]]:
        """Return the events, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(select(events).order_by(events.c.date, events.c.fid))
            return [dict(row._mapping) for row in rows]

    def gazetteer(self) -> list[dict[str, Any]]:
        """Return the places, each with `lon` and `lat`."""
        with self._reading() as connection:
            found = []
            for row in connection.execute(select(places).order_by(places.c.id)):
                point = geopackage.decode(row.geom)
                record = {k: v for k, v in row._mapping.items() if k not in ("fid", "geom")}
                found.append({**record, "lon": shapely.get_x(point), "lat": shapely.get_y(point)})
            return found

    # ------------------------------------------------------------------ within

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._errors("write to"), self._engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._errors("read"), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def _errors(self, what: str) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            cause = str(getattr(error, "orig", None) or error)
            raise FourzonesError(
                f"cannot {what} the store", where=str(self.path), expected="a GeoPackage", got=cause
            ) from error


def _engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: object) -> None:
        # SQLAlchemy begins transactions, so that DDL and the first read are inside them as well.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        with contextlib.suppress(sqlite3.OperationalError):  # a read-only file stays readable
            connection.execute("PRAGMA journal_mode = WAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
