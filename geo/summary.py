"""A `Selection` asks the store; what comes back is all that is shown, exported or served."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo import zones
from geo.locales import LANGUAGES, day, isolate, language_name, text
from geo.model import ZONE_NAMES, ZONES, LinkedArticle
from geo.selection import Selection, last_day
from geo.store import Answered, Store

if TYPE_CHECKING:
    import geopandas


Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class View:
    """What a selection shows: the map, the list, the counts and the export are made of it.

    Attributes
    ----------
    date : date
        The map date.
    zones : GeoDataFrame
        The four zone versions in force on it (EPSG:4326), in the order of `ZONES`, with a column
        `articles`: how many articles of the selection mention the zone. None before 4 May 2017.
    former : GeoDataFrame
        For the zones that are `reduced` or `ended` by then: the version of their widest agreed
        extent, to be drawn as a ghost.
    articles : list of LinkedArticle
        The articles of the selection, newest first; all of them unless a limit was asked for.
    undated : list of LinkedArticle
        Undated articles that a range leaves out, listed apart.
    names : mapping of str to mapping of str to str
        The names, by language, of the places that the selection asks for.
    """

    selection: Selection
    date: dt.date
    counts: Answered
    zones: geopandas.GeoDataFrame
    former: geopandas.GeoDataFrame
    articles: list[LinkedArticle]
    undated: list[LinkedArticle]
    names: Names = field(default_factory=dict)


def view(store: Store, selection: Selection, limit: int | None = None) -> View:
    """Ask the store for everything that a selection shows.

    Parameters
    ----------
    limit : int, optional
        The most articles (and undated ones) to fetch; the counts are of all.
    """
    return with_articles(store, outline(store, selection), limit)


def with_articles(store: Store, shown: View, limit: int | None = None) -> View:
    """Read the articles of a view that has none yet."""
    selection = shown.selection
    left_out = selection.has_dates and not selection.undated
    return dataclasses.replace(
        shown,
        articles=store.articles(selection, limit=limit),
        undated=store.undated(selection, limit=limit) if left_out else [],
    )


def outline(store: Store, selection: Selection) -> View:
    """Ask the store for what the map and the sentence need: all of a view but its articles."""
    date = map_date(store, selection)
    counts = store.answer(selection)
    versions = store.versions()
    shown = zones.on(versions, date)
    shown["articles"] = [counts.zones.get(zone, 0) for zone in shown["zone"]]
    return View(
        selection=selection,
        date=date,
        counts=counts,
        zones=shown,
        former=_former(versions, shown),
        articles=[],
        undated=[],
        names=asked_names(store, selection),
    )


def _former(
    versions: geopandas.GeoDataFrame, shown: geopandas.GeoDataFrame
) -> geopandas.GeoDataFrame:
    lessened = set(shown.loc[shown["status"].isin(("reduced", "ended")), "zone"])
    agreed = versions[versions["zone"].isin(lessened) & (versions["status"] == "delineated")]
    return agreed.drop_duplicates("zone")


def map_date(store: Store, selection: Selection) -> dt.date:
    """Return the day whose zones are shown for a selection."""
    return selection.map_date(store.last_dated())


def asked_names(store: Store, selection: Selection) -> Names:
    """Return the names, by language, of the places that a selection asks for."""
    if not selection.place:
        return {}
    return {
        place["id"]: {language: place[f"name_{language}"] for language in LANGUAGES}
        for place in store.gazetteer()
        if place["id"] in selection.place
    }


def sentence(view: View, language: str) -> str:
    """Say in words what is shown.

    The range is said with its last day included, and places by their names.
    """
    return said(view.selection, view.date, view.counts, view.names, language)


def said(selection: Selection, date: dt.date, counts: Answered, names: Names, language: str) -> str:
    """Say in words what a selection shows, where its articles have not all been read.

    Parameters
    ----------
    date : date
        The map date.
    counts : Answered
        What the store answers to the selection.
    names : mapping
        As `asked_names` gives it.
    """
    parts = [
        text("sentence.count", language, count=counts.articles, total=counts.total)
        + _range(selection, language)
        + _narrowed(selection, names, language)
        + "."
    ]
    if counts.coarse:
        parts.append(text("sentence.coarse", language, count=counts.coarse))
    if counts.partial:
        parts.append(text("sentence.partial", language, count=counts.partial))
    if counts.undated:
        left_out = selection.has_dates and not selection.undated
        key = "sentence.undated.out" if left_out else "sentence.undated.in"
        parts.append(text(key, language, count=counts.undated))
    parts.append(text("sentence.zones", language, day=day(date, language)))
    return " ".join(parts)


def advice(selection: Selection, language: str) -> str:
    """Say how to see more where a selection has no article, by what narrows it."""
    others = ("zone", "kind", "inside", "place", "language", "publisher")
    narrowed = {
        "words": selection.words,
        "dates": selection.has_dates,
        "area": selection.bbox or selection.area,
        "filters": any(getattr(selection, name) for name in others),
    }
    ways = [text(f"list.empty.{name}", language) for name, does in narrowed.items() if does]
    if not ways:
        return text("list.none", language)
    return text("list.empty", language, what=_either(ways, language))


def _range(chosen: Selection, language: str) -> str:
    if chosen.from_ and chosen.to:
        return text(
            "sentence.range", language,
            first=day(chosen.from_, language), last=day(last_day(chosen.to), language),
        )  # fmt: skip
    if chosen.from_:
        return text("sentence.from", language, first=day(chosen.from_, language))
    if chosen.to:
        return text("sentence.until", language, last=day(last_day(chosen.to), language))
    return text("sentence.always", language)


def _narrowed(chosen: Selection, names: Names, language: str) -> str:
    parts = []
    if chosen.zone:
        them = [ZONE_NAMES[zone][language] for zone in chosen.zone]
        parts.append(text("sentence.zone", language, names=_either(them, language)))
    if chosen.kind:
        kinds = [text(f"kind.{kind}", language) for kind in chosen.kind]
        parts.append(text("sentence.kind", language, names=_either(kinds, language)))
    if chosen.inside:
        parts.append(text("sentence.inside", language))
    if chosen.place:
        them = [isolate(_place(names, one, language)) for one in chosen.place]
        parts.append(text("sentence.place", language, names=_either(them, language)))
    if chosen.bbox:
        box = isolate(", ".join(f"{number:g}°" for number in chosen.bbox))
        parts.append(text("sentence.bbox", language, box=box))
    if chosen.area:
        parts.append(text("sentence.area", language, count=len(chosen.area) // 2))
    if chosen.language:
        them = [language_name(code, language) for code in chosen.language]
        parts.append(text("sentence.language", language, names=_either(them, language)))
    if chosen.publisher:
        them = [isolate(name) for name in chosen.publisher]
        parts.append(text("sentence.publisher", language, names=_either(them, language)))
    if chosen.words:
        parts.append(text("sentence.words", language, words=isolate(chosen.words)))
    if chosen.once:
        parts.append(text("sentence.once", language))
    comma = text("sentence.comma", language)
    return "".join(f"{comma} {part}" for part in parts)


def _place(names: Names, place: str, language: str) -> str:
    known = names.get(place, {})
    return known.get(language) or next(filter(None, known.values()), place)


def _either(names: list[str], language: str) -> str:
    return text("sentence.or", language).join(names)


def status(versions: geopandas.GeoDataFrame, date: dt.date) -> list[dict[str, object]]:
    """Return the four zones on a date as plain values (dates ISO 8601, area in square km)."""
    rows = zones.on(versions, date)
    keys = ("zone", "status", "valid_from", "valid_to", "area_km2", "accuracy_km")
    return [
        {key: _plain(row[key]) for key in keys}
        for _, row in rows.iterrows()
        if row["zone"] in ZONES
    ]


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    return None if value != value else value  # NaN is not a JSON number
