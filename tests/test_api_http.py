"""How the API answers, whatever is asked for: methods, forms, packing, what the client has already.

Against the program as it is served.
"""

import gzip
import json
import socket

import pytest
from client import ask

JSON = {"Accept": "application/geo+json"}
ITEMS = "/api/collections/zones/items"


@pytest.mark.parametrize(
    "request_", [f"GET /api?{'x' * 10**6} HTTP/1.1", f"GET /api HTTP/1.1\r\nX: {'y' * 10**5}"]
)
def test_a_bomb_of_a_request_is_refused(served, request_):
    host, port = served.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        said = b""
        try:
            connection.sendall(f"{request_}\r\nHost: x\r\n\r\n".encode())
            said = connection.recv(1000)
        except ConnectionError:
            pass  # it hung up before all was said
        assert not said or said.startswith(b"HTTP/1.1 4")
    assert ask(served, "/api")[0] == 200


def test_other_methods_are_refused_and_head_is_get_without_its_body(served):
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE"):
        status, headers, body = ask(served, "/api/collections", method)
        assert status == 405 and headers["Allow"] == "GET, HEAD, OPTIONS"
        assert headers["Content-Type"] == "application/problem+json" and json.loads(body)
    for path in ("/api", "/api/collections/zones/items", "/feed.atom", "/api/nowhere"):
        full, bare = ask(served, path), ask(served, path, "HEAD")
        assert bare[2] == b"" and bare[0] == full[0]
        assert bare[1]["Content-Length"] == full[1]["Content-Length"] == str(len(full[2]))
    assert ask(served, "/download/bundle.zip", "HEAD")[0] == 200


def test_any_page_elsewhere_may_ask(served):
    status, headers, body = ask(served, "/api/collections/zones/items", "OPTIONS")
    assert status == 204 and body == b""
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in headers["Access-Control-Allow-Methods"]
    asks = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match"}  # fmt: skip
    for path in ("/api/collections/zones/items?zone=idlib", "/download/zones.csv", "/feed.atom"):
        status, headers, _ = ask(served, path, "OPTIONS", asks)
        assert status == 204 and headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Access-Control-Allow-Headers"] == "*"
        assert int(headers["Access-Control-Max-Age"]) > 0
    whole = ask(served, "/api/collections/zones/items", headers={"Origin": "https://x.example"})
    shown = whole[1]["Access-Control-Expose-Headers"].split(", ")
    assert {"ETag", "Last-Modified", "Link", "Content-Disposition"} == set(shown)
    assert whole[1]["ETag"] and whole[1]["Last-Modified"] and whole[1]["Link"]
    for path in ("/api", "/api/nowhere", "/feed.atom", "/download/zones.csv"):
        assert ask(served, path)[1]["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path", ["/api", "/api/collections/zones/items?limit=2", "/feed.atom", "/download/zones.kml"]
)
def test_what_the_client_has_is_not_sent_again(served, path):
    status, headers, _ = ask(served, path)
    assert status == 200
    again = ask(served, path, headers={"If-None-Match": f'"other", {headers["ETag"]}'})
    assert (again[0], again[2], again[1]["ETag"]) == (304, b"", headers["ETag"])
    same = ask(served, path, headers={"If-Modified-Since": headers["Last-Modified"]})
    assert (same[0], same[2]) == (304, b"")
    assert ask(served, path, headers={"If-None-Match": '"other"'})[0] == 200
    assert ask(served, path, headers={"If-Modified-Since": "yesterday"})[0] == 200
    other = ask(served, path, headers={"Accept": "text/html"})
    assert other[1]["ETag"] != headers["ETag"]


def test_a_list_of_tags_is_read_as_a_list(served):
    tag = ask(served, ITEMS)[1]["ETag"]
    strong = tag.removeprefix("W/")
    known = [tag, strong, f'"a", "b,c",{strong} , "d"', "*", " * "]
    bare = strong[1:-1]
    for given in (*known, 'W/"x"', bare, f'"{bare[:-1]}"', f'"{bare}x"', '"*"', ""):
        assert ask(served, ITEMS, headers={"If-None-Match": given})[0] == (
            304 if given in known else 200
        ), given
    two = [("If-None-Match", '"other"'), ("If-None-Match", tag)]
    assert ask(served, ITEMS, headers=two)[0] == 304
    # What is not there is not there, whatever the client has.
    assert ask(served, "/api/nowhere", headers={"If-None-Match": "*"})[0] == 404
    # A tag that is not the right one counts more than a date that is.
    both = {"If-None-Match": '"x"', "If-Modified-Since": ask(served, ITEMS)[1]["Last-Modified"]}
    assert ask(served, ITEMS, headers=both)[0] == 200
    for since, status in (("Sat, 29 Oct 1994 19:43:31 GMT", 200),
                          ("Fri, 31 Dec 2100 23:59:59 GMT", 304)):  # fmt: skip
        assert ask(served, ITEMS, headers={"If-Modified-Since": since})[0] == status


def test_answers_are_packed_for_those_who_unpack(served):
    for path in ("/api/collections/zones/items", "/api/collections/versions/items?limit=999"):
        plain = ask(served, path)
        packed = ask(served, path, headers={"Accept-Encoding": "br;q=1, gzip"})
        assert packed[1]["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed[1]["Vary"]
        both = [json.loads(body) for body in (plain[2], gzip.decompress(packed[2]))]
        assert both[0]["features"] == both[1]["features"]
        assert len(packed[2]) < len(plain[2]) / 2
    path = "/api/collections/zones/items"
    for given, packed in (
        ("gzip;q=0", False), ("gzip;q=0.000", False), ("gzip;q=0, *", False), ("*;q=0", False),
        ("identity", False), ("br, deflate", False), ("gzipped", False), ("", False),
        ("GZIP", True), ("gzip;q=0.001", True), ("*", True), ("br;q=1.0, *;q=0.1", True),
        ("identity;q=0.5, gzip;q=0.1", True),
    ):  # fmt: skip
        said = ask(served, path, headers={"Accept-Encoding": given})[1]
        assert (said["Content-Encoding"] == "gzip") == packed, given


def test_the_client_says_in_which_form(served):
    for accept, kind in (
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/json", "application/geo+json"),
        ("text/html;q=0.5, application/geo+json", "application/geo+json"),
        ("*/*", "application/geo+json"),
        ("application/geo+json;q=0, */*", "text/html"),
        ("text/html;q=0.5, application/*;q=0.6", "application/geo+json"),
        ("text/html;q=0.7, application/*;q=0.6, application/json;q=0.1", "text/html"),
        ("text/*, application/geo+json;q=0.9", "text/html"),
        ("TEXT/HTML; charset=utf-8; q=1", "text/html"),
        ("image/png, */*;q=0.1", "application/geo+json"),
        ("text/html, application/geo+json", "application/geo+json"),
        ("application/problem+json", "application/geo+json"),
    ):
        answer = ask(served, "/api/collections/zones/items", headers={"Accept": accept})
        assert answer[0] == 200 and answer[1]["Content-Type"].startswith(kind)
    page = ask(served, "/api/collections/zones/items?f=html", headers=JSON)
    assert page[1]["Content-Type"].startswith("text/html")
    assert ask(served, "/api", headers={"Accept": "image/png"})[0] == 406
    definition = ask(served, "/api/api", headers={"Accept": "application/vnd.oai.openapi+json"})
    assert definition[1]["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    assert json.loads(definition[2])["openapi"].startswith("3.0")
    two = [("Accept", "image/png"), ("Accept", "text/html")]
    assert ask(served, "/api", headers=two)[1]["Content-Type"].startswith("text/html")
    for accept in ("application/geo+json;q=0", "*/*;q=0", "image/png", "text/html;q=0, image/*"):
        assert ask(served, ITEMS, headers={"Accept": accept})[0] == 406


def test_the_client_says_in_which_language(served):
    for given, language in (
        ("ar", "ar"), ("ar-SY, en;q=0.5", "ar"), ("fr, ar;q=0.8, en;q=0.5", "ar"),
        ("en;q=0.1, ar;q=0.2", "ar"), ("ar;q=0, en", "en"), ("fr", "en"), ("", "en"), ("*", "en"),
    ):  # fmt: skip
        page = ask(served, "/api?f=html", headers={"Accept-Language": given})[2].decode()
        assert f'<html lang="{language}"' in page, given


def test_the_links_stand_in_the_header_too(served):
    for path in ("/api", "/api/collections", ITEMS, f"{ITEMS}/idlib/2017-05-04",
                 "/api/collections/articles/items?zone=idlib"):  # fmt: skip
        _, headers, body = ask(served, path)
        said = [f'<{one["href"]}>; rel="{one["rel"]}"; type="{one["type"]}"'
                for one in json.loads(body)["links"]]  # fmt: skip
        assert headers["Link"] == ", ".join(said)
        assert ask(served, path, headers={"Accept": "text/html"})[1]["Link"]
    # A header that would be too long is left out; the document has the links in any case.
    many = "&".join(f"place={'z' * 150}{number}" for number in range(40))
    status, headers, body = ask(served, f"{ITEMS}?{many}")
    assert status == 200 and headers["Link"] is None and json.loads(body)["links"]
