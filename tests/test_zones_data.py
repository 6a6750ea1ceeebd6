"""The shipped polygons against the facts they are drawn from."""

import copy
import datetime as dt
import json
import subprocess
import sys

import pytest
import shapely

from geo import zones
from geo.paths import DATA, ROOT

sys.path.insert(0, str(ROOT))
from benchmarks.sides import sides
from data.build import zones_control as control

SHIPPED = DATA / "zones.geojson"


@pytest.fixture(scope="module")
def features():
    return json.loads(SHIPPED.read_text(encoding="utf-8"))["features"]


def test_the_shipped_zones_have_no_fault():
    assert list(zones.faults(SHIPPED)) == []


def test_there_are_versions_enough_and_each_says_where_it_comes_from(features):
    assert len(features) >= 30
    for feature in features:
        said = feature["properties"]
        assert said["sources"] and said["basis_ar"] and said["change_ar"]


def test_no_zone_grows_beyond_september_2017(features):
    agreed = {
        f["properties"]["zone"]: shapely.from_geojson(json.dumps(f["geometry"])).buffer(1e-3)
        for f in features
        if f["properties"]["status"] == "delineated"
        and f["properties"]["valid_from"] <= "2017-09-15"
    }
    for feature in features:
        said = feature["properties"]
        if said["valid_from"] > "2017-09-15" and feature["geometry"]:
            assert agreed[said["zone"]].contains(
                shapely.from_geojson(json.dumps(feature["geometry"]))
            )


def test_eastern_ghouta_has_its_published_size_and_is_cut_apart(features):
    own = {
        f["properties"]["valid_from"]: f
        for f in features
        if f["properties"]["zone"] == "eastern-ghouta"
    }
    assert 90 <= own["2017-07-22"]["properties"]["area_km2"] <= 125  # published: just over 100
    assert len(own["2018-03-11"]["geometry"]["coordinates"]) >= 2


def test_places_stand_on_the_side_that_their_sources_say():
    """At least 97 % of the changes that name a place, in the first version from that day on."""
    right, wrong = sides()
    assert right / (right + len(wrong)) >= 0.97, wrong


def test_the_script_writes_the_same_bytes(tmp_path):
    before = SHIPPED.read_bytes()
    subprocess.run(
        [sys.executable, str(DATA / "build" / "draw_zones.py"), str(tmp_path / "again.geojson")],
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "again.geojson").read_bytes() == before


def test_undocumented_places_follow_their_neighbours():
    held = [p for p in control.places() if control.zone_of(p.lon, p.lat) == "south"]
    assert all(p.side(dt.date(2018, 8, 1)) < 0 for p in held)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda f: f[0]["properties"].update(valid_to="2017-05-05"),
            "expected the next version's start",
        ),
        (lambda f: f[0]["properties"].update(status="rumoured"), "status"),
        (lambda f: f[0]["properties"].update(name_ar=""), "name_ar"),
        (lambda f: f[0]["properties"].update(area_km2=1.0), "area_km2: expected"),
        (lambda f: f[0]["geometry"]["coordinates"][0][0].reverse(), "right-hand rule"),
        (lambda f: f[0].update(geometry=None), "expected null exactly when ended"),
    ],
)
def test_a_fault_is_found_and_named(features, tmp_path, change, said):
    broken = copy.deepcopy(features)
    change(broken)
    path = tmp_path / "zones.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": broken}))
    assert any(said in line for line in zones.faults(path))
