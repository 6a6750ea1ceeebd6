"""SVG by hand: shapes, and text that keeps its direction wherever it is opened."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from lxml import etree
from shapely.geometry.base import BaseGeometry

from geo.export.xml import xml_text

NAMESPACE = "http://www.w3.org/2000/svg"
FONTS = "FiraGO, 'Noto Sans Arabic', 'Segoe UI', 'Geeza Pro', 'DejaVu Sans', sans-serif"

_ISOLATE_RTL, _ISOLATE, _POP = "\u2067", "\u2068", "\u2069"
# Overrides and embeddings from outside would reorder what stands around them; isolates are ours.
_OVERRIDES = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e"))
_NARROW = frozenset("iljftr.,:;'|!()[]/-·’‘ـ")


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on a page of a given width that is read from the left or, mirrored, from the right.

    Renderers disagree on ``direction``, so it is never used: Arabic lines stand in an isolate
    and are anchored by the side they begin on.
    """

    width: float
    right_to_left: bool

    def start(self, x: float, wide: float = 0) -> float:
        """Return the left edge of what begins at `x` from the reader's side."""
        return self.width - x - wide if self.right_to_left else x

    def text(
        self,
        parent: etree._Element,
        x: float,
        y: float,
        run: str,
        size: float,
        *,
        anchor: str | None = None,
        **attributes: str,
    ) -> etree._Element:
        """Write one line. Without `anchor` it begins at `x` from the reader's side."""
        if anchor is None:
            x, anchor = self.start(x), "end" if self.right_to_left else "start"
        run = run.translate(_OVERRIDES)
        element = add(
            parent, "text", x=number(x), y=number(y), font_size=number(size), text_anchor=anchor,
            **attributes,
        )  # fmt: skip
        element.text = xml_text(f"{_ISOLATE_RTL}{run}{_POP}" if self.right_to_left else run)
        return element

    def paragraph(
        self, parent: etree._Element, x: float, y: float, wide: float, run: str, size: float,
        **attributes: str,
    ) -> float:  # fmt: skip
        """Write lines no wider than `wide`; return the y of the line after them."""
        for line in wrapped(run, wide, size):
            self.text(parent, x, y, line, size, **attributes)
            y += size * 1.4
        return y

    def box(
        self, parent: etree._Element, x: float, y: float, wide: float, high: float,
        **attributes: str,
    ) -> etree._Element:  # fmt: skip
        """Draw a rectangle that begins at `x` from the reader's side."""
        return add(
            parent, "rect", x=number(self.start(x, wide)), y=number(y), width=number(wide),
            height=number(high), **attributes,
        )  # fmt: skip


def add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """Add an element; ``_`` in the name of an attribute is written ``-``."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", named)


def number(value: float) -> str:
    """Write a number with one decimal at most.

    Examples
    --------
    >>> number(3.0), number(2.25)
    ('3', '2.2')
    """
    return f"{value:.1f}".removesuffix(".0")


def wrapped(run: str, wide: float, size: float) -> list[str]:
    """Break a text into lines by the estimated width of its letters; isolates go on over breaks.

    Examples
    --------
    >>> wrapped("one two three", 60, 12)
    ['one two', 'three']
    """
    lines, line = [], ""
    for word in run.split(" "):  # a no-break space keeps a date together
        longer = f"{line} {word}" if line else word
        if line and estimated(longer, size) > wide:
            lines.append(line)
            line = word
        else:
            line = longer
    made, unclosed = [], 0
    for one in [*lines, line]:
        one = _ISOLATE * unclosed + one
        unclosed = max(0, one.count(_ISOLATE) - one.count(_POP))
        made.append(one + _POP * unclosed)
    return made


def estimated(run: str, size: float) -> float:
    """Estimate how wide a text is; rather too much than too little."""
    return size * sum(_letter(letter) for letter in run)


def _letter(letter: str) -> float:
    if "\u2066" <= letter <= "\u2069" or "\u064b" <= letter <= "\u0652":
        return 0
    if letter in " \u00a0" or letter in _NARROW:
        return 0.3
    if "\u0600" <= letter <= "\u06ff":
        return 0.52
    return 0.65 if letter.isupper() else 0.54


def path(drawn: BaseGeometry) -> str:
    """Write a geometry in page units as path data; holes are left open by ``evenodd``."""
    parts = []
    for part in shapely.get_parts(drawn):
        if isinstance(part, shapely.Polygon):
            parts += [_line(ring) + "Z" for ring in (part.exterior, *part.interiors)]
        elif not isinstance(part, shapely.Point):
            parts.append(_line(part))
    return "".join(parts)


def _line(drawn: BaseGeometry) -> str:
    points = np.round(shapely.get_coordinates(drawn), 1)
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
