"""Over HTTP: OGC API – Features at ``/api``, feeds, downloads, and the map's own files."""

from geo.api.routes import Beside, routes

__all__ = ["Beside", "routes"]
