"""From SVG to PNG and PDF: the same on every machine, with letters that join as they should.

Typst sets the page. It shapes Arabic, reads no font of the machine and asks nothing of the
network; the letters are FiraGO's, which has Latin and Arabic in one hand.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any, Literal

from geo.errors import FourzonesError

PAGE_WIDTH = 595.28
"""Points: that of A4."""

PIXELS_PER_INCH = 240.0
FONTS = {"FiraGO-Regular.ttf": "figo", "FiraGO-Bold.ttf": "figbo"}

_SOURCE = """
#set document(title: sys.inputs.title)
#set text(lang: sys.inputs.language)
#set page(width: {wide}pt, height: {high}pt, margin: 0pt)
#place(image("picture.svg", width: 100%, height: 100%, alt: sys.inputs.alt))
"""


def render(
    svg: bytes,
    kind: Literal["png", "pdf"],
    *,
    shape: float,
    title: str,
    alt: str,
    language: str,
    made: str,
) -> bytes:
    """Set a picture as PNG or PDF.

    Parameters
    ----------
    shape : float
        Height of the page for a width of 1.
    made : str
        When it was made (UTC, ISO 8601): the date in the PDF.

    Raises
    ------
    FourzonesError
        If the extra `picture` is not installed.
    """
    try:
        import pymupdf_fonts
        import typst
    except ImportError as error:
        raise FourzonesError(
            f"cannot make a {kind.upper()}",
            expected='the extra picture: pip install "fourzones[picture]"; .svg needs nothing',
            got=f"no {error.name}",
        ) from error
    source = _SOURCE.format(wide=PAGE_WIDTH, high=round(PAGE_WIDTH * shape, 2))
    with tempfile.TemporaryDirectory() as folder:
        for name, code in FONTS.items():
            (Path(folder) / name).write_bytes(pymupdf_fonts.myfont(code))
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )
        # Its stub does not know a project given as a dict.
        compile_page: Any = typst.compile
        set_page = compile_page(
            {"main.typ": source.encode(), "picture.svg": svg},
            format=kind,
            ppi=PIXELS_PER_INCH,
            font_paths=fonts,
            sys_inputs={"title": title, "alt": alt, "language": language},
            timestamp=int(dt.datetime.fromisoformat(made).timestamp()),
        )
    assert isinstance(set_page, bytes)
    return set_page
