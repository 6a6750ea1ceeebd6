"""The timeline of the four zones as HTML: the chart, and the same in lists and tables."""

from __future__ import annotations

import datetime as dt

from geo import charts
from geo.charts.timeline import Moment, Stretch
from geo.events import Event
from geo.html import escape, scrolling
from geo.locales import days, text
from geo.model import ZONE_NAMES
from geo.profile import Chronicle, Version
from geo.sections.pieces import (
    Address,
    details,
    event_list,
    framed,
    month_of,
    said_of,
    table,
    title_of,
    version_heads,
    version_row,
    when,
)
from geo.selection import last_day


def timeline_html(
    told: Chronicle,
    span: tuple[dt.date, dt.date],
    language: str,
    *,
    on: dt.date,
    address: Address,
) -> str:
    """Write the timeline of all zones, and under it the same in lists and tables.

    Parameters
    ----------
    span : (date, date)
        What to show, half-open.
    on : date
        The map date.
    """
    first, end = span
    names = {zone: ZONE_NAMES[zone][language] for zone in told.lives}
    shown = [event for event in told.events if first <= event.date < end]
    months = {
        zone: [(month, count) for month, count in own if first <= month < end]
        for zone, own in told.months.items()
    }
    drawn = charts.timeline(
        {zone: [_stretch(v, language) for v in own] for zone, own in told.lives.items()},
        [_moment(event, number, language) for number, event in enumerate(shown, 1)],
        months,
        names,
        {v.status: text(f"status.{v.status}", language) for own in told.lives.values()
         for v in own},
        {
            "title": text("timeline.title", language, days=days(first, last_day(end), language)),
            "description": text("timeline.description", language),
            "coverage": text("timeline.coverage", language),
        },
        span,
        language,
        on=on,
        address=address,
    )  # fmt: skip
    versions = [
        [escape(names[v.zone]), *version_row(v, language, address)]
        for own in told.lives.values()
        for v in own
        if v.valid_from < end and (v.valid_to is None or v.valid_to > first)
    ]
    counted = sorted({month for own in months.values() for month, _ in own})
    by_month = [
        [escape(month_of(month, language)), *(str(dict(months[z]).get(month, 0)) for z in names)]
        for month in counted
    ]
    by_month.append(
        [escape(text("timeline.none", language)), *(str(told.unplaced[zone]) for zone in names)]
    )
    comma = text("sentence.comma", language) + " "
    counts = comma.join(f"{names[zone]} {told.unplaced[zone]}" for zone in names)
    note = text("timeline.unplaced", language, counts=counts)
    parts = [
        scrolling(drawn),
        f'<p class="fz-quiet">{escape(text("timeline.help", language))} {escape(note)}</p>',
        f"<h2>{escape(text('timeline.events', language))}</h2>",
        event_list(shown, language, address, numbered=True),
        details(
            text("timeline.versions", language),
            table([text("zone.name", language), *version_heads(language)], versions, (3, 4)),
        ),
        details(
            text("timeline.months", language),
            table(
                [text("timeline.month", language), *map(str, names.values())], by_month,
                range(1, 5),
            ),
        ),
    ]  # fmt: skip
    return framed("".join(parts), language)


def _stretch(version: Version, language: str) -> Stretch:
    said = f"{ZONE_NAMES[version.zone][language]}, {said_of(version, language)}"
    return Stretch(version.valid_from, version.valid_to, version.status, version.area_km2, said)


def _moment(event: Event, number: int, language: str) -> Moment:
    title = title_of(event, language)
    return Moment(
        event.date,
        number,
        event.zones,
        title,
        f"{when(event, language)}: {title}",
        coarse=event.precision in ("month", "year"),
    )
