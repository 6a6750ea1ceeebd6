"""Exports of any size: written a few features at a time, the same as if written at once."""

import io
import json
import tracemalloc
import zipfile

import pytest
import rfc7946
from test_export_formats import read_back

from geo.export import FORMATS, WHAT, collection, pieces, stamped, write_as
from geo.export.spans import Spans, annotated
from geo.model import Article, Interval, Judgement, LinkedArticle, Mention
from geo.selection import Selection
from geo.store.listing import spans
from geo.summary import view

NASTY = 'x%s %(id)s "quoted" \\ \u2028 \U0001f54a ادلب'


def articles(count, start=0):
    text = f"{NASTY} in Douma, Idlib. {'Nothing more is said. ' * 40}"
    at = text.index("Douma")
    return [
        LinkedArticle(
            Article(f"n%d{number}", url=f"https://news.example/%{number}", text=text,
                    published=Interval.parse(f"2018-0{1 + number % 9}")),
            (
                Mention("eastern-ghouta", "Douma", at, at + 5, "douma", "place", "body", "n", 0.9),
                Mention("idlib", NASTY, 0, len(NASTY), None, "area", "body", "%s", 0.5),
                Mention("south", "", 0, 0, "nowhere-known", "place", "title", "n", 1.0),
            ),
        )
        for number in range(start, start + count)
    ]  # fmt: skip


def test_a_mention_says_what_its_article_and_place_say(store):
    store.add(articles(3))
    places = {place["id"]: place for place in store.gazetteer()}
    marks = Mention("south", "\0id", 0, 3, None, "area", "body", "\0id", 0.5)
    strange = LinkedArticle(Article("\0article", text="\0id \0start"), (marks,))
    every = [*store.each(Selection()), strange]
    found = []
    for linked, written in zip(every, Spans(store, Selection()).written(every), strict=True):
        for (number, mention), text in zip(enumerate(linked.mentions), written, strict=True):
            feature = json.loads(text)
            said = {k: v for k, v in feature["properties"].items() if not k.startswith("name_")}
            assert said == {"article": linked.article.id, **annotated(mention, linked)}
            assert feature["id"] == f"{linked.article.id}/{number}"
            place = places.get(mention.place)
            drawn = feature["geometry"]
            assert (drawn and drawn["coordinates"]) == (place and [place["lon"], place["lat"]])
            if place:
                assert feature["properties"]["name_ar"] == place["name_ar"]
            found.append(feature)
    assert len(found) > 500 and {bool(feature["geometry"]) for feature in found} == {True, False}
    assert NASTY in {feature["properties"]["surface"] for feature in found}


@pytest.mark.parametrize("what", WHAT)
def test_what_is_written_piece_by_piece_is_the_collection(store, monkeypatch, what):
    store.add(articles(20))
    shown = view(store, Selection(inside=what == "places"), limit=1)
    monkeypatch.setattr("geo.export.geojson.AT_ONCE", 100)
    told = stamped(store, shown, what)
    parts = list(pieces(told))
    written = rfc7946.check(b"".join(parts))
    expected = collection(store, shown, what)
    assert {**expected, "made": written["made"]} == written
    assert told.count == len(expected["features"])
    assert len(parts) > 3 or what in ("zones", "versions")


@pytest.mark.parametrize("ending", [e for e in FORMATS if "json" not in e])
def test_a_table_in_parts_is_the_same_table(store, tmp_path, monkeypatch, ending):
    store.add(articles(20))
    shown = view(store, Selection(), limit=1)
    module = f"geo.export.{FORMATS[ending]}"
    for what in ("articles", "mentions", "places"):
        whole, parts = tmp_path / f"whole{ending}", tmp_path / f"parts{ending}"
        said = write_as(whole, store, shown, what)
        with monkeypatch.context() as small:
            small.setattr(f"{module}.ROWS", 7)
            assert write_as(parts, store, shown, what) == said
        one, two = read_back(whole, what), read_back(parts, what)
        assert len(one) == int(said.split()[0]) > 60
        assert [list(map(str, row.values())) for row in one] == [
            list(map(str, row.values())) for row in two
        ]


def test_a_property_that_comes_late_is_not_lost_in_silence():
    from geo.export.flat import tables

    def feature(**said):
        return {"id": "a", "geometry": None, "properties": said, "time": None}

    with pytest.raises(ValueError, match="too late: more"):
        list(tables([feature(x=1), feature(x=1, more=2)], 1))


@pytest.mark.parametrize("ending", [".geojson", ".csv", ".kml"])
def test_more_rows_take_no_more_memory(store, tmp_path, monkeypatch, ending):
    module = f"geo.export.{FORMATS[ending]}"
    monkeypatch.setattr(f"{module}.{'AT_ONCE' if 'json' in ending else 'ROWS'}", 50)
    peaks, rows = [], []
    for count in (600, 2400):
        store.add(articles(count - 600 if rows else count, 600 if rows else 0))
        shown = view(store, Selection(publisher=("",)), limit=1)
        path = tmp_path / f"out{ending}"
        write_as(path, store, shown, "mentions")
        tracemalloc.start()
        rows.append(int(write_as(path, store, shown, "mentions").split()[0]))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert rows[1] == 4 * rows[0]
    assert peaks[1] < 1.5 * peaks[0]


def test_a_zone_lists_its_newest_articles_and_says_how_many_more(store, monkeypatch):
    monkeypatch.setattr("geo.export.features.LISTED", 5)
    shown = view(store, Selection(), limit=1)
    for feature in collection(store, shown)["features"]:
        said = feature["properties"]
        newest = store.articles(Selection(zone=(said["zone"],)), limit=5)
        assert [one["article"] for one in said["article_list"]] == [x.article.id for x in newest]
        assert said["articles"] == said["articles_unlisted"] + 5 > 10


def test_the_list_of_a_zone_holds_what_is_counted(store):
    for chosen in (Selection(kind=("place",)), Selection(inside=True), Selection(kind=("zone",))):
        for feature in collection(store, view(store, chosen, limit=1))["features"]:
            said = feature["properties"]
            assert said["articles"] == len(said["article_list"])
            assert "articles_unlisted" not in said


def test_mentions_of_a_rejected_link_do_not_count(store):
    store.add(articles(1))
    store.judge("n%d0", Judgement("idlib", "rejected", "I", "2026-01-01T00:00:00Z"))
    store.judge("n%d0", Judgement("northern-homs", "confirmed", "I", "2026-01-01T00:00:00Z"))
    shown = view(store, Selection(publisher=("",)), limit=1)
    zones = [f["properties"]["zone"] for f in collection(store, shown, "mentions")["features"]]
    assert zones == ["eastern-ghouta", "south"]
    assert [f["id"] for f in collection(store, shown, "places")["features"]] == ["douma"]
    columns = store.columns()
    assert spans(columns, shown.selection, store.hits).sum() == 2


def test_a_bundle_of_many_is_whole(store, tmp_path, monkeypatch):
    monkeypatch.setattr("geo.export.geojson.AT_ONCE", 1000)
    store.add(articles(30))
    path = tmp_path / "out.zip"
    shown = view(store, Selection(once=True), limit=1)
    write_as(path, store, shown)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert archive.testzip() is None
        assert "--once" in archive.read("README.txt").decode().replace("--once 1", "")
        for what in WHAT:
            kept = rfc7946.check(archive.read(f"{what}.geojson"))
            assert kept["features"] == collection(store, shown, what)["features"]
