import datetime as dt
import sqlite3

import geopandas
import pyogrio
import pytest

from geo.errors import FourzonesError
from geo.ingest import open_store
from geo.model import Article, Interval, LinkedArticle, Mention
from geo.selection import Selection
from geo.store import Store, store_url


def article(identifier: str, published: str | None, **fields) -> LinkedArticle:
    mention = Mention("idlib", "Idlib", 0, 5, "idlib", "area", "body", "area-name", 0.9)
    return LinkedArticle(
        Article(
            id=identifier,
            published=Interval.parse(published) if published else None,
            text="Idlib",
            **fields,
        ),
        (mention,),
    )


def ids(store: Store, **fields) -> set[str]:
    return {x.article.id for x in store.articles(Selection(publisher=("test",), **fields))}


@pytest.fixture
def dated(store: Store) -> Store:
    store.add(
        [
            article("day", "2017-05-04", publisher="test"),
            article("month", "2017-05", publisher="test"),
            article("year", "2017", publisher="test"),
            article("never", None, publisher="test"),
        ]
    )
    return store


def test_an_article_is_in_when_its_interval_meets_the_range(dated):
    day = dt.date
    assert ids(dated) == {"day", "month", "year", "never"}
    assert ids(dated, from_=day(2017, 5, 4), to=day(2017, 5, 5)) == {"day", "month", "year"}
    assert ids(dated, from_=day(2017, 5, 5), to=day(2017, 5, 6)) == {"month", "year"}
    assert ids(dated, to=day(2017, 5, 4)) == {"month", "year"}
    assert ids(dated, from_=day(2017, 6, 1)) == {"year"}
    assert ids(dated, from_=day(2018, 1, 1)) == set()
    assert ids(dated, from_=day(2018, 1, 1), undated=True) == {"never"}


def test_what_is_imprecise_partial_or_undated_is_counted_apart(dated):
    chosen = Selection(from_=dt.date(2017, 5, 4), to=dt.date(2017, 6, 1), publisher=("test",))
    counts = dated.answer(chosen)
    assert (counts.articles, counts.coarse, counts.partial, counts.undated) == (3, 2, 2, 1)
    assert counts.zones == {"idlib": 3}
    assert [x.article.id for x in dated.undated(chosen)] == ["never"]


def test_newest_first_and_undated_last(dated):
    found = [x.article.id for x in dated.articles(Selection(publisher=("test",)))]
    assert found == ["day", "month", "year", "never"]


def test_the_same_article_again_changes_nothing(store):
    first = store.add([article("x", "2017")])
    assert (first.added, first.updated, first.unchanged) == (1, 0, 0)
    again = store.add([article("x", "2017")])
    assert (again.added, again.updated, again.unchanged) == (0, 0, 1)
    changed = store.add([article("x", "2018")])
    assert (changed.added, changed.updated, changed.unchanged) == (0, 1, 0)
    assert store.answer(Selection()).total == 270


def test_an_article_comes_back_as_it_went_in(store):
    linked = article(
        "x", "2017-05", title="ع\u0651\U0001d11e", url="https://x.org/?q='\"", language="ar"
    )
    store.add([linked])
    assert linked in store.articles(Selection(words="ع"))


def test_gdal_opens_the_store_as_it_is(filled):
    layers = dict(pyogrio.list_layers(filled))
    assert {"zone_versions", "places", "mentions", "articles", "events"} <= set(layers)
    versions = geopandas.read_file(filled, layer="zone_versions")
    assert versions.crs.to_epsg() == 4326
    assert set(versions["zone"]) == {"idlib", "northern-homs", "eastern-ghouta", "south"}
    assert versions.geometry.dropna().is_valid.all()
    assert len(geopandas.read_file(filled, layer="articles")) == 269
    near_douma = geopandas.read_file(filled, layer="places", bbox=(36.38, 33.55, 36.42, 33.59))
    assert "دوما" in set(near_douma["name_ar"])


def test_gdal_reads_a_row_added_later(dated):
    mentions = geopandas.read_file(dated.path, layer="mentions")
    assert "month" in set(mentions["article"])


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "notes.gpkg"
    path.write_bytes(b"these are my notes, not a database" * 40)
    with pytest.raises(FourzonesError, match=r"not a Fourzones store.*notes\.gpkg"):
        open_store(str(path))
    assert path.read_bytes().startswith(b"these are my notes")


def test_a_newer_store_is_refused(store):
    store.remember("schema", "99")
    with pytest.raises(FourzonesError, match="newer than this program"):
        open_store(str(store.path))


def test_a_store_filled_from_other_data_is_brought_up_to_date(store):
    store.add([article("mine", "2017", publisher="test")])
    store.remember("data", "of another day")
    with sqlite3.connect(store.path) as raw:
        raw.execute("DELETE FROM places")
    again = open_store(str(store.path))
    assert len(again.gazetteer()) > 1000
    assert again.answer(Selection()).total == 270


def test_an_unknown_kind_of_store_is_named():
    with pytest.raises(FourzonesError, match="mysql"):
        store_url("mysql://user:secret@host/db")


def test_an_empty_setting_counts_as_unset(monkeypatch):
    monkeypatch.setenv("FOURZONES_STORE", "")
    assert store_url() == store_url(None)
    assert store_url().endswith("fourzones.gpkg")


def test_words_are_found_folded_in_phrases_and_left_out(store):
    texts = {
        "a": "قصفٌ على إدلب المدينة",
        "b": "قصف على ريف ادلب",
        "c": "The cease fire in Idlib held",
    }
    store.add(
        [LinkedArticle(Article(id=key, text=text, publisher="test")) for key, text in texts.items()]
    )

    def found(words):
        return ids(store, words=words)

    assert found("أدلب قصف") == {"a", "b"}
    assert found('"على إدلب"') == {"a"}
    assert found("«ريف ادلب»") == {"b"}
    assert found("إدلب -ريف") == {"a"}
    assert found('"cease fire"') == {"c"}
    assert found('"fire cease"') == set()
    assert found('-"cease fire" idlib') == set()
    assert found('"') == {"a", "b", "c"}
