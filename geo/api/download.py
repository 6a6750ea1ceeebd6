"""A selection as a file to keep, in every format of the export."""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from geo.api import zone_report
from geo.api.answers import GEOJSON, Answer, Ask, of_parts
from geo.api.parameters import Asked, Problem, chosen, moved
from geo.api.shelf import Shelf
from geo.export import ENDINGS, WHAT, pieces, stamped, table, write_as
from geo.export.formats import BUNDLE, PICTURES
from geo.export.table import CARD
from geo.html import DOWNLOAD_URL
from geo.report import REPORT_URL
from geo.summary import view

KINDS = {
    ".geojson": GEOJSON,
    ".json": GEOJSON,
    ".gpkg": "application/geopackage+sqlite3",
    ".csv": "text/csv; charset=utf-8",
    CARD: "application/csvm+json",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".parquet": "application/vnd.apache.parquet",
    ".zip": "application/zip",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".pdf": "application/pdf",
}
_PACKED = (".parquet", ".zip", ".png", ".pdf")

_PIECE = 256 << 10
_geopackage = threading.Lock()  # GDAL's writer


def answer(ask: Ask, shelf: Shelf) -> Answer:
    """Answer with a file of a selection.

    Raises
    ------
    Problem
        If there is no such file, or the selection cannot be read.
    """
    if ask.path.startswith(REPORT_URL + "/"):
        return zone_report.answer(ask, shelf)
    what, ending = _file(ask)
    asked = chosen(ask.query, ("lang", "lines"))
    selection = asked.selection
    day = selection.map_date(shelf.columns.last_dated())
    name = f"fourzones-{what}-{day}"
    if ask.method == "HEAD":
        made = Answer(KINDS[ending], parts=iter(()))
    else:
        made = _made(ask, shelf, what, name, ending, asked)
    made.headers["content-disposition"] = f'attachment; filename="{name}{ending}"'
    if ending == ".csv":  # has no place for what it says of itself
        card = f"{ask.base}{DOWNLOAD_URL}/{what}{CARD}?{moved(ask.query)}"
        made.headers["link"] = f'<{card}>; rel="describedby"; type="{KINDS[CARD]}"'
    return made


def _made(ask: Ask, shelf: Shelf, what: str, name: str, ending: str, asked: Asked) -> Answer:
    shown = view(shelf.store, asked.selection, limit=1)  # its articles are read a few at a time
    kind, shrinks = KINDS[ending], ending not in _PACKED
    if kind == GEOJSON:
        return of_parts(kind, pieces(stamped(shelf.store, shown, what)))
    if ending == CARD:
        return Answer(kind, table.card(f"{name}.csv", stamped(shelf.store, shown, what)))
    with tempfile.TemporaryDirectory(prefix="fourzones-") as folder:
        path = Path(folder) / f"{name}{ending}"
        with _geopackage if ending == ".gpkg" else contextlib.nullcontext():
            write_as(path, shelf.store, shown, what if what in WHAT else "zones",
                     asked.language or ask.language, asked.lines)  # fmt: skip
        # Open, the file stays when its folder goes.
        return of_parts(kind, _read(path), shrinks)


def _file(ask: Ask) -> tuple[str, str]:
    path = ask.path.split("/")
    name = path[2] if len(path) == 3 else ""
    what, dot, said = name.partition(".")
    ending = dot + said.lower()
    good = what in WHAT or (ending == BUNDLE and what == "bundle")
    if ending in PICTURES:
        good = what in ("map", "zones")
    if not good or ending not in KINDS:
        raise Problem(
            404, f"no file {name[:80]}; there are {', '.join(WHAT)}, map (a picture) and bundle "
            f"(a zip file), with the endings {', '.join(ENDINGS)}",
        )  # fmt: skip
    return what, ending


def _read(path: Path) -> Iterator[bytes]:
    file = path.open("rb")

    def pieces() -> Iterator[bytes]:
        with file:
            while piece := file.read(_PIECE):
                yield piece

    return pieces()
