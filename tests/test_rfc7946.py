"""The check that every test's GeoJSON passes can fail."""

import json

import pytest
import rfc7946

from geo.export import write_as
from geo.selection import Selection
from geo.summary import view


@pytest.fixture
def exported(shipped, tmp_path):
    path = tmp_path / "out.geojson"
    write_as(path, shipped, view(shipped, Selection(), limit=1), "versions")
    assert rfc7946.check_written(tmp_path) == 1
    yield path
    path.unlink()  # before it is checked again


def turned(ring):
    return ring[::-1]


def swapped(ring):
    return [[lat, lon] for lon, lat in ring]


def spoiled(said, change):
    for feature in said["features"]:
        if feature["geometry"]:
            rings = feature["geometry"]["coordinates"][0]
            rings[0] = change(rings[0])
            return


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: spoiled(said, turned),
        lambda said: spoiled(said, swapped),
        lambda said: spoiled(said, lambda ring: [[lon + 1e-8, lat] for lon, lat in ring]),
        lambda said: said.update(crs={"type": "name"}),
        lambda said: said["features"][1].update(id=said["features"][0]["id"]),
        lambda said: said["features"][1].update(id=7),
        lambda said: said["features"][0]["properties"].update(area_km2=float("nan")),
        lambda said: said["features"][0]["geometry"].update(type="GeometryCollection"),
    ],
)
def test_what_breaks_the_standard_is_found(exported, tmp_path, spoil):
    said = json.loads(exported.read_text(encoding="utf-8"))
    spoil(said)
    exported.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(AssertionError):
        rfc7946.check_written(tmp_path)


@pytest.mark.parametrize("name", ["name_ar", "valid_from", "time", "geometry"])
def test_what_gdal_reads_otherwise_is_found(exported, name):
    said = json.loads(exported.read_text(encoding="utf-8"))
    feature = said["features"][2]
    if name == "time":
        feature["time"]["interval"][0] = "1999-01-01"
    elif name == "geometry":
        feature["geometry"] = None
    else:
        feature["properties"][name] = "1999-01-01"
    with pytest.raises(AssertionError):
        rfc7946.read_back(exported, said)
