"""What leaves the atlas: exactly what a selection shows."""

from geo.export.features import WHAT
from geo.export.formats import ENDINGS, FORMATS, check_name, write_as
from geo.export.geojson import collection, dumps, pieces, stamped, write

__all__ = [
    "ENDINGS",
    "FORMATS",
    "WHAT",
    "check_name",
    "collection",
    "dumps",
    "pieces",
    "stamped",
    "write",
    "write_as",
]
