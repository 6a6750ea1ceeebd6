"""What no honest client asks for: a sentence, never a traceback, in the API and on the page."""

import json
import urllib.parse

import pytest
from client import ask
from streamlit.testing.v1 import AppTest

from geo.api import documents
from geo.api.answers import Ask
from geo.api.shelf import fill
from geo.html import escape
from geo.ingest import open_store
from geo.locales import LANGUAGES
from geo.paths import ROOT

ITEMS = "/api/collections/zones/items"
NONSENSE = {
    "bbox": ["36,35,37,33", "36,33,37", "1e400,0,1,1", "nan,nan,nan,nan", "a,b,c,d", ""],
    "from": ["June", "2017-02-30", "2017-13-01", "٢٠١٧-٠٥-٠٤", "\0", "0000-01-01", "2017-05-04T00"],
    "to": ["tomorrow", "99999-01-01"],
    "on": ["2017-5-4", "-1"],
    "zone": ["atlantis", "\0", "../idlib", "<script>alert(1)</script>"],
    "kind": ["rumour"],
    "area": ["36,33", "36,33,37,33,37", "x"],
}


def told(answer, *statuses):
    """Return the sentence of a problem."""
    status, headers, body = answer
    assert status in statuses and headers["Content-Type"] == "application/problem+json", body
    problem = json.loads(body)
    assert problem["status"] == status and b"Traceback" not in body
    assert 10 < len(problem["detail"]) < 600
    return problem["detail"]


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_in_a_query_is_named(served, name):
    for value in NONSENSE[name]:
        query = urllib.parse.urlencode({name: value})
        for path in (ITEMS, "/download/zones.csv", "/feed.atom"):
            assert told(ask(served, f"{path}?{query}"), 400).startswith(f"{name}: expected")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("limit=1000000000", "limit: expected a whole number from 1 to 1000000"),
        (f"limit={'9' * 400}", "limit: expected"),
        ("limit=%D9%A1", "limit: expected"),
        ("offset=99999999999999999999", "offset: expected"),
        ("datetime=2017-02-30", "datetime: expected"),
        ("datetime=2018-01-01/2017-01-01", "datetime: expected"),
        ("datetime=0000-01-01", "datetime: expected"),
        ("from=2017-01-01&from=2018-01-01", "from: expected one value"),
        ("bbox=36,33,37,34&bbox=36,33,37,34", "bbox: expected one value"),
        ("%00=1", "unknown parameter"),
        ("&&==&=", "unknown parameter"),
    ],
)
def test_a_number_or_day_that_is_none_is_named(served, query, said):
    assert told(ask(served, f"{ITEMS}?{query}"), 400).startswith(said)


@pytest.mark.parametrize("query", ["a=1&" * 3000, "words=" + "%d8%a7" * 1500, "&" * 8193])
def test_a_huge_query_is_not_read(served, query):
    assert "too long" in told(ask(served, f"{ITEMS}?{query}"), 414)


@pytest.mark.parametrize(
    "path",
    [
        "/api/%00", "/api/collections/%00/items", "/api/collections/articles/items/%00",
        "/api/%ff%fe", "/api//collections", "/api/../app.py",
        "/api/collections/../../../etc/passwd", "/api/collections/articles/items/" + "a/" * 450,
        "/download/zones.geojson%00.csv", "/download/..%2f..%2fetc%2fpasswd",
        "/download/report/..%2fidlib.html", "/download/report/../../etc/passwd", "/feed.atom/..",
    ],
)  # fmt: skip
def test_a_path_that_climbs_or_ends_in_nothing_is_not_there(served, path):
    assert "passwd:" not in told(ask(served, path), 404)


@pytest.mark.parametrize(
    "accept",
    ["x" * 9000, "," * 30_000, "*/*;q=nan", "text/html;q=abc;;;;,\x01", "application/json;q=0",
     "image/png", ";q=1"],
)  # fmt: skip
def test_a_form_that_is_none_is_refused(served, accept):
    assert "geo+json" in told(ask(served, ITEMS, headers=[("Accept", accept)]), 406)


@pytest.mark.parametrize(
    "header",
    [
        ("Accept-Encoding", "gzip;q=" + "0" * 20_000), ("Accept-Encoding", "," * 900),
        ("If-None-Match", "W/" * 8000), ("If-Modified-Since", "Tue, 99 Foo 99999 99:99:99"),
        ("If-Modified-Since", "Mon, 01 Jan 0001 00:00:00 -9999"),
        ("Accept-Language", "ar;" * 5000), ("Range", "bytes=0-1"), ("Origin", "null"),
    ],
)  # fmt: skip
def test_a_header_that_makes_no_sense_changes_nothing(served, header):
    status, headers, body = ask(served, f"{ITEMS}?f=json", headers=[header])
    if headers["Content-Encoding"] != "gzip":
        assert len(json.loads(body)["features"]) == 4
    assert status == 200


def test_very_many_headers_are_refused(served):
    bomb = [(f"X-{number}", "y") for number in range(5000)]
    assert "too long" in told(ask(served, ITEMS, headers=bomb), 431)


def test_a_host_that_is_none_is_refused(served):
    status, _, body = ask(served, ITEMS, headers=[("Host", 'evil"><script>')])
    assert status == 400 and b"<script>" not in body


@pytest.mark.parametrize("path", ["//elsewhere.example/", "///elsewhere.example", "/\\elsewhere/x"])
def test_no_address_leads_elsewhere(served, path):
    status, headers, _ = ask(served, f"{path}?embed=1&zone=idlib")
    led = urllib.parse.urljoin(f"{served}/", headers["Location"])
    assert status == 307 and led == f"{served}/?zone=idlib&embed=true"


def test_what_is_heavy_is_known_however_it_is_written(filled):
    shelf = fill(open_store(str(filled)))
    path = "/api/collections/articles/items"
    for query in ("words=x", "%77ords=x", "wor%64s=x", "f=html", "f=%68tml", "limit=100",
                  "limit=%31000", "%6Cimit=1000", "limit=0100"):  # fmt: skip
        assert not documents.quick(Ask("GET", path, query, "http://x"), shelf), query
    for query in ("", "limit=99", "bbox=36%2C33%2C37%2C34", "datetime=2017-05-04%2F.."):
        assert documents.quick(Ask("GET", path, query, "http://x"), shelf), query


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NONSENSE)
def test_the_page_says_what_it_did_not_understand(filled, monkeypatch, name, language):
    monkeypatch.setenv("FOURZONES_STORE", str(filled))
    for value in NONSENSE[name]:
        test = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=60)
        test.query_params["lang"] = language
        test.query_params[name] = value
        test.run()
        assert not test.exception, value
        said = " ".join(warning.value for warning in test.warning)
        assert name in said, (name, value)
        shown = "\n".join(element.proto.body for element in test.get("html"))
        assert "269" in shown and "<script>alert" not in shown
        assert escape("<script>alert") in said or "<script>alert" not in said
