import datetime as dt
import http.client
import urllib.request
import xml.etree.ElementTree as ET

import feedparser

from geo.api import feed
from geo.api.answers import Ask
from geo.model import Article, Interval, LinkedArticle, Mention
from geo.selection import Selection

ATOM = "{http://www.w3.org/2005/Atom}"


def read(served, query=""):
    with urllib.request.urlopen(f"{served}/feed.atom?{query}", timeout=60) as answer:
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        return answer.read(), answer.headers["ETag"]


def test_a_selection_is_a_feed_of_its_newest_articles(served, shipped):
    body, _ = read(served, "zone=south&language=ar")
    parsed = feedparser.parse(body)
    assert not parsed.bozo and parsed.version == "atom10"
    chosen = Selection(zone=("south",), language=("ar",))
    wanted = shipped.articles(chosen, limit=50)
    assert [e.id.rpartition("/")[2] for e in parsed.entries] == [x.article.id for x in wanted]
    for entry, linked in zip(parsed.entries, wanted, strict=True):
        assert entry.title == linked.article.heading("en")
        assert entry.link == linked.article.url
        assert {tag.term for tag in entry.tags} == set(linked.zones)
        for mention in [m for m in linked.mentions if m.zone in linked.zones][:3]:
            assert mention.surface in entry.summary


def test_what_a_feed_must_have_is_there_and_stays_the_same(served):
    first, tag = read(served, "zone=idlib")
    root = ET.fromstring(first)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}"), name
        assert element.findtext(f"{ATOM}id").startswith("tag:")
        moment = dt.datetime.fromisoformat(element.findtext(f"{ATOM}updated"))
        assert moment.tzinfo is not None
        assert element.find(f"{ATOM}content") is None
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 50
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 50
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == f"{served}/feed.atom?zone=idlib"
    assert links["alternate"] == f"{served}/?zone=idlib"
    assert read(served, "zone=idlib") == (first, tag)
    connection = http.client.HTTPConnection(served.removeprefix("http://"), timeout=60)
    connection.request("GET", "/feed.atom?zone=idlib", headers={"If-None-Match": tag})
    assert connection.getresponse().status == 304


def test_the_feed_speaks_arabic(served):
    parsed = feedparser.parse(read(served, "zone=south&lang=ar")[0])
    assert parsed.feed.title.startswith("المقالات الجديدة")
    assert parsed.entries[0].summary.startswith("الجنوب: ")


def test_a_selection_without_articles_is_a_feed_without_entries(served):
    parsed = feedparser.parse(read(served, "words=xyzzy")[0])
    assert not parsed.bozo and parsed.entries == [] and parsed.feed.updated


def test_what_comes_from_outside_is_text_and_never_the_full_text():
    bad = "<b>&amp;\x0b ]]> \ud800 عنوان"
    mention = Mention("south", bad, 0, 5, None, "area", "body", "area-name", 0.9)
    body = "the whole story " * 100
    articles = [
        LinkedArticle(
            Article('a"<', url=url, title=bad, publisher=bad, text=body, published=published),
            (mention,),
        )
        for url, published in (
            ("javascript:alert(1)", None),
            ('http://x/?a=1&b="2"', Interval.parse("2017-05")),
        )
    ]
    ask = Ask("GET", "/feed.atom", 'words=%3C"', "http://host")
    written = feed.feed(ask, Selection(words='<"'), "en", articles)
    assert b"whole story" not in written and b"javascript" not in written
    root = ET.fromstring(written)
    first, second = root.findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title").startswith("<b>&amp;\ufffd ]]>")
    assert first.find(f"{ATOM}link").get("href").startswith("http://host/api/")
    assert second.find(f"{ATOM}link").get("href") == 'http://x/?a=1&b="2"'
    assert second.findtext(f"{ATOM}published") == "2017-05-01T00:00:00Z"
    assert not feedparser.parse(written).bozo
