import csv
import json
import shutil

import pytest

from geo import audit
from geo.paths import DATA


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of the shipped data that a test may break."""
    own = tmp_path / "data"
    shutil.copytree(DATA, own, ignore=shutil.ignore_patterns("gold", "build"))
    monkeypatch.setattr(audit, "DATA", own)
    return own


def test_the_shipped_data_has_no_fault(data):
    assert list(audit.faults()) == []


def test_a_wrong_fact_is_named(data):
    path = data / "facts" / "control_changes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[3]["new_holder"] = "nobody"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    found = list(audit.faults())
    assert len(found) == 1
    assert found[0].startswith("control_changes.csv: row 5: new_holder: expected enum")
    assert 'got "nobody"' in found[0]


def test_a_broken_layer_and_a_missing_card_are_named(data):
    path = data / "layers.geojson"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["features"][2]["properties"]["name_ar"] = "Salwa"
    path.write_text(json.dumps(content), encoding="utf-8")
    (data / "base.source.json").unlink()
    found = "\n".join(audit.faults())
    assert "layers.geojson: feature post-1: properties.name_ar" in found
    assert "base.source.json: expected a source card" in found
