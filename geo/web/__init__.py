"""The one door to the network: pages and feeds by address, within limits, politely."""

from geo.web.address import is_address, shown
from geo.web.fetch import Fetched, Limits, Web, default_web

__all__ = ["Fetched", "Limits", "Web", "default_web", "is_address", "shown"]
