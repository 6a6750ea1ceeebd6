"""One zone's profile, and the chronicle of all four: what pages, charts and reports are made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from geo import zones
from geo.errors import FourzonesError
from geo.events import Event
from geo.model import MEMORANDUM, ZONES
from geo.selection import Selection
from geo.store import Store
from geo.summary import View, view

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MOST_ARTICLES = 200
"""How many articles of a zone are listed, the newest."""

MOST_NAMED = 12
"""Places and publishers that a profile keeps."""


@dataclass(frozen=True, slots=True)
class Version:
    """A zone as it stood from `valid_from` up to, but without, `valid_to` (None: still).

    Attributes
    ----------
    area_km2 : float
        Square km; 0 when `ended`.
    accuracy_km : float or None
        Km that the edge is known to; None when `ended` or not stated.
    basis, change : dict
        By language: what the edge is drawn from, and what changed on the day.
    sources : tuple of dict
        Each with title, publisher, url and date.
    geometry : geometry or None
        EPSG:4326; None when `ended`.
    """

    zone: str
    status: str
    valid_from: dt.date
    valid_to: dt.date | None
    area_km2: float
    accuracy_km: float | None
    basis: dict[str, str]
    change: dict[str, str]
    caveats: dict[str, str]
    method: str
    sources: tuple[dict[str, str], ...]
    geometry: BaseGeometry | None

    def holds(self, date: dt.date) -> bool:
        """Say whether this is the version of a day."""
        return self.valid_from <= date and (self.valid_to is None or date < self.valid_to)


@dataclass(frozen=True, slots=True)
class Named:
    """Something that articles name or come from, and how many articles do."""

    name_en: str
    name_ar: str
    articles: int

    def name(self, language: str) -> str:
        """Return the name in a language."""
        return self.name_ar if language == "ar" else self.name_en


Months = tuple[tuple[dt.date, int], ...]
"""The first of a month and its articles, oldest first; a month without any is left out."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that is known of one zone.

    Attributes
    ----------
    date : date
        The map date; `current` is the version that holds on it, None before 4 May 2017.
    articles : int
        Articles of the catalogue that mention the zone; `unplaced` of them are dated only to a
        year, or not at all, and so are in no month.
    caveats, methods : tuple of str
        What the data file says of how sure we are; `caveats` in both languages by language.
    sources : tuple of dict
        Those of all versions, each once, oldest first.
    view : View
        The selection of this zone's articles.
    """

    zone: str
    date: dt.date
    versions: tuple[Version, ...]
    current: Version | None
    events: tuple[Event, ...]
    months: Months
    articles: int
    unplaced: int
    places: tuple[Named, ...]
    publishers: tuple[Named, ...]
    caveats: dict[str, tuple[str, ...]]
    methods: tuple[str, ...]
    sources: tuple[dict[str, str], ...]
    view: View


@dataclass(frozen=True, slots=True)
class Chronicle:
    """The four zones' versions, all events, and the articles of each month, by zone.

    A zone has no versions where a store was given zones of its own.
    `unplaced` counts the articles that are in no month: dated only to a year, or not at all.
    """

    lives: dict[str, tuple[Version, ...]]
    events: tuple[Event, ...]
    months: dict[str, Months]
    unplaced: dict[str, int]

    @property
    def days(self) -> list[dt.date]:
        """All days on which something changed, happened, or began to be written."""
        return sorted(
            {version.valid_from for life in self.lives.values() for version in life}
            | {event.date for event in self.events}
            | {month for months in self.months.values() for month, _ in months}
        )


def profile(store: Store, zone: str, date: dt.date) -> Profile:
    """Gather what is known of a zone; articles are those of the whole catalogue.

    Parameters
    ----------
    zone : str
        One of `ZONES`.
    date : date
        The map date.

    Raises
    ------
    FourzonesError
        If there is no such zone.
    """
    if zone not in ZONES:
        raise FourzonesError("no such zone", where="zone", expected=", ".join(ZONES), got=zone)
    told = chronicle(store)
    own = told.lives[zone]
    shown = view(store, Selection(zone=(zone,), on=date), MOST_ARTICLES)
    return Profile(
        zone=zone,
        date=date,
        versions=own,
        current=next((version for version in own if version.holds(date)), None),
        events=tuple(event for event in told.events if zone in event.zones),
        months=told.months[zone],
        articles=shown.counts.articles,
        unplaced=told.unplaced[zone],
        places=_most_named(store, shown.counts.places),
        publishers=tuple(
            Named(name, name, count)
            for name, count in list(shown.counts.publishers.items())[:MOST_NAMED]
            if name
        ),
        caveats={
            language: tuple(dict.fromkeys(version.caveats[language] for version in own))
            for language in ("en", "ar")
        },
        methods=tuple(dict.fromkeys(version.method for version in own)),
        sources=_sources(own),
        view=shown,
    )


def chronicle(store: Store) -> Chronicle:
    """Gather the versions of all zones, the events, and the articles of each month."""
    lives: dict[str, list[Version]] = {zone: [] for zone in ZONES}
    for _, row in store.versions().sort_values("valid_from", kind="stable").iterrows():
        lives[row["zone"]].append(_version(row))
    months: dict[str, list[tuple[dt.date, int]]] = {zone: [] for zone in ZONES}
    for month, zone, count in store.months():
        if zone in months:
            months[zone].append((dt.date.fromisoformat(f"{month}-01"), count))
    counts = store.answer(Selection()).zones
    return Chronicle(
        lives={zone: tuple(own) for zone, own in lives.items()},
        events=tuple(_event(row) for row in store.chronology()),
        months={zone: tuple(sorted(own)) for zone, own in months.items()},
        unplaced={
            zone: max(0, counts.get(zone, 0) - sum(count for _, count in own))
            for zone, own in months.items()
        },
    )


def periods(told: Chronicle) -> dict[str, tuple[dt.date, dt.date]]:
    """Return what a timeline may show: `all`, and each year in which a zone changed.

    Each is half-open, in whole months, and no longer than there is something to see.
    """
    days = told.days or [MEMORANDUM]
    spans = {"all": (_month(days[0]), _next_month(days[-1]))}
    changed = {version.valid_from.year for life in told.lives.values() for version in life}
    for year in sorted(changed):
        own = [day for day in days if day.year == year]
        # Three months at the least: a month across the whole page would look like a year.
        first = min(_month(own[0]), dt.date(year, 10, 1))
        end = _next_month(own[-1])
        spans[str(year)] = (first, max(end, dt.date(year, 4, 1)))
    return spans


def former(own: tuple[Version, ...], version: Version) -> Version | None:
    """Return the version of the extent once agreed, where another is what was left of it."""
    if version.status not in ("reduced", "ended"):
        return None
    return next((other for other in own if other.status == "delineated"), None)


def _most_named(store: Store, counts: dict[str, int]) -> tuple[Named, ...]:
    places = {place["id"]: place for place in store.gazetteer()}
    return tuple(
        Named(places[key]["name_en"], places[key]["name_ar"], count)
        for key, count in list(counts.items())[:MOST_NAMED]
        if key in places
    )


def _sources(own: tuple[Version, ...]) -> tuple[dict[str, str], ...]:
    unique = {
        (source["url"], source["title"]): source for version in own for source in version.sources
    }
    return tuple(sorted(unique.values(), key=lambda source: source.get("date") or ""))


def _version(row: Any) -> Version:
    both = {
        name: {language: str(row[f"{name}_{language}"]) for language in ("en", "ar")}
        for name in ("basis", "change", "caveats")
    }
    ended = row["status"] == "ended"
    return Version(
        zone=row["zone"],
        status=row["status"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"] if isinstance(row["valid_to"], dt.date) else None,
        area_km2=0.0 if ended else float(row["area_km2"]),
        accuracy_km=zones.accuracy(row),
        method=row["method"],
        sources=tuple(row["sources"]),
        geometry=None if ended else row["geometry"],
        **both,
    )


def _event(row: dict[str, Any]) -> Event:
    said: dict[str, Any] = {field.name: row.get(field.name) or "" for field in fields(Event)}
    return Event(
        **{
            **said,
            "date": dt.date.fromisoformat(row["date"]),
            "end_date": dt.date.fromisoformat(row["end_date"]) if row.get("end_date") else None,
            "zones": tuple(row["zones"].split(";")),
        }
    )


def _month(day: dt.date) -> dt.date:
    return day.replace(day=1)


def _next_month(day: dt.date) -> dt.date:
    return (_month(day) + dt.timedelta(days=31)).replace(day=1)
