"""What is stored stays: through a process killed in the middle, a copy, a damaged file."""

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import FOURZONES

from geo.errors import FourzonesError
from geo.ingest import BATCH, ingest, open_store
from geo.model import Article, Judgement, LinkedArticle
from geo.selection import Selection
from geo.store import Store

DATA = Path(__file__).parent / "data"
INGEST = [sys.executable, "-c", FOURZONES, "ingest"]
KILLS = int(os.environ.get("FOURZONES_KILLS", "8"))
"""At how many random moments an ingest is killed, on each engine."""


@pytest.fixture
def store(any_store: Store) -> Store:
    """Everything here holds on both engines, unless it says which."""
    return any_store


def rows(store):
    """Return articles, mentions, groups and what people said, in the order of their rows."""
    found = (one for batch in store.every() for one in batch)
    return [(x.article, x.mentions, x.group, x.judgements) for x in found]


def start(many, store):
    return subprocess.Popen(
        [*INGEST, str(many), "--store", store.url],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_killed_ingest_leaves_whole_articles_and_ends_equal(store, many, tmp_path):
    """FOURZONES_KILLS=50 kills as often as is promised; each kill must hit an ingest that runs."""
    undisturbed = open_store(str(tmp_path / "whole.gpkg"))
    ingest(undisturbed, [many])
    whole = {article.id: (article, mentions) for article, mentions, *_ in rows(undisturbed)}
    store.backup(tmp_path / "empty.gpkg")
    store.close()
    chance = random.Random(11)
    left = []
    while len(left) < KILLS:
        before = store.answer(Selection()).total
        if before > 269 + 3000:  # what is left would be read too soon
            store.restore(tmp_path / "empty.gpkg")
            before = 269
        process = start(many, store)
        if chance.random() < 0.8:
            while process.poll() is None and store.answer(Selection()).total == before:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.8))
        else:
            time.sleep(chance.uniform(0, 1.5))
        process.kill()
        process.communicate(timeout=60)
        after = open_store(store.url)
        assert after.faults() == []
        brought = [row for row in rows(after) if row[0].id.startswith("t-")]
        assert all(whole[article.id] == (article, mentions) for article, mentions, *_ in brought)
        after.close()
        if process.returncode == -signal.SIGKILL:
            assert len(brought) % BATCH == 0  # a batch is there or not
            left.append(len(brought))
        else:  # it was faster
            assert len(brought) == 6000
    print(f"articles there after each of {len(left)} kills on {store.url}: {left}")
    assert len(set(left)) > len(left) / 4  # at moments of all kinds
    again = open_store(store.url)
    ingest(again, [many])
    assert rows(again) == rows(undisturbed)


def test_a_backup_brings_back_what_was_there(store, tmp_path):
    judged = store.articles(Selection(zone=("idlib",)))[0].article.id
    store.judge(judged, Judgement("idlib", "rejected", "Rima", "2018-01-01T00:00:00Z"))
    before = rows(store)
    kept = tmp_path / "kept.gpkg"
    store.backup(kept)
    with pytest.raises(FourzonesError, match="there already"):
        store.backup(kept)
    first = store.articles(Selection())[0].article
    store.add([LinkedArticle(replace(first, title="changed")), LinkedArticle(Article("more"))])
    store.unjudge(judged, "idlib")
    assert rows(store) != before
    assert store.answer(Selection()).total == 270
    store.restore(kept)
    assert rows(store) == before
    assert store.answer(Selection()).total == 269
    assert store.add([LinkedArticle(Article("more"))]).added == 1
    assert Store(f"sqlite:///{kept}").faults() == []


def test_a_damaged_backup_is_refused_and_the_store_stays(store, tmp_path):
    kept = tmp_path / "kept.gpkg"
    store.backup(kept)
    before = rows(store)
    data = bytearray(kept.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 40_000] = b"\xff" * 40_000
    kept.write_bytes(data)
    with pytest.raises(FourzonesError):
        store.restore(kept)
    (tmp_path / "note.txt").write_text("no store")
    with pytest.raises(FourzonesError, match="not a Fourzones store"):
        store.restore(tmp_path / "note.txt")
    assert rows(store) == before


def test_ctrl_c_keeps_what_was_read_and_says_so(store, many):
    store.close()
    process = start(many, store)
    for _ in range(200):  # until something is in
        time.sleep(0.05)
        if open_store(store.url).answer(Selection()).total > 269:
            break
    process.send_signal(signal.SIGINT)
    out, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in told and "stopped" in told
    kept = int(out.split("added ")[1].split(",")[0])
    assert open_store(store.url).answer(Selection()).total == 269 + kept


def test_two_ingests_at_once_while_others_read(store, many, tmp_path):
    lines = many.read_text().splitlines(keepends=True)
    other = tmp_path / "other.jsonl"
    other.write_text("".join([*lines[2000:], '{"text": "Rebels left Douma at dawn."}\n']))
    many.write_text("".join(lines[:4000]))
    running = [start(many, store), start(other, store)]
    seen = []
    while any(process.poll() is None for process in running):
        counts = store.answer(Selection())
        assert counts.zones["idlib"] <= counts.articles
        seen.append(counts.total)
    for process in running:
        _, told = process.communicate(timeout=60)
        assert process.returncode == 0, told
    assert seen == sorted(seen) and len(set(seen)) > 2  # it was read while it grew
    assert store.answer(Selection()).total == 269 + 6001
    assert store.faults() == []


def test_a_server_that_falls_in_the_middle_loses_nothing(team_store, postgres, many, tmp_path):
    undisturbed = open_store(str(tmp_path / "whole.gpkg"))
    ingest(undisturbed, [many])
    process = start(many, team_store)
    while team_store.answer(Selection()).total == 269:
        time.sleep(0.05)
    postgres.stop()
    _, told = process.communicate(timeout=60)
    postgres.start()
    assert process.returncode == 1
    assert "Traceback" not in told and "the store" in told
    assert 269 < team_store.answer(Selection()).total < 6269
    ingest(team_store, [many])
    assert rows(team_store) == rows(undisturbed)


def test_a_full_disk_keeps_what_was_there_and_says_so(file_store, many):
    size = file_store.path.stat().st_size + 1_500_000

    def small_disk():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    file_store.close()
    done = subprocess.run(
        [*INGEST, str(many), "--store", file_store.url],
        capture_output=True, text=True, timeout=120, preexec_fn=small_disk,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and "cannot write to the store" in done.stderr
    kept = int(done.stdout.split("added ")[1].split(",")[0])
    after = open_store(file_store.url)
    assert after.faults() == []
    assert after.answer(Selection()).total == 269 + kept
    ingest(after, [many])
    assert after.answer(Selection()).total == 6269


def test_a_store_that_another_program_holds_is_named(file_store, monkeypatch):
    monkeypatch.setattr("geo.store.sqlite.LOCK_SECONDS", 0.2)
    with sqlite3.connect(file_store.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = open_store(file_store.url)
        with pytest.raises(FourzonesError, match="database is locked"):
            waiting.add([LinkedArticle(Article("late"))])
        assert waiting.answer(Selection()).total == 269  # reading goes on
        other.execute("ROLLBACK")
    assert waiting.add([LinkedArticle(Article("late"))]).added == 1


def test_a_damaged_store_is_named_and_left_alone(file_store):
    file_store.close()
    data = bytearray(file_store.path.read_bytes())
    data[8192 : len(data) // 2] = b"\xff" * (len(data) // 2 - 8192)
    file_store.path.write_bytes(data)
    with pytest.raises(FourzonesError, match=r"own\.gpkg.*malformed"):
        open_store(file_store.url).answer(Selection())
    assert file_store.path.read_bytes() == data


@pytest.mark.parametrize(
    ("damage", "got"),
    [
        ("UPDATE places SET geom = x'4750'", "a geometry of which nothing is left"),
        ("UPDATE places SET geom = substr(geom, 1, 12)", "Unexpected EOF parsing WKB"),
        ("UPDATE articles SET published_from = '2017-99-99', changed = 99", "2017-99"),
        ("UPDATE articles SET language = CAST(x'c3' AS TEXT)", "Could not decode to UTF-8"),
        ("UPDATE fourzones SET value = 'many' WHERE key = 'revision'", "many"),
        ("UPDATE zone_versions SET properties = '{'", "Expecting property name"),
    ],
)
def test_nonsense_in_a_store_is_one_line(file_store, damage, got):
    file_store.close()
    with sqlite3.connect(file_store.path) as raw:
        raw.execute("UPDATE fourzones SET value = 'x' WHERE key = 'reference'")
        raw.execute(damage)
    with pytest.raises(FourzonesError, match=f"cannot read the store: .*{got}"):
        damaged = open_store(file_store.url)
        damaged.answer(Selection())
        damaged.versions()


def test_a_store_that_cannot_be_written_is_read_and_says_so(file_store, read_only, tmp_path):
    folder, run = read_only
    path = folder / "a b?#%.gpkg"
    file_store.backup(path)
    before = path.read_bytes()
    named = f"fourzones: {path} is read-only"
    shown = run("status", "--on", "2017-06-01", "--store", path)
    assert (shown.returncode, shown.stderr.startswith(named)) == (0, True), shown.stderr
    assert "in-force" in shown.stdout
    found = run("export", "-", "--what", "articles", "--words", "إدلب", "--store", path)
    assert len(json.loads(found.stdout)["features"]) > 20
    assert run("backup", tmp_path / "copy.gpkg", "--store", path).returncode == 0
    assert rows(Store(f"sqlite:///{tmp_path / 'copy.gpkg'}")) == rows(file_store)
    text = tmp_path / "new.txt"
    text.write_text("Shells on Douma.")
    for command in (
        ("ingest", text),
        ("relink",),
        ("bring", "--shipped"),
        ("restore", tmp_path / "copy.gpkg"),
        ("watch", "http://localhost:9/feed", "--once"),
    ):
        done = run(*command, "--store", path)
        assert done.returncode == 1 and done.stdout == ""
        [line] = done.stderr.splitlines()
        assert line.startswith(f"fourzones: the store is read-only: {path}: expected a file")
    assert path.read_bytes() == before and list(folder.iterdir()) == [path]


def test_what_was_left_beside_a_store_that_cannot_be_written_is_named(file_store, read_only):
    folder, run = read_only
    path = folder / "left.gpkg"
    file_store.backup(path)
    # A process that dies leaves its last changes in a file beside the store.
    dying = (
        "import os, sys; from geo.store import Store; "
        "s = Store('sqlite:///' + sys.argv[1]); s.remember('note', 'x'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", dying, path], check=True)
    assert path.with_name("left.gpkg-wal").stat().st_size
    seen = run("status", "--store", path)
    assert seen.returncode == 0 or "left in left.gpkg-wal" in seen.stderr
    path.with_name("left.gpkg-shm").unlink()
    lost = run("status", "--store", path)
    assert lost.returncode == 1
    [line] = lost.stderr.splitlines()
    assert "changes left in left.gpkg-wal; copy both files to where you may write" in line


def test_a_store_of_an_older_version_that_cannot_be_written_is_named(read_only):
    folder, run = read_only
    path = folder / "old.gpkg"
    with sqlite3.connect(path) as raw:
        raw.executescript((DATA / "store-of-version-1.sql").read_text(encoding="utf-8"))
    done = run("status", "--store", path)
    assert done.returncode == 1
    assert "older than this program, and read-only" in done.stderr


@pytest.mark.parametrize("content", [b"", b"no store at all\n" * 300])
def test_a_file_that_is_no_store_stays_as_it_is(tmp_path, content):
    path = tmp_path / "other.gpkg"
    path.write_bytes(content)
    other = Store(f"sqlite:///{path}")
    with pytest.raises(FourzonesError, match=r"not a Fourzones store: .*other\.gpkg"):
        other.check()
    other.close()
    assert path.read_bytes() == content and list(tmp_path.iterdir()) == [path]


def test_a_database_of_another_program_stays_as_it_is(tmp_path):
    path = tmp_path / "theirs.gpkg"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(FourzonesError, match="not a Fourzones store"):
        open_store(str(path))
    assert path.read_bytes() == before


def test_a_store_that_is_not_there_is_not_made_by_asking(tmp_path):
    with pytest.raises(FourzonesError, match=r"cannot read the store: .*typo\.gpkg"):
        Store(f"sqlite:///{tmp_path / 'typo.gpkg'}").answer(Selection())
    assert not list(tmp_path.iterdir())


def test_an_empty_file_becomes_a_store(tmp_path):
    path = tmp_path / "made-by-mktemp.gpkg"
    path.touch()
    assert open_store(str(path)).answer(Selection()).total == 269


def test_what_no_database_takes_is_replaced_at_the_same_length(store, tmp_path):
    path = tmp_path / "odd.jsonl"
    path.write_text('{"id": "odd", "text": "Shells\\u0000 on \\ud800 Douma"}\n')
    assert ingest(store, [path]).rejected == []
    odd = store.article("odd")
    assert odd.article.text == "Shells\ufffd on \ufffd Douma"
    [douma] = odd.mentions
    assert odd.article.text[douma.start : douma.end] == douma.surface == "Douma"
