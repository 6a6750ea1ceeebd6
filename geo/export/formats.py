"""Every format that a selection leaves in, by the ending of the file's name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from geo.errors import FourzonesError
from geo.export.geojson import stamped
from geo.locales import LANGUAGES
from geo.store import Store
from geo.summary import View

# Module of each format, imported only when it is asked for; `write(path, collection, language)`.
FORMATS = {
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "geopackage",
    ".csv": "table",
    ".kml": "kml",
    ".parquet": "parquet",
}
BUNDLE = ".zip"
PICTURES = (".svg", ".png", ".pdf")
ENDINGS = (*FORMATS, BUNDLE, *PICTURES)


def check_name(out: str, language: str = "en") -> None:
    """Refuse a name whose ending is no format, and a language that is not spoken here.

    Raises
    ------
    FourzonesError
        Names the endings that are known.

    Examples
    --------
    >>> check_name("zones.GPKG")
    """
    if out != "-" and Path(out).suffix.lower() not in ENDINGS:
        raise FourzonesError(
            "unknown format", where=out, expected=f"a name that ends in {', '.join(ENDINGS)}, or -"
        )
    if language not in LANGUAGES:
        raise FourzonesError(
            "unknown language", where="--lang", expected=" or ".join(LANGUAGES), got=language
        )


def write_as(
    path: Path,
    store: Store,
    view: View,
    what: str = "zones",
    language: str = "en",
    lines: bool = False,
) -> str:
    """Write what a view shows in the format that the file's name asks for.

    Parameters
    ----------
    view : View
        Its articles need not be in it: they are read from the store, a few at a time.
    what : str
        See `collection`; a bundle holds all of them, a picture shows the zones.
    language : {"en", "ar"}
        Of a picture, and of the names in KML.
    lines : bool
        Whether a picture shows the observation posts, the strip and the corridor too.

    Returns
    -------
    str
        What was written, in words.

    Raises
    ------
    FourzonesError
        If the format or `what` is unknown, or the file cannot be written.
    """
    check_name(path.name, language)
    ending = path.suffix.lower()
    if ending == BUNDLE:
        from geo.export import bundle

        return bundle.write(path, store, view)
    if ending in PICTURES:
        from geo.export import picture

        return picture.write(path, store, view, language, lines)
    told = stamped(store, view, what)
    import_module(f"geo.export.{FORMATS[ending]}").write(path, told, language)
    return f"{told.count} {what}"
