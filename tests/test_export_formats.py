import csv
import datetime as dt
import io
import json
import random
import sqlite3
import sys

import geopandas
import pyarrow.parquet
import pyogrio
import pytest
import shapely
from lxml import etree

from geo.errors import FourzonesError
from geo.export import ENDINGS, FORMATS, WHAT, collection, write_as
from geo.export.flat import tables
from geo.export.kml import NAMESPACE
from geo.export.table import defused
from geo.ingest import data_hash, ingest
from geo.model import STATUSES, ZONES
from geo.selection import Selection
from geo.summary import view

POINTS = {"X_POSSIBLE_NAMES": "lon", "Y_POSSIBLE_NAMES": "lat"}
HOSTILE = (
    '=HYPERLINK("http://127.0.0.1","Idlib")',
    "<img src=x onerror=alert(1)> Idlib & <b>Homs</b>",
    "Idlib ]]> and after",
    "Idlib \u202edesrever\u202c and after",
    "＝1+1 Idlib",
    "-2+3 Idlib",
    "@SUM(1) Idlib",
    "+963 Idlib",
    "Idlib; =1+1",
)


def chance(seed: int) -> tuple[Selection, str]:
    """Return some selection and what to export of it."""
    some = random.Random(seed)
    first = dt.date(2017, 5, 1) + dt.timedelta(days=some.randrange(1500))
    ranged = some.random() < 0.6
    return (
        Selection(
            from_=first if ranged else None,
            to=first + dt.timedelta(days=some.randrange(30, 900)) if ranged else None,
            on=None if some.random() < 0.5 else first,
            zone=tuple(z for z in ZONES if some.random() < 0.25),
            language=("ar",) if some.random() < 0.3 else (),
            kind=("place",) if some.random() < 0.2 else (),
            inside=some.random() < 0.2,
            undated=some.random() < 0.5,
            bbox=(35.5, 32.0, 37.5, 36.5) if some.random() < 0.2 else None,
        ),
        list(WHAT)[seed % len(WHAT)],
    )


def read_back(path, what) -> list[dict]:
    """Read a file as rows with `id`, texts as they were written, and a geometry."""
    if path.suffix == ".parquet":
        frame = geopandas.read_parquet(path)
    elif path.suffix == ".csv":
        frame = pyogrio.read_dataframe(path, **(POINTS if what in ("places", "mentions") else {}))
    else:
        frame = pyogrio.read_dataframe(path, layer=None if "json" in path.suffix else what)
    if path.suffix == ".kml":
        taken = [name for name in frame if f"{name}_" in frame]
        frame = frame.drop(columns=taken).rename(columns=lambda name: name.removesuffix("_"))
    drawn = list(frame.geometry) if "geometry" in frame else [None] * len(frame)
    rows = frame.drop(columns="geometry", errors="ignore").to_dict("records")
    return [{**row, "geometry": shape} for row, shape in zip(rows, drawn, strict=True)]


def said(value) -> str:
    """Return what a cell says, whatever its type and the format's word for nothing."""
    if value is None or value is True or value is False:
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return value
    if not isinstance(value, (list, dict)) and value != value:
        return ""
    return str(value)[:10]


@pytest.mark.parametrize("seed", range(20))
def test_every_format_holds_the_rows_of_the_geojson(shipped, tmp_path, seed):
    chosen, what = chance(seed)
    shown = view(shipped, chosen)
    features = collection(shipped, shown, what)["features"]
    for ending in FORMATS:
        path = tmp_path / f"out{ending}"
        assert write_as(path, shipped, shown, what) == f"{len(features)} {what}"
        if ending in (".json", ".geojson"):
            assert json.loads(path.read_text(encoding="utf-8"))["features"] == features
            continue
        rows = read_back(path, what)
        assert len(rows) == len(features), ending
        for row, feature in zip(rows, features, strict=True):
            assert row["id"] == feature["id"]
            drawn = feature["geometry"]
            if drawn is None:
                assert row["geometry"] is None or row["geometry"].is_empty
            else:
                exact = shapely.from_geojson(json.dumps(drawn))
                assert shapely.equals_exact(row["geometry"], exact, 1e-6), ending
            interval = (feature["time"] or {"interval": ("", "")})["interval"]
            times = [said(row.get(name)) for name in ("time_start", "time_end")]
            assert times == [day.replace("..", "") for day in interval], ending
            for name in ("name_ar", "name_en", "surface", "basis_ar", "valid_from", "valid_to"):
                if name in feature["properties"]:
                    expected = said(feature["properties"][name])
                    got = said(row.get(name))
                    assert got == (defused(expected) if ending == ".csv" else expected)
            if "target" in feature["properties"]:
                assert json.loads(row["target"]) == feature["properties"]["target"]


@pytest.fixture
def hostile(store, tmp_path):
    """A store with articles whose titles would be run by what opens them."""
    path = tmp_path / "hostile.jsonl"
    lines = [
        {
            "title": title,
            "text": f"Shelling in Idlib. {'Nothing more is said. ' * 20}Tail of text {number}.",
            "url": f"https://news.example/{number}",
            "publisher": "=Hostile",
            "published": "2018-02-03",
        }
        for number, title in enumerate(HOSTILE)
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert ingest(store, [path]).done.added == len(HOSTILE)
    return store


@pytest.mark.parametrize("ending", [e for e in FORMATS if e != ".json"])
def test_hostile_titles_stay_text(hostile, tmp_path, ending):
    shown = view(hostile, Selection(publisher=("=Hostile",)))
    features = collection(hostile, shown, "articles")["features"]
    titles = [feature["properties"]["name_en"] for feature in features]
    assert len(titles) == len(HOSTILE) and {"<img", "]]>"} <= {t[:4] for t in titles} | {"]]>"}
    path = tmp_path / f"out{ending}"
    write_as(path, hostile, shown, "articles")
    names = [row["name_en"] for row in read_back(path, "articles")]
    if ending == ".csv":
        assert names == [defused(title) for title in titles]
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))):
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "\t", "\r", "＝")), cell
                assert not cell.startswith("-") or float(cell) < 0
    else:
        assert names == titles


def test_the_balloon_of_a_placemark_runs_nothing(hostile, tmp_path):
    shown = view(hostile, Selection(publisher=("=Hostile",)))
    write_as(tmp_path / "out.kml", hostile, shown, "articles")
    root = etree.parse(tmp_path / "out.kml")
    for balloon in root.iter(f"{{{NAMESPACE}}}description"):
        tags = set(etree.HTML(f"<div>{balloon.text}</div>").iter())
        assert {tag.tag for tag in tags} <= {"html", "body", "div", "bdi", "br", "p"}


@pytest.mark.parametrize("what", WHAT)
def test_no_text_of_an_article_leaves_in_any_format(hostile, tmp_path, what):
    shown = view(hostile, Selection(publisher=("=Hostile",)))
    for ending in FORMATS:
        path = tmp_path / f"out{ending}"
        write_as(path, hostile, shown, what)
        (table,) = tables(collection(hostile, shown, what)["features"], 1000)
        assert not {"text", "folded"} & {column.name for column in table.columns}
        if ending == ".parquet":
            content = str(pyarrow.parquet.read_table(path).to_pylist())
        else:
            content = path.read_bytes().decode(errors="replace")
        assert "Tail of text" not in content


def test_formulas_are_defused_and_numbers_are_not():
    assert defused("-12.5") == "-12.5"
    for run in ("=1", "+1", "-1+1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", "-"):
        assert defused(run) == f"'{run}"
    assert defused("إدلب") == "إدلب"


@pytest.mark.parametrize("what", WHAT)
def test_an_empty_selection_is_a_table_without_rows(shipped, tmp_path, what):
    nothing = Selection(words="zzzqqq", on=dt.date(2016, 1, 1))
    for ending in FORMATS:
        path = tmp_path / f"out{ending}"
        shown = view(shipped, nothing)
        write_as(path, shipped, shown, what)
        expected = len(collection(shipped, shown, what)["features"])
        assert len(read_back(path, what)) == expected


def test_each_format_says_whose_it_is_and_of_what(shipped, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    shown = view(shipped, Selection(zone=("idlib",), to=dt.date(2018, 1, 1)))
    for ending in FORMATS:
        write_as(tmp_path / f"out{ending}", shipped, shown)
    kept = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    whole = {k: v for k, v in kept.items() if k not in ("type", "conformsTo", "features")}
    assert whole["selection"] == {"zone": ["idlib"], "to": ["2018-01-01"], "on": ["2017-12-31"]}
    assert whole["data_version"] == data_hash()
    assert whole["made"] == "2017-07-14T02:40:00Z"
    assert "creativecommons.org/licenses/by-sa/4.0" in whole["licence"]
    assert "إدلب" in whole["sentence"]["ar"] and "Idlib" in whole["sentence"]["en"]

    card = json.loads((tmp_path / "out.csv-metadata.json").read_text(encoding="utf-8"))
    assert card["url"] == "out.csv" and card["notes"] == [whole]
    header = (tmp_path / "out.csv").read_bytes().split(b"\r\n")[0]
    assert header.startswith(b"\xef\xbb\xbfid,zone,")
    assert [c["name"] for c in card["tableSchema"]["columns"]] == header.decode("utf-8-sig").split(
        ","
    )

    parquet = pyarrow.parquet.read_schema(tmp_path / "out.parquet").metadata
    assert json.loads(parquet[b"fourzones"]) == whole
    assert json.loads(parquet[b"geo"])["version"] == "1.1.0"

    with sqlite3.connect(tmp_path / "out.gpkg") as database:
        rows = dict(database.execute("SELECT name, value FROM fourzones"))
        layers = dict(database.execute("SELECT table_name, data_type FROM gpkg_contents"))
    assert layers == {"zones": "features", "fourzones": "attributes"}
    assert json.loads(rows["selection"]) == whole["selection"]
    assert rows["sentence_ar"] == whole["sentence"]["ar"] and rows["made"] == whole["made"]

    document = etree.parse(tmp_path / "out.kml").getroot()[0]
    data = {e.get("name"): e[0].text for e in document.find(f"{{{NAMESPACE}}}ExtendedData")}
    assert json.loads(data["selection"]) == whole["selection"]
    assert data["licence"] == whole["licence"]


def test_made_twice_it_is_the_same_bytes(shipped, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    shown = view(shipped, Selection())
    for ending in ENDINGS:
        if ending in (".png", ".pdf"):
            pytest.importorskip("typst")
        for folder in ("one", "two"):
            (tmp_path / folder).mkdir(exist_ok=True)
            write_as(tmp_path / folder / f"out{ending}", shipped, shown)
        one, two = ((tmp_path / f / f"out{ending}").read_bytes() for f in ("one", "two"))
        assert one == two, ending


def test_kml_tells_statuses_apart_and_when_they_held(shipped, tmp_path):
    write_as(tmp_path / "out.kml", shipped, view(shipped, Selection()), "versions", "ar")
    root = etree.parse(tmp_path / "out.kml").getroot()
    space = {"k": NAMESPACE}
    styles = {
        e.get("id"): etree.tostring(e).decode().split(">", 1)[1]
        for e in root.iterfind(".//k:Style", space)
    }
    idlib = [styles[f"idlib-{status}"] for status in STATUSES]
    assert len(set(idlib)) == len(STATUSES) and all("b27200" in style for style in idlib)
    marks = root.findall(".//k:Placemark", space)
    assert {m.findtext("k:styleUrl", namespaces=space)[1:] for m in marks} <= set(styles)
    assert marks[0].findtext("k:name", namespaces=space) == "إدلب"
    assert marks[0].findtext("k:TimeSpan/k:begin", namespaces=space) == "2017-05-04"
    assert marks[0].findtext("k:TimeSpan/k:end", namespaces=space) == "2017-05-05"


def test_a_format_or_package_that_is_not_there_is_named(shipped, tmp_path, monkeypatch, fourzones):
    shown = view(shipped, Selection())
    with pytest.raises(
        FourzonesError, match=r"expected a name that ends in \.geojson, .*\.pdf, or"
    ):
        write_as(tmp_path / "out.docx", shipped, shown)
    with pytest.raises(FourzonesError, match="--lang: expected en or ar, got fr"):
        write_as(tmp_path / "out.svg", shipped, shown, language="fr")
    with pytest.raises(FourzonesError, match="cannot write"):
        write_as(tmp_path / "none" / "out.gpkg", shipped, shown)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(FourzonesError, match="pip install pyarrow"):
        write_as(tmp_path / "out.parquet", shipped, shown)
    assert not list(tmp_path.glob("out.*"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(FourzonesError, match="SOURCE_DATE_EPOCH: expected seconds"):
        write_as(tmp_path / "out.json", shipped, shown)


def test_the_command_goes_by_the_ending(fourzones, tmp_path):
    done = fourzones("export", "out.gpkg", "--what", "places", "--zone", "idlib")
    assert done.returncode == 0 and "places" in done.stderr
    assert pyogrio.read_info(tmp_path / "out.gpkg", layer="places")["features"] > 10
    done = fourzones("export", "out.docx")
    assert done.returncode == 1 and ".parquet, .zip, .svg, .png, .pdf, or -" in done.stderr
    assert json.loads(fourzones("export", "-").stdout)["made"].endswith("Z")


def test_csvw_describes_the_file_beside_it(shipped, tmp_path):
    for what in WHAT:
        path = tmp_path / f"{what}.csv"
        write_as(path, shipped, view(shipped, Selection(), limit=1), what)
        card = json.loads(path.with_name(f"{what}.csv-metadata.json").read_text(encoding="utf-8"))
        assert card["@context"][0] == "http://www.w3.org/ns/csvw" and card["url"] == path.name
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        described = {column["name"]: column for column in card["tableSchema"]["columns"]}
        assert list(described) == list(rows[0])
        assert len({row[card["tableSchema"]["primaryKey"]] for row in rows}) == len(rows)
        reads = {"integer": int, "number": float, "date": dt.date.fromisoformat, "string": str,
                 "boolean": ("true", "false").index}  # fmt: skip
        for row in rows:
            for name, cell in row.items():
                if cell:
                    reads[described[name]["datatype"]](cell)


def test_geoparquet_keeps_its_standard_and_is_read_by_box(shipped, tmp_path):
    box = (36.2, 33.3, 36.8, 33.8)
    for what in WHAT:
        path = tmp_path / f"{what}.parquet"
        shown = view(shipped, Selection(), limit=1)
        write_as(path, shipped, shown, what)
        geo = json.loads(pyarrow.parquet.read_schema(path).metadata[b"geo"])
        assert geo["version"] == "1.1.0" and geo["primary_column"] == "geometry"
        column = geo["columns"]["geometry"]
        assert column["encoding"] == "WKB" and column["crs"]["id"] == {
            "authority": "EPSG",
            "code": 4326,
        }
        drawn = [
            shapely.from_geojson(json.dumps(feature["geometry"]))
            for feature in collection(shipped, shown, what)["features"]
            if feature["geometry"]
        ]
        assert column["geometry_types"] == sorted({shape.geom_type for shape in drawn})
        assert column["bbox"] == list(shapely.total_bounds(drawn))
        assert set(column["covering"]["bbox"]) == {"xmin", "ymin", "xmax", "ymax"}
        frame = geopandas.read_parquet(path)
        assert frame.crs.to_epsg() == 4326 and "bbox" not in frame
        near = geopandas.read_parquet(path, bbox=box)
        boxes = [shapely.box(*shape.bounds) for shape in drawn]
        assert len(near) == sum(one.intersects(shapely.box(*box)) for one in boxes) > 0
