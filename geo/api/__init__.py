"""Over HTTP: OGC API – Features at ``/api``, feeds, downloads, and the map's own files."""

from geo.api.embed import Embed
from geo.api.lasting import Lasting
from geo.api.routes import Beside, routes

__all__ = ["Beside", "Embed", "Lasting", "routes"]
