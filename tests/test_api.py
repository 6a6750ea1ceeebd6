import datetime as dt
import http.client
import json
import random
import urllib.parse
from email.utils import parsedate_to_datetime

import pytest
import rfc7946
import shapely
from client import ask

from geo.api import documents
from geo.api.answers import Ask
from geo.api.items import feature as find_feature
from geo.api.parameters import Problem, asked, half_open
from geo.api.shelf import COLLECTIONS, fill, state_of
from geo.export import WHAT, collection, dumps
from geo.export.formats import BUNDLE, ENDINGS, PICTURES
from geo.ingest import open_store
from geo.model import KINDS, ZONES, Article, Interval, LinkedArticle, Mention
from geo.selection import PARAMETERS, Selection
from geo.store import Store
from geo.summary import view

JSON = {"Accept": "application/geo+json"}


def get(served, path, **headers):
    status, said, body = ask(served, path, headers={**JSON, **headers})
    return status, said["Content-Type"], body.decode()


def items(served, what, selection=None, check=rfc7946.check, **more):
    params = {**(selection.to_params() if selection else {}), **more}
    query = urllib.parse.urlencode({"limit": 10_000, **params}, doseq=True)
    status, _, body = ask(served, f"/api/collections/{what}/items?{query}")
    assert status == 200, body
    return check(body)


def some_selection(chance, store):
    """Return a selection that may have any of the fields."""
    counts = store.answer(Selection())

    def some(of, most=2):
        return tuple(chance.sample(list(of), chance.randint(1, most)))

    start = dt.date(2016, 1, 1) + dt.timedelta(days=chance.randint(0, 2000))
    west, south = chance.uniform(35, 37), chance.uniform(32, 36)
    every = {
        "from_": start, "to": start + dt.timedelta(days=chance.randint(1, 900)),
        "on": dt.date(2017, 4, 1) + dt.timedelta(days=chance.randint(0, 3000)),
        "zone": tuple(zone for zone in ZONES if zone in some(ZONES)),
        "language": some(counts.languages), "publisher": some(counts.publishers),
        "place": some(counts.places), "kind": some(KINDS), "inside": True,
        "words": chance.choice(["Ghouta", "الغوطة", "-Idlib", "حمص", "truce*"]),
        "bbox": (west, south, west + 2, south + 2),
        "area": (west, south, west + 2, south, west, south + 2), "undated": True, "once": True,
    }  # fmt: skip
    assert set(every) == {parameter.field for parameter in PARAMETERS}
    return Selection(**{name: every[name] for name in chance.sample(list(every), 3)})


@pytest.mark.parametrize("seed", range(4))
def test_for_any_selection_export_table_api_and_the_pages_counts_are_one(served, shipped, seed):
    chance = random.Random(seed)
    empty = 0
    for number in range(50):
        chosen = some_selection(chance, shipped)
        shown = view(shipped, chosen)
        exported = {}
        # The versions are the same each time, but for one number.
        for what in [what for what in WHAT if what != "versions" or number % 10 == 0]:
            written = json.loads(dumps(collection(shipped, shown, what)))["features"]
            exported[what] = {feature["id"]: feature["properties"] for feature in written}
            if chosen.bbox:
                box = shapely.box(*chosen.bbox)
                written = [
                    feature for feature in written
                    if not feature["geometry"]
                    or shapely.from_geojson(json.dumps(feature["geometry"])).intersects(box)
                ]  # fmt: skip
            # Held against the standard once; most of the time goes into that.
            answered = items(served, what, chosen, check=json.loads if number else rfc7946.check)
            assert answered["features"] == written, (what, chosen)
            assert answered["numberMatched"] == answered["numberReturned"] == len(written)
        table = [linked.article.id for linked in shipped.page(chosen, limit=1000).articles]
        assert table == [linked.article.id for linked in shown.articles] == [*exported["articles"]]
        counts = shown.counts
        assert len(table) == counts.articles
        assert {key: said["articles"] for key, said in exported["places"].items()} == counts.places
        for said in exported["zones"].values():
            listed = [one["article"] for one in said["article_list"]]
            assert len(listed) == said["articles"] == counts.zones.get(said["zone"], 0)
            assert set(listed) <= set(table)
        for said in exported.get("versions", {}).values():
            assert said["articles"] == counts.zones.get(said["zone"], 0)
        kinds = {kind: set() for kind in KINDS}
        for said in exported["mentions"].values():
            kinds[said["kind"]].add(said["article"])
        if not (chosen.place or chosen.bbox or chosen.area):
            assert {kind: len(found) for kind, found in kinds.items()} == counts.kinds
        empty += not table
    assert empty < 40


def test_a_large_store_answers_the_same_without_keeping_its_articles_ready(
    served, file_store, monkeypatch
):
    monkeypatch.setattr("geo.api.shelf.READY", 0)
    shelf = fill(file_store)
    assert shelf.articles is None
    for query in ("limit=7&offset=3", "zone=south&limit=10000", "bbox=36,33,37,34&kind=place"):
        for what in COLLECTIONS:
            request = Ask("GET", f"/api/collections/{what}/items", query, "http://x")
            answer = documents.answer(request, shelf)
            body = b"".join(answer.parts) if answer.parts else answer.body
            other = ask(served, f"{request.path}?{query}")[2]
            large, small = rfc7946.check(body), rfc7946.check(other)
            assert large["features"] == small["features"], (what, query)
            assert large["numberReturned"] == small["numberReturned"]
            more = [[one["rel"] for one in side["links"]] for side in (large, small)]
            assert more[0] == more[1]
    for what in ("articles", "mentions"):
        first = items(served, what, limit=1)["features"][0]
        assert json.loads(find_feature(shelf, what, first["id"])) == first
        assert find_feature(shelf, what, "nobody/0") is None


def test_what_is_written_is_answered(file_store):
    first = fill(file_store)
    mention = Mention("south", "Daraa", 0, 5, None, "area", "body", "area-name", 0.9)
    article = Article("new", language="en", text="Daraa", published=None)
    file_store.add([LinkedArticle(article, (mention,))])
    second = fill(file_store)
    assert first.state != second.state

    def count(shelf, query):
        request = Ask("GET", "/api/collections/articles/items", query, "http://x")
        return json.loads(documents.answer(request, shelf).body)["numberMatched"]

    assert count(second, "") == count(first, "") + 1
    # By the standard what bears no date meets any `datetime`; a range of the selection it does not.
    assert count(second, "datetime=1990-01-01/1991-01-01") == 1
    assert count(second, "from=1990-01-01&to=1991-01-01") == 0


def test_a_shelf_is_whole_while_others_write(file_store, monkeypatch):
    other, written = open_store(file_store.url), []

    def while_others_write(self):
        assert len(written) < 9, "it waits until nobody writes"
        written.append(Article(f"new-{len(written)}", text="Daraa"))
        other.add([LinkedArticle(written[-1])])
        return columns(self)

    columns = Store.columns
    monkeypatch.setattr(Store, "columns", while_others_write)
    shelf = fill(file_store)
    assert len(shelf.listed) == len(shelf.columns.fid) == 269 + len(written)
    assert shelf.state == state_of(columns(file_store))


def test_pages_follow_each_other_and_miss_nothing(served):
    path, seen = "/api/collections/mentions/items?limit=150&zone=idlib", []
    while path:
        said = rfc7946.check(ask(served, path)[2])
        assert said["numberReturned"] == len(said["features"])
        assert parsedate_to_datetime(ask(served, path)[1]["Last-Modified"])
        dt.datetime.fromisoformat(said["timeStamp"])
        seen += [feature["id"] for feature in said["features"]]
        links = {link["rel"]: link["href"] for link in said["links"]}
        assert links["self"].removeprefix(served) == path
        assert ("prev" in links) == ("after=" in path) and "offset" not in path
        path = links.get("next", "").removeprefix(served)
    assert len(set(seen)) == len(seen) == said["numberMatched"] > 300


def test_ten_features_come_when_nobody_says_how_many(served):
    assert items(served, "mentions", limit=10)["numberReturned"] == 10
    assert json.loads(get(served, "/api/collections/mentions/items")[2])["numberReturned"] == 10
    assert items(served, "mentions", limit=10**6)["numberReturned"] > 1000


@pytest.mark.parametrize("what", COLLECTIONS)
def test_every_feature_has_its_own_address(served, what):
    for feature in items(served, what, limit=3)["features"]:
        own = urllib.parse.quote(feature["id"], safe="")
        status, kind, body = get(served, f"/api/collections/{what}/items/{own}")
        assert (status, kind) == (200, "application/geo+json")
        alone = rfc7946.check(body)
        links = {link["rel"]: link["href"] for link in alone.pop("links")}
        assert alone == feature
        assert links["collection"] == f"{served}/api/collections/{what}"
        assert json.loads(ask(served, links["self"].removeprefix(served))[2])["id"] == alone["id"]


def test_every_link_of_every_document_answers(served):
    seen, todo = set(), ["/api"]
    while todo:
        path = todo.pop()
        if path in seen or "/items" in path.partition("?")[0]:
            continue
        seen.add(path)
        status, headers, body = ask(served, path)
        assert status == 200, path
        if headers["Content-Type"].startswith("text/html"):
            continue
        said = json.loads(body)
        links = [*said.get("links", []), *(x for c in said.get("collections", [])
                                           for x in c["links"])]  # fmt: skip
        todo += [one["href"].removeprefix(served) for one in links
                 if one["href"].startswith(served)]  # fmt: skip
    assert {"/api", "/api/api", "/api/conformance", "/api/collections"} <= seen
    assert {f"/api/collections/{what}" for what in COLLECTIONS} <= seen


def test_datetime_is_inclusive_and_open_where_it_says_so(served):
    events = items(served, "events")["features"]

    def within(first, last):
        return [e["id"] for e in events
                if (not last or e["time"]["interval"][0] <= last)
                and (not first or e["time"]["interval"][1] >= first)]  # fmt: skip

    for text, first, last in (
        ("2017-05-04", "2017-05-04", "2017-05-04"),
        ("2017-05-04T12:00:00Z", "2017-05-04", "2017-05-04"),
        ("2017-05-04/2018-03-01", "2017-05-04", "2018-03-01"),
        ("../2018-03-01", "", "2018-03-01"),
        ("2018-03-01/..", "2018-03-01", ""),
        ("2018-03-01/", "2018-03-01", ""),
        ("../..", "", ""),
    ):
        found = items(served, "events", datetime=text)["features"]
        assert [event["id"] for event in found] == within(first, last), text
    year = items(served, "articles", datetime="2017-05-01/2017-12-31")
    same = Selection(from_=dt.date(2017, 5, 1), to=dt.date(2018, 1, 1), undated=True)
    assert year["features"] == items(served, "articles", same)["features"]
    versions = items(served, "versions", datetime="2017-09-15")["features"]
    assert len(versions) == 4
    nothing = items(served, "articles", datetime="2017-05-01/..", to="2017-05-01")
    assert nothing["features"] == []


def test_a_box_holds_what_meets_it_and_what_lies_nowhere(served):
    every = items(served, "versions")["features"]
    box = shapely.box(36, 34.5, 36.6, 35)
    meets = [
        f["id"] for f in every
        if not f["geometry"] or shapely.from_geojson(json.dumps(f["geometry"])).intersects(box)
    ]  # fmt: skip
    for text in ("36,34.5,36.6,35", "36,34.5,-10,36.6,35,5000"):
        assert [f["id"] for f in items(served, "versions", bbox=text)["features"]] == meets
    assert 0 < len(meets) < len(every)
    for text in ("30,30,-170,40", "100,30,50,40", "-180,-90,180,90"):  # across the antimeridian
        around = items(served, "versions", bbox=text)["features"]
        assert [f["id"] for f in around] == [f["id"] for f in every], text


def test_half_open_days_come_of_an_inclusive_datetime():
    assert half_open("2020-02-28T23:30:00-01:00") == (dt.date(2020, 2, 29), dt.date(2020, 3, 1))
    assert half_open("0001-01-01/9999-12-31") == (dt.date(1, 1, 1), None)
    for bad in ("", "/x", "2017", "2017-05-04/2017-05-03", "2017-05-04T10:00:00", "٢٠١٧-٠٥-٠٤",
                "2017-W01-1", "1/2/3"):  # fmt: skip
        with pytest.raises(Problem):
            half_open(bad)


def test_every_field_of_a_selection_is_a_parameter():
    assert asked("limit=5&offset=2").limit == 5
    for parameter in PARAMETERS:
        value = {
            "zone": "south",
            "kind": "area",
            "bbox": "36,33,37,34",
            "area": "36,33,37,33,37,34",
        }.get(parameter.name, "2018-01-01" if "YYYY" in parameter.expected else "1")
        chosen = asked(f"{parameter.name}={value}").selection
        assert getattr(chosen, parameter.field) != getattr(Selection(), parameter.field)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/collections/rumours/items", 404, "no collection rumours"),
        ("/api/collections/rumours", 404, "no collection rumours"),
        ("/api/collections/articles/items/nobody", 404, "no feature nobody"),
        ("/api/collections/articles/items/../../zones", 404, "no feature ../../zones"),
        ("/api/collections/%2e%2e/%2e%2e/etc/passwd", 404, "nothing is at"),
        ("/api/nowhere", 404, "nothing is at"),
        ("/api/collections/zones/items?from=June", 400, "from: expected YYYY-MM-DD"),
        ("/api/collections/zones/items?colour=red", 400, "unknown parameter colour"),
        ("/api/collections?zone=idlib", 400, "unknown parameter zone"),
        ("/api/collections/zones/items?bbox=1,2,3", 400, "bbox: expected"),
        ("/api/collections/zones/items?bbox=36,35,37,33", 400, "the southern first"),
        ("/api/collections/zones/items?bbox=nan,35,37,36", 400, "bbox: expected"),
        ("/api/collections/zones/items?datetime=soon", 400, "datetime: expected"),
        ("/api/collections/zones/items?datetime=2018-01-01/2017-01-01", 400, "datetime: expected"),
        ("/api/collections/zones/items?limit=0", 400, "limit: expected"),
        ("/api/collections/zones/items?limit=ten", 400, "limit: expected"),
        ("/api/collections/zones/items?limit=-1", 400, "limit: expected"),
        ("/api/collections/zones/items?offset=-1", 400, "offset: expected"),
        ("/api/collections/zones/items?limit=1&limit=2", 400, "limit: expected one value"),
        ("/api/collections/zones/items?" + "zone=idlib&" * 51, 400, "at most 50 values"),
        ("/api/collections/zones/items?f=xml", 400, "f: expected json or html"),
        ("/api/collections/zones/items?words=" + "x" * 9000, 414, "too long"),
        ("/api/" + "x" * 2000, 414, "too long"),
        ("/download/rumours.geojson", 404, "no file rumours"),
        ("/download/zones.exe", 404, "no file zones.exe"),
        ("/download/../app.py", 404, "no file"),
        ("/feed.atom?zone=atlantis", 400, "zone: expected one of"),
        ("/feed.atom/x", 404, "nothing is at"),
    ],
)
def test_a_bad_request_gets_a_sentence(served, path, status, said):
    code, headers, body = ask(served, path)
    assert (code, headers["Content-Type"]) == (status, "application/problem+json")
    problem = json.loads(body)
    assert problem["status"] == status and said in problem["detail"] and problem["title"]
    assert headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_need_nothing_and_speak_both_languages(served, language):
    for path in ("", "/api", "/conformance", "/collections", *(
        f"/collections/{what}{rest}" for what in COLLECTIONS for rest in ("", "/items")
    )):  # fmt: skip
        status, headers, body = ask(
            served, f"/api{path}?f=html", headers={"Accept-Language": f"{language}-SY,fr;q=0.5"}
        )
        page = body.decode()
        assert status == 200 and f'<html lang="{language}"' in page
        assert "<script" not in page and " src=" not in page and "@import" not in page
        assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "<bdi>" in page and "<table>" in page


def test_what_comes_from_outside_is_escaped(file_store):
    bad = '</script><img src=x onerror="alert(1)">\u202e'
    mention = Mention("south", bad, 0, 5, None, "area", "body", "area-name", 0.9)
    published = Interval.parse("2030-01-01")
    article = Article('a/"<b>', url="javascript:alert(1)", title=bad, publisher=bad,
                      published=published, text=bad)  # fmt: skip
    file_store.add([LinkedArticle(article, (mention,))])
    shelf = fill(file_store)
    for path in ("articles/items", "mentions/items", 'articles/items/a/"<b>'):
        request = Ask("GET", f"/api/collections/{path}", "f=html", "http://x")
        page = documents.answer(request, shelf).body.decode()
        assert "onerror" in page or "mentions" in path
        assert "<img" not in page and "<b>" not in page and "\u202e" not in page
        assert 'href="javascript' not in page


def test_a_strange_host_is_not_repeated(served):
    connection = http.client.HTTPConnection(served.removeprefix("http://"), timeout=60)
    connection.putrequest("GET", "/api?f=html", skip_host=True)
    connection.putheader("Host", 'x"><script>')
    connection.endheaders()
    page = connection.getresponse().read().decode()
    assert "<script" not in page and "&quot;&gt;" not in page


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_is_there_to_keep(served, ending):
    for what in ["bundle"] if ending == BUNDLE else ["map"] if ending in PICTURES else WHAT:
        status, headers, body = ask(served, f"/download/{what}{ending}?zone=south&lang=ar")
        assert status == 200 and len(body) > 100
        assert headers["Content-Disposition"].startswith('attachment; filename="fourzones-')
        assert headers["ETag"]
    if ending == ".geojson":
        assert rfc7946.check(body)["selection"]["zone"] == ["south"]


def test_a_download_is_what_the_api_answers(served):
    kept = json.loads(ask(served, "/download/articles.geojson?zone=south")[2])
    assert kept["features"] == items(served, "articles", Selection(zone=("south",)))["features"]


def test_the_map_files_come_from_the_app_and_nothing_else_does(served):
    for path in (
        "/vendor/leaflet/leaflet.js",
        "/vendor/leaflet/leaflet.css",
        "/vendor/base.geojson",
    ):
        assert get(served, path)[0] == 200
    for path in ("/vendor/leaflet/../__init__.py", "/vendor/leaflet/%2e%2e/__init__.py"):
        status, _, body = get(served, path)
        assert status != 200 or "XStatic" not in body
