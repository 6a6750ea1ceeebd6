"""Two charts of one zone on an axis of time: its area, and the articles that mention it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from geo.charts.svg import Span, figure, next_month, tag, text, time_axis
from geo.html import ZONE_COLOURS
from geo.locales import month_name, number

GREY = "#6b7c85"
"""No zone's colour: of all articles, whatever they mention."""

WIDTH, HEIGHT = 640.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 12.0, 12.0, 24.0


def rounded_up(value: float) -> float:
    """Return the next round number, where an axis may end.

    Examples
    --------
    >>> [rounded_up(number) for number in (0, 3, 27, 117.6, 8988)]
    [1, 3, 30, 120, 10000]
    """
    if value <= 1:
        return 1
    step = 10 ** math.floor(math.log10(value))
    for size in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10):
        if size * step >= value and (size * step) % 1 == 0:
            return int(size * step)
    return 10 * step


def area_steps(
    zone: str,
    steps: Sequence[tuple[dt.date, dt.date | None, float]],
    title: str,
    description: str,
    language: str,
    on: dt.date | None = None,
) -> str:
    """Draw a zone's area over its life, as steps.

    Parameters
    ----------
    steps : sequence of (date, date or None, float)
        Half-open interval and area in square km of each version, oldest first; the last open.
    on : date, optional
        The map date, marked by a broken line.
    """
    ended = steps[-1][0]
    span = _span(steps[0][0], max(ended + (ended - steps[0][0]) / 12, ended + dt.timedelta(30)))
    most = rounded_up(max(area for _, _, area in steps))
    base = HEIGHT - BOTTOM

    def level(area: float) -> float:
        return base - (base - TOP) * area / most

    path = [f"M{span.left:.1f} {base:.1f}"]
    for first, end, area in steps:
        path.append(f"L{span.at(first):.1f} {level(area):.1f}")
        path.append(f"L{span.at(end or span.end):.1f} {level(area):.1f}")
    colour = ZONE_COLOURS[zone]
    return figure(
        WIDTH, HEIGHT, title, description,
        _levels(most, base),
        time_axis(span, language, base, TOP),
        tag("path", d="".join([*path, f"L{span.right:.1f} {base:.1f}Z"]), fill=colour,
            fill_opacity="0.3"),
        tag("path", d="M" + "".join(path[1:])[1:], fill="none", stroke=colour, stroke_width="1.8"),
        mark_of(span, on, TOP, base),
    )  # fmt: skip


def month_bars(
    zone: str,
    months: Sequence[tuple[dt.date, int]],
    first: dt.date,
    end: dt.date,
    title: str,
    description: str,
    language: str,
) -> str:
    """Draw how many articles of each month mention a zone.

    Parameters
    ----------
    zone : str
        Empty for all articles.
    months : sequence of (date, int)
        The first of a month, and its articles; months without any may be left out.
    first, end : date
        The span to draw, half-open.
    """
    span = _span(first.replace(day=1), end)
    most = rounded_up(1.08 * max((count for _, count in months), default=1))
    base = HEIGHT - BOTTOM
    return figure(
        WIDTH, HEIGHT, title, description,
        _levels(most, base),
        time_axis(span, language, base, TOP),
        bars(span, months, base, base - TOP, most, ZONE_COLOURS.get(zone, GREY), language),
    )  # fmt: skip


def bars(
    span: Span,
    months: Sequence[tuple[dt.date, int]],
    base: float,
    height: float,
    most: float,
    colour: str,
    language: str,
) -> str:
    """Draw a bar a month, `height` units for `most` articles.

    Each says its own number when it is pointed at; the tallest, and those wide enough, always.
    """
    drawn = []
    tallest = max((count for _, count in months), default=0)
    for month, count in months:
        left, right = span.at(month), span.at(next_month(month))
        if not count or right <= left:
            continue
        gap = min(1.5, (right - left) / 6)
        tall = max(1.5, height * count / most)
        said = f"{month_name(month, language)} {month.year}: {number(count)}"
        drawn.append(
            tag("rect", tag("title", said), x=left + gap, y=base - tall,
                width=right - left - 2 * gap, height=tall, fill=colour, fill_opacity="0.85")
        )  # fmt: skip
        if right - left > 24 or count == tallest:
            drawn.append(text((left + right) / 2, base - tall - 3, number(count), anchor="middle",
                              font_size=10))  # fmt: skip
    return tag("g", *drawn, class_="fz-bars")


def mark_of(span: Span, on: dt.date | None, top: float, base: float) -> str:
    """Mark the map date by a broken line, where the span has it."""
    if on is None or not span.start <= on < span.end:
        return ""
    x = span.at(on)
    return tag("line", x1=x, x2=x, y1=top, y2=base, stroke="currentColor", stroke_width="1.2",
               stroke_dasharray="4 3", class_="fz-on")  # fmt: skip


def _span(first: dt.date, end: dt.date) -> Span:
    return Span(first, end, LEFT, WIDTH - LEFT - RIGHT)


def _levels(most: float, base: float) -> str:
    parts = []
    for share in (0.5, 1.0):
        value = most * share
        if value % 1:
            continue
        y = base - (base - TOP) * share
        parts.append(tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, stroke="currentColor",
                         stroke_opacity="0.16"))  # fmt: skip
        parts.append(text(LEFT - 6, y + 3.5, f"{value:,.0f}", anchor="end", font_size=10))
    parts.append(text(LEFT - 6, base + 3.5, "0", anchor="end", font_size=10))
    return tag("g", *parts, class_="fz-levels")
