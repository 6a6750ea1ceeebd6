"""The four lives on one axis of time, with what happened and what was written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from geo.charts.labels import GAP, Label, row_up, spread
from geo.charts.series import bars, mark_of, rounded_up
from geo.charts.svg import (
    Span,
    figure,
    linked,
    shortened,
    tag,
    text,
    time_axis,
    width_of,
    words,
)
from geo.html import ZONE_COLOURS

WIDTH = 1300.0
GUTTER, EDGE = 112.0, 10.0
ROW, MOST_ROWS, MOST_LETTERS = 15.0, 17, 58
LANE, BAR, COVER = 58.0, 30.0, 44.0

DRESS = {
    "announced": {"fill_opacity": "0.08", "dash": "4 3"},
    "in-force": {"fill_opacity": "0.22", "hatch": "in-force"},
    "delineated": {"fill_opacity": "0.75"},
    "reduced": {"fill_opacity": "0.3", "hatch": "reduced"},
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A version on the timeline: half-open interval, status, area in square km, what to say."""

    start: dt.date
    end: dt.date | None
    status: str
    area: float
    said: str


@dataclass(frozen=True, slots=True)
class Moment:
    """An event on the timeline: its day, its number in the list, its zones and its words.

    A `coarse` one is known only to its month or year; its stem is broken.
    """

    date: dt.date
    number: int
    zones: tuple[str, ...]
    words: str
    said: str
    coarse: bool = False


def timeline(
    lives: Mapping[str, Sequence[Stretch]],
    moments: Sequence[Moment],
    coverage: Mapping[str, Sequence[tuple[dt.date, int]]],
    names: Mapping[str, str],
    statuses: Mapping[str, str],
    said: Mapping[str, str],
    span: tuple[dt.date, dt.date],
    language: str,
    *,
    on: dt.date | None = None,
    address: Callable[[dt.date], str] | None = None,
) -> str:
    """Draw events, versions and articles a month of every zone, one above the other.

    Parameters
    ----------
    lives : mapping of zone to Stretch
        In the order of the lanes, each oldest first. The height of a bar is the version's share
        of the widest one of its zone.
    moments : sequence of Moment
        Oldest first. Their words are written where all find a place in seventeen rows; else only
        their numbers are.
    coverage : mapping of zone to (first of the month, articles)
    names, statuses, said : mapping
        The words of the chart: zones, statuses, and `title`, `description`, `coverage`.
    span : (date, date)
        What to draw, half-open.
    on : date, optional
        The map date, marked by a broken line.
    address : callable, optional
        Gives the address that a click on something of a day leads to.
    """
    time = Span(*span, GUTTER, WIDTH - GUTTER - EDGE)
    shown = [moment for moment in moments if time.start <= moment.date < time.end]
    events, band = _events(time, shown, address)
    parts = [events]
    top = band + 22
    lanes = []
    for zone, life in lives.items():
        lanes.append(_lane(time, zone, life, shown, names[zone], statuses, top, address))
        top += LANE
    bottom = top + 26 + len(lives) * COVER
    parts.append(time_axis(time, language, top - 2, band))
    parts += lanes
    most = rounded_up(max((n for row in coverage.values() for _, n in row), default=1))
    parts.append(text(0, top + 27, said["coverage"], font_size=10, fill_opacity="0.85"))
    base = top + 26
    for zone in lives:
        base += COVER
        parts.append(text(0, base - 3, names[zone]))
        parts.append(tag("line", x1=time.left, x2=time.right, y1=base, y2=base,
                         stroke="currentColor", stroke_opacity="0.3"))  # fmt: skip
        rows = [(m, n) for m, n in coverage.get(zone, ()) if time.start <= m < time.end]
        parts.append(bars(time, rows, base, COVER - 16, most, ZONE_COLOURS[zone], language))
    parts.append(time_axis(time, language, bottom, top + 34))
    parts.append(mark_of(time, on, band, top - 2))
    parts.append(mark_of(time, on, top + 34, bottom))
    return figure(WIDTH, bottom + 20, said["title"], said["description"], _hatches(), *parts)


def _events(
    time: Span, moments: Sequence[Moment], address: Callable[[dt.date], str] | None
) -> tuple[str, float]:
    """Draw the labels of events; return them with the height of their band."""
    places = [time.at(moment.date) for moment in moments]
    written = [_written(moment, WIDTH - x) for moment, x in zip(moments, places, strict=True)]
    rows = row_up([Label(x, width_of(run)) for x, run in zip(places, written, strict=True)])
    drawn = []
    if max(rows, default=0) < MOST_ROWS:
        band = (max(rows, default=0) + 1) * ROW + 8
        for moment, x, run, row in zip(moments, places, written, rows, strict=True):
            y = band - 8 - row * ROW
            drawn.append(_moment(moment, address, [
                _stem(moment, f"M{x:.1f} {y - 9:.1f}V{band:.1f}"), text(x + 3, y, run),
            ]))  # fmt: skip
        return tag("g", *drawn, class_="fz-moments"), band
    band = ROW + 34
    numbers = [Label(time.at(m.date), width_of(str(m.number)) + GAP) for m in moments]
    for moment, middle in zip(moments, spread(numbers, 0, WIDTH), strict=True):
        x = time.at(moment.date)
        drawn.append(_moment(moment, address, [
            _stem(moment, f"M{middle:.1f} {ROW:.1f}L{x:.1f} {band - 4:.1f}V{band:.1f}"),
            text(middle, ROW - 3, moment.number, anchor="middle"),
        ]))  # fmt: skip
    return tag("g", *drawn, class_="fz-moments"), band


def _written(moment: Moment, room: float) -> str:
    """Write as many words of an event as have room up to the edge of the drawing."""
    most = MOST_LETTERS
    while most > 1 and width_of(f"{moment.number} {shortened(moment.words, most)}") + 4 > room:
        most -= 1
    return f"{moment.number} {shortened(moment.words, most)}" if most > 1 else str(moment.number)


def _stem(moment: Moment, d: str) -> str:
    return tag(
        "path", d=d, fill="none", stroke="currentColor", stroke_opacity="0.5",
        stroke_dasharray="2 3" if moment.coarse else None,
    )  # fmt: skip


def _moment(moment: Moment, address: Callable[[dt.date], str] | None, drawn: Sequence[str]) -> str:
    return linked(
        address(moment.date) if address else None, tag("title", words(moment.said)), *drawn
    )


def _lane(
    time: Span,
    zone: str,
    life: Sequence[Stretch],
    moments: Sequence[Moment],
    name: str,
    statuses: Mapping[str, str],
    top: float,
    address: Callable[[dt.date], str] | None,
) -> str:
    base = top + LANE - 8
    widest = max((stretch.area for stretch in life), default=0.0) or 1.0
    parts = [text(0, base - BAR / 2 + 4, name, font_weight="600", font_size=12)]
    for stretch in life:
        end = stretch.end or time.end
        if end <= time.start or stretch.start >= time.end:
            continue
        left, right = time.at(stretch.start), time.at(end)
        parts.append(
            linked(
                address(max(stretch.start, time.start)) if address else None,
                tag("title", words(stretch.said)),
                *_version(zone, stretch, left, right, base, stretch.area / widest),
                # All of the lane's height takes the click, however low the bar has become.
                tag("rect", x=left, y=base - BAR, width=max(right - left, 0.5), height=BAR,
                    fill="transparent", class_="fz-stretch"),
            )
        )  # fmt: skip
    for moment in moments:
        if zone in moment.zones:
            x = time.at(moment.date)
            parts.append(tag("path", d=f"M{x - 3:.1f} {base + 6:.1f}h6l-3 -5z",
                             fill_opacity="0.75"))  # fmt: skip
    parts += _status_words(time, life, statuses, base - BAR - 4)
    return tag("g", *parts, class_=f"fz-lane fz-lane-{zone}")


def _version(
    zone: str, stretch: Stretch, left: float, right: float, base: float, share: float
) -> list[str]:
    colour, wide = ZONE_COLOURS[zone], max(right - left, 0.5)
    if stretch.status == "ended":
        return [tag("line", x1=left, x2=right, y1=base, y2=base, stroke=colour, stroke_width="2",
                    stroke_dasharray="1.5 4")]  # fmt: skip
    tall = max(BAR * share, 3.0)
    dress = DRESS[stretch.status]
    drawn = [
        tag("rect", x=left, y=base - tall, width=wide, height=tall, fill=colour,
            fill_opacity=dress["fill_opacity"])
    ]  # fmt: skip
    if "hatch" in dress:
        drawn.append(tag("rect", x=left, y=base - tall, width=wide, height=tall,
                         fill=f"url(#fz-{dress['hatch']})"))  # fmt: skip
    drawn.append(
        tag("path", d=f"M{left:.1f} {base:.1f}V{base - tall:.1f}H{left + wide:.1f}", fill="none",
            stroke=colour, stroke_width="1.6" if wide > 3 else "0.8",
            stroke_dasharray=dress.get("dash"))
    )  # fmt: skip
    return drawn


def _status_words(
    time: Span, life: Sequence[Stretch], statuses: Mapping[str, str], y: float
) -> list[str]:
    """Write each status over the place where it begins; the longest first, where there is room."""
    runs = []
    for status, group in groupby(life, key=lambda stretch: stretch.status):
        held = list(group)
        end = held[-1].end or time.end
        if end > time.start and held[0].start < time.end:
            left = time.at(held[0].start)
            runs.append((status == "ended", time.at(end) - left, left, statuses[status]))
    written: list[tuple[float, float, str]] = []
    for last, long, left, said in sorted(runs, reverse=True):
        wide = width_of(said, 10) + GAP
        at = min(left, WIDTH - wide)
        # Over a stretch much shorter than itself, a word would seem to be that of the next.
        if not last and long < wide / 2:
            continue
        if all(at + wide <= other or at >= other_end for other, other_end, _ in written):
            written.append((at, at + wide, said))
    return [text(at, y, said, font_size=10, fill_opacity="0.85") for at, _, said in written]


def _hatches() -> str:
    """Draw the two patterns that tell statuses apart without their tone."""
    line = {"stroke": "currentColor", "stroke_width": "1", "stroke_opacity": "0.55"}
    return tag(
        "defs",
        tag("pattern", tag("path", d="M0 6L6 0M-1 1L1 -1M5 7L7 5", **line), id="fz-in-force",
            width="6", height="6", patternUnits="userSpaceOnUse"),
        tag("pattern", tag("path", d="M0 1H4", **line), id="fz-reduced", width="4", height="4",
            patternUnits="userSpaceOnUse"),
    )  # fmt: skip
