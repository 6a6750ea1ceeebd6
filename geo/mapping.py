"""The map, behind one door: Folium for Streamlit, served without any outside address.

The base map never changes, so the browser keeps it; all that varies is in the feature groups.
The base layer is fetched by the browser from the app's own address and cached there.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import branca.element
import folium
import geopandas
import shapely
from branca.element import MacroElement
from folium.template import Template

from geo.html import ZONE_COLOURS, bdi, escape
from geo.locales import LANGUAGES, day, text
from geo.model import ZONE_NAMES
from geo.paths import DATA
from geo.selection import last_day
from geo.summary import View

CENTRE = (34.4, 36.75)
ZOOM: Any = 6.75  # Folium passes on what Leaflet takes
SMALL_DEGREES = 0.7
LEAFLET_URL, BASE_URL = "/vendor/leaflet", "/vendor/base.geojson"
TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


def leaflet_folder() -> Path:
    """Return the folder of Leaflet's files, from the installed XStatic package."""
    return Path(str(resources.files("xstatic.pkg.leaflet"))) / "data"


class _Map(folium.Map):
    default_js = [("leaflet", f"{LEAFLET_URL}/leaflet.js")]  # noqa: RUF012 - Folium's interface
    default_css = [("leaflet_css", f"{LEAFLET_URL}/leaflet.css")]  # noqa: RUF012


class _BaseLayer(MacroElement):
    """Fetches the base layer and lays it under everything; steps aside for online tiles."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (map) {
            const style = {{ this.style }};
            map.createPane("base").style.zIndex = 250;
            map.getPane("base").style.pointerEvents = "none";
            map.createPane("labels").style.zIndex = 260;
            map.getPane("labels").style.pointerEvents = "none";
            map.getContainer().style.background = style.sea;
            map.attributionControl.setPrefix(false);
            fetch({{ this.url }}).then((answer) => answer.json()).then((data) => {
                const polygons = L.geoJSON(data, {
                    pane: "base", interactive: false,
                    filter: (feature) => feature.geometry.type !== "Point",
                    style: (feature) => style[feature.properties.layer] || style.other,
                }).addTo(map);
                L.geoJSON(data, {
                    pane: "base", interactive: false,
                    filter: (feature) => feature.properties.layer === "city",
                    pointToLayer: (feature, at) => {
                        const dot = L.circleMarker(at, {pane: "labels", ...style.city});
                        const label = document.createElement("span");
                        const names = feature.properties;
                        for (const name of [names.name_en, names.name_ar]) {
                            const isolated = document.createElement("bdi");
                            isolated.textContent = name;
                            label.append(isolated, " ");
                        }
                        return dot.bindTooltip(label, {
                            permanent: true, direction: names.side || "left",
                            pane: "labels", className: "fz-city"});
                    },
                }).addTo(map);
                map.on("overlayadd overlayremove", (event) => {
                    const hidden = event.type === "overlayadd";
                    polygons.setStyle((feature) => ({
                        ...(style[feature.properties.layer] || style.other),
                        ...(hidden ? {fillOpacity: 0} : {}),
                    }));
                });
            });
        })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    _STYLE = {  # noqa: RUF012 - read only
        "sea": "#dfe6ea",
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

    def __init__(self) -> None:
        super().__init__()
        self._name = "BaseLayer"
        self.style = json.dumps(self._STYLE)
        self.url = json.dumps(BASE_URL)


class _Position(MacroElement):
    """Keeps the position of the map in the page's address, without asking the server."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (map) {
            let page;
            try { page = window.parent; page.location.search; } catch { return; }
            const at = (new URLSearchParams(page.location.search).get("map") || "").split("/");
            if (at.length === 3 && at.every((part) => part !== "" && isFinite(part)))
                map.setView([Number(at[1]), Number(at[2])], Number(at[0]), {animate: false});
            let moved = at.length === 3;
            const tell = () => {
                const centre = map.getCenter(), address = new URL(page.location.href);
                const said = map.getZoom() + "/" + centre.lat.toFixed(3)
                    + "/" + centre.lng.toFixed(3);
                if (!moved || address.searchParams.get("map") === said) return;
                address.searchParams.set("map", said);
                page.history.replaceState(page.history.state, "",
                    address.href.replaceAll("%2F", "/"));
            };
            map.on("moveend", () => { moved = true; tell(); });
            // The server writes the rest of the address, without what only the browser knows.
            setInterval(tell, 700);
        })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )


class _Tools(MacroElement):
    """Buttons on the map: draw a rectangle or a polygon, and fill the screen.

    What is drawn is told by the event that the component listens to for drawings; the page then
    draws it as part of the selection.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (map) {
            const words = {{ this.words }};
            const bar = L.control({position: "topleft"});
            let mode = null, corners = [], shape = null, buttons = {};
            const clear = () => {
                if (shape) shape.remove();
                shape = null; corners = []; mode = null;
                map.dragging.enable(); map.doubleClickZoom.enable();
                map.getContainer().style.cursor = "";
                for (const button of Object.values(buttons)) button.ariaPressed = "false";
            };
            const done = (layer, kind) => {
                clear();
                layer.feature = {type: "Feature", properties: {drawn: kind}};
                map.fire("draw:created", {layer: layer, layerType: kind});
            };
            const begin = (kind) => {
                const again = mode === kind;
                clear();
                if (again) return;
                mode = kind;
                buttons[kind].ariaPressed = "true";
                map.getContainer().style.cursor = "crosshair";
                map.doubleClickZoom.disable();
                if (kind === "rectangle") map.dragging.disable();
            };
            const style = {color: "#222", weight: 1.5, dashArray: "4 4", fillOpacity: 0.08,
                           interactive: false};
            map.on("mousedown", (event) => {
                if (mode === "rectangle") corners = [event.latlng];
            });
            map.on("mousemove", (event) => {
                if (!mode || !corners.length) return;
                if (shape) shape.remove();
                shape = mode === "rectangle"
                    ? L.rectangle(L.latLngBounds(corners[0], event.latlng), style)
                    : L.polygon([...corners, event.latlng], style);
                shape.addTo(map);
            });
            map.on("mouseup", (event) => {
                if (mode !== "rectangle" || !corners.length) return;
                const bounds = L.latLngBounds(corners[0], event.latlng);
                if (bounds.getNorth() - bounds.getSouth() < 0.002) return clear();
                done(L.rectangle(bounds), "rectangle");
            });
            map.on("click", (event) => {
                if (mode !== "polygon") return;
                const first = corners[0] && map.latLngToContainerPoint(corners[0]);
                const near = first && first.distanceTo(event.containerPoint) < 10;
                if (corners.length > 2 && near) return done(L.polygon(corners), "polygon");
                corners.push(event.latlng);
            });
            map.on("dblclick", () => {
                if (mode === "polygon" && corners.length > 2) done(L.polygon(corners), "polygon");
            });
            document.addEventListener("keydown", (event) => {
                if (event.key === "Escape") clear();
            });
            bar.onAdd = () => {
                const box = L.DomUtil.create("div", "leaflet-bar fz-tools");
                const add = (name, path, act) => {
                    const button = L.DomUtil.create("button", "", box);
                    button.type = "button";
                    button.title = button.ariaLabel = words[name];
                    button.innerHTML = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="'
                        + path + '"/></svg>';
                    L.DomEvent.disableClickPropagation(button);
                    L.DomEvent.on(button, "click", act);
                    buttons[name] = button;
                };
                add("rectangle", "M2 4h12v8H2z", () => begin("rectangle"));
                add("polygon", "M3 13L2 5l7-3 5 5-3 6z", () => begin("polygon"));
                add("full", "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4", () => {
                    const root = document.documentElement;
                    if (document.fullscreenElement) document.exitFullscreen();
                    else if (root.requestFullscreen) root.requestFullscreen();
                });
                return box;
            };
            bar.addTo(map);
            document.addEventListener("fullscreenchange", () => {
                for (const id of ["map_div", "parent"]) {
                    const box = document.getElementById(id);
                    if (!box) continue;
                    box.dataset.height ??= box.style.height;
                    box.style.height = document.fullscreenElement ? "100vh" : box.dataset.height;
                }
                map.invalidateSize();
            });
        })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()
        self._name = "Tools"
        # In both languages: the map stays when the language of the page changes.
        names = ("rectangle", "polygon", "full")
        self.words = json.dumps(
            {name: " · ".join(text(f"map.{name}", code) for code in LANGUAGES) for name in names}
        )


_LABEL_CSS = """
.leaflet-tooltip.fz-city {background: none; border: 0; box-shadow: none; padding: 0 2px;
    color: #6a6a66; font: 10px system-ui, sans-serif; text-shadow: 0 0 2px #fff, 0 0 2px #fff;}
.leaflet-tooltip.fz-city::before, .leaflet-tooltip.fz-city::after {display: none;}
.fz-label {font: 600 12px/1.25 system-ui, sans-serif; color: #1b1b1b; white-space: nowrap;
    text-shadow: 0 0 3px #fff, 0 0 3px #fff, 0 0 3px #fff; pointer-events: none;
    transform: translate(-50%, -50%); width: max-content; text-align: center;}
.fz-label.aside {transform: translate(6px, -50%); text-align: left;}
.leaflet-tooltip.fz-tip {font: 12px/1.45 system-ui, sans-serif; max-width: 320px;
    white-space: normal; width: max-content;}
.fz-tools button {display: block; width: 30px; height: 30px; padding: 6px; border: 0;
    border-bottom: 1px solid #ccc; background: #fff; cursor: pointer;}
.fz-tools button:last-child {border-bottom: 0;}
.fz-tools button[aria-pressed="true"] {background: #dbe7f3;}
.fz-tools button:focus-visible {outline: 2px solid #06c;}
.fz-tools svg {width: 100%; fill: none; stroke: #333; stroke-width: 1.5;}
.leaflet-tooltip.fz-compare {font: 11px system-ui, sans-serif;}
path.fz-zone:focus {outline: none; stroke-width: 4;}
"""


def base_map() -> folium.Map:
    """Return the map that never changes: base layer, scale, and online tiles switched off."""
    made = _Map(
        location=CENTRE,
        zoom_start=ZOOM,
        zoom_snap=0.25,
        zoom_delta=0.5,
        tiles=None,
        control_scale=True,
        min_zoom=6,
        max_zoom=14,
    )
    _BaseLayer().add_to(made)
    folium.TileLayer(
        TILES, name="OpenStreetMap (online)", attr="© OpenStreetMap contributors",
        overlay=True, show=False, error_tile_url="",
    ).add_to(made)  # fmt: skip
    folium.LayerControl(position="topright").add_to(made)
    _Position().add_to(made)
    _Tools().add_to(made)
    figure = made.get_root()
    assert isinstance(figure, branca.element.Figure)
    figure.header.add_child(folium.Element(f"<style>{_LABEL_CSS}</style>"))
    return made


def zone_layer(view: View, language: str) -> folium.FeatureGroup:
    """Return the four zones as they stood on the map date, with names, counts and tooltips.

    A zone that is reduced or ended shows its widest agreed extent as a dotted ghost.
    """
    group = folium.FeatureGroup(name="zones")
    chosen = view.selection.zone
    for _, row in view.former.iterrows():
        _polygon(row, {"fill": False, "dashArray": "2 5", "weight": 1.2, "opacity": 0.8}, "ghost",
                 view, language).add_to(group)  # fmt: skip
    for _, row in view.zones.iterrows():
        faded = bool(chosen) and row["zone"] not in chosen
        if row["geometry"] is not None:
            style: dict[str, Any] = {
                "weight": 1.2 if faded else 2.2,
                "opacity": 0.6 if faded else 1,
                "fillOpacity": 0.12 if faded else 0.32,
            }
            if row["status"] == "announced":
                style |= {"dashArray": "7 6", "fillOpacity": style["fillOpacity"] / 2}
            _polygon(row, style, row["status"], view, language).add_to(group)
        _label(row, view, language).add_to(group)
    return group


MOST_PLACES = 250
"""So many places, the most often mentioned, are drawn: more would hide one another."""

_RADIUS = (2.0, 8.0)


def place_layer(
    view: View, places: dict[str, dict[str, Any]], language: str
) -> folium.FeatureGroup:
    """Return the places that the articles of the selection mention, larger for more articles.

    Parameters
    ----------
    places : dict of str to dict
        The gazetteer by id, with names, `lon` and `lat`.
    """
    group = folium.FeatureGroup(name="places")
    counted = [(places[key], count) for key, count in view.counts.places.items() if key in places]
    counted = counted[:MOST_PLACES]
    if not counted:
        return group
    highest = counted[0][1]
    small, large = _RADIUS
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place["lon"], place["lat"]]},
            "properties": {
                "place": place["id"],
                "chosen": place["id"] in view.selection.place,
                "radius": round(small + (large - small) * (count / highest) ** 0.5, 1),
                "tip": _place_tip(place, count, language),
            },
        }
        for place, count in counted
    ]
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        marker=folium.CircleMarker(),
        style_function=_place_style,
        tooltip=folium.GeoJsonTooltip(
            ["tip"], labels=False, class_name="fz-tip", sticky=False, style=""
        ),
    ).add_to(group)
    return group


def _place_style(feature: dict[str, Any]) -> dict[str, Any]:
    said = feature["properties"]
    return {
        "radius": said["radius"],
        "color": "#111" if said["chosen"] else "#444",
        "weight": 2.5 if said["chosen"] else 1,
        "fill": True,
        "fillColor": "#fff" if said["chosen"] else "#777",
        "fillOpacity": 0.85 if said["chosen"] else 0.45,
        "className": "fz-place",
    }


def _place_tip(place: dict[str, Any], count: int, language: str) -> str:
    # The component writes it into the page as it is, so it is escaped here.
    lines = (
        f"<strong>{bdi(place['name_en'])} · {bdi(place['name_ar'])}</strong>",
        escape(text("articles.count", language, count=count)),
        escape(text(f"precision.{place['precision']}", language)),
    )
    direction = "rtl" if language == "ar" else "ltr"
    return f'<div dir="{direction}">{"<br>".join(lines)}</div>'


def compare_layer(
    versions: geopandas.GeoDataFrame, date: dt.date, language: str
) -> folium.FeatureGroup:
    """Return the borders of another date, as dashed lines over those of the map date."""
    group = folium.FeatureGroup(name="compare")
    for _, row in versions.iterrows():
        if row["geometry"] is None:
            continue
        style = {"color": "#111", "weight": 1.8, "fill": False, "dashArray": "6 4",
                 "className": f"fz-compare fz-compare-{row['zone']}"}  # fmt: skip
        said = f"{ZONE_NAMES[row['zone']][language]}: {day(date, language)}"
        folium.GeoJson(
            {"type": "Feature", "properties": {"zone": row["zone"]},
             "geometry": json.loads(shapely.to_geojson(row["geometry"]))},
            style_function=lambda _feature, style=style: style,
            tooltip=folium.Tooltip(escape(said), sticky=True, class_name="fz-tip"),
        ).add_to(group)  # fmt: skip
    return group


def area_layer(view: View) -> folium.FeatureGroup:
    """Return the rectangle and the polygon that narrow the selection, as outlines."""
    group = folium.FeatureGroup(name="area")
    outlines = []
    if view.selection.bbox:
        west, south, east, north = view.selection.bbox
        outlines.append([(south, west), (south, east), (north, east), (north, west)])
    if view.selection.area:
        numbers = view.selection.area
        outlines.append(list(zip(numbers[1::2], numbers[::2], strict=True)))
    for corners in outlines:
        folium.Polygon(
            corners, color="#111", weight=1.6, dash_array="3 4", fill=False,
            interactive=False, class_name="fz-area",
        ).add_to(group)  # fmt: skip
    return group


@cache
def _layers() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads((DATA / "layers.geojson").read_text(encoding="utf-8"))["features"])


def line_layer(view: View, language: str) -> folium.FeatureGroup:
    """Return the strip, the corridor and the observation posts that held on the map date."""
    group = folium.FeatureGroup(name="lines")
    date = view.date.isoformat()
    for feature in _layers():
        said = feature["properties"]
        if said["valid_from"] > date or (said["valid_to"] and said["valid_to"] <= date):
            continue
        lines = (
            f"<strong>{bdi(said['name_en'])} · {bdi(said['name_ar'])}</strong>",
            escape(text("map.approximate", language)),
            bdi(said["method"]),
        )
        tip = folium.Tooltip("<br>".join(lines), class_name="fz-tip")
        if feature["geometry"]["type"] == "Point":
            lon, lat = feature["geometry"]["coordinates"]
            folium.CircleMarker(
                (lat, lon), radius=3.5, color="#333", weight=1.2, fill=True, fill_color="#fff",
                fill_opacity=1, tooltip=tip, class_name="fz-post",
            ).add_to(group)  # fmt: skip
        else:
            folium.GeoJson(
                {"type": "Feature", "properties": {}, "geometry": feature["geometry"]},
                style_function=lambda _feature: _LINE,
                tooltip=tip,
            ).add_to(group)
    return group


_LINE = {"color": "#555", "weight": 1, "dashArray": "1 4", "fillColor": "#555",
         "fillOpacity": 0.12, "className": "fz-line"}  # fmt: skip


def _polygon(
    row: Any, style: dict[str, Any], status: str, view: View, language: str
) -> folium.GeoJson:
    zone = row["zone"]
    colour = ZONE_COLOURS[zone]
    feature = {
        "type": "Feature",
        "properties": {"zone": zone},
        "geometry": json.loads(geopandas.GeoSeries([row["geometry"]]).to_json())["features"][0][
            "geometry"
        ],
    }
    full = {
        "color": colour,
        "fillColor": colour,
        "className": f"fz-zone fz-{zone} {status}",
    } | style
    return folium.GeoJson(
        feature,
        style_function=lambda _feature: full,
        tooltip=folium.Tooltip(_tooltip(zone, view, language), sticky=True, class_name="fz-tip"),
    )


def _tooltip(zone: str, view: View, language: str) -> str:
    row = view.zones.set_index("zone").loc[zone]
    names = f"{bdi(row['name_en'])} · {bdi(row['name_ar'])}"
    first = day(row["valid_from"], language)
    until = f" – {day(last_day(row['valid_to']), language)}" if row["valid_to"] else ""
    lines = [
        f"<strong>{names}</strong>",
        escape(text(f"status.{row['status']}", language)) + ": " + bdi(first + until),
        escape(text("articles.count", language, count=int(row["articles"]))),
    ]
    if row["status"] != "ended":
        lines.append(escape(text("map.area", language, area=f"{row['area_km2']:,.0f}",
                                 accuracy=f"{row['accuracy_km']:g}")))  # fmt: skip
    lines.append(f"<em>{escape(text('map.reconstruction', language))}</em>")
    direction = "rtl" if language == "ar" else "ltr"
    return f'<div dir="{direction}">{"<br>".join(lines)}</div>'


def _label(row: Any, view: View, language: str) -> folium.Marker:
    geometry = row["geometry"]
    if geometry is None:
        former = view.former[view.former["zone"] == row["zone"]]
        geometry = former.geometry.iloc[0]
    at, aside = geometry.representative_point(), ""
    west, south, east, north = geometry.bounds
    if east - west < SMALL_DEGREES:  # the name would hide the zone: put it beside
        at, aside = shapely.Point(east, (south + north) / 2), " aside"
    names = [
        ZONE_NAMES[row["zone"]][code] for code in (language, "ar" if language == "en" else "en")
    ]
    html = (
        f'<div class="fz-label{aside}"><span dir="{"rtl" if language == "ar" else "ltr"}">'
        f"{bdi(names[0])} · {row['articles']}</span><br>{bdi(names[1])}</div>"
    )
    icon = folium.DivIcon(html=html, icon_size=(0, 0), icon_anchor=(0, 0), class_name="fz-anchor")
    return folium.Marker((at.y, at.x), icon=icon, interactive=False, keyboard=False)


@dataclass(frozen=True, slots=True)
class Clicked:
    """What was clicked or drawn on the map; at most one of its fields is set.

    Attributes
    ----------
    bbox, area : str or None
        A rectangle or polygon, as the parameters of a `Selection` write it.
    """

    zone: str | None = None
    place: str | None = None
    bbox: str | None = None
    area: str | None = None


def clicked(answer: dict[str, Any] | None) -> Clicked:
    """Return what was last clicked or drawn, from what the map component gave back."""
    drawing = (answer or {}).get("last_active_drawing") or {}
    said = drawing.get("properties") or {}
    if said.get("zone") in ZONE_NAMES:
        return Clicked(zone=said["zone"])
    if isinstance(said.get("place"), str):
        return Clicked(place=said["place"])
    if said.get("drawn") in ("rectangle", "polygon"):
        try:
            corners = [(round(x, 4), round(y, 4)) for x, y in drawing["geometry"]["coordinates"][0]]
            lons, lats = zip(*corners, strict=True)
        except (KeyError, IndexError, TypeError, ValueError):
            return Clicked()
        if said["drawn"] == "rectangle":
            return Clicked(bbox=f"{min(lons)},{min(lats)},{max(lons)},{max(lats)}")
        return Clicked(area=",".join(f"{x},{y}" for x, y in corners[:-1]))
    return Clicked()
