import datetime as dt
import json

import geopandas
import pytest
import shapely

from geo.errors import FourzonesError
from geo.export import WHAT, collection, dumps, stamped, write
from geo.selection import Selection
from geo.summary import view

SELECTIONS = [
    Selection(),
    Selection(from_=dt.date(2017, 5, 1), to=dt.date(2017, 7, 1)),
    Selection(zone=("eastern-ghouta",), on=dt.date(2018, 4, 1)),
    Selection(on=dt.date(2024, 12, 31), language=("ar",)),
]


def check_rfc7946(features: dict) -> None:
    """Hold a collection against RFC 7946, as far as a machine can."""
    assert features["type"] == "FeatureCollection" and "crs" not in features
    ids = [feature["id"] for feature in features["features"]]
    assert all(isinstance(i, str) for i in ids) and len(set(ids)) == len(ids)
    for feature in features["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties", "time"}
        if feature["geometry"] is None:
            continue
        geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert geometry.is_valid
        west, south, east, north = geometry.bounds
        assert 34 < west <= east < 43 and 32 < south <= north < 38
        for polygon in getattr(geometry, "geoms", [geometry]):
            if polygon.geom_type == "Polygon":
                assert polygon.exterior.is_ccw
                assert not any(ring.is_ccw for ring in polygon.interiors)


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("selection", SELECTIONS)
def test_every_export_keeps_the_standard_and_gdal_reads_it_back(shipped, tmp_path, what, selection):
    features = collection(shipped, view(shipped, selection), what)
    check_rfc7946(features)
    path = tmp_path / "out.geojson"
    write(path, stamped(shipped, view(shipped, selection), what))
    if not features["features"]:
        return
    read = geopandas.read_file(path)
    assert len(read) == len(features["features"])
    for (_, row), feature in zip(read.iterrows(), features["features"], strict=True):
        assert row["name_ar"] == feature["properties"]["name_ar"]
        drawn = feature["geometry"]
        assert (row.geometry is None) == (drawn is None)
        if drawn:
            assert shapely.equals_exact(row.geometry, shapely.from_geojson(json.dumps(drawn)), 1e-9)


def test_the_zones_carry_their_articles_and_where_they_come_from(shipped):
    shown = view(shipped, Selection(from_=dt.date(2017, 5, 1), to=dt.date(2017, 7, 1)))
    features = collection(shipped, shown)
    listed = {x.article.id: x for x in shown.articles}
    for feature in features["features"]:
        properties = feature["properties"]
        assert properties["articles"] == len(properties["article_list"])
        assert {a["article"] for a in properties["article_list"]} == {
            i for i, x in listed.items() if properties["zone"] in x.zones
        }
        assert properties["sources"] and properties["accuracy_km"] > 0
        assert properties["valid_from"] <= "2017-06-30"
        assert feature["time"]["interval"][0] == properties["valid_from"]
    assert features["selection"]["to"] == ["2017-07-01"]
    assert features["sentence"]["en"].startswith(f"{len(listed)} of 269")


def test_each_mention_points_into_the_text(shipped):
    shown = view(shipped, Selection(zone=("idlib",)))
    texts = {x.article.id: x.article.text for x in shown.articles}
    features = collection(shipped, shown, "mentions")["features"]
    assert features
    for feature in features:
        said = feature["properties"]
        assert said["zone"] == "idlib"
        assert texts[said["article"]][said["start"] : said["end"]] == said["surface"]
        selectors = {s["type"]: s for s in said["target"]["selector"]}
        assert selectors["TextQuoteSelector"]["exact"] == said["surface"]
        assert selectors["TextPositionSelector"]["start"] == said["start"]


def test_no_full_text_leaves(shipped):
    for what in WHAT:
        for feature in collection(shipped, view(shipped, Selection()), what)["features"]:
            assert not {"text", "folded"} & set(feature["properties"])


def test_arabic_stays_readable_and_nan_is_refused(shipped):
    assert "إدلب" in dumps(collection(shipped, view(shipped, Selection())))
    with pytest.raises(ValueError):
        dumps({"x": float("nan")})


def test_a_file_that_cannot_be_written_is_named(shipped, tmp_path):
    with pytest.raises(FourzonesError, match="cannot write"):
        write(tmp_path / "no" / "folder.geojson", stamped(shipped, view(shipped, Selection())))
    with pytest.raises(FourzonesError, match="--what: expected zones"):
        collection(shipped, view(shipped, Selection()), "rumours")
