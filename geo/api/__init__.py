"""Over HTTP: what a selection shows as GeoJSON at ``/api``, and the map's own files."""

from geo.api.routes import routes

__all__ = ["routes"]
