"""OGC API - Features, Part 1, requirement by requirement, against the API as it is served."""

import datetime as dt
import itertools
import json
import urllib.parse

import pytest
import rfc7946
import shapely
from client import ask
from lxml import html

from geo.api.parameters import MOST, SELECTION
from geo.api.shelf import COLLECTIONS

CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
INVALID = (
    "limit=0", "limit=-1", "limit=x", "limit=", "limit=1.5", "limit=%2B1", "f=xml",
    "bbox=1,2,3", "bbox=1,2,3,4,5", "bbox=1,2,3,4,5,6,7", "bbox=a,b,c,d", "bbox=",
    "bbox=36,35,37,33", "bbox=-190,33,37,34", "bbox=36,33,37,91",
    "datetime=", "datetime=x", "datetime=2017", "datetime=2017-05", "datetime=../2017-13-01",
    "datetime=2017-05-04T25:00:00Z", "datetime=2017-05-04T00:00:00",
    "datetime=2017-05-04/2017-05-03", "datetime=2017-05-04/2017-05-05/2017-05-06",
)  # fmt: skip
BOXES = (
    "36,34.5,36.6,35", "36,34.5,-100,36.6,35,9000", "36.0,34.50,36.6,3.5e1", "35.2,32,37.9,37.4",
    "-180,-90,180,90", "0,0,1,1", "36.5,34.5,36.5,34.5",
)  # fmt: skip
WITH = {"json": "application/json", "geojson": "application/geo+json", "html": "text/html"}


def said(served, path, **params):
    """Return a document of the API."""
    query = urllib.parse.urlencode(params)
    status, headers, body = ask(served, f"/api{path}?{query}" if query else f"/api{path}")
    assert status == 200, body
    assert headers["Content-Type"] in (WITH["json"], WITH["geojson"]) or path == "/api"
    return json.loads(body)


def links(document, relation):
    found = [one for one in document["links"] if one["rel"] == relation]
    assert all(one["type"] and one["href"] for one in found)
    return found


def opened(served, href, accept):
    return ask(served, href.removeprefix(served), headers={"Accept": accept})


def test_the_first_page_leads_to_all_else(served):
    """root-op, root-success, api-definition-op, api-definition-success, conformance-op."""
    first = said(served, "")
    for relation in ("service-desc", "service-doc", "conformance", "data", "self", "alternate"):
        assert links(first, relation), relation
        for one in links(first, relation):
            status, headers, body = opened(served, one["href"], one["type"])
            assert status == 200 and body
            assert headers["Content-Type"].partition(";")[0] == one["type"].partition(";")[0]


def test_it_says_what_it_conforms_to(served):
    """conformance-success."""
    kept = said(served, "/conformance")["conformsTo"]
    assert set(kept) == {f"{CORE}{name}" for name in ("core", "oas30", "html", "geojson")}


def test_every_operation_answers_as_html_with_all_its_links(served):
    """html/definition, html/content; fc-links, f-links for that form."""
    paths = ["", "/conformance", "/api", "/collections"]
    for what in COLLECTIONS:
        one = said(served, f"/collections/{what}/items", limit=1)["features"][0]["id"]
        paths += [f"/collections/{what}", f"/collections/{what}/items",
                  f"/collections/{what}/items/{urllib.parse.quote(one, safe='')}"]  # fmt: skip
    for path in paths:
        status, headers, body = ask(served, f"/api{path}", headers={"Accept": "text/html"})
        assert status == 200 and headers["Content-Type"] == "text/html; charset=utf-8"
        assert body.startswith(b"<!doctype html>")
        page = html.document_fromstring(body.decode())
        shown = {href.partition("?")[0] for href in page.xpath("//body//a/@href")}
        document = said(served, path)
        every = [*document.get("links", []),
                 *(x for c in document.get("collections", []) for x in c["links"])]  # fmt: skip
        assert {one["href"].partition("?")[0] for one in every} <= shown, path
        for href in page.xpath("//body//a/@href"):
            if href.startswith(served):
                assert opened(served, href, "text/html,*/*;q=0.8")[0] == 200, href


def test_the_way_back_from_a_page_to_json_is_json(served):
    for path in ("", "/collections", "/collections/zones", "/collections/zones/items",
                 "/collections/zones/items/idlib/2017-05-04"):  # fmt: skip
        body = ask(served, f"/api{path}", headers={"Accept": "text/html"})[2].decode()
        page = html.document_fromstring(body)
        hrefs = [a.get("href") for a in page.xpath("//a") if a.text_content().endswith("JSON")]
        assert hrefs
        for href in hrefs:
            assert json.loads(opened(served, href, "text/html")[2])


def test_collections_say_what_and_where_they_are(served):
    """fc-md-*, sfc-md-*, crs84."""
    every = said(served, "/collections")
    assert links(every, "self") and links(every, "alternate")
    assert [one["id"] for one in every["collections"]] == list(COLLECTIONS)
    for one in every["collections"]:
        assert said(served, f"/collections/{one['id']}") == one
        assert {link["type"] for link in links(one, "items")} == {WITH["geojson"], WITH["html"]}
        assert one["itemType"] == "feature" and CRS84 in one["crs"]
        assert one["title"] and one["description"] and links(one, "license")
        spatial = one["extent"].get("spatial", {"crs": CRS84})
        assert spatial["crs"] == CRS84
        features = said(served, f"/collections/{one['id']}/items", limit=MOST)["features"]
        drawn = [shapely.from_geojson(json.dumps(f["geometry"]))
                 for f in features if f["geometry"]]  # fmt: skip
        assert bool(drawn) == ("bbox" in spatial)
        if drawn:
            box = shapely.box(*spatial["bbox"][0]).buffer(1e-6)
            assert all(box.covers(one) for one in drawn)
        ((first, last),) = one["extent"]["temporal"]["interval"]
        days = [f["time"]["interval"] for f in features if f["time"]]
        for start, end in days:
            assert first <= f"{start}T00:00:00Z"
            assert last is None or (end != ".." and f"{end}T23:59:59Z" <= last)
        for moment in (first, last):
            assert moment is None or dt.datetime.fromisoformat(moment).tzinfo


def test_unknown_and_invalid_parameters_are_400(served):
    """query-param-unknown, query-param-invalid."""
    one = "/collections/zones/items/idlib/2017-05-04"
    unknown = ("crs=http://www.opengis.net/def/crs/EPSG/0/3857", "bbox-crs=x", "filter=a", "BBOX=1",
               "limit%20=1", "bbox%5B%5D=1,2,3,4")  # fmt: skip
    for path in ("", "/conformance", "/api", "/collections", "/collections/zones",
                 "/collections/zones/items", one):  # fmt: skip
        for query in unknown:
            status, headers, body = ask(served, f"/api{path}?{query}")
            assert status == 400 and headers["Content-Type"] == "application/problem+json"
            name = urllib.parse.unquote(query.partition("=")[0])
            assert f"unknown parameter {name}; known: " in json.loads(body)["detail"]
    for query in INVALID:
        for what in COLLECTIONS:
            assert ask(served, f"/api/collections/{what}/items?{query}")[0] == 400, (what, query)


def test_the_definition_names_the_parameters_of_the_standard(served):
    """fc-limit-definition, fc-bbox-definition, fc-time-definition, oas30/*."""
    definition = said(served, "/api")
    path = definition["paths"]["/collections/{collectionId}/items"]["get"]
    known = {one["name"]: one for one in path["parameters"]}
    for name in ("limit", "bbox", "datetime"):
        one = known[name]
        assert (one["in"], one["required"], one["style"], one["explode"]) == (
            "query", False, "form", False,
        )  # fmt: skip
    limit, box = known["limit"]["schema"], known["bbox"]["schema"]
    assert limit["type"] == "integer" and limit["minimum"] == 1 and limit["default"] == 10
    assert (box["type"], box["minItems"], box["maxItems"]) == ("array", 4, 6)
    assert box["oneOf"] == [{"minItems": n, "maxItems": n} for n in (4, 6)]
    assert box["items"] == {"type": "number"}
    assert known["datetime"]["schema"]["type"] == "string"
    assert set(known) == {*SELECTION, "collectionId", "datetime", "limit", "offset", "after", "f"}


def test_the_definition_is_what_is_there(served):
    """oas30/completeness: every path and every parameter that it names answers."""
    definition = said(served, "/api")
    server = definition["servers"][0]["url"]
    assert server == f"{served}/api"
    one = {"collectionId": list(COLLECTIONS), "featureId": ["idlib/2017-05-04"]}
    for path, methods in definition["paths"].items():
        assert list(methods) == ["get"]
        told = methods["get"]["responses"]
        wanted = [name for name in one if f"{{{name}}}" in path]
        for values in itertools.product(*(one[name] for name in wanted)):
            if values and values[0] not in ("zones", "versions") and len(values) == 2:
                continue
            asked = path
            for name, value in zip(wanted, values, strict=True):
                asked = asked.replace(f"{{{name}}}", urllib.parse.quote(value, safe=""))
            for form in ("json", "html"):
                status, headers, _ = ask(served, f"/api{asked.removesuffix('/')}?f={form}")
                assert status == 200
                kinds = {kind.partition(";")[0] for kind in told["200"]["content"]}
                assert headers["Content-Type"].partition(";")[0] in kinds
        for parameter in methods["get"]["parameters"]:
            if parameter["in"] == "query":
                status, _, body = ask(
                    served, f"/api{path.removesuffix('/')}".format(
                        collectionId="zones", featureId="idlib%2F2017-05-04"
                    ) + f"?{parameter['name']}=%00",
                )  # fmt: skip
                # A place, a language and a publisher may have any name: then nothing is found.
                assert status in (200, 400)
                assert b"unknown parameter" not in body
        for status in ("400", "406", "414", "500"):
            assert "application/problem+json" in told[status]["content"]


@pytest.mark.parametrize("what", COLLECTIONS)
def test_a_page_of_features_is_one(served, what):
    """fc-op, fc-response, fc-links, fc-timeStamp, fc-numberMatched, fc-numberReturned, f-*."""
    page = rfc7946.check(ask(served, f"/api/collections/{what}/items?limit=3")[2])
    assert page["type"] == "FeatureCollection" and len(page["features"]) == 3
    assert page["numberReturned"] == 3 <= page["numberMatched"]
    age = dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(page["timeStamp"])
    assert dt.timedelta(seconds=-2) < age < dt.timedelta(minutes=5)
    for relation in ("self", "alternate", "next", "collection"):
        assert len(links(page, relation)) == 1
    assert links(page, "alternate")[0]["type"] == WITH["html"]
    one = page["features"][0]
    own = said(served, f"/collections/{what}/items/{urllib.parse.quote(one['id'], safe='')}")
    assert rfc7946.check(json.dumps(own))["id"] == one["id"]
    for relation in ("self", "alternate", "collection"):
        assert links(own, relation)


def test_a_limit_limits_and_never_fails_for_being_large(served):
    """fc-limit-response-1."""
    for limit in (1, 9, 10, 999, MOST, MOST + 1, 1_000_000):
        page = said(served, "/collections/mentions/items", limit=limit)
        assert page["numberReturned"] == len(page["features"]) == min(
            limit, MOST, page["numberMatched"]
        )  # fmt: skip


def test_a_box_is_four_numbers_or_six(served):
    """fc-bbox-response."""
    every = said(served, "/collections/versions/items", limit=MOST)["features"]
    for text in BOXES:
        numbers = [float(part) for part in text.split(",")]
        box = shapely.box(*numbers[:2], *numbers[-3:-1] if len(numbers) == 6 else numbers[2:])
        found = said(served, "/collections/versions/items", limit=MOST, bbox=text)["features"]
        meets = [
            f["id"] for f in every
            if not f["geometry"] or shapely.from_geojson(json.dumps(f["geometry"])).intersects(box)
        ]  # fmt: skip
        assert [f["id"] for f in found] == meets, text


@pytest.mark.parametrize("what", ["versions", "events", "articles"])
def test_a_time_is_a_moment_or_a_span_that_may_be_open(served, what):
    """fc-time-response: what meets it, and what bears no time."""
    every = said(served, f"/collections/{what}/items", limit=MOST)["features"]
    for text, first, last in (
        ("2018-02-24", "2018-02-24", "2018-02-24"),
        ("2018-02-24T12:00:00Z", "2018-02-24", "2018-02-24"),
        ("2018-02-24t23:30:00.5-01:00", "2018-02-25", "2018-02-25"),
        ("2017-05-04T00:00:00Z/2018-03-01T10:00:00+03:00", "2017-05-04", "2018-03-01"),
        ("2017-05-04/2018-03-01T23:59:59Z", "2017-05-04", "2018-03-01"),
        ("../2018-03-01", "", "2018-03-01"),
        ("/2018-03-01", "", "2018-03-01"),
        ("2018-03-01/..", "2018-03-01", "9"),
        ("2018-03-01/", "2018-03-01", "9"),
        ("0001-01-01/9999-12-31", "", "9"),
        ("1900-01-01", "1900-01-01", "1900-01-01"),
    ):
        found = said(served, f"/collections/{what}/items", limit=MOST, datetime=text)["features"]
        wanted = []
        for feature in every:
            start, end = feature["time"]["interval"] if feature["time"] else ("", "..")
            if start <= last and (end == ".." or end >= first):
                wanted.append(feature["id"])
        assert [f["id"] for f in found] == wanted, text


def test_what_is_not_there_is_404(served):
    for path in ("/collections/x", "/collections/x/items", "/collections/zones/items/x", "/x",
                 "/collections/x/items/1"):  # fmt: skip
        status, headers, body = ask(served, f"/api{path}")
        assert status == 404 and headers["Content-Type"] == "application/problem+json"
        assert json.loads(body)["detail"]
