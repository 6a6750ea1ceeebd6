"""The base map, and the group of features that is drawn over it."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import branca.element
import folium
from branca.element import MacroElement
from folium.template import Template

from geo.locales import LANGUAGES, text
from geo.mapping.features import LOOKS

CENTRE = (34.4, 36.75)
ZOOM: Any = 6.75  # Folium passes on what Leaflet takes
LEAFLET_URL, BASE_URL = "/vendor/leaflet", "/vendor/base.geojson"
TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"

_FOLDER = Path(__file__).parent
_WORDS = (
    "skip",
    "rectangle",
    "polygon",
    "full",
    "zoom_in",
    "zoom_out",
    "layers",
    "online",
    "km",
    "m",
)
_STYLE = {
    "sea": "#dfe6ea",
    "beyond": {"stroke": False, "fillColor": "#e3e3e0", "fillOpacity": 1},
    "country": {"color": "#b8b8b4", "weight": 0.8, "fillColor": "#ececea", "fillOpacity": 1},
    "governorate": {
        "color": "#c9c6bd",
        "weight": 0.8,
        "fillColor": "#fbfaf6",
        "fillOpacity": 1,
    },
    "river": {"color": "#a9c4d4", "weight": 1},
    "lake": {"color": "#a9c4d4", "weight": 0.5, "fillColor": "#c9dce6", "fillOpacity": 1},
    "disputed": {
        "color": "#8f8f8a",
        "weight": 1.2,
        "dashArray": "3 4",
        "fillColor": "#f3f1ea",
        "fillOpacity": 1,
    },
    "border": {"color": "#a3a19a", "weight": 1.3, "fill": False},
    "city": {
        "radius": 2.5,
        "color": "#777",
        "weight": 1,
        "fillColor": "#fff",
        "fillOpacity": 1,
    },
    "other": {"color": "#bbbbbb", "weight": 0.8, "fill": False},
}


def leaflet_folder() -> Path:
    """Return the folder of Leaflet's files, from the installed XStatic package."""
    return Path(str(resources.files("xstatic.pkg.leaflet"))) / "data"


class _Map(folium.Map):
    default_js = [("leaflet", f"{LEAFLET_URL}/leaflet.js")]  # noqa: RUF012 - Folium's interface
    default_css = [("leaflet_css", f"{LEAFLET_URL}/leaflet.css")]  # noqa: RUF012


class _Script(MacroElement):
    """Runs a script of this folder on the map."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "({{ this.code }})({{ this._parent.get_name() }}, {{ this.options }});"
        "{% endmacro %}"
    )

    def __init__(self, name: str, options: dict[str, Any] | None = None) -> None:
        super().__init__()
        self._name = name
        self.code = (_FOLDER / f"{name}.js").read_text(encoding="utf-8")
        self.options = _json(options or {})


class _Features(MacroElement):
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.drawFeatures({{ this._parent.get_name() }}, {{ this.features }}, "
        "{{ this.language }});"
        "{% endmacro %}"
    )

    def __init__(self, features: list[dict[str, Any]], language: str) -> None:
        super().__init__()
        self._name = "Features"
        self.language = _json(language)
        self.features = _json({"type": "FeatureCollection", "features": features})


def base_map() -> folium.Map:
    """Return the map that never changes: base layer, scale, and online tiles switched off."""
    made = _Map(
        location=CENTRE, zoom_start=ZOOM, zoom_snap=0.25, zoom_delta=0.5, tiles=None,
        min_zoom=6, max_zoom=14,
    )  # fmt: skip
    _Script("base_layer", {"style": _STYLE, "url": BASE_URL}).add_to(made)
    folium.TileLayer(
        TILES, name="OpenStreetMap", attr="© OpenStreetMap contributors",
        overlay=True, show=False, error_tile_url="",
    ).add_to(made)  # fmt: skip
    folium.LayerControl(position="topright").add_to(made)
    _Script("draw", {"looks": LOOKS}).add_to(made)
    _Script("position").add_to(made)
    _Script("tools").add_to(made)
    _Script("skip").add_to(made)
    # In every language: the map stays when that of the page changes.
    words = {code: {name: text(f"map.{name}", code) for name in _WORDS} for code in LANGUAGES}
    _Script("words", {"words": words}).add_to(made)
    figure = made.get_root()
    assert isinstance(figure, branca.element.Figure)
    style = (_FOLDER / "map.css").read_text(encoding="utf-8")
    figure.header.add_child(folium.Element(f"<style>{style}</style>"))
    return made


def feature_group(features: list[dict[str, Any]], language: str) -> folium.FeatureGroup:
    """Return a group of features, to be drawn over the base map in the order in which they stand.

    Parameters
    ----------
    features : list of dict
        GeoJSON features (EPSG:4326) whose properties say how they look: `style` (Leaflet's path
        options) or `look` (one of `LOOKS`), `tip` and `label` (HTML that is escaped already).
    language : {"en", "ar"}
        What the map's own buttons and scale speak.
    """
    group = folium.FeatureGroup(name="shown")
    _Features(features, language).add_to(group)
    return group


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
