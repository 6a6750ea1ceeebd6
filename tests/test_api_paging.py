"""Page after page of a collection: nothing twice, nothing missed, whatever the store's size."""

import base64
import json
import re
import urllib.parse
from itertools import chain

import pytest
import rfc7946

from geo.api import documents
from geo.api.answers import Ask
from geo.api.parameters import Problem
from geo.api.shelf import COLLECTIONS, fill
from geo.export import collection
from geo.model import Article, Interval, LinkedArticle, Mention
from geo.selection import Selection
from geo.summary import view

QUERIES = ("", "zone=south&kind=place", "bbox=36,33,37,34", "inside=1&datetime=2017-05-04/..")


@pytest.fixture(params=["ready", "large"])
def shelf(request, store, monkeypatch):
    """All that is given out of a store that is kept ready, and of one too large for that."""
    if request.param == "large":
        monkeypatch.setattr("geo.api.shelf.READY", 0)
    made = fill(store)
    assert (made.articles is None) == (request.param == "large")
    return made


def page(shelf, what, query):
    request = Ask("GET", f"/api/collections/{what}/items", query, "http://x")
    made = documents.answer(request, shelf)
    said = rfc7946.check(b"".join(made.parts) if made.parts else made.body)
    assert said["numberReturned"] == len(said["features"])
    links = {one["rel"]: urllib.parse.urlsplit(one["href"]).query for one in said["links"]}
    return said, links


def walked(shelf, what, query, relation="next"):
    pages = []
    while query is not None:
        said, links = page(shelf, what, query)
        pages.append([feature["id"] for feature in said["features"]])
        query = links.get(relation)
    return pages, said["numberMatched"]


def flat(pages):
    return list(chain.from_iterable(pages))


@pytest.mark.parametrize("what", COLLECTIONS)
@pytest.mark.parametrize("query", QUERIES)
def test_pages_hold_together_what_one_page_holds(shelf, what, query):
    whole, links = page(shelf, what, f"{query}&limit=10000")
    ids = [feature["id"] for feature in whole["features"]]
    assert "next" not in links and whole["numberMatched"] == len(ids)
    pages, matched = walked(shelf, what, f"{query}&limit=37")
    assert flat(pages) == ids and matched == len(ids)
    assert all(len(some) == 37 for some in pages[:-1])


@pytest.mark.parametrize("what", ["mentions", "articles", "places"])
def test_an_offset_goes_where_the_links_go(shelf, what):
    pages, matched = walked(shelf, what, "limit=20")
    for number, ids in enumerate(pages):
        said, links = page(shelf, what, f"limit=20&offset={20 * number}")
        assert [feature["id"] for feature in said["features"]] == ids
        assert ("prev" in links) == (number > 0)
    said, links = page(shelf, what, f"limit=20&offset={matched + 5}")
    assert said["features"] == [] and said["numberMatched"] == matched and "next" not in links
    _, links = page(shelf, what, "limit=20")
    back = page(shelf, what, links["next"])[1]["prev"]
    assert [f["id"] for f in page(shelf, what, back)[0]["features"]] == pages[0]
    # The word and an offset together: so many after what it names.
    both, _ = page(shelf, what, links["next"] + "&offset=20")
    assert [feature["id"] for feature in both["features"]] == pages[2]


@pytest.mark.parametrize("large", [False, True])
def test_what_is_written_meanwhile_moves_no_page(store, monkeypatch, large):
    if large:
        monkeypatch.setattr("geo.api.shelf.READY", 0)
    for what in ("articles", "mentions"):
        first, links = page(fill(store), what, "limit=30")
        rest = flat(walked(fill(store), what, links["next"])[0])
        mention = Mention("south", "Daraa", 0, 5, None, "area", "body", "area-name", 0.9)
        newest = Article(f"newest {what}", text="Daraa", published=Interval.parse("2026-01-01"))
        store.add([LinkedArticle(newest, (mention,))])
        assert flat(walked(fill(store), what, links["next"])[0]) == rest
        again, _ = page(fill(store), what, "limit=30")
        assert again["features"] != first["features"]


def test_the_number_of_mentions_is_that_of_the_export(store, monkeypatch):
    monkeypatch.setattr("geo.api.shelf.READY", 0)
    twice = Mention("south", "Daraa", 0, 5, None, "area", "body", "area-name", 0.9)
    store.add([LinkedArticle(Article("twice", text="Daraa Daraa", language="xx"), (twice, twice))])
    shelf = fill(store)
    for chosen in (Selection(), Selection(language=("xx",)), Selection(zone=("idlib",))):
        query = urllib.parse.urlencode({**chosen.to_params(), "limit": 1}, doseq=True)
        matched = page(shelf, "mentions", query)[0]["numberMatched"]
        assert matched == len(
            collection(store, view(store, chosen, limit=1), "mentions")["features"]
        )


def word(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


@pytest.mark.parametrize(
    "after",
    ["x", "%00", "//8", "W10", word(1, 2, 3), word(1, 2, 3, "x"), word(1e9, 2, 3, 4),
     word(10**40, 1, 1, 1), word(True, 1, 1, 1), word("nobody"), "W" * 400, "[" * 600, "ادلب"],
)  # fmt: skip
@pytest.mark.parametrize("what", ["articles", "mentions", "places", "zones"])
def test_a_word_that_no_link_has_gets_a_sentence(shelf, what, after):
    with pytest.raises(Problem, match=r"^after: ") as told:
        page(shelf, what, urllib.parse.urlencode({"after": urllib.parse.unquote(after)}))
    assert told.value.status == 400 and len(told.value.detail) < 200


def test_a_word_of_an_article_that_is_gone_still_has_its_place(shelf):
    said, links = page(shelf, "articles", "limit=5")
    (after,) = urllib.parse.parse_qs(links["next"])["after"]
    parts = json.loads(base64.urlsafe_b64decode(after + "=="))
    gone = word(parts[0], parts[1], parts[2] + 10**6, 1)
    other, _ = page(shelf, "articles", f"limit=5&after={gone}")
    assert not {f["id"] for f in other["features"]} & {f["id"] for f in said["features"]}
    assert re.fullmatch(r"[\w-]+", after)
