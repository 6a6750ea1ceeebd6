"""Addresses read from a real server on this machine: what is fetched, and what is refused."""

import contextlib
import gzip
import json
import shutil
import socket
import ssl
import subprocess
import threading
import tracemalloc

import pytest
from web_server import site

from geo.errors import FourzonesError
from geo.readers import read, read_answer
from geo.selection import Selection
from geo.web import Limits, Web
from geo.web.address import not_public

BODY = (
    "قصفت طائرات حربية بلدة كفرنبل في ريف إدلب الجنوبي صباح اليوم الخميس، وقال ناشطون من المدينة "
    "إن ثلاثة مدنيين أصيبوا بجروح وإن فرق الدفاع المدني نقلتهم إلى مشفى قريب من مركز المدينة."
)
PAGE = (
    "<!doctype html><html lang=ar><head><title>قصف</title>{head}</head><body><article>"
    f"<h1>قصف على كفرنبل</h1><p>{BODY}</p><p>{BODY.replace('ثلاثة', 'أربعة')}</p></article>"
    "</body></html>"
)
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
<item><title>Shelling in Douma</title><link>https://example.org/2018/02/03/douma</link>
<description>Shells fell on Douma in Eastern Ghouta.</description>
<pubDate>Sat, 03 Feb 2018 10:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.fixture
def web(monkeypatch):
    """A server on this machine, and leave to ask it."""
    monkeypatch.setenv("FOURZONES_ALLOW_PRIVATE", "1")
    with site() as own:
        yield own


def fault(url, client=None):
    with pytest.raises(FourzonesError) as caught:
        (client or Web()).get(url)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def one(site, path, **options):
    [article] = read_answer(Web().get(site.address + path), **options)
    assert not isinstance(article, FourzonesError), article
    return article


def test_a_page_is_the_article_of_its_address(web):
    web.answers["/2017/05/04/a?utm_source=x"] = PAGE.format(head="")
    article = one(web, "/2017/05/04/a?utm_source=x#top")
    assert article.url == f"{web.address}/2017/05/04/a"
    assert (article.published.isoformat(), article.date_source) == ("2017-05-04", "url-path")
    assert (article.title, article.language) == ("قصف على كفرنبل", "ar")
    asked = dict(web.asked)["/2017/05/04/a?utm_source=x"]
    assert asked["user-agent"].startswith("Fourzones/")
    assert asked["host"] == f"127.0.0.1:{web.port}"


def test_a_page_that_states_its_own_address_keeps_it(web):
    web.answers["/a"] = PAGE.format(head='<link rel="canonical" href="https://example.org/n/1">')
    assert one(web, "/a").url == "https://example.org/n/1"


def test_a_redirect_gives_the_final_address(web):
    web.answers |= {"/old": (301, {"Location": "/new/"}, b""), "/new/": PAGE.format(head="")}
    assert one(web, "/old").url == f"{web.address}/new"


@pytest.mark.parametrize("kind", ["application/rss+xml", "text/html", "text/plain", "text/xml"])
def test_a_feed_is_known_whatever_its_server_calls_it(web, kind):
    web.answers["/feed"] = (200, {"Content-Type": kind}, RSS)
    article = one(web, "/feed")
    assert article.url == "https://example.org/2018/02/03/douma"
    assert article.date_source == "feed"


def test_packed_and_old_encodings_are_read(web):
    old = PAGE.format(head="").encode("windows-1256")
    packed = gzip.compress(old)
    headers = {"Content-Type": "text/html; charset=windows-1256", "Content-Encoding": "gzip"}
    web.answers["/a"] = (200, headers, packed)
    assert "كفرنبل" in one(web, "/a").text
    french = "<html><body><article><p>" + "Les obus ont frappé la ville de Douma. " * 9
    web.answers["/f"] = (200, {"Content-Type": "text/html; charset=iso-8859-1"},
                         french.encode("latin-1"))  # fmt: skip
    assert "frappé" in one(web, "/f").text
    web.answers["/p"] = (200, {"Content-Type": "text/html; charset=punycode"}, old)
    assert "كفرنبل" in one(web, "/p").text  # an encoding that would take an age


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("file:///etc/hosts", "expected http or https, got file://"),
        ("ftp://example.org/a", "expected http or https, got ftp://"),
        ("gopher://example.org/", "expected http or https"),
        ("http:///a", "expected http://HOST/"),
        ("http://user:secret@example.org/", "expected an address without a user's name"),
        ("http://a b/", "expected an address without spaces"),
        ("http://example.org\r\nX: y/", "expected an address without spaces"),
        ("http://example.org:99999/", "expected http://HOST/"),
        ("http://127.0.0.1/", "127.0.0.1, a loopback address"),
        ("http://[::1]/", "::1, a loopback address"),
        ("http://2130706433/", "127.0.0.1, a loopback address"),
        ("http://0177.0.0.1/", "127.0.0.1, a loopback address"),
        ("http://0x7f.1/", "127.0.0.1, a loopback address"),
        ("http://[::ffff:127.0.0.1]/", "a loopback address"),
        ("http://localhost/", "a loopback address"),
        ("http://0.0.0.0/", "an unspecified address"),
        ("https://10.1.2.3/", "a private address"),
        ("http://169.254.169.254/latest/meta-data", "a link-local address"),
        ("http://224.0.0.1/", "a multicast address"),
        ("http://[fe80::1]/", "a link-local address"),
    ],
)
def test_what_is_not_asked_at_all(monkeypatch, url, said):
    monkeypatch.delenv("FOURZONES_ALLOW_PRIVATE", raising=False)
    told = fault(url)
    assert told.startswith("address refused") and "secret" not in told
    assert said.replace("an unspecified", "a unspecified") in told


@pytest.mark.parametrize(
    "numeric",
    ["100.64.0.1", "192.168.1.1", "::ffff:192.168.1.1", "64:ff9b::7f00:1", "2002:7f00:1::",
     "fc00::1", "ff02::1", "240.0.0.1", "::", "198.18.0.1", "2001:db8::1",
     "fec0::1", "192.0.0.8", "64:ff9b:1::7f00:1", "100::1"],
)  # fmt: skip
def test_numeric_addresses_outside_the_public_network(numeric):
    assert not_public(numeric)


def test_public_numeric_addresses():
    assert not any(map(not_public, ["93.184.216.34", "2606:4700::1", "64:ff9b::5db8:d822"]))


def test_a_server_on_this_machine_is_not_asked_without_the_setting(web, monkeypatch):
    monkeypatch.delenv("FOURZONES_ALLOW_PRIVATE")
    assert "address refused" in fault(web.address + "/a")
    assert web.asked == []


def test_a_redirect_to_a_private_address_or_another_scheme_is_refused(web, monkeypatch):
    """The first host is allowed by name; what it leads to is checked like any other."""
    real = socket.getaddrinfo
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 0))]
    web.answers |= {
        "/a": (302, {"Location": "http://169.254.169.254/secret"}, b""),
        "/b": (302, {"Location": "file:///etc/passwd"}, b""),
        "/c": (302, {"Location": "//user:x@127.0.0.1/"}, b""),
    }
    connect = socket.socket.connect

    def names(host, *args, **options):
        return public if host == "news.example" else real(host, *args, **options)

    def here(self, where):
        return connect(self, ("127.0.0.1", web.port) if where[0] == "93.184.216.34" else where)

    monkeypatch.setattr(socket, "getaddrinfo", names)
    monkeypatch.setattr(socket.socket, "connect", here)
    monkeypatch.delenv("FOURZONES_ALLOW_PRIVATE")
    assert "169.254.169.254, a link-local" in fault("http://news.example/a")
    assert "got file://" in fault("http://news.example/b")
    assert "user's name" in fault("http://news.example/c")
    assert web.paths() == ["/a", "/b", "/c"]


def test_a_name_is_asked_once_and_the_checked_address_is_connected_to(web, monkeypatch):
    """A name that means another machine whenever it is asked twice for one request."""
    real, asked = socket.getaddrinfo, []

    def turncoat(host, *args, **options):
        if host != "turncoat.example":
            return real(host, *args, **options)
        asked.append(host)
        numeric = "192.0.2.1" if len(asked) > len(web.asked) + 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (numeric, 0))]

    monkeypatch.setattr(socket, "getaddrinfo", turncoat)
    url = f"http://turncoat.example:{web.port}"
    assert Web().get(f"{url}/a").status == 404
    assert len(asked) == len(web.asked) == 2  # robots.txt and the page
    assert web.asked[0][1]["host"] == f"turncoat.example:{web.port}"


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    infos = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (numeric, 0))
        for numeric in ("93.184.216.34", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: infos)
    monkeypatch.delenv("FOURZONES_ALLOW_PRIVATE", raising=False)
    assert "10.0.0.1, a private address" in fault("http://mixed.example/")


def test_redirects_end(web):
    web.answers |= {
        "/a": (302, {"Location": "/b"}, b""),
        "/b": (302, {"Location": "/a"}, b""),
        **{f"/{n}": (302, {"Location": f"/{n + 1}"}, b"") for n in range(9)},
    }
    assert "redirects in a circle" in fault(web.address + "/a")
    assert "at most 5 redirects" in fault(web.address + "/0")
    assert web.paths()[-1] == "/5"


def test_too_large_is_refused_packed_or_not(web):
    web.answers["/big"] = b"x" * 300_000
    bomb = gzip.compress(b"0" * 200_000_000, 9)
    web.answers["/bomb"] = (200, {"Content-Encoding": "gzip"}, bomb)
    hollow = gzip.compress(b"") * 30_000
    web.answers["/hollow"] = (200, {"Content-Encoding": "gzip"}, hollow)
    client = Web(Limits(bytes=200_000))
    for path in ("/big", "/bomb", "/hollow"):
        tracemalloc.start()
        assert "at most 200,000 bytes" in fault(web.address + path, client)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
        tracemalloc.stop()


def test_a_packing_that_nobody_asked_for_is_refused(web):
    web.answers["/a"] = (200, {"Content-Encoding": "br"}, b"x")
    assert "got Content-Encoding: br" in fault(web.address + "/a")


def test_a_server_that_keeps_silent_or_dribbles_is_left(web):
    over = threading.Event()

    def silent(handler):
        over.wait(20)

    def dribble(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not over.wait(0.02):
            handler.wfile.write(b"x")

    def headers(handler):
        while not over.wait(0.02):
            handler.wfile.write(b"X: y\r\n"[:1])

    web.answers |= {"/silent": silent, "/dribble": dribble, "/headers": headers}
    try:
        assert "nothing for 0.2 s" in fault(web.address + "/silent", Web(Limits(pause=0.2)))
        for path in ("/dribble", "/headers"):
            said = fault(web.address + path, Web(Limits(seconds=0.5)))
            assert "an answer within 0.5 s" in said
    finally:
        over.set()


@pytest.mark.parametrize(
    ("begun", "more", "said"),
    [
        (b"HTTP/1.1 200 OK\r\nX: ", b"y" * 50_000, "more than 65536 bytes"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1000, "more than 100 headers"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"z" * 50_000, "LineTooLong"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100, "an answer within 2 s"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n", b"", "Invalid IPv6 URL"),
    ],
)
def test_a_head_without_end_or_sense_is_left(web, begun, more, said):
    def answer(handler):
        with contextlib.suppress(OSError):  # the line is cut
            handler.wfile.write(begun)
            while more:
                handler.wfile.write(more)

    web.answers["/a"] = answer
    assert said in fault(web.address + "/a", Web(Limits(seconds=2)))


def test_half_an_answer_is_none(web):
    web.answers["/a"] = (200, {"Content-Length": "5000"}, b"half")

    def rubbish(handler):
        handler.wfile.write(b"\x00\x01\x02 nonsense\r\n\r\n")

    web.answers["/r"] = rubbish
    assert "expected a whole answer" in fault(web.address + "/a")
    assert "expected a whole answer" in fault(web.address + "/r")


def test_robots_are_heeded(web):
    web.answers |= {
        "/robots.txt": b"User-agent: *\nDisallow: /private\n",
        "/open": PAGE.format(head=""),
        "/private/a": PAGE.format(head=""),
        "/lead": (302, {"Location": "/private/a"}, b""),
    }
    client = Web()
    assert client.get(web.address + "/open").status == 200
    assert "refused by robots.txt" in fault(web.address + "/private/a", client)
    assert "refused by robots.txt" in fault(web.address + "/lead", client)
    assert web.paths() == ["/open", "/lead"]
    assert [path for path, _ in web.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_robots_that_cannot_be_read(web, status, allowed):
    web.answers |= {"/robots.txt": (status, {}, b""), "/a": PAGE.format(head="")}
    if allowed:
        assert Web().get(web.address + "/a").status == 200
    else:
        assert "robots.txt answered 500" in fault(web.address + "/a")
        assert web.paths() == []


def test_nobody_at_home(monkeypatch):
    monkeypatch.setenv("FOURZONES_ALLOW_PRIVATE", "1")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert "refused" in fault(f"http://127.0.0.1:{port}/a")
    assert "expected a known host" in fault("http://nobody.invalid/")


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes a certificate with openssl")
def test_a_certificate_must_be_for_the_name_that_was_asked(tmp_path, monkeypatch):
    monkeypatch.setenv("FOURZONES_ALLOW_PRIVATE", "1")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out",
         certificate, "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def dress(server):
        server.socket = context.wrap_socket(server.socket, server_side=True)

    with site(dress) as own:
        own.answers["/a"] = b"Idlib"
        url = f"https://localhost:{own.port}/a"
        assert "ertificate" in fault(url) or "CERTIFICATE" in fault(url)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert Web().get(url).data == b"Idlib"
        assert "match" in fault(f"https://127.0.0.1:{own.port}/a")


def test_statuses_and_types_that_are_no_pages_are_told(web):
    web.answers |= {
        "/gone": (410, {}, b""),
        "/film": (200, {"Content-Type": "video/mp4"}, b"\x00\x01"),
        "/login": "<html><body><form><input></form></body></html>",
    }
    told = [str(f) for p in web.answers for f in read(web.address + p)]
    assert "status 200, got 410" in told[0]
    assert "got video/mp4" in told[1]
    assert "login page" in told[2]


def test_the_command_reads_files_and_addresses_together(web, fourzones, tmp_path):
    web.answers |= {"/a": PAGE.format(head=""), "/feed": (200, {}, RSS)}
    (tmp_path / "a.txt").write_text("Shelling in Idlib", encoding="utf-8")
    args = [f"{web.address}/{name}" for name in ("a", "feed", "missing")]
    done = fourzones("ingest", "a.txt", *args, "file:///etc/hosts", "--json")
    counts = json.loads(done.stdout)
    assert (done.returncode, counts["read"], counts["added"]) == (0, 3, 3)
    assert len(counts["rejected"]) == 2
    assert "got 404" in counts["rejected"][0] and "got file://" in counts["rejected"][1]


def test_an_article_from_an_address_is_kept_once(web, store):
    from geo.ingest import ingest

    web.answers["/a"] = PAGE.format(head="")
    assert ingest(store, [f"{web.address}/a"]).done.added == 1
    assert ingest(store, [f"{web.address}/a"]).done.unchanged == 1
    assert store.answer(Selection()).total == 270
