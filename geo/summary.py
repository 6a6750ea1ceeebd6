"""A `Selection` asks the store; what comes back is all that is shown, exported or served."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo import zones
from geo.locales import day, isolate, language_name, text
from geo.model import ZONE_NAMES, ZONES, LinkedArticle
from geo.selection import Selection, last_day
from geo.store import Answered, Store

if TYPE_CHECKING:
    import geopandas


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
    """

    selection: Selection
    date: dt.date
    counts: Answered
    zones: geopandas.GeoDataFrame
    former: geopandas.GeoDataFrame
    articles: list[LinkedArticle]
    undated: list[LinkedArticle]


def view(store: Store, selection: Selection, limit: int | None = None) -> View:
    """Ask the store for everything that a selection shows.

    Parameters
    ----------
    limit : int, optional
        The most articles (and undated ones) to fetch; the counts are of all.
    """
    date = map_date(store, selection)
    counts = store.answer(selection)
    versions = store.versions()
    shown = zones.on(versions, date)
    shown["articles"] = [counts.zones.get(zone, 0) for zone in shown["zone"]]
    left_out = selection.has_dates and not selection.undated
    return View(
        selection=selection,
        date=date,
        counts=counts,
        zones=shown,
        former=_former(versions, shown),
        articles=store.articles(selection, limit=limit),
        undated=store.undated(selection, limit=limit) if left_out else [],
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


def sentence(view: View, language: str) -> str:
    """Say in words what is shown.

    The range is said with its last day included.
    """
    counts, chosen = view.counts, view.selection
    parts = [
        text("sentence.count", language, count=counts.articles, total=counts.total)
        + _range(chosen, language)
        + _narrowed(chosen, language)
        + "."
    ]
    if counts.coarse:
        parts.append(text("sentence.coarse", language, count=counts.coarse))
    if counts.partial:
        parts.append(text("sentence.partial", language, count=counts.partial))
    if counts.undated:
        key = "sentence.undated.in" if not view.undated else "sentence.undated.out"
        parts.append(text(key, language, count=counts.undated))
    parts.append(text("sentence.zones", language, day=day(view.date, language)))
    return " ".join(parts)


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


def _narrowed(chosen: Selection, language: str) -> str:
    said = []
    if chosen.zone:
        names = [ZONE_NAMES[zone][language] for zone in chosen.zone]
        said.append(text("sentence.zone", language, names=_either(names, language)))
    if chosen.kind:
        kinds = [text(f"kind.{kind}", language) for kind in chosen.kind]
        said.append(text("sentence.kind", language, names=_either(kinds, language)))
    if chosen.inside:
        said.append(text("sentence.inside", language))
    if chosen.place:
        names = [isolate(name) for name in chosen.place]
        said.append(text("sentence.place", language, names=_either(names, language)))
    if chosen.bbox:
        box = isolate(", ".join(f"{number:g}°" for number in chosen.bbox))
        said.append(text("sentence.bbox", language, box=box))
    if chosen.area:
        said.append(text("sentence.area", language, count=len(chosen.area) // 2))
    if chosen.language:
        names = [language_name(code, language) for code in chosen.language]
        said.append(text("sentence.language", language, names=_either(names, language)))
    if chosen.publisher:
        names = [isolate(name) for name in chosen.publisher]
        said.append(text("sentence.publisher", language, names=_either(names, language)))
    if chosen.words:
        said.append(text("sentence.words", language, words=isolate(chosen.words)))
    if chosen.once:
        said.append(text("sentence.once", language))
    comma = text("sentence.comma", language)
    return "".join(f"{comma} {part}" for part in said)


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
