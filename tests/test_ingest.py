import datetime as dt
import json
import signal
import sqlite3
from pathlib import Path

import pytest

from geo.export import collection
from geo.ingest import (
    bring,
    files_in,
    forget,
    ingest,
    is_current,
    open_store,
    reader_of,
    relink,
)
from geo.model import ZONES, Article, Interval, Judgement, LinkedArticle
from geo.selection import Selection
from geo.store.migrations import SCHEMA_VERSION
from geo.summary import view

DATA = Path(__file__).parent / "data"


@pytest.fixture
def store(any_store):
    """Everything here holds on both engines, unless it says which."""
    return any_store


def test_the_seed_article_links_to_all_four_zones(store, seed):
    report = ingest(store, [seed], Interval.parse("2017-05-04"))
    assert (report.read, report.done.added, report.done.links) == (1, 1, 4)
    found = [x for x in store.articles(Selection()) if x.article.described_by == "publisher"]
    assert len(found) == 1
    assert found[0].zones == ZONES
    given = seed.read_text(encoding="utf-8")
    for mention in found[0].mentions:
        assert given[mention.start : mention.end] == mention.surface
    assert max(m.end for m in found[0].mentions) < given.index("مقالات ذات صلة")


def test_ingesting_twice_changes_nothing(store, seed):
    ingest(store, [seed], Interval.parse("2017-05-04"))
    before = store.answer(Selection())
    again = ingest(store, [seed], Interval.parse("2017-05-04"))
    assert (again.done.added, again.done.updated, again.done.unchanged) == (0, 0, 1)
    assert store.answer(Selection()) == before


def test_without_a_date_an_article_is_undated(store, seed):
    report = ingest(store, [seed])
    assert report.undated == 1
    counts = store.answer(Selection(to=dt.date(2018, 1, 1)))
    assert counts.undated == 1


def test_what_cannot_be_read_is_listed_and_the_rest_is_kept(store, tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text("Shelling in Douma, Eastern Ghouta.", encoding="utf-8")
    (folder / "empty.txt").write_text("  \n", encoding="utf-8")
    (folder / "binary.txt").write_bytes(b"\x89PNG\r\n\x00\x01")
    (folder / "latin.txt").write_bytes("Damas assi\xe9g\xe9e".encode("latin-1"))
    report = ingest(store, [folder, Path("nowhere.txt")])
    assert (report.read, report.done.added) == (1, 1)
    assert len(report.rejected) == 4
    told = "\n".join(report.rejected)
    for said in ("empty.txt", "binary data", "byte 0xe9 at offset 10", "nowhere.txt"):
        assert said in told


def test_a_folder_gives_its_files_in_order(tmp_path):
    for name in ("b.txt", "a.txt", ".hidden"):
        (tmp_path / name).write_text("x")
    assert [p.name for p in files_in([tmp_path])] == ["a.txt", "b.txt"]


def test_a_mention_says_whether_the_place_lay_inside_on_the_article_s_date():
    def inside(published):
        article = Article(
            "x", text="قصف على دوما", published=published and Interval.parse(published)
        )
        return [m.inside for m in reader_of().link(article).mentions]

    assert inside("2018-01-15") == [True]
    assert inside("2019-01-15") == [False]
    assert inside("2016") == [False]  # before the zones
    assert inside("2018") == [None]  # on some of the days
    assert inside(None) == [None]


def test_a_selection_can_ask_for_places_that_were_inside(store):
    written = {"early": "2018-01-15", "late": "2019-01-15", "never": None}
    store.add(
        [
            reader_of().link(
                Article(
                    name, text="قصف على دوما", publisher="test",
                    published=day and Interval.parse(day),
                )
            )
            for name, day in written.items()
        ]
    )  # fmt: skip
    chosen = Selection(publisher=("test",), inside=True)
    assert [x.article.id for x in store.articles(chosen)] == ["early"]
    assert store.answer(chosen).zones == {"eastern-ghouta": 1}
    mentions = collection(store, view(store, chosen), "mentions")["features"]
    assert [feature["properties"]["inside"] for feature in mentions] == [True]


def test_a_store_of_the_first_version_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.gpkg"
    with sqlite3.connect(path) as raw:
        raw.executescript((DATA / "store-of-version-1.sql").read_text(encoding="utf-8"))
    opened = open_store(str(path))
    assert opened.fact("schema") == str(SCHEMA_VERSION)
    assert opened.faults() == []
    assert opened.answer(Selection(inside=True)).articles > 0
    [old] = opened.articles(Selection(words="بإدلب", publisher=("old",)))
    assert (old.article.id, old.zones) == ("u-old", ("idlib",))
    new = open_store(str(tmp_path / "new.gpkg"))
    assert _shape(path) == _shape(new.path)


def _shape(path):
    """Return the columns of all tables, by name, and the names of indexes and triggers."""
    with sqlite3.connect(path) as raw:
        made = raw.execute("SELECT type, name FROM sqlite_master").fetchall()
        tables = [name for kind, name in made if kind == "table"]
        columns = {
            table: sorted(row[1:3] for row in raw.execute(f"PRAGMA table_info({table})"))
            for table in tables
        }
        return sorted(made), columns


def test_linking_again_mends_what_older_rules_left_and_says_so(store):
    right = next(x for x in store.articles(Selection()) if x.zones == ("idlib",))
    wrong = LinkedArticle(right.article, ())
    store.add([wrong])
    told = relink(store)
    assert (told.read, told.changed) == (269, 1)
    assert (dict(told.gained), dict(told.lost)) == ({"idlib": 1}, {})
    assert next(x for x in store.articles(Selection()) if x.article == right.article) == right
    assert relink(store).changed == 0


def test_the_catalogue_is_linked_again_at_the_opening_the_rest_when_asked(fourzones, tmp_path):
    url = f"sqlite:///{tmp_path / 'cli.gpkg'}"
    said = "some links were made by earlier names, rules or places"
    assert said not in fourzones("status").stderr
    (tmp_path / "own.jsonl").write_text('{"id": "own", "text": "Shells on Douma."}\n')
    assert fourzones("ingest", "own.jsonl").returncode == 0
    assert said not in fourzones("status").stderr  # linked as the others are
    store = open_store(url)
    shipped = next(x for x in store.articles(Selection()) if x.zones == ("idlib",))
    store.add([LinkedArticle(one.article, ()) for one in (shipped, store.article("own"))])
    for key in ("catalogue linked by", "linked by"):
        store.remember(key, "by older rules")
    store.close()
    assert said in fourzones("status").stderr and said in fourzones("export", "-").stderr
    store = open_store(url)
    assert store.article(shipped.article.id) == shipped and store.article("own").zones == ()
    assert not is_current(store)
    assert "eastern-ghouta: gained 1, lost 0" in fourzones("relink").stdout
    assert is_current(store) and said not in fourzones("status").stderr
    store.close()


def test_links_by_places_that_were_taken_away_again_are_told(store, tmp_path):
    place = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [36.4, 33.57]},
             "properties": {"id": "zorblax", "name_en": "Zorblax", "name_ar": "زوربلاكس",
                            "kind": "settlement"}}  # fmt: skip
    (tmp_path / "p.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [place]})
    )
    assert bring(store, None, tmp_path / "p.geojson", extend=True).faults == []
    assert is_current(store)  # of the catalogue, which was linked again, all are
    (tmp_path / "own.jsonl").write_text('{"id": "own", "text": "Shells on Zorblax."}\n')
    ingest(store, [tmp_path / "own.jsonl"])
    assert is_current(store) and store.article("own").zones
    forget(store)
    assert not is_current(store)
    (tmp_path / "more.jsonl").write_text('{"id": "more", "text": "Shells on Douma."}\n')
    ingest(store, [tmp_path / "more.jsonl"])
    bring(store, None, tmp_path / "p.geojson", extend=True)
    assert not is_current(store)  # the second was linked without them
    relink(store)
    assert is_current(store)


def test_what_a_person_said_of_a_link_stays_when_all_is_linked_again(store, tmp_path):
    path = tmp_path / "one.jsonl"
    path.write_text('{"id": "one", "text": "Shells on Douma.", "published": "2018-01-15"}\n')
    ingest(store, [path])
    said = [Judgement("eastern-ghouta", "rejected", "Rima", "2018-02-01T00:00:00Z"),
            Judgement("south", "confirmed", "Rami", "2018-02-02T00:00:00Z")]  # fmt: skip
    for judgement in said:
        store.judge("one", judgement)
    store.add([LinkedArticle(store.article("one").article, ())])  # as older rules had it
    told = relink(store)
    assert (told.changed, dict(told.gained), dict(told.lost)) == (1, {}, {})
    path.write_text('{"id": "one", "text": "Shells on Douma again.", "published": "2018-01-15"}\n')
    assert ingest(store, [path]).done.updated == 1
    kept = store.article("one")
    assert sorted(kept.judgements, key=lambda j: j.zone) == said
    assert kept.zones == ("south",) and [m.zone for m in kept.mentions] == ["eastern-ghouta"]


def test_all_articles_come_once_in_batches_of_any_size(store):
    ids = [x.article.id for batch in store.every(50) for x in batch]
    assert len(ids) == len(set(ids)) == 269


def test_ctrl_c_is_heard_as_before_also_after_a_fault_of_the_caller_s(store, tmp_path):
    before = signal.getsignal(signal.SIGINT)

    def reject(line):
        assert signal.getsignal(signal.SIGINT) != before
        raise RuntimeError(line)

    with pytest.raises(RuntimeError):
        ingest(store, [tmp_path / "nowhere.txt"], reject=reject)
    assert signal.getsignal(signal.SIGINT) == before
