"""All articles and mentions of a store as columns of numbers, kept in memory to be counted.

A selection is a mask over them (`choosing`), and every count is a sum over a mask (`counting`): a
million articles are counted in a blink, on either engine by the same lines. What is written later,
by this process or another, is fetched by the revision of the store that it bears.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from geo.model import KINDS, ZONES
from geo.store.recent import Recent
from geo.store.schema import articles, judgements, mentions, places
from geo.words import Term

NEVER = np.iinfo(np.int32).max
"""The day of an article without a date."""

_EPOCH = dt.date(1970, 1, 1)
_CHUNK = 20_000
_REMEMBERED = 64

Hits = Callable[[Term], np.ndarray]

# A mention is one number, so that those of an article lie side by side when sorted:
# row of the article, place, zone, kind, and whether inside.
_PLACE, _ZONE, _KIND = 6, 4, 2
_ARTICLE = 26
NO_PLACE = (1 << 20) - 1
_NO_KIND = len(KINDS)  # of a link that a person confirmed and no mention bears
INSIDE, _OUTSIDE, _UNKNOWN = 1, 2, 0


class Codes:
    """Numbers for names, in the order in which they came."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._codes: dict[str, int] = {}

    def __call__(self, name: str) -> int:
        """Return the number of a name."""
        code = self._codes.setdefault(name, len(self.names))
        if code == len(self.names):
            self.names.append(name)
        return code

    def among(self, names: Iterable[str]) -> np.ndarray:
        """Return for each number whether its name is one of those given."""
        size = len(
            self.names
        )  # it may grow meanwhile: columns that are brought up to date share it
        wanted = np.zeros(max(1, size), dtype=bool)
        codes = (self._codes.get(name, size) for name in names)
        wanted[[code for code in codes if code < size]] = True
        return wanted


class Columns:
    """The columns; `refresh` brings them up to date, everything else only reads them."""

    def __init__(self) -> None:
        self.epoch = ""
        self.revision = -1
        self.reference = ""
        self.taken = 0  # rows read so far, for those who wait
        self._clear()

    def _clear(self) -> None:
        self.revision = -1
        self.fid = np.zeros(0, dtype=np.int64)
        self.start = np.zeros(0, dtype=np.int32)
        self.end = np.zeros(0, dtype=np.int32)
        self.language = np.zeros(0, dtype=np.int32)
        self.publisher = np.zeros(0, dtype=np.int32)
        self.group = np.zeros(0, dtype=np.int32)
        self.languages, self.publishers, self.groups = Codes(), Codes(), Codes()
        self.groups("")
        self.place_names = Codes()
        self.mentions = np.zeros(0, dtype=np.int64)
        self.times = np.zeros(0, dtype=np.int32)
        self.places: dict[str, Any] = {}
        self._settle()

    @property
    def state(self) -> dict[str, str]:
        """The facts of the store when it was last read."""
        return {
            "epoch": self.epoch,
            "revision": str(self.revision),
            "reference": self.reference,
        }

    def is_ahead(self, known: dict[str, str]) -> bool:
        """Say whether they are of a later state of the same store."""
        return known.get("epoch") == self.epoch and int(known.get("revision", 0)) < self.revision

    # ------------------------------------------------------------------ in

    def refresh(self, connection: Connection, known: dict[str, str]) -> None:
        """Read what was written since the last time.

        Parameters
        ----------
        connection : Connection
            In a transaction that sees one state of the store.
        known : dict
            The facts of the store in that state.
        """
        epoch, revision = known.get("epoch", ""), int(known.get("revision", 0))
        if epoch != self.epoch or revision < self.revision:
            self._clear()
            self.epoch, self.reference = epoch, ""
        if known.get("reference", "") != self.reference:
            self.places = {
                row.id: row.geom for row in connection.execute(select(places.c.id, places.c.geom))
            }
            self.reference = known.get("reference", "")
            self._settle()
        if revision > self.revision:
            self._read(connection, self.revision)
            self.revision = revision
            self._settle()

    def _read(self, connection: Connection, seen: int) -> None:
        columns = (
            articles.c.fid, articles.c.published_from, articles.c.published_to,
            articles.c.language, articles.c.publisher, articles.c.same_as,
        )  # fmt: skip
        parts = []
        for rows in _chunks(connection, select(*columns).where(articles.c.changed > seen)):
            self.taken += len(rows)
            fid, start, end, language, publisher, group = zip(*rows, strict=True)
            parts.append(
                (
                    np.array(fid, dtype=np.int64),
                    _days(start),
                    _days(end),
                    np.array([self.languages(x) for x in language], dtype=np.int32),
                    np.array([self.publishers(x) for x in publisher], dtype=np.int32),
                    np.array([self.groups(x) for x in group], dtype=np.int32),
                )
            )
        if not parts:
            return
        new: list[np.ndarray] = [np.concatenate(column) for column in zip(*parts, strict=True)]
        old: list[np.ndarray] = [
            self.fid, self.start, self.end, self.language, self.publisher, self.group
        ]  # fmt: skip
        stays = ~np.isin(self.fid, new[0])
        rows_of = self.fid[self.mentions >> _ARTICLE] if len(self.mentions) else self.mentions
        unchanged = ~np.isin(rows_of, new[0])
        kept = self.mentions[unchanged]
        kept_fid = self.fid[kept >> _ARTICLE] if len(kept) else kept
        merged: list[np.ndarray] = [
            np.concatenate([a[stays], b]) for a, b in zip(old, new, strict=True)
        ]
        order = np.argsort(merged[0], kind="stable")
        self.fid, self.start, self.end, self.language, self.publisher, self.group = (
            column[order] for column in merged
        )
        again = (np.searchsorted(self.fid, kept_fid) << _ARTICLE) | (kept & ((1 << _ARTICLE) - 1))
        read = [(again, self.times[unchanged]), *self._read_mentions(connection, seen)]
        found, times = (np.concatenate(column) for column in zip(*read, strict=True))
        self.mentions, at = np.unique(found, return_inverse=True)
        self.times = np.bincount(at, weights=times).astype(np.int32)
        self._judge(connection)

    def _read_mentions(
        self, connection: Connection, seen: int
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return the mentions that were written since, and how often each is there."""
        m = mentions.c
        statement: Any = select(m.article_fid, m.place, m.zone, m.kind, m.inside)
        if seen >= 0:
            statement = statement.join(articles, articles.c.fid == m.article_fid).where(
                articles.c.changed > seen
            )
        kinds = {kind: number for number, kind in enumerate(KINDS)}
        zones = {zone: number for number, zone in enumerate(ZONES)}
        sides = {None: _UNKNOWN, True: INSIDE, False: _OUTSIDE}
        parts = []
        for rows in _chunks(connection, statement):
            self.taken += len(rows)
            packed = np.fromiter(
                (
                    (NO_PLACE if place is None else self.place_names(place)) << _PLACE
                    | zones[zone] << _ZONE
                    | kinds[kind] << _KIND
                    | sides[inside]
                    for _, place, zone, kind, inside in rows
                    if zone in zones
                ),
                dtype=np.int64,
            )
            fids = np.array([row[0] for row in rows if row[2] in zones], dtype=np.int64)
            packed |= np.searchsorted(self.fid, fids) << _ARTICLE
            parts.append(np.unique(packed, return_counts=True))
        return parts

    def _judge(self, connection: Connection) -> None:
        """Take links out that a person rejected, and in that a person confirmed."""
        j = judgements.c
        said = connection.execute(select(j.article_fid, j.zone, j.verdict)).all()
        if not said:
            return
        rows = np.searchsorted(self.fid, np.array([row[0] for row in said]))
        links = rows << 2 | np.array([ZONES.index(row[1]) for row in said])
        against = np.array([row[2] == "rejected" for row in said])
        own = self.mentions >> _ARTICLE << 2 | (self.mentions >> _ZONE) & 3
        bare = np.setdiff1d(links[~against], own)  # no mention bears them
        confirmed = bare >> 2 << _ARTICLE | (bare & 3) << _ZONE
        confirmed |= NO_PLACE << _PLACE | _NO_KIND << _KIND
        stays = ~np.isin(own, links[against])
        found = np.concatenate([self.mentions[stays], np.unique(confirmed)])
        times = np.concatenate([self.times[stays], np.zeros(len(found), dtype=np.int32)])
        order = np.argsort(found)
        self.mentions, self.times = found[order], times[: len(found)][order]

    def _settle(self) -> None:
        """Work out what does not depend on a selection."""
        self._remembered: Recent[Term, np.ndarray] = Recent(_REMEMBERED)
        self.of = (self.mentions >> _ARTICLE).astype(np.int32)
        self.place = ((self.mentions >> _PLACE) & NO_PLACE).astype(np.int32)
        # Its zone and kind as one of sixteen bits.
        self.cell = np.left_shift(1, (self.mentions >> _KIND) & 15).astype(np.uint16)
        self.side = (self.mentions & 3).astype(np.uint8)
        self.cells = self.joined(np.arange(len(self.mentions)))
        self.row_of = np.zeros(int(self.fid[-1]) + 1 if len(self.fid) else 1, dtype=np.int32)
        self.row_of[self.fid] = np.arange(len(self.fid))
        self.undated = self.start == NEVER
        self.newness = np.where(self.undated, NEVER, -self.start)
        self.lastness = np.where(self.undated, 0, self.end)
        self.order = np.lexsort((self.fid, self.lastness, self.newness))
        # A date of other days, as by the Islamic calendar, counts in the month of its middle.
        middle = np.where(self.undated, 0, (self.start.astype(np.int64) + self.end) // 2)
        months = middle.astype("datetime64[D]")
        self.month = months.astype("datetime64[M]").astype(np.int32)
        self.width = np.where(self.undated, NEVER, self.end - self.start)
        points = np.full((len(self.place_names.names) + 1, 2), np.nan)
        for code, name in enumerate(self.place_names.names):
            if (point := self.places.get(name)) is not None:
                points[code] = point.x, point.y
        self.points = points

    # ------------------------------------------------------------------ out

    def newest(self, chosen: np.ndarray) -> np.ndarray:
        """Return the row numbers of articles, newest first, undated last."""
        return self.fid[self.order[chosen[self.order]]]

    def among(self, fids: np.ndarray, chosen: np.ndarray) -> np.ndarray:
        """Return those of some row numbers that are chosen, in their order."""
        return fids[chosen[self._rows(fids)]]

    def last_dated(self) -> dt.date | None:
        """Return the first day of the latest dated article."""
        dated = self.start[~self.undated]
        return _EPOCH + dt.timedelta(days=int(dated.max())) if len(dated) else None

    def _rows(self, fids: np.ndarray) -> np.ndarray:
        return self.row_of[np.minimum(fids, len(self.row_of) - 1)]

    def having(self, term: Term, hits: Hits) -> np.ndarray:
        """Return for each article whether it has a term; the last few answers are remembered."""
        plain = Term(term.stems, open=term.open)
        if (known := self._remembered.get(plain)) is not None:
            return np.unpackbits(known, count=len(self.fid)).view(bool)
        has = np.zeros(len(self.fid), dtype=bool)
        found = hits(plain)
        rows = self._rows(found)
        has[rows[self.fid[rows] == found] if len(self.fid) else rows[:0]] = True
        self._remembered.put(plain, np.packbits(has))
        return has

    def joined(self, rows: np.ndarray) -> np.ndarray:
        """Return for each article one number with a bit for each zone and kind of some mentions."""
        cells = np.zeros(len(self.fid), dtype=np.uint16)
        if len(rows):
            of = self.of[rows]  # sorted, as the mentions are
            first = np.flatnonzero(np.concatenate([[True], of[1:] != of[:-1]]))
            cells[of[first]] = np.bitwise_or.reduceat(self.cell[rows], first)
        return cells


def _chunks(connection: Connection, statement: Any) -> Iterable[Sequence[Any]]:
    # Of the statement alone: a connection would read all that follows in parts as well.
    result = connection.execute(statement.execution_options(yield_per=_CHUNK))
    return result.partitions(_CHUNK)


def _days(texts: Sequence[str | None]) -> np.ndarray:
    days = np.array(["NaT" if text is None else text for text in texts], dtype="datetime64[D]")
    return np.where(np.isnat(days), NEVER, days.astype(np.int64)).astype(np.int32)


def day_number(day: dt.date) -> int:
    """Return a day as the columns have it: days since 1970."""
    return (day - _EPOCH).days
