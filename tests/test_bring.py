import datetime as dt
import json
import warnings

import geopandas
import pytest
import shapely

from geo import bring
from geo.errors import FourzonesError
from geo.export import write_as
from geo.html import map_table
from geo.ingest import bring as take
from geo.ingest import forget, ingest
from geo.mapping import zone_features
from geo.model import Interval
from geo.selection import Selection
from geo.summary import status, view

BOX = shapely.box(36.0, 35.0, 36.5, 35.5)


def zones_file(path, rows, crs=4326, geometry=BOX):
    frame = geopandas.GeoDataFrame(rows, geometry=[geometry] * len(rows), crs=crs)
    frame.to_file(path)
    return path


def row(**fields):
    return {"zone": "idlib", "valid_from": "2017-05-04", "valid_to": None, **fields}


@pytest.mark.parametrize("name", ["zones.geojson", "zones.gpkg", "zones.shp"])
def test_zones_come_from_the_usual_files(store, tmp_path, name):
    path = zones_file(tmp_path / name, [row(valid_to="2018-01-01"), row(valid_from="2018-01-01")])
    told = take(store, path, None, extend=True)
    assert not told.faults, told.faults
    rows = {r["zone"]: r for r in status(store.versions(), dt.date(2018, 1, 1))}
    assert len(rows) == 4 and 2400 < rows["idlib"]["area_km2"] < 2600
    assert rows["idlib"]["valid_from"] == "2018-01-01"
    forget(store)
    assert status(store.versions(), dt.date(2018, 1, 1))[0]["area_km2"] > 7000


def test_without_extend_they_replace_the_shipped(store, tmp_path):
    told = take(store, zones_file(tmp_path / "zones.gpkg", [row()]), None, extend=False)
    assert not told.faults
    assert [r["zone"] for r in status(store.versions(), dt.date(2018, 1, 1))] == ["idlib"]


def test_another_crs_and_a_broken_ring_are_repaired_and_said(tmp_path):
    bow = shapely.Polygon([(36, 35), (36.5, 35.5), (36.5, 35), (36, 35.5)])
    metric = geopandas.GeoSeries([bow], crs=4326).to_crs(32637).iloc[0]
    read = bring.read_zones(zones_file(tmp_path / "zones.gpkg", [row()], 32637, metric))
    assert not read.faults and read.versions.geometry.is_valid.all()
    told = "\n".join(read.repairs)
    for said in (
        "reprojected from EPSG:32637",
        "made valid: Self-intersection",
        "name_ar: none given",
    ):
        assert said in told


INF = float("inf")


@pytest.mark.parametrize(
    ("corners", "got"),
    [
        ([(36, 35), (36.5, 35.5), (36, 35)], "a polygon with an area, got LINESTRING (36 35, 36.5"),
        ([(36, 35)] * 4, "a polygon with an area, got POINT (36 35)"),
        ([(36, 35), (INF, 35), (37, 36)], "degrees, got coordinates without end"),
        ([], "a polygon with an area, got POLYGON EMPTY"),
    ],
)
def test_a_polygon_without_an_area_is_a_fault(tmp_path, corners, got):
    sound = shapely.Polygon([(38, 35), (38, 36), (39, 36)])
    rows = [row(), row(zone="south")]
    frame = geopandas.GeoDataFrame(rows, geometry=[shapely.Polygon(corners), sound], crs=4326)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # GDAL tells of the infinite number as well
        frame.to_file(tmp_path / "zones.gpkg")
        read = bring.read_zones(tmp_path / "zones.gpkg")
    told = f"zones.gpkg: row 1: geometry: expected {got}"
    assert any(line.startswith(told) for line in read.faults), read.faults
    assert not any("row 2" in line for line in read.faults)


def test_of_a_polygon_with_a_spike_and_heights_the_area_stays(tmp_path):
    spike = [(36, 35, 9), (37, 35, 9), (37, 36, 9), (36, 36, 9), (36, 35, 9), (35.5, 35, 9)]
    path = zones_file(tmp_path / "zones.gpkg", [row()], geometry=shapely.Polygon(spike))
    read = bring.read_zones(path)
    [kept] = read.versions.geometry
    assert not read.faults and kept.equals(shapely.box(36, 35, 37, 36)) and not kept.has_z


def test_places_of_one_name_have_ids_of_their_own(tmp_path):
    path = tmp_path / "many.csv"
    names = ["Kafr 2", "Kafr 3", *["Kafr"] * 3000, "Kafr 2"]
    path.write_text("name,lat,lon\n" + "".join(f"{name},35.5,36.5\n" for name in names))
    read = bring.read_places(path, geopandas.GeoDataFrame({"status": []}, geometry=[]))
    given = [place.id for place in read.places]
    assert len(set(given)) == len(names)
    assert given[:5] == ["own-kafr-2", "own-kafr-3", "own-kafr", "own-kafr-4", "own-kafr-5"]
    assert given[-1] == "own-kafr-2-2"
    assert max(map(len, given)) < 20  # they do not grow with what came before


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row(zone="atlantis")], "zone: expected one of idlib"),
        ([row(valid_from="June")], "valid_from: expected YYYY-MM-DD, got June"),
        ([row(valid_from=None)], "valid_from: expected YYYY-MM-DD, got none"),
        ([row(valid_to="2017-05-04")], "valid_to: expected a day after 2017-05-04"),
        ([row(status="rumoured")], "status: expected one of announced"),
        ([row(), row(valid_from="2018-01-01")], "valid_to: expected at most 2018-01-01"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(store, tmp_path, rows, said):
    before = status(store.versions(), dt.date(2018, 1, 1))
    told = take(store, zones_file(tmp_path / "zones.gpkg", rows), None, extend=True)
    assert any(said in line for line in told.faults), told.faults
    assert status(store.versions(), dt.date(2018, 1, 1)) == before


def test_a_shapefile_without_a_crs_is_refused(tmp_path):
    path = zones_file(tmp_path / "own.shp", [row()])
    path.with_suffix(".prj").unlink()
    with pytest.raises(FourzonesError, match="no CRS"):
        bring.read_zones(path)
    with pytest.raises(FourzonesError, match="cannot read"):
        bring.read_zones(tmp_path / "none.gpkg")


def test_a_place_of_the_user_is_linked(store, tmp_path):
    path = tmp_path / "own.geojson"
    feature = {
        "type": "Feature",
        "properties": {"name_en": "Kamalkhatab", "name_ar": "كملخطاب"},
        "geometry": {"type": "Point", "coordinates": [36.6, 35.8]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    told = take(store, None, path, extend=True)
    assert not told.faults
    text = tmp_path / "article.txt"
    text.write_text("قصف على كملخطاب", encoding="utf-8")
    report = ingest(store, [text], Interval.parse("2017-06-01"))
    assert report.done.links == 1
    found = store.articles(Selection(words="كملخطاب"))[0]
    assert (found.zones, found.mentions[0].place) == (("idlib",), "own-kamalkhatab")


def test_a_geonames_dump_is_read(tmp_path, shipped):
    cells = [""] * 19
    cells[0:6] = ["1", "Binnish", "Binnish", "Binnish,Bennesh,بنش", "35.958", "36.715"]
    path = tmp_path / "SY.txt"
    path.write_text("\t".join(cells) + "\n" + "two\tcolumns\n", encoding="utf-8")
    read = bring.read_places(path, shipped.versions())
    assert read.places[0].name_ar == "بنش" and read.places[0].zones == ("idlib",)
    assert "line 2: expected 19 columns" in read.faults[0]


def test_an_ocha_table_is_read(tmp_path, shipped):
    path = tmp_path / "syr.csv"
    path.write_text(
        "admin4Name_en,admin4Name_ar,admin3Pcode,LATITUDE_Y,LONGITUDE_X\n"
        "Binnish,بنش,SY070001,35.958,36.715\nNowhere,لا مكان,SY070001,north,36\n",
        encoding="utf-8-sig",
    )
    read = bring.read_places(path, shipped.versions())
    assert read.places[0].admin3_pcode == "SY070001"
    assert "row 3: expected degrees, got north, 36" in read.faults[0]


def test_the_command_line_says_what_it_did(fourzones, tmp_path):
    path = zones_file(tmp_path / "zones.gpkg", [row(zone="atlantis")])
    done = fourzones("bring", "--zones", str(path))
    assert done.returncode == 1 and "zone: expected one of idlib" in done.stderr
    assert fourzones("bring").returncode == 1
    assert fourzones("check", "--zones", str(path)).returncode == 1


def test_what_cannot_be_drawn_is_refused_and_nothing_changes(store, tmp_path):
    table = tmp_path / "places.csv"
    table.write_text("name,lat,lon\nNowhere,nan,nan\nFar,999,36\n,35,36\n", encoding="utf-8")
    before = store.gazetteer()
    told = take(store, None, table, extend=True)
    assert len(told.faults) == 3
    assert store.gazetteer() == before


def test_own_zones_without_accuracy_or_agreed_border_are_drawn(store, tmp_path):
    square = [[[36, 35], [37, 35], [37, 36], [36, 36], [36, 35]]]

    def version(status, start, end, shape):
        said = {"zone": "idlib", "status": status, "valid_from": start, "valid_to": end}
        geometry = {"type": "Polygon", "coordinates": shape} if shape else None
        return {"type": "Feature", "properties": said, "geometry": geometry}

    path = tmp_path / "zones.geojson"
    features = [
        version("in-force", "2017-05-06", "2018-01-01", square),
        version("ended", "2018-01-01", None, None),
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert take(store, path, None, extend=True).faults == []
    for on in (dt.date(2017, 6, 1), dt.date(2019, 1, 1)):
        shown = view(store, Selection(on=on))
        assert zone_features(shown, "en")
        assert map_table(shown, {}, "ar")
        write_as(tmp_path / f"{on}.svg", store, shown, "zones", "en")
