"""Programs of others, as they are, against the API as it is served."""

import json
import subprocess
import sys
import urllib.parse
import urllib.request

import geopandas
import pyogrio
import pytest
import shapely

from geo.api.shelf import COLLECTIONS
from geo.paths import ROOT

BOX = (36.2, 33.3, 36.8, 33.8)


@pytest.fixture(scope="module")
def gdal(served):
    """The API through GDAL's own driver of the standard."""
    if "OAPIF" not in pyogrio.list_drivers():
        pytest.skip("GDAL without OAPIF")

    def read(what, **more):
        return geopandas.read_file(f"OAPIF:{served}/api", layer=what, **more)

    return read


def answered(served, what, **params):
    query = urllib.parse.urlencode({"limit": 10_000, **params})
    with urllib.request.urlopen(f"{served}/api/collections/{what}/items?{query}") as answer:
        return json.load(answer)["features"]


def test_gdal_lists_the_collections(served):
    assert {name for name, _ in pyogrio.list_layers(f"OAPIF:{served}/api")} == set(COLLECTIONS)


@pytest.mark.parametrize("what", COLLECTIONS)
def test_geopandas_reads_every_collection(served, gdal, what):
    read, features = gdal(what), answered(served, what)
    assert len(read) == len(features) > 3
    assert read.crs is None or read.crs.equals("OGC:CRS84") or read.crs.to_epsg() == 4326
    assert list(read["name_ar"]) == [feature["properties"]["name_ar"] for feature in features]
    for drawn, feature in zip(read.geometry, features, strict=True):
        said = feature["geometry"]
        if said is None:
            assert drawn is None
        else:
            assert shapely.equals_exact(drawn, shapely.from_geojson(json.dumps(said)), 1e-9)


@pytest.mark.parametrize("what", ["versions", "places", "mentions"])
def test_geopandas_reads_a_box(served, gdal, what):
    read = gdal(what, bbox=BOX)
    drawn = read[~read.geometry.isna()]
    box = ",".join(map(str, BOX))
    features = [f for f in answered(served, what, bbox=box) if f["geometry"]]
    assert len(drawn) == len(features) > 0
    assert drawn.intersects(shapely.box(*BOX)).all()


def test_schemathesis_finds_no_fault(served, tmp_path):
    # One check is left out: that whatever the document allows is answered with 200. It cannot say
    # that the south comes before the north, or what a day is.
    done = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "run", f"{served}/api/api",
            "--checks", "all", "--exclude-checks", "positive_data_acceptance",
            "--phases", "examples,coverage,fuzzing", "--mode", "all",
            "--max-examples", "12", "--seed", "1", "--generation-database", "none",
            "--request-timeout", "20",
        ],
        capture_output=True, text=True, cwd=tmp_path, timeout=300,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
