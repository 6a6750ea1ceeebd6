"""Files as they are given out by the program that serves, of a store that also holds hostile texts.

Read back by what an analyst has: GDAL, geopandas, a reader of tables, of feeds and of pages; the
bundle by a store that was never there before.
"""

import csv
import datetime as dt
import io
import json
import re
import shutil
import subprocess
import zipfile

import feedparser
import geopandas
import pyarrow.parquet
import pyogrio
import pytest
import rfc7946
import shapely
from client import ask
from conftest import serving
from lxml import etree, html
from test_export_formats import HOSTILE

from geo.export import WHAT
from geo.export.kml import NAMESPACE
from geo.ingest import data_hash, ingest, open_store

ASKED = "publisher=%3DHostile"
TEXT = (
    "Shelling in Idlib;=1+1 and in the town of Douma. Nothing more is said of it here. "
    "<b>Tail of text</b>"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory, filled):
    """Serve a store with articles whose titles would be run by what opens them."""
    folder = tmp_path_factory.mktemp("hostile")
    own = folder / "own.gpkg"
    shutil.copy(filled, own)
    rows = [
        {"title": f"{title} عنوان", "text": f"{TEXT} {number}", "publisher": "=Hostile",
         "url": f"https://news.example/{number}?a=1&b=<i>", "published": "2018-02-03"}
        for number, title in enumerate((*HOSTILE, '"><script>alert(1)</script>', "a;=cmd|' /C'!A0",
                                        'b;"=1+1"', "$[name] ${x} {{7*7}} %s"))
    ]  # fmt: skip
    (folder / "own.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    store = open_store(str(own))
    assert ingest(store, [folder / "own.jsonl"]).done.added == len(rows)
    store.close()
    with serving(own) as address:
        yield address


def given(served, name, query=ASKED, accept="ar"):
    status, headers, body = ask(
        served, f"/download/{name}?{query}", headers={"Accept-Language": accept}
    )
    assert status == 200, body
    return headers, body


def features(served, what, query=ASKED):
    return rfc7946.check(given(served, f"{what}.geojson", query)[1])


def cells(body):
    """Yield every cell of a table, wherever it ends: at commas, and at semicolons too."""
    told = body.decode("utf-8-sig")
    for mark in (",", ";"):
        for row in csv.reader(io.StringIO(told), delimiter=mark):
            yield from row


@pytest.mark.parametrize("what", WHAT)
def test_a_table_runs_nothing_and_is_described(served, what):
    headers, body = given(served, f"{what}.csv")
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert body.startswith(b"\xef\xbb\xbfid,") and b"\r\n" in body
    for cell in cells(body):
        run = re.match(r'[\s"]*[=+@＝＋－＠﹦﹢﹣﹫-]', cell)
        assert not run or re.fullmatch(r"-\d+(\.\d+)?", cell), cell
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    kept = features(served, what)
    assert [row["id"] for row in rows] == [one["id"] for one in kept["features"]]
    if what == "mentions":  # the evidence is the same, letter by letter
        evidence = [one["properties"]["target"] for one in kept["features"]]
        assert [json.loads(row["target"]) for row in rows] == evidence
        assert any(";=1+1" in json.dumps(one) for one in evidence)
    # What the table has no place for stands in the description that it links to.
    ((href,),) = [re.findall("<([^>]+)>", headers["Link"])]
    assert 'rel="describedby"' in headers["Link"]
    status, said, card = ask(served, href.removeprefix(served))
    assert (status, said["Content-Type"]) == (200, "application/csvm+json")
    table = json.loads(card)
    names = [re.search('filename="([^"]+)"', one["Content-Disposition"])[1]
             for one in (headers, said)]  # fmt: skip
    assert names[1] == f"{names[0]}-metadata.json" and table["url"] == names[0]
    assert [column["name"] for column in table["tableSchema"]["columns"]] == list(rows[0])
    (notes,) = table["notes"]
    assert {k: v for k, v in notes.items() if k != "made"} == {
        k: v for k, v in kept.items() if k not in ("type", "conformsTo", "features", "made")
    }
    assert dt.datetime.fromisoformat(notes["made"]) and notes["data_version"] == data_hash()


@pytest.mark.parametrize("what", ["versions", "articles", "mentions"])
def test_kml_is_read_by_gdal_with_its_times_and_its_arabic(served, tmp_path, what):
    headers, body = given(served, f"{what}.kml", f"{ASKED}&lang=ar")
    assert headers["Content-Type"] == "application/vnd.google-earth.kml+xml"
    path = tmp_path / "out.kml"
    path.write_bytes(body)
    kept = features(served, what)["features"]
    read = pyogrio.read_dataframe(path, layer=what, datetime_as_string=True)
    assert len(read) == len(kept)
    for (_, row), one in zip(read.iterrows(), kept, strict=True):
        first, last = one["time"]["interval"]
        assert row["begin"][:10].replace("/", "-") == first
        end = row["end"]
        assert (end[:10].replace("/", "-") if isinstance(end, str) else "..") == last
        assert row["name_ar"] == one["properties"]["name_ar"]
        assert row["Name"] == (one["properties"]["name_ar"] or one["id"])
        if one["geometry"]:
            exact = shapely.from_geojson(json.dumps(one["geometry"]))
            assert shapely.equals_exact(row.geometry, exact, 1e-6)
    assert re.search("[\u0621-\u064a]", read["Name"][0])
    # What a balloon shows is HTML: there is none but ours in it.
    for balloon in etree.fromstring(body).iter(f"{{{NAMESPACE}}}description"):
        tags = {tag.tag for tag in html.fragment_fromstring(balloon.text, "div").iter()}
        assert tags <= {"div", "bdi", "br", "p"}


def test_geoparquet_says_what_it_is_and_bears_its_evidence(served, tmp_path):
    headers, body = given(served, "mentions.parquet")
    assert headers["Content-Type"] == "application/vnd.apache.parquet"
    path = tmp_path / "out.parquet"
    path.write_bytes(body)
    schema = pyarrow.parquet.read_schema(path)
    told, kept = json.loads(schema.metadata[b"geo"]), features(served, "mentions")
    assert told["version"] == "1.1.0" and told["primary_column"] == "geometry"
    column = told["columns"]["geometry"]
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["Point"])
    assert column["crs"]["type"] == "GeographicCRS" and column["crs"]["id"]["code"] == 4326
    assert column["covering"]["bbox"] == {side: ["bbox", side]
                                          for side in ("xmin", "ymin", "xmax", "ymax")}  # fmt: skip
    assert len(column["bbox"]) == 4 and schema.field("bbox").type.num_fields == 4
    notes = json.loads(schema.metadata[b"fourzones"])
    assert notes["selection"]["publisher"] == ["=Hostile"] and notes["sentence"]["ar"]
    assert notes["licence"] and notes["attribution"] and notes["data_version"] == data_hash()
    frame = geopandas.read_parquet(path)
    assert list(frame["id"]) == [one["id"] for one in kept["features"]]
    for (_, row), one in zip(frame.iterrows(), kept["features"], strict=True):
        assert json.loads(row["target"]) == one["properties"]["target"]
        assert (row.geometry is None) == (one["geometry"] is None)
    places = [shape for shape in frame.geometry if shape is not None]
    near = geopandas.read_parquet(path, bbox=(36.2, 33.3, 36.8, 33.8))
    assert len(near) == sum(
        36.2 <= place.x <= 36.8 and 33.3 <= place.y <= 33.8 for place in places
    ) > 0  # fmt: skip
    formats = subprocess.run(["ogrinfo", "--formats"], capture_output=True, text=True).stdout
    if "Parquet" in formats:
        said = subprocess.run(["ogrinfo", "-so", "-al", str(path)], capture_output=True, text=True)
        assert f"Feature Count: {len(frame)}" in said.stdout


def test_a_geopackage_is_read_by_ogrinfo(served, tmp_path):
    if not shutil.which("ogrinfo"):
        pytest.skip("ogrinfo is not installed")
    path = tmp_path / "out.gpkg"
    path.write_bytes(given(served, "articles.gpkg")[1])
    said = subprocess.run(
        ["ogrinfo", "-ro", "-al", str(path)], capture_output=True, text=True, check=True
    ).stdout
    count = len(features(served, "articles")["features"])
    assert f"Feature Count: {count}\n" in said and "عنوان" in said
    assert "Layer name: fourzones" in said and data_hash() in said


def test_a_bundle_is_checked_by_a_store_that_was_never_there(served, tmp_path, fourzones):
    status, headers, body = ask(served, "/download/bundle.zip?zone=south&to=2018-09-01&inside=1")
    assert status == 200 and headers["Content-Type"] == "application/zip"
    (tmp_path / "taken.zip").write_bytes(body)
    fresh = ("--store", str(tmp_path / "fresh.gpkg"))
    done = fourzones("verify", "taken.zip", *fresh)
    assert (done.returncode, done.stdout.count("\n")) == (0, 1), done.stdout + done.stderr
    # Made again from what it says of itself.
    with zipfile.ZipFile(tmp_path / "taken.zip") as archive:
        chosen = json.loads(archive.read("selection.json"))["selection"]
        first = {what: json.loads(archive.read(f"{what}.geojson"))["features"] for what in WHAT}
    flags = [part for name, values in chosen.items() for value in values
             for part in ([f"--{name}"] if name == "inside" else [f"--{name}", value])]  # fmt: skip
    assert fourzones("export", "again.zip", *flags, *fresh).returncode == 0
    with zipfile.ZipFile(tmp_path / "again.zip") as archive:
        for what in WHAT:
            assert json.loads(archive.read(f"{what}.geojson"))["features"] == first[what]
    # A bundle of what this store has, and the fresh one has not, is told apart.
    (tmp_path / "hostile.zip").write_bytes(given(served, "bundle.zip")[1])
    done = fourzones("verify", "hostile.zip", *fresh)
    assert done.returncode == 1 and "not in the store" in done.stdout + done.stderr


def test_a_feed_a_page_and_a_report_run_nothing(served):
    feed = feedparser.parse(ask(served, f"/feed.atom?{ASKED}")[2])
    assert not feed.bozo and len(feed.entries) == len(HOSTILE) + 4
    raw = etree.fromstring(ask(served, f"/feed.atom?{ASKED}")[2])
    titles = raw.findall(".//{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title")
    # Plain text, by the standard, when no type is said.
    assert {title.get("type") for title in titles} == {None}
    assert any("<script>" in title.text for title in titles)
    pages = [f"/api/collections/{what}/items?{ASKED}&f=html&limit=99" for what in WHAT]
    one = features(served, "articles")["features"][0]["id"]
    pages += [f"/api/collections/articles/items/{one}?f=html", "/download/report/idlib.html"]
    for path in pages:
        status, headers, body = ask(served, path)
        assert status == 200 and "default-src 'none'" in headers["Content-Security-Policy"]
        page = html.document_fromstring(body.decode())
        assert not page.xpath("//script|//img|//iframe|//object|//b[contains(., 'Tail')]"), path
        assert not page.xpath("//@*[starts-with(name(), 'on')]")
        hrefs = page.xpath("//a/@href")
        assert all(re.match("https?://|/|#", href) for href in hrefs), path
    shown = ask(served, pages[2])[2].decode()
    assert "&lt;script&gt;" in shown and "\u202e" not in shown


def test_no_text_of_an_article_is_given_out(served):
    for what in WHAT:
        for ending in ("geojson", "csv", "kml", "gpkg"):
            assert b"Tail of text" not in given(served, f"{what}.{ending}")[1], (what, ending)
    for path in (f"/feed.atom?{ASKED}", f"/api/collections/articles/items?{ASKED}&limit=99"):
        assert b"Tail of text" not in ask(served, path)[2]
    with zipfile.ZipFile(io.BytesIO(given(served, "bundle.zip")[1])) as archive:
        assert all(b"Tail of text" not in archive.read(name) for name in archive.namelist())


def test_an_analyst_gets_pictures_in_the_language_of_the_page(served):
    for language, said in (("ar", "مناطق"), ("en", "zones")):
        body = given(served, "map.svg", f"lang={language}", accept="en")[1].decode()
        assert f'xml:lang="{language}"' in body and said in body
    pytest.importorskip("typst")
    for ending, magic in (("png", b"\x89PNG\r\n"), ("pdf", b"%PDF-")):
        headers, body = given(served, f"map.{ending}", "lang=ar&on=2018-08-10")
        assert body.startswith(magic) and len(body) > 20_000
        assert headers["Content-Length"] == str(len(body))
