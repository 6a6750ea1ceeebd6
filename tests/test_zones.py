import datetime as dt

import pytest

from geo import zones
from geo.errors import FourzonesError
from geo.model import MEMORANDUM, ZONES


@pytest.fixture(scope="module")
def versions():
    return zones.load_versions()


@pytest.mark.parametrize("day", range(0, 2800, 7))
def test_on_any_day_each_zone_has_one_version(versions, day):
    date = MEMORANDUM + dt.timedelta(days=day)
    assert tuple(zones.on(versions, date)["zone"]) == ZONES


def test_before_the_memorandum_there_are_none(versions):
    assert zones.on(versions, dt.date(2017, 5, 3)).empty


@pytest.mark.parametrize(
    ("date", "statuses"),
    [
        ("2017-05-05", ["announced"] * 4),
        ("2017-05-06", ["in-force"] * 4),
        ("2017-09-15", ["delineated"] * 4),
        ("2018-04-01", ["reduced", "delineated", "reduced", "delineated"]),
        ("2018-08-01", ["reduced", "ended", "ended", "ended"]),
        ("2020-04-01", ["reduced", "ended", "ended", "ended"]),
        ("2024-11-30", ["ended"] * 4),
    ],
)
def test_how_the_zones_stood(versions, date, statuses):
    assert zones.on(versions, dt.date.fromisoformat(date))["status"].tolist() == statuses


def test_a_file_that_is_none_is_named(tmp_path):
    with pytest.raises(FourzonesError, match="cannot read"):
        zones.load_versions(tmp_path / "no.geojson")
    (tmp_path / "bad.geojson").write_text("{")
    with pytest.raises(FourzonesError, match="not GeoJSON"):
        zones.load_versions(tmp_path / "bad.geojson")
