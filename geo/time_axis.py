"""What the time axis under the map shows: articles by month and zone, events, range, map date.

Plain values only; the page hands them to the script that draws them. The months are those of all
articles that meet the selection whatever their date, so that the axis stays while a range moves
along it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from geo.html import ZONE_COLOURS
from geo.locales import day, month_name, text
from geo.model import MEMORANDUM, ZONE_NAMES, ZONES
from geo.selection import Selection, last_day
from geo.store import Store
from geo.summary import View

MOST_MONTHS = 600
TITLED = ("agreement", "delineated", "declaration", "offensive", "reduced", "in-force")
"""Kinds of event that have a tick; posts and deadlines are on the timeline page."""


def time_axis(store: Store, view: View, language: str) -> dict[str, Any]:
    """Return what the axis shows, as JSON can hold it.

    Returns
    -------
    dict
        `months`: first days of consecutive months; `counts`: for each zone the articles of each
        month; `events`: date, title; `from`, `to`, `on`: ISO 8601, half-open; `presets`, `words`.
    """
    chosen = view.selection
    counts = view.counts
    if chosen.has_dates:
        counts = store.answer(chosen.replace(from_=None, to=None, on=None))
    counted = counts.months
    events = [e for e in store.chronology() if e["kind"] in TITLED]
    known = [dt.date.fromisoformat(f"{month}-01") for month in counted]
    known += [dt.date.fromisoformat(event["date"]) for event in events] + [MEMORANDUM]
    # A map date far from all that was written lies at the end of the axis.
    months = _months(min(known), max(known))
    return {
        "months": [month.isoformat() for month in months],
        "names": [f"{month_name(month, language)} {month.year}" for month in months],
        "zones": [
            {
                "id": zone,
                "name": ZONE_NAMES[zone][language],
                "colour": ZONE_COLOURS[zone],
                "counts": [counted.get(month.isoformat()[:7], {}).get(zone, 0) for month in months],
            }
            for zone in ZONES
            if not chosen.zone or zone in chosen.zone
        ],
        "events": [
            {
                "date": event["date"],
                "title": f"{day(dt.date.fromisoformat(event['date']), language)}: "
                f"{event[f'title_{language}']}",
            }
            for event in events
        ],
        "from": chosen.from_.isoformat() if chosen.from_ else None,
        "to": chosen.to.isoformat() if chosen.to else None,
        "on": view.date.isoformat(),
        "range": _range(chosen, language),
        "date": text("time.date", language, day=day(view.date, language)),
        "presets": presets(store, language),
        "words": {
            key: text(f"time.{key}", language)
            for key in ("play", "pause", "speed", "presets", "all", "help", "chart", "label")
        },
        "language": language,
    }


def presets(store: Store, language: str) -> list[dict[str, str]]:
    """Return the periods that analysts ask for: each a name and a half-open range of days."""
    versions = store.versions()
    kept = zip(versions["zone"], versions["status"], versions["valid_from"], strict=True)
    ended = {zone: day for zone, status, day in kept if status == "ended"}
    named = [
        ("time.preset.astana", MEMORANDUM, dt.date(2017, 9, 16), {}),
        ("time.preset.year", dt.date(2018, 1, 1), dt.date(2019, 1, 1), {"year": "2018"}),
        ("time.preset.2024", dt.date(2024, 11, 27), dt.date(2024, 12, 9), {}),
    ]
    for zone in ZONES:
        if zone in ended:
            name = {"zone": ZONE_NAMES[zone][language]}
            named.insert(-1, ("time.preset.life", MEMORANDUM, ended[zone], name))
    return [
        {"name": text(key, language, **values), "from": first.isoformat(), "to": end.isoformat()}
        for key, first, end, values in named
    ]


def _range(chosen: Selection, language: str) -> str:
    first = day(chosen.from_, language) if chosen.from_ else "…"
    last = day(last_day(chosen.to), language) if chosen.to else "…"
    return f"{first} – {last}" if chosen.has_dates else text("time.all", language)


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    start = first.year * 12 + first.month - 1
    end = last.year * 12 + last.month
    return [
        dt.date(number // 12, number % 12 + 1, 1)
        for number in range(start, min(end, start + MOST_MONTHS))
    ]
