"""Programs of others, as they are, against the API as it is served."""

import json
import os
import shutil
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


@pytest.mark.skipif(not shutil.which("ogrinfo"), reason="ogrinfo is not installed")
def test_ogrinfo_reads_the_api_as_it_is(served):
    def told(*args):
        command = ["ogrinfo", "-ro", *args[:-1], f"OAPIF:{served}/api", *args[-1:]]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    for what in COLLECTIONS:
        said = told("-so", what)
        assert f"Feature Count: {len(answered(served, what))}\n" in said
        assert "name_ar: String" in said
    near = told("-spat", *map(str, BOX), "versions")
    drawn = [f for f in answered(served, "versions", bbox=",".join(map(str, BOX))) if f["geometry"]]
    assert near.count("OGRFeature(versions)") == len(drawn) > 0
    assert "الغوطة الشرقية" in near


QGIS = """
import json, sys
from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
told = {}
for name in sys.argv[3:]:
    layer = QgsVectorLayer(f"url='{sys.argv[1]}/api' typename='{name}'", name, "OAPIF")
    assert layer.isValid(), layer.error().message()
    box = QgsFeatureRequest().setFilterRect(QgsRectangle(*map(float, sys.argv[2].split(","))))
    told[name] = {
        "features": sorted([f["id"], f["name_ar"]] for f in layer.getFeatures()),
        "near": sorted(f["id"] for f in layer.getFeatures(box)),
    }
    del layer
print(json.dumps(told))
app.exitQgis()
"""


def test_qgis_reads_the_api_as_it_is(served, tmp_path):
    python = "/usr/bin/python3"  # QGIS comes with the system's own
    try:
        there = subprocess.run([python, "-c", "import qgis.core"], capture_output=True)
    except OSError:
        pytest.skip("QGIS is not installed")
    if there.returncode:
        pytest.skip("QGIS is not installed")
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    env.pop("PYTHONPATH", None)
    box = ",".join(map(str, BOX))
    done = subprocess.run(
        [python, "-c", QGIS, served, box, *COLLECTIONS],
        capture_output=True, text=True, env=env, timeout=120,
    )  # fmt: skip
    assert done.stdout, done.stderr[-2000:]
    told = json.loads(done.stdout)
    for what in COLLECTIONS:
        features = answered(served, what)
        assert told[what]["features"] == sorted(
            [feature["id"], feature["properties"]["name_ar"]] for feature in features
        )
        near = [f["id"] for f in answered(served, what, bbox=box) if f["geometry"]]
        if what != "articles":  # several points each: in the box they are by any of them
            assert told[what]["near"] == sorted(near)
        assert set(told[what]["near"]) <= set(near)


def test_schemathesis_finds_no_fault(served, tmp_path):
    # All checks, also that what the description allows is answered. Two things it cannot say, and
    # `openapi_hooks` mends them in what is generated: that the south lies below the north, and what
    # a day is.
    done = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "run", f"{served}/api/api",
            "--checks", "all",
            "--phases", "examples,coverage,fuzzing", "--mode", "all",
            "--max-examples", "12", "--seed", "1", "--generation-database", "none",
            "--request-timeout", "20",
        ],
        capture_output=True, text=True, cwd=tmp_path, timeout=300,
        env={
            "PATH": "/usr/bin:/bin", "HOME": str(tmp_path),
            "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "SCHEMATHESIS_HOOKS": "openapi_hooks",
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
