"""The pieces that both the profile and the timeline are written with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from geo.events import Event
from geo.html import ZONE_COLOURS, bdi, escape, safe_link
from geo.locales import days, interval, month_name, text
from geo.model import ZONE_NAMES, Interval
from geo.profile import Version
from geo.selection import last_day

Address = Callable[[dt.date], str]
"""Gives the address of the map on a day."""


def framed(content: str, language: str) -> str:
    """Put content into the frame that the style sheet knows, in the direction of a language."""
    direction = "rtl" if language == "ar" else "ltr"
    return f'<div class="fz-profile" lang="{language}" dir="{direction}">{content}</div>'


def days_of(version: Version, language: str) -> str:
    """Write the days of a version, both included."""
    end = last_day(version.valid_to) if version.valid_to else None
    return days(version.valid_from, end, language)


def size_of(version: Version, language: str) -> str:
    """Write area and accuracy of a version."""
    if version.geometry is None:
        return text("zone.nothing", language)
    if version.accuracy_km is None:
        return text("zone.unsure", language, area=f"{version.area_km2:,.0f}")
    return text("map.area", language, area=f"{version.area_km2:,.0f}",
                accuracy=f"{version.accuracy_km:g}")  # fmt: skip


def said_of(version: Version, language: str) -> str:
    """Say in one line how a version stood."""
    status = text(f"status.{version.status}", language)
    return f"{days_of(version, language)}: {status}, {size_of(version, language)}"


def date_link(version: Version, language: str, address: Address | None) -> str:
    """Write the days of a version, as a link where there is an address."""
    said = escape(days_of(version, language))
    if address is None:
        return said
    return f'<a href="{escape(address(version.valid_from))}" target="_self">{said}</a>'


def when(event: Event, language: str) -> str:
    """Write the days of an event as precisely as they are known."""
    if event.precision in ("month", "year"):
        written = event.date.isoformat()[: 7 if event.precision == "month" else 4]
        return interval(Interval.parse(written), language)
    return days(event.date, event.end_date or event.date, language)


def month_of(month: dt.date, language: str) -> str:
    """Name a month and its year."""
    return f"{month_name(month, language)} {month.year}"


def title_of(event: Event, language: str) -> str:
    """Return what an event is called in a language."""
    return event.title_ar if language == "ar" else event.title_en


def source_of(source: dict[str, str]) -> str:
    """Write a source as a link, with its publisher and date."""
    label = source.get("title") or source.get("publisher") or source["url"]
    rest = [source.get("publisher") or "", source.get("date") or ""]
    said = ", ".join(part for part in rest if part and part != label)
    return safe_link(source["url"], label) + (f" {bdi(f'({said})')}" if said else "")


def event_list(
    shown: Sequence[Event], language: str, address: Address | None, numbered: bool = False
) -> str:
    """Write events as a list, oldest first; numbered, and with their zones, where asked."""
    if not shown:
        return f"<p>{escape(text('zone.none', language))}</p>"
    rows = []
    for number, event in enumerate(shown, 1):
        dated = escape(when(event, language))
        if address:
            dated = f'<a href="{escape(address(event.date))}" target="_self">{dated}</a>'
        before = f"{number} · " if numbered else ""
        dots = "".join(
            f'<span class="fz-which" style="background:{ZONE_COLOURS[zone]}" '
            f'title="{escape(ZONE_NAMES[zone][language])}"></span>'
            for zone in event.zones
            if numbered and zone in ZONE_COLOURS
        )
        source = safe_link(event.url, event.publisher or event.url)
        rows.append(
            f'<li><span class="fz-when">{before}{dated}</span><span>{dots}'
            f"{bdi(title_of(event, language))} ({source})</span></li>"
        )
    many = " fz-many" if numbered else ""
    return f'<ul class="fz-events{many}">{"".join(rows)}</ul>'


def version_row(version: Version, language: str, address: Address | None) -> list[str]:
    """Write the cells of a version: days, status, area, accuracy."""
    drawn = version.geometry is not None
    return [
        date_link(version, language, address),
        escape(text(f"status.{version.status}", language)),
        f"{version.area_km2:,.1f}" if drawn else "0",
        "–" if version.accuracy_km is None else f"{version.accuracy_km:g}",
    ]


def version_heads(language: str) -> list[str]:
    """Return the heads over `version_row`."""
    keys = ("zone.dates", "zone.status", "zone.area", "zone.accuracy")
    return [text(key, language) for key in keys]


def details(summary: str, content: str, *, is_open: bool = False) -> str:
    """Write content that opens on a click; open from the start where it is to be printed."""
    state = " open" if is_open else ""
    return f"<details{state}><summary>{escape(summary)}</summary>{content}</details>"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Iterable[int]) -> str:
    """Write a table; the cells are HTML already, the heads are words."""
    right = set(numbers)

    def cell(name: str, at: int, content: str) -> str:
        scope = ' scope="col"' if name == "th" else ""
        kind = ' class="fz-number"' if at in right else ""
        return f"<{name}{scope}{kind}>{content}</{name}>"

    head = "".join(cell("th", at, escape(said)) for at, said in enumerate(heads))
    body = "".join(
        f"<tr>{''.join(cell('td', at, content) for at, content in enumerate(row))}</tr>"
        for row in rows
    )
    return (
        f'<div class="fz-wide"><table class="fz-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
