import datetime as dt

import geopandas
import pytest
import shapely

from geo import mapping
from geo.locales import LANGUAGES
from geo.paths import DATA
from geo.selection import Selection
from geo.summary import view


def test_the_base_map_asks_nothing_of_the_network():
    made = mapping.base_map()
    assert all(url.startswith("/") for _, url in (*made.default_js, *made.default_css))
    assert (mapping.leaflet_folder() / "leaflet.js").exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("on", "drawn"), [("2017-05-04", 4), ("2017-09-15", 4), ("2018-10-01", 1), ("2017-05-01", 0)]
)
def test_each_zone_of_the_day_is_drawn(shipped, language, on, drawn):
    shown = view(shipped, Selection(on=dt.date.fromisoformat(on)))
    styles = [
        feature["properties"]["style"]["className"]
        for feature in mapping.zone_features(shown, language)
        if "style" in feature["properties"]
    ]
    assert sum("ghost" not in style for style in styles) == drawn


def drawing(properties, corners=()):
    geometry = {"type": "Polygon", "coordinates": [list(corners)]}
    return {"last_active_drawing": {"properties": properties, "geometry": geometry}}


def test_a_zone_a_place_and_an_area_can_be_chosen_on_the_map():
    assert mapping.clicked(drawing({"zone": "idlib"})).zone == "idlib"
    assert mapping.clicked(drawing({"place": "douma"})).place == "douma"
    square = [(36.1, 33), (36.5, 33), (36.5, 34), (36.1, 34), (36.1, 33)]
    assert mapping.clicked(drawing({"drawn": "rectangle"}, square)).bbox == "36.1,33,36.5,34"
    area = mapping.clicked(drawing({"drawn": "polygon"}, square)).area
    chosen, faults = Selection.from_params({"area": [area]})
    assert not faults and chosen.area[:4] == (36.1, 33, 36.5, 33)


def test_nothing_else_can_be_chosen_on_the_map():
    nothing = mapping.Clicked()
    for answer in (None, {}, {"last_active_drawing": None}, drawing({"zone": "<img>"}),
                   drawing({"drawn": "rectangle"}), drawing({"drawn": "polygon"}, ["x"]),
                   drawing({"place": 7})):  # fmt: skip
        assert mapping.clicked(answer) == nothing


@pytest.mark.parametrize(
    ("place", "lon", "lat"),
    [("Nicosia", 33.41, 35.18), ("Turaif in Saudi Arabia", 38.65, 31.67), ("Rafah", 34.22, 31.25)],
)
def test_no_land_is_drawn_as_sea(place, lon, lat):
    base = geopandas.read_file(DATA / "base.geojson")
    land = base[base["layer"].isin(["country", "governorate", "disputed"])]
    assert land.contains(shapely.Point(lon, lat)).any(), place
