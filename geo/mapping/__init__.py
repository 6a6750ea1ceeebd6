"""The map, behind one door: Folium for Streamlit, served without any outside address.

The base map never changes, so the browser keeps it; all that varies is a list of features that say
themselves how they look, drawn by one script. The base layer is fetched by the browser from the
app's own address and cached there.
"""

from geo.mapping.base import (
    BASE_URL,
    LEAFLET_URL,
    base_map,
    feature_group,
    leaflet_folder,
)
from geo.mapping.clicks import Clicked, clicked
from geo.mapping.features import (
    area_features,
    compare_features,
    line_features,
    place_features,
    zone_features,
)

__all__ = [
    "BASE_URL",
    "LEAFLET_URL",
    "Clicked",
    "area_features",
    "base_map",
    "clicked",
    "compare_features",
    "feature_group",
    "leaflet_folder",
    "line_features",
    "place_features",
    "zone_features",
]
