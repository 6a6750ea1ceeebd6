"""A static picture for a report: the map with title, counts, legend, sources, licence and date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, cast

from lxml import etree

from geo import layers, zones
from geo.export.files import write_whole
from geo.export.picture_map import LINE, PROJECTION, Frame, draw, post, zone_style
from geo.export.render import render
from geo.export.svg import FONTS, NAMESPACE, Pen, add, number
from geo.export.terms import LICENCE_NAME, made, terms
from geo.export.xml import xml_text
from geo.locales import day, isolate, other_language, text
from geo.model import ZONE_NAMES
from geo.selection import last_day
from geo.store import Store
from geo.summary import View, sentence

WIDTH, EDGE, MAP, GAP = 1000.0, 36.0, 600.0, 26.0
COLUMN = WIDTH - 2 * EDGE - MAP - GAP
BASE_NAMES = "Natural Earth, GSHHG"
PROJECTION_NAME = f"WGS 84 / UTM 37N ({PROJECTION})"
MOST_SOURCES = 7
_INK, _SOFT = "#1b1b1b", "#55554f"


def write(path: Path, store: Store, view: View, language: str = "en", lines: bool = False) -> str:
    """Write a picture as SVG, PNG or PDF, by the file's ending.

    Parameters
    ----------
    lines : bool
        Draw the posts, the strip and the corridor that held on the map date too.

    Raises
    ------
    FourzonesError
        If the file cannot be written, or the extra `picture` is not there for PNG and PDF.
    """
    moment = made()
    page = picture(store, view, language, moment, lines)
    svg = etree.tostring(page, encoding="UTF-8", xml_declaration=True)
    ending = path.suffix.lower().removeprefix(".")
    if ending != "svg":
        svg = render(
            svg,
            cast(Literal["png", "pdf"], ending),
            shape=float(page.get("height", "0")) / WIDTH,
            title=_title(view, language),
            alt=sentence(view, language),
            language=language,
            made=moment,
        )
    write_whole(path, svg)
    return f"{len(view.zones)} zones on {view.date}"


def picture(
    store: Store, view: View, language: str, moment: str, lines: bool = False
) -> etree._Element:
    """Return the picture as SVG; its text is text.

    The element `metadata` holds, as JSON, the selection, the terms, and where on the page which
    piece of the projected plane lies.

    Parameters
    ----------
    moment : str
        When it was made (UTC, ISO 8601).
    """
    pen = Pen(WIDTH, language == "ar")
    root = etree.Element(f"{{{NAMESPACE}}}svg", nsmap={None: NAMESPACE})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    root.set("font-family", FONTS)
    add(root, "title").text = xml_text(_title(view, language))
    add(root, "desc").text = xml_text(sentence(view, language))
    metadata = add(root, "metadata")
    paper = add(root, "rect", width="100%", height="100%", fill="#ffffff")
    frame = Frame.of(view, MAP)
    held = layers.held(view.date) if lines else []

    y = pen.paragraph(
        root, EDGE, EDGE + 26, WIDTH - 2 * EDGE, _title(view, language), 27, font_weight="bold",
        fill=_INK,
    )  # fmt: skip
    y = pen.paragraph(root, EDGE, y - 6, WIDTH - 2 * EDGE, sentence(view, language), 15, fill=_INK)
    top = y
    left = pen.start(EDGE, MAP)
    draw(add(root, "g", transform=f"translate({number(left)} {number(top)})"), frame, view,
         language, pen, held)  # fmt: skip
    y = _legend(root, view, language, pen, top + 14, held)
    y = _sources(root, view, language, pen, y)
    said = terms(store)
    y = _footer(root, said, moment, language, pen, max(y, top + frame.height) + 24)

    high = y + EDGE / 2
    root.attrib.update({"width": number(WIDTH), "height": number(high)})
    root.set("viewBox", f"0 0 {number(WIDTH)} {number(high)}")
    paper.attrib.update({"width": number(WIDTH), "height": number(high)})
    metadata.text = json.dumps(
        {
            "selection": view.selection.replace(on=view.date).to_params(),
            **said,
            "made": moment,
            "lines": lines,
            "projection": PROJECTION,
            "bounds": [frame.west, frame.south, frame.east, frame.north],
            "page": [left, top, MAP, frame.height],
        },
        ensure_ascii=True,
    )
    return root


def _title(view: View, language: str) -> str:
    return text("picture.title", language, day=day(view.date, language))


def _legend(
    root: etree._Element,
    view: View,
    language: str,
    pen: Pen,
    y: float,
    lines: list[dict[str, Any]],
) -> float:
    x, other = EDGE + MAP + GAP, other_language(language)
    if view.zones.empty:
        y = pen.paragraph(root, x, y, COLUMN, text("map.before", language), 13, fill=_INK) + 10
    for _, row in view.zones.iterrows():
        _swatch(root, pen, x, y - 13, row["zone"], row["status"])
        names = ZONE_NAMES.get(row["zone"]) or {
            code: str(row[f"name_{code}"]) for code in ("en", "ar")
        }
        inner, wide = x + 46, COLUMN - 46
        pen.text(root, inner, y, names[language], 15.5, font_weight="bold", fill=_INK)
        pen.text(
            root, EDGE + MAP + GAP + COLUMN, y, isolate(names[other]), 12.5, fill=_SOFT,
            anchor="start" if pen.right_to_left else "end",
        ).set("x", number(pen.start(x + COLUMN)))  # fmt: skip
        y += 19
        for line in _said_of(row, language):
            y = pen.paragraph(root, inner, y, wide, line, 12.5, fill=_INK)
        y += 12
    y += 6
    pen.text(root, x, y, text("picture.key", language), 13.5, font_weight="bold", fill=_INK)
    y += 24
    for status, key in (
        ("announced", "status.announced"),
        ("delineated", "picture.key.held"),
        ("reduced", "picture.key.reduced"),
        ("ended", "picture.key.ended"),
    ):
        _swatch(root, pen, x, y - 13, "", status)
        pen.text(root, x + 46, y, text(key, language), 12.5, fill=_INK)
        y += 25
    centre = pen.start(x + 17)
    add(root, "circle", cx=number(centre), cy=number(y - 4), r="3", fill="#fff", stroke="#666")
    pen.text(root, x + 46, y, text("picture.key.city", language), 12.5, fill=_INK)
    if any(one["geometry"]["type"] == "Point" for one in lines):
        y += 25
        post(root, centre, y - 4)
        pen.text(root, x + 46, y, text("picture.key.post", language), 12.5, fill=_INK)
    for one in lines:
        if one["geometry"]["type"] != "Point":
            y += 25
            pen.box(root, x, y - 13, 34, 18, **LINE)
            name = one["properties"][f"name_{language}"]
            said = text("picture.key.line", language, name=isolate(name))
            pen.text(root, x + 46, y, said, 12.5, fill=_INK)
    return y + 34


def _said_of(row: Any, language: str) -> list[str]:
    days = [row["valid_from"], *([last_day(row["valid_to"])] if row["valid_to"] else [])]
    period = isolate(" – ".join(day(one, language).replace(" ", "\u00a0") for one in days))
    lines = [f"{text('status.' + row['status'], language)}: {period}"]
    accuracy = zones.accuracy(row)
    if accuracy is not None:
        lines.append(
            text(
                "map.area", language, area=f"{row['area_km2']:,.0f}",
                accuracy=f"{accuracy:g}",
            )
        )  # fmt: skip
    return [*lines, text("articles.count", language, count=int(row["articles"]))]


def _swatch(root: etree._Element, pen: Pen, x: float, y: float, zone: str, status: str) -> None:
    if status == "reduced":
        pen.box(root, x, y, 34, 18, **zone_style(zone, "ended"))
        pen.box(root, x, y + 5, 21, 13, **zone_style(zone, status))
    else:
        pen.box(root, x, y, 34, 18, **zone_style(zone, status))


def _sources(root: etree._Element, view: View, language: str, pen: Pen, y: float) -> float:
    x = EDGE + MAP + GAP
    unique = {
        (source.get("url") or source.get("title")): source
        for sources in view.zones.get("sources", ())
        for source in sources or ()
    }
    if not unique:
        return y
    pen.text(root, x, y, text("picture.sources", language), 13.5, font_weight="bold", fill=_INK)
    y += 20
    for source in list(unique.values())[:MOST_SOURCES]:
        title, publisher = (str(source.get(key) or "")[:120] for key in ("title", "publisher"))
        named = (publisher if publisher not in title else "", title, source.get("date"))
        said = ", ".join(str(one) for one in named if one)
        y = pen.paragraph(root, x, y, 0.93 * COLUMN, isolate(said), 10.5, fill=_SOFT) + 4
    left_out = len(unique) - MOST_SOURCES
    if left_out > 0:
        more = text("picture.more", language, count=left_out)
        y = pen.paragraph(root, x, y, COLUMN, more, 10.5, fill=_SOFT)
    return y


def _footer(
    root: etree._Element, said: dict[str, Any], moment: str, language: str, pen: Pen, y: float
) -> float:
    lines = (
        f"{text('map.reconstruction', language)}. {text('picture.articles', language)}",
        text(
            "picture.base", language, base=isolate(BASE_NAMES), projection=isolate(PROJECTION_NAME)
        ),
        text(
            "picture.terms", language, program=isolate(said["program"]),
            licence=isolate(LICENCE_NAME), made=isolate(moment),
            version=isolate(said["data_version"][:12]),
        ),
    )  # fmt: skip
    for line in lines:
        y = pen.paragraph(root, EDGE, y, WIDTH - 2 * EDGE, line, 11.5, fill=_SOFT)
    return y
