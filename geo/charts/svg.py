"""The few pieces that all charts are drawn with: elements, words, a figure and an axis of time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.html import escape
from geo.locales import isolate, month_name

FONT = 11
"""Size of the words of a chart, in units of its drawing (pixels when it is not scaled)."""

# XML has no way to write these, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[] -ا"), frozenset("mwMW@%—سشصضـ")


def words(run: object) -> str:
    """Escape a text for a chart and isolate its direction from what stands around it."""
    return isolate(escape(_UNWRITABLE.sub("", str(run))))


def tag(name: str, *content: str, **attributes: object) -> str:
    """Write an element; content is SVG already, attribute values are escaped here.

    An underscore in an attribute's name stands for a hyphen; one at the end is dropped, and an
    attribute that is None is left out.

    Examples
    --------
    >>> tag("rect", width=3.0, stroke_width=1, class_="a<b", rx=None)
    '<rect width="3" stroke-width="1" class="a&lt;b"/>'
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{''.join(content)}</{name}>" if content else f"<{name}{said}/>"


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return escape(_UNWRITABLE.sub("", str(value)))


def text(x: float, y: float, run: object, *, anchor: str = "start", **attributes: object) -> str:
    """Write words at a place; `anchor` is `start` (to the right of x), `middle` or `end`."""
    return tag("text", words(run), x=x, y=y, text_anchor=anchor, **attributes)


def figure(width: float, height: float, title: str, description: str, *content: str) -> str:
    """Write a chart: its title and description are what a screen reader says of it."""
    return tag(
        "svg",
        tag("title", words(title)),
        tag("desc", words(description)),
        *content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        # What holds links is more than one picture to a screen reader.
        role="group" if any("<a " in part for part in content) else "img",
        class_="fz-chart",
        direction="ltr",
        fill="currentColor",
        font_size=FONT,
    )


def linked(address: str | None, *content: str) -> str:
    """Put content into a link, or into a plain group where there is no address.

    The link is for the mouse; for the keyboard the table beside the chart has the same links.
    """
    if not address:
        return tag("g", *content)
    return tag("a", *content, href=address, target="_self", tabindex="-1")


def width_of(run: str, size: float = FONT) -> float:
    """Estimate how wide words are; rather too wide than too narrow, since fonts differ.

    Examples
    --------
    >>> width_of("Idlib") < width_of("Astana") < width_of("Memorandum")
    True
    """
    units = 0.0
    for letter in run:
        if letter in _NARROW:
            units += 0.34
        elif letter in _WIDE:
            units += 0.92
        elif letter.isupper():
            units += 0.7
        elif "\u0600" <= letter <= "\u06ff":
            units += 0.56
        elif letter.isascii() or (letter.isalpha() and letter < "\u2e80"):
            units += 0.57
        else:
            units += 1.05
    return units * size


def shortened(run: str, most: int) -> str:
    """Cut words to at most so many code points, with an ellipsis where something is missing.

    Examples
    --------
    >>> shortened("Astana memorandum", 8), shortened("Astana", 8)
    ('Astana…', 'Astana')
    """
    return run if len(run) <= most else run[: most - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` up to, but without, `end`, laid on `width` units from `left` on."""

    start: dt.date
    end: dt.date
    left: float
    width: float

    def at(self, date: dt.date) -> float:
        """Return where the start of a day stands; what lies outside stands at the edge."""
        days = min(max((date - self.start).days, 0), (self.end - self.start).days)
        return self.left + self.width * days / (self.end - self.start).days

    @property
    def right(self) -> float:
        """Where the span ends."""
        return self.left + self.width

    def months(self) -> Iterator[dt.date]:
        """Yield the first of every month that begins in the span."""
        month = self.start.replace(day=1)
        while month < self.end:
            if month >= self.start:
                yield month
            month = next_month(month)

    def ticks(self, language: str) -> list[tuple[dt.date, str]]:
        """Return the days to mark and what to write there, as many as have room for their words.

        Every month where that fits, else every second, third or sixth, else the years.
        """
        months = list(self.months())
        for step in (1, 2, 3, 6):
            chosen = [m for at, m in enumerate(months) if at % step == 0]
            named = [(m, self._named(m, m == chosen[0] or m.month <= step, language))
                     for m in chosen]  # fmt: skip
            if self._fit(named):
                return named
        years = [m for m in months if m.month == 1 or m == months[0]]
        return [
            (m, str(m.year) if self._fit([(m, str(m.year)), *((n, "") for n in rest[:1])]) else "")
            for m, *rest in (years[at:] for at in range(len(years)))
        ]

    def _named(self, month: dt.date, with_year: bool, language: str) -> str:
        name = month_name(month, language)
        return f"{name} {month.year}" if with_year else name

    def _fit(self, named: list[tuple[dt.date, str]]) -> bool:
        ends = [self.at(m) for m, _ in named[1:]] + [self.right + 14]
        return all(
            self.at(month) + 6 + width_of(said, 10) <= end
            for (month, said), end in zip(named, ends, strict=True)
        )


def next_month(month: dt.date) -> dt.date:
    """Return the first of the month after."""
    return (month.replace(day=1) + dt.timedelta(days=31)).replace(day=1)


def time_axis(span: Span, language: str, y: float, top: float) -> str:
    """Draw an axis of time at `y`, with faint lines up to `top`."""
    parts = []
    for date, said in span.ticks(language):
        x = span.at(date)
        parts.append(tag("line", x1=x, x2=x, y1=top, y2=y + 4, stroke="currentColor",
                         stroke_opacity="0.16"))  # fmt: skip
        if said:
            parts.append(text(x + 3, y + 12, said, font_size=10, fill_opacity="0.85"))
    parts.append(tag("line", x1=span.left, x2=span.right, y1=y, y2=y, stroke="currentColor",
                     stroke_opacity="0.5"))  # fmt: skip
    return tag("g", *parts, class_="fz-axis")
