"""A selection as a file to keep, in every format of the export."""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from geo.api import zone_report
from geo.api.answers import GEOJSON, Answer, Ask
from geo.api.parameters import Problem, chosen
from geo.api.shelf import Shelf
from geo.export import ENDINGS, WHAT, pieces, stamped, write_as
from geo.export.formats import BUNDLE, PICTURES
from geo.report import REPORT_URL
from geo.summary import view

KINDS = {
    ".geojson": GEOJSON,
    ".json": GEOJSON,
    ".gpkg": "application/geopackage+sqlite3",
    ".csv": "text/csv; charset=utf-8",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".parquet": "application/vnd.apache.parquet",
    ".zip": "application/zip",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".pdf": "application/pdf",
}
_PACKED = (".parquet", ".zip", ".png", ".pdf")

AT_ONCE = 2
WAIT = 30
"""Seconds after which someone whom others keep waiting is asked to come again."""

_PIECE = 256 << 10
_making = threading.BoundedSemaphore(AT_ONCE)
_geopackage = threading.Lock()  # GDAL's writer


def answer(ask: Ask, shelf: Shelf) -> Answer:
    """Answer with a file of a selection.

    Raises
    ------
    Problem
        If there is no such file, the selection cannot be read, or too many are being made.
    """
    if ask.path.startswith(REPORT_URL + "/"):
        return zone_report.answer(ask, shelf)
    what, ending = _file(ask)
    asked = chosen(ask.query, ("lang", "lines"))
    selection = asked.selection
    day = selection.map_date(shelf.columns.last_dated())
    made = Answer(KINDS[ending], shrinks=ending not in _PACKED)
    name = f"fourzones-{what}-{day}{ending}"
    made.headers["content-disposition"] = f'attachment; filename="{name}"'
    if ask.method == "HEAD":
        made.parts = iter(())
        return made
    shown = view(shelf.store, selection, limit=1)  # its articles are read a few at a time
    if KINDS[ending] == GEOJSON:  # is sent while it is written
        made.parts = pieces(stamped(shelf.store, shown, what))
        return made
    with tempfile.TemporaryDirectory(prefix="fourzones-") as folder:
        path = Path(folder) / name
        with _turn(ending):
            write_as(path, shelf.store, shown, what if what in WHAT else "zones",
                     asked.language or ask.language, asked.lines)  # fmt: skip
        # Open, the file stays when its folder goes.
        made.parts = _read(path)
    return made


def _file(ask: Ask) -> tuple[str, str]:
    path = ask.path.split("/")
    name = path[2] if len(path) == 3 else ""
    what, dot, said = name.rpartition(".")
    ending = dot + said.lower()
    good = what in WHAT or (ending == BUNDLE and what == "bundle")
    if ending in PICTURES:
        good = what in ("map", "zones")
    if not good or ending not in ENDINGS:
        raise Problem(
            404, f"no file {name[:80]}; there are {', '.join(WHAT)}, map (a picture) and bundle "
            f"(a zip file), with the endings {', '.join(ENDINGS)}",
        )  # fmt: skip
    return what, ending


@contextlib.contextmanager
def _turn(ending: str) -> Iterator[None]:
    if not _making.acquire(timeout=WAIT):
        raise Problem(503, "too many files are being made; come again", {"retry-after": str(WAIT)})
    try:
        with _geopackage if ending == ".gpkg" else contextlib.nullcontext():
            yield
    finally:
        _making.release()


def _read(path: Path) -> Iterator[bytes]:
    file = path.open("rb")

    def pieces() -> Iterator[bytes]:
        with file:
            while piece := file.read(_PIECE):
                yield piece

    return pieces()
