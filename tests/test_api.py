import json
import urllib.error
import urllib.parse
import urllib.request

import geopandas
import pytest

from geo.export import WHAT, collection, dumps
from geo.selection import Selection
from geo.summary import view


def get(url: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()


@pytest.mark.parametrize("what", WHAT)
def test_the_api_answers_what_the_export_writes(served, shipped, what):
    chosen = Selection(zone=("south",), language=("ar",))
    query = urllib.parse.urlencode(chosen.to_params(), doseq=True)
    status, kind, body = get(f"{served}/api/collections/{what}/items?{query}")
    assert (status, kind) == (200, "application/geo+json")
    assert json.loads(body) == json.loads(dumps(collection(shipped, view(shipped, chosen), what)))


def test_geopandas_reads_the_zones(served):
    read = geopandas.read_file(f"{served}/api/collections/zones/items")
    assert len(read) == 4


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/collections/rumours/items", 404, "no collection rumours"),
        ("/api/collections/zones/items?from=June", 400, "from: expected YYYY-MM-DD"),
        ("/api/collections/zones/items?colour=red", 400, "unknown parameter colour"),
        ("/api/collections/zones/items?bbox=1,2,3", 400, "bbox: expected"),
    ],
)
def test_a_bad_request_gets_a_sentence(served, path, status, said):
    code, kind, body = get(served + path)
    assert (code, kind) == (status, "application/problem+json")
    assert said in json.loads(body)["detail"]


def test_the_map_files_come_from_the_app_and_nothing_else_does(served):
    for path in (
        "/vendor/leaflet/leaflet.js",
        "/vendor/leaflet/leaflet.css",
        "/vendor/base.geojson",
    ):
        assert get(served + path)[0] == 200
    for path in ("/vendor/leaflet/../__init__.py", "/vendor/leaflet/%2e%2e/__init__.py"):
        status, _, body = get(served + path)
        assert status != 200 or "XStatic" not in body


def test_a_download_is_a_file_of_the_same_answer(served):
    with urllib.request.urlopen(f"{served}/export/zones.geojson?zone=south", timeout=60) as answer:
        kept = answer.read().decode()
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert kept == get(f"{served}/api/collections/zones/items?zone=south")[2]
    assert get(f"{served}/export/rumours.geojson")[0] == 404
