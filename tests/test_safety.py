"""What is stored stays: through a process killed in the middle, a copy, a damaged file."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from geo.errors import FourzonesError
from geo.ingest import ingest, open_store
from geo.selection import Selection
from geo.store import Store

INGEST = [sys.executable, "-c", "from geo.cli import main; main()", "ingest"]
KILLS = int(os.environ.get("FOURZONES_KILLS", "8"))


def rows(store):
    """Return articles and mentions without the numbers of their rows."""
    with sqlite3.connect(store.path) as raw:
        return (
            raw.execute("SELECT id, text, published_from FROM articles ORDER BY id").fetchall(),
            raw.execute(
                'SELECT article, zone, surface, start, "end", inside FROM mentions'
                ' ORDER BY article, "where", start'
            ).fetchall(),
        )


@pytest.fixture
def many(tmp_path):
    chance = random.Random(7)
    path = tmp_path / "many.jsonl"
    places = ["Idlib", "Douma", "Daraa", "Rastan", "Saraqib", "Tafas"]
    with path.open("w") as file:
        for number in range(6000):
            text = f"Report {number}: shells on {chance.choice(places)}, {chance.choice(places)}."
            file.write(json.dumps({"text": text, "published": "2017-08-01"}) + "\n")
    return path


def test_a_killed_ingest_leaves_whole_articles_and_ends_equal(store, many, tmp_path):
    undisturbed = open_store(str(tmp_path / "whole.gpkg"))
    ingest(undisturbed, [many])
    store.close()
    chance = random.Random(11)
    killed = 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            [*INGEST, str(many), "--store", str(store.path)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(chance.uniform(0.8, 3))
        os.kill(process.pid, signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        after = open_store(str(store.path))
        assert after.faults() == []
        with sqlite3.connect(store.path) as raw:
            bare = raw.execute(
                "SELECT count(*) FROM articles WHERE id LIKE 't-%' AND language = ''"
                " AND id NOT IN (SELECT article FROM mentions)"
            ).fetchone()
        assert bare == (0,)
        after.close()
    assert killed  # otherwise the test has shown nothing
    again = open_store(str(store.path))
    ingest(again, [many])
    assert rows(again) == rows(undisturbed)


def test_a_backup_brings_back_what_was_there(store, tmp_path):
    before = rows(store)
    kept = tmp_path / "kept.gpkg"
    store.backup(kept)
    with pytest.raises(FourzonesError, match="there already"):
        store.backup(kept)
    with sqlite3.connect(store.path) as raw:
        raw.execute("DELETE FROM mentions")
        raw.execute("DELETE FROM articles")
    assert store.answer(Selection()).total == 0
    store.restore(kept)
    assert rows(store) == before
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
    process = subprocess.Popen(
        [*INGEST, str(many), "--store", str(store.path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    for _ in range(200):  # until something is in
        time.sleep(0.05)
        with sqlite3.connect(store.path) as raw:
            if raw.execute("SELECT count(*) FROM articles").fetchone()[0] > 269:
                break
    process.send_signal(signal.SIGINT)
    out, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in told and "stopped" in told
    kept = int(out.split("added ")[1].split(",")[0])
    with sqlite3.connect(store.path) as raw:
        assert raw.execute("SELECT count(*) FROM articles").fetchone() == (269 + kept,)
