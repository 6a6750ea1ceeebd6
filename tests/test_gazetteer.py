"""Reading places, and saying what is wrong with them."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.errors import FourzonesError
from geo.gazetteer import PLACES, Place, Rule, Stay, faults, load_places


@pytest.fixture(scope="module")
def places() -> dict[str, Place]:
    return {place.id: place for place in load_places()}


def feature(change: Callable[[dict[str, Any]], object] = lambda f: None) -> dict[str, Any]:
    """Return the feature of Saraqib, changed."""
    found = json.loads(PLACES.read_text(encoding="utf-8"))["features"]
    one: dict[str, Any] = next(f for f in found if f["id"] == "saraqib")
    one["properties"]["shared_with"] = []
    change(one)
    return one


def written(folder: Path, *features: dict[str, Any]) -> Path:
    path = folder / "places.geojson"
    collection = {"type": "FeatureCollection", "features": list(features)}
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path


def test_loading_pulls_in_no_geopandas() -> None:
    code = (
        "import sys; from geo.gazetteer import load_places; load_places();"
        "print('geopandas' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_inside_on_is_half_open(places: dict[str, Place]) -> None:
    saraqib = places["saraqib"]
    stay = saraqib.inside[0]
    assert stay.end is not None
    assert saraqib.inside_on(stay.start) == "idlib"
    assert saraqib.inside_on(stay.start - dt.timedelta(days=1)) is None
    assert saraqib.inside_on(stay.end - dt.timedelta(days=1)) == "idlib"
    assert Stay("idlib", stay.start, None).end is None


def test_a_name_may_have_a_rule_of_its_own(places: dict[str, Place]) -> None:
    maarrat = places["maarrat-al-numan"]
    assert maarrat.rule_for("معرة النعمان") == Rule()
    assert maarrat.rule_for("المعرة").needs == "company"


def test_names_are_every_name_once(places: dict[str, Place]) -> None:
    names = places["douma"].names
    assert names[:2] == ("Douma", "دوما")
    assert "Дума" in names
    assert len(names) == len(set(names))


def test_an_unreadable_file_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "places.geojson"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(FourzonesError, match="cannot read places"):
        load_places(path)
    assert len(list(faults(path))) == 1


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, feature(lambda f: f["properties"].pop("name_ar")))
    with pytest.raises(FourzonesError, match="name_ar"):
        load_places(path)


def test_a_sound_file_has_no_faults(tmp_path: Path) -> None:
    assert list(faults(written(tmp_path, feature()))) == []


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name_ar", lambda f: f["properties"].update(name_ar="")),
        ("name_ar", lambda f: f["properties"].update(name_ar="Saraqib")),
        ("name_en", lambda f: f["properties"].update(name_en=" Saraqib")),
        ("coordinates", lambda f: f["geometry"].update(coordinates=[10.0, 50.0])),
        ("admin3_pcode", lambda f: f["properties"].update(admin3_pcode="SY7")),
        ("admin3_pcode", lambda f: f["properties"].update(admin3_pcode="SY120000")),
        ("zones", lambda f: f["properties"].update(zones=["atlantis"])),
        ("zones", lambda f: f["properties"].update(zones=["south", "idlib"])),
        ("name_rules", lambda f: f["properties"].update(
            name_rules={"Atlantis": {"needs": "head", "forbids": []}})),
        ("shared_with", lambda f: f["properties"].update(shared_with=["atlantis"])),
        ("inside", lambda f: f["properties"].update(
            inside=[{"zone": "idlib", "from": "2018-01-01", "to": "2017-01-01"}])),
    ],
)  # fmt: skip
def test_a_fault_is_one_line_with_feature_field_expected_and_got(
    tmp_path: Path, field: str, change: Callable[[dict[str, Any]], object]
) -> None:
    told = list(faults(written(tmp_path, feature(change))))
    assert len(told) >= 1
    assert told[0].startswith("places.geojson: feature saraqib: ")
    assert field in told[0]
    assert "expected" in told[0]
    assert "got" in told[0]
    assert "\n" not in told[0]


def test_an_id_must_be_its_own(tmp_path: Path) -> None:
    told = list(faults(written(tmp_path, feature(), feature())))
    assert told == ["places.geojson: feature saraqib: id: expected an id of its own, got it twice"]


def test_inside_must_agree_with_the_zones_beside(tmp_path: Path) -> None:
    zones = PLACES.parent / "zones.geojson"
    (tmp_path / "zones.geojson").write_bytes(zones.read_bytes())
    assert list(faults(written(tmp_path, feature()))) == []
    wrong = written(tmp_path, feature(lambda f: f["properties"].update(inside=[])))
    (told,) = faults(wrong)
    assert ": inside: expected" in told
