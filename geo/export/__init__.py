"""What leaves the atlas: exactly what a selection shows."""

from geo.export.geojson import WHAT, collection, dumps, write

__all__ = ["WHAT", "collection", "dumps", "write"]
