import datetime as dt
import os
import shutil
import subprocess
import threading
import time
import tracemalloc
from dataclasses import replace

import geopandas
import pyogrio
import pytest

from geo.errors import FourzonesError
from geo.ingest import open_store
from geo.model import Article, Interval, Judgement, LinkedArticle, Mention
from geo.selection import Selection
from geo.store import Store, store_url
from geo.store.columns import Codes, Columns
from geo.store.migrations import SCHEMA_VERSION
from geo.store.recent import Recent
from geo.words import MAX_BYTES, hits, terms


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


def judgement(zone: str, verdict: str = "confirmed") -> Judgement:
    return Judgement(zone, verdict, "Rima", "2018-01-01T00:00:00Z")


def ids(store: Store, **fields) -> set[str]:
    return {x.article.id for x in store.articles(Selection(publisher=("test",), **fields))}


@pytest.fixture
def store(any_store: Store) -> Store:
    """Everything here holds on both engines, unless it says which."""
    return any_store


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
        "x",
        "2017-05",
        title="ع\u0651\U0001d11e",
        url="https://x.org/?q='\"",
        language="ar",
        archive_url="https://archive.org/x",
        link_worked="2018-01-01",
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


def test_qgis_opens_the_store_as_it_is(filled, tmp_path):
    look = (
        "import sys; from qgis.core import QgsApplication, QgsVectorLayer\n"
        "app = QgsApplication([], False); app.initQgis()\n"
        "for name in ('zone_versions', 'places', 'mentions', 'articles', 'events'):\n"
        "    layer = QgsVectorLayer(f'{sys.argv[1]}|layername={name}', name, 'ogr')\n"
        "    print(name, layer.isValid(), layer.featureCount(), layer.crs().authid())\n"
        "app.exitQgis()"
    )
    python = "/usr/bin/python3"  # QGIS comes with the system's own
    if subprocess.run([python, "-c", "import qgis.core"], capture_output=True).returncode:
        pytest.skip("QGIS is not installed")
    copy = shutil.copy(filled, tmp_path / "own.gpkg")
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    env.pop("PYTHONPATH", None)
    done = subprocess.run([python, "-c", look, copy], capture_output=True, text=True, env=env)
    told = done.stdout.splitlines()
    assert [line.split()[:2] for line in told] == [
        [name, "True"] for name in ("zone_versions", "places", "mentions", "articles", "events")
    ], done.stderr
    assert told[1].endswith("EPSG:4326") and told[3].split()[2] == "269"


def test_gdal_reads_a_row_added_later(file_store):
    file_store.add([article("month", "2017-05")])
    mentions = geopandas.read_file(file_store.path, layer="mentions")
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
        open_store(store.url)


def test_a_store_filled_from_other_data_is_brought_up_to_date(store):
    store.add([article("mine", "2017", publisher="test")])
    store.replace_reference(versions=[], gazetteer=[], chronology=[])
    store.remember("data", "of another day")
    again = open_store(store.url)
    assert len(again.gazetteer()) > 1000
    assert again.answer(Selection()).total == 270


def test_both_engines_answer_alike(shipped, team_store):
    for chosen in (
        Selection(),
        Selection(words="الغوطة"),
        Selection(zone=("south",), from_=dt.date(2017, 6, 1), to=dt.date(2018, 7, 1)),
        Selection(words='"de-escalation zones" -Homs', kind=("place",)),
        Selection(bbox=(36.0, 33.0, 37.0, 34.0), inside=True, undated=True),
        Selection(place=("idlib",), once=True),
    ):
        assert team_store.answer(chosen) == shipped.answer(chosen)
        assert team_store.days(chosen) == shipped.days(chosen)
        assert team_store.articles(chosen) == shipped.articles(chosen)
        assert team_store.undated(chosen) == shipped.undated(chosen)
    assert team_store.chronology() == shipped.chronology()
    assert team_store.gazetteer() == shipped.gazetteer()
    assert team_store.versions().equals(shipped.versions())


def test_postgis_knows_the_geometries(team_store, postgres):
    import psycopg

    with psycopg.connect(team_store.url) as connection:
        query = (
            "SELECT ST_Area(geom::geography) / 1e6, area_km2"
            " FROM zone_versions WHERE geom IS NOT NULL"
        )
        areas = connection.execute(query).fetchall()
        [version] = connection.execute(
            "SELECT value FROM fourzones WHERE key = 'schema'"
        ).fetchone()
    assert len(areas) > 10
    assert all(abs(drawn - told) <= 0.01 * told + 1 for drawn, told in areas)
    assert version == team_store.fact("schema")


def test_an_older_database_is_brought_up_to_date(team_store):
    import psycopg

    with psycopg.connect(team_store.url) as connection:
        connection.execute("DROP TABLE judgements")
        connection.execute("UPDATE fourzones SET value = '3' WHERE key = 'schema'")
    again = open_store(team_store.url)
    assert again.fact("schema") == str(SCHEMA_VERSION)
    again.judge(again.articles(Selection())[0].article.id, judgement("south"))


def test_a_password_is_never_shown():
    with pytest.raises(FourzonesError) as told:
        open_store("postgresql://user:s3cret@127.0.0.1:1/nowhere")
    assert "127.0.0.1:1/nowhere" in str(told.value)
    assert "s3cret" not in str(told.value)


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


def test_attached_particles_are_folded_on_both_sides(store):
    texts = {
        "a": "قصفٌ بالغوطةِ الشرقية",
        "b": "وفي الغوطة هدوء",
        "c": "للغوطة أهلها",
        "d": "تقدم بحمص",
        "e": "ريف حمص الشمالي",
    }
    store.add(
        [LinkedArticle(Article(id=key, text=text, publisher="test")) for key, text in texts.items()]
    )
    for words in ("الغوطة", "غوطه", "وبالغوطة", "الغوط*"):
        assert ids(store, words=words) == {"a", "b", "c"}, words
    assert ids(store, words="حمص") == {"d", "e"}
    assert ids(store, words='"حمص الشمالي"') == {"e"}
    assert ids(store, words="الغوطة -هدوء") == {"a", "c"}


def test_the_best_answer_comes_first_and_a_title_weighs_more(store):
    filler = "nothing of note was said about it in the course of that long day " * 3
    texts = {"once": ("", f"truce {filler}"), "title": ("A truce", filler), "none": ("", filler)}
    store.add(
        [
            LinkedArticle(Article(id=key, title=title, text=text, publisher="test"))
            for key, (title, text) in texts.items()
        ]
    )
    chosen = Selection(words="truce", publisher=("test",))
    page = store.page(chosen, order="relevance")
    assert [x.article.id for x in page.articles] == ["title", "once"]
    assert page.order == "relevance"
    assert store.page(Selection(publisher=("test",)), order="relevance").order == "newest"
    assert len(store.page(chosen, limit=1, offset=1).articles) == 1


def test_near_duplicates_are_grouped_and_not_merged(store):
    copy = [f"word{n}" for n in range(120)]
    changed = [*copy[:60], "added", *copy[60:], "(agencies)"]
    other = [f"other{n}" for n in range(120)]
    texts = {"first": copy, "other": other, "second": changed}
    store.add(
        [
            LinkedArticle(
                Article(
                    id=key,
                    text=" ".join(words),
                    publisher="test",
                    published=Interval.parse(f"2017-05-0{day}"),
                )
            )
            for day, (key, words) in enumerate(texts.items(), start=1)
        ]
    )
    store.add([LinkedArticle(Article(id="third", text=" ".join(copy[5:]), publisher="test"))])
    found = {x.article.id: x.group for x in store.articles(Selection(publisher=("test",)))}
    assert found == {"first": "first", "second": "first", "third": "first", "other": ""}
    assert [x.article.id for x in store.copies("first")] == ["first", "second", "third"]
    counts = store.answer(Selection(publisher=("test",)))
    assert (counts.articles, counts.copies) == (4, 2)
    assert ids(store, once=True) == {"first", "other"}


def test_what_a_person_said_of_a_link_stays(store):
    store.add([article("x", "2017-05-04", publisher="test")])
    own = Selection(publisher=("test",))
    store.judge("x", judgement("idlib", "rejected"))
    store.judge("x", judgement("south"))
    assert store.answer(own).zones == {"south": 1}
    assert ids(store, zone=("idlib",)) == set()
    store.add([article("x", "2017-05-05", publisher="test", title="Corrected")])
    [linked] = store.articles(own)
    assert linked.zones == ("south",)
    assert {j.by for j in linked.judgements} == {"Rima"}
    store.unjudge("x", "idlib")
    store.unjudge("x", "south")
    assert store.answer(own).zones == {"idlib": 1}
    with pytest.raises(FourzonesError, match="no such article"):
        store.judge("nobody", judgement("idlib"))


def test_an_article_that_is_removed_is_gone_for_everyone(store):
    other = Store(store.url)
    words = "one two three four five six seven eight nine ten " * 3
    copies = [
        LinkedArticle(Article(id=each, published=Interval.parse("2017"), text=f"Idlib {words}"))
        for each in "abc"
    ]
    store.add([*copies, article("x", "2017", title="Raqqanotes")])
    store.judge("a", judgement("south"))
    before = other.answer(Selection())
    taken = store.remove(["x", "a"])
    assert [one.article.id for one in taken] == ["x", "a"]
    assert [one.verdict for one in taken[1].judgements] == ["confirmed"]
    for each in (store, other):
        assert each.answer(Selection()).total == before.total - 2
        assert each.article("x") is None and each.articles(Selection(words="Raqqanotes")) == []
        assert {one.article.id: one.group for one in each.copies("b")} == {"b": "b", "c": "b"}
    store.add(taken)
    assert other.answer(Selection()).total == before.total
    assert other.article("a").judgements == ()  # said of what is no longer there
    assert [one.article.id for one in other.articles(Selection(words="Raqqanotes"))] == ["x"]
    assert store.faults() == []
    other.close()


def test_one_id_that_is_not_there_removes_nothing(store):
    store.add([article("x", "2017")])
    with pytest.raises(FourzonesError, match=r"no such article.*missing"):
        store.remove(["x", "missing"])
    assert store.article("x") is not None


def test_counts_by_month_day_place_and_kind(dated):
    own = Selection(publisher=("test",))
    counts = dated.answer(own)
    assert counts.months == {"2017-05": {"": 2, "idlib": 2}}
    assert counts.places == {"idlib": 4}
    assert counts.kinds == {"zone": 0, "area": 4, "place": 0}
    assert dated.days(own) == {"2017-05-04": {"": 1, "idlib": 1}}


def test_what_another_process_writes_is_seen(store):
    other = open_store(store.url)
    before = store.answer(Selection()).articles
    other.add([article("new", "2017-05-04")])
    assert store.answer(Selection()).articles == before + 1
    other.add([article("new", "2019")])
    assert store.answer(Selection(to=dt.date(2018, 1, 1), publisher=("",))).articles == 0


HOSTILE = [
    "'; DROP TABLE articles; --", "' OR 1=1 --", '") OR ("', '"', '"""', "* *", "NEAR(a b)",
    "a AND", "OR", "NOT truce", "-", "--", "-*", '-"', "title_words:truce", "{title_words}: truce",
    "^truce", "truce + line", "a:*", "a & b", "! a", "a <-> b", "(a", "a)", "\\", "%", "_",
    "truce%", "tr_ce", "\x00", "\ud800", "truce\x00", "a b c d " * 3000, "«", "»«", "a" * 100_000,
    '"' + "a " * 5000 + '"', "ـ", "َ", "🙂",
]  # fmt: skip


def test_signs_of_query_languages_are_no_more_than_signs(store):
    store.add([article("a", "2017", publisher="test", title="A truce, line by line"),
               article("b", "2017", publisher="test", title="Or a near, not an and")])  # fmt: skip
    for words in HOSTILE:
        shown = [
            sorted(x.article.id for x in store.page(chosen, order=order).articles)
            for chosen in [Selection(words=words, publisher=("test",))]
            for order in ("newest", "relevance")
        ]
        assert shown[0] == shown[1], words
        assert shown[0] == sorted(
            x.article.id
            for x in store.articles(Selection(publisher=("test",)))
            if _answered(x.article, words)
        ), words
    assert store.answer(Selection(publisher=("test",))).articles == 2
    assert store.faults() == []


def _answered(article, words):
    texts = (article.title, article.text)
    return all(
        any(True for text in texts for _ in hits([replace(term, absent=False)], text))
        != term.absent
        for term in terms(words)
    )


class Queue:
    """A lock before which others take their turn, once."""

    def __init__(self, others):
        self.others = others

    def __enter__(self):
        others, self.others = self.others, None
        if others:
            others()

    def __exit__(self, *_):
        pass


def test_who_was_overtaken_looks_again_and_reads_nothing_twice(store, monkeypatch):
    store.answer(Selection())
    other = open_store(store.url)
    other.add([article("first", "2017-05-04")])
    anew = []
    clear = Columns._clear
    monkeypatch.setattr(Columns, "_clear", lambda self: (anew.append(self), clear(self)))

    def overtake():
        other.add([article("second", "2017-05-04")])
        assert store.answer(Selection()).total == 271

    store._refreshing = Queue(overtake)
    assert store.answer(Selection()).total == 271
    assert store.columns().fid.size == 271 and anew == []


def test_a_file_put_back_by_hand_is_read_anew(file_store, tmp_path):
    file_store.close()
    shutil.copy(file_store.path, tmp_path / "before.gpkg")
    file_store.add([article("x", "2017-05-04"), article("y", "2017-05-04")])
    assert file_store.answer(Selection()).total == 271
    file_store.close()
    shutil.copy(tmp_path / "before.gpkg", file_store.path)
    assert file_store.answer(Selection()).total == 269


def test_names_that_come_while_others_count_are_not_asked_for_yet():
    names = Codes()
    names("en")
    names._codes["ar"] = 1  # as it is between the two steps of a call by another thread
    assert names.among(["ar", "en"]).tolist() == [True]


def test_a_text_that_changes_leaves_its_group(store):
    one, other = ([f"{word}{n}" for n in range(90)] for word in ("alpha", "beta"))

    def told(key, words):
        return LinkedArticle(Article(id=key, text=" ".join(words), publisher="test"))

    store.add([told("a", one), told("b", one), told("c", one)])
    store.add([told("a", other), told("d", other)])
    found = {x.article.id: x.group for x in store.articles(Selection(publisher=("test",)))}
    assert found == {"a": "a", "b": "b", "c": "b", "d": "a"}
    store.add([told("c", [*other, "more"])])
    found = {x.article.id: x.group for x in store.articles(Selection(publisher=("test",)))}
    assert found == {"a": "a", "b": "", "c": "a", "d": "a"}


def test_linking_again_never_writes_over_a_newer_article(store):
    store.add([article("x", "2017", title="old")])
    stale = article("x", "2017", title="old")
    store.add([article("x", "2017", title="new")])
    store.add([LinkedArticle(stale.article, ())], unless_changed=True)
    kept = store.article("x")
    assert kept.article.title == "new" and kept.mentions


def test_a_store_may_have_any_name(tmp_path):
    path = tmp_path / "what? 100% #1.gpkg"
    assert open_store(str(path)).answer(Selection()).total == 269
    assert [left.name.split(".")[0] for left in tmp_path.iterdir()] == ["what? 100% #1"] * len(
        list(tmp_path.iterdir())
    )


def test_days_far_apart_are_counted_without_a_row_for_each_between(dated):
    dated.add([article("old", "0001-01-01", publisher="test"),
               article("late", "9998-12-31", publisher="test")])  # fmt: skip
    own = Selection(publisher=("test",))
    dated.answer(own)
    tracemalloc.start()
    counted = dated.days(own)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    each = {"": 1, "idlib": 1}
    assert counted == {"0001-01-01": each, "2017-05-04": each, "9998-12-31": each}
    assert most < 20_000_000
    assert set(dated.answer(own).months) == {"0001-01", "2017-05", "9998-12"}


def test_an_article_of_too_many_words_is_kept_with_its_batch(store):
    heading, long = ([chr(at + n) * 40 for n in range(5000)] for at in (0x20000, 0x24000))
    assert len("".join(heading).encode()) > MAX_BYTES
    told = LinkedArticle(
        Article("monster", title=" ".join(heading), text=" ".join(long), publisher="test")
    )
    store.add([article("before", "2017", publisher="test"), told,
               article("after", "2017", publisher="test")])  # fmt: skip
    assert store.article("monster") == told
    assert ids(store, words="Idlib") == {"before", "after"}
    assert ids(store, words=long[0]) == ids(store, words=f'"{long[7]} {long[8]}"') == {"monster"}
    assert ids(store, words=heading[9]) == {"monster"}
    assert ids(store, words=long[4990]) == set()  # beyond what is searched
    store.add([LinkedArticle(Article("monster", text="Short", publisher="test"))])
    assert ids(store, words=long[0]) == set()


def test_a_name_that_no_engine_keeps_is_refused_on_each(store):
    store.add([article("x", "2017-05-04", publisher="test")])
    for by in ("Rima\0", "\ud800"):
        with pytest.raises(FourzonesError, match="bad name of who judges: expected a text"):
            store.judge("x", replace(judgement("idlib"), by=by))
        with pytest.raises(FourzonesError, match="no such article"):
            store.judge(f"x{by}", judgement("idlib"))
        assert store.article(f"x{by}") is None
    assert store.article("x").judgements == ()


class Slow(str):
    """A word during whose comparison another thread takes its turn."""

    def __hash__(self):
        time.sleep(0)
        return super().__hash__()


@pytest.mark.parametrize("letter", ["\0", "\ud800"])
def test_a_text_that_no_engine_keeps_is_refused_on_each_with_its_batch(store, letter):
    bad = LinkedArticle(Article("bad", text=f"a{letter}b"))
    with pytest.raises(FourzonesError, match="cannot write to the store"):
        store.add([article("good", "2017"), bad])
    assert store.article("good") is None


def test_words_that_many_threads_ask_for_are_remembered_once_each():
    kept = Recent(3)
    faults = []

    def ask(first):
        try:
            for number in range(first, first + 500):
                word = Slow(number * 7 % 5)
                assert kept.get(word) in (None, str(word))
                kept.put(word, str(word))
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=ask, args=[at]) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sum(kept.get(Slow(number)) is not None for number in range(5)) == 3
