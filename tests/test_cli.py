import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import geopandas
import pytest
from conftest import FOURZONES

from geo.paths import ROOT


def articles_in(path) -> int:
    with sqlite3.connect(path) as raw:
        return raw.execute("SELECT count(*) FROM articles").fetchone()[0]


def one_line(done) -> str:
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]


def test_link_reads_the_seed_from_stdin(fourzones, seed):
    done = fourzones("link", stdin=seed.read_bytes())
    answer = json.loads(done.stdout)
    assert answer["zones"] == ["eastern-ghouta", "idlib", "northern-homs", "south"]
    text = seed.read_text(encoding="utf-8")
    for mention in answer["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["surface"]
        assert mention["start"] < text.index("مقالات ذات صلة")


def test_link_answers_json_lines_in_order(fourzones):
    lines = [
        {"id": "a", "text": "Shelling in Eastern Ghouta."},
        {"id": "b", "text": "Nothing happened in Paris."},
        {"id": "c", "title": "Idlib", "text": "Quiet."},
    ]
    done = fourzones("link", stdin="\n".join(map(json.dumps, lines)))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(a["id"], a["zones"]) for a in answers] == [
        ("a", ["eastern-ghouta"]),
        ("b", []),
        ("c", ["idlib"]),
    ]
    keys = {"zone", "surface", "start", "end", "place", "kind", "where", "rule", "confidence"}
    assert set(answers[0]["mentions"][0]) == keys
    assert answers[2]["mentions"][0]["where"] == "title"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"\x00\x01\x02", "binary data"),
        (b"\xff\xfe\xfd", "byte 0xff at offset 0"),
        (b'{"text": 5}', "expected an object with a string in `text`"),
        (b'{"text": "x"}\n{"text": ', "standard input, line 2"),
        (b'{"text": "x", "title": 5}', "line 1, title: expected a text, got int"),
        (b'{"text": "x", "id": NaN}', "line 1: expected a JSON object"),
        (b'{"text": "x", "y": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "not JSON"),
        (b'{"text": "x", "id": ' + b"9" * 10_000 + b"}", "not JSON"),
        (b"Idlib " * 4_000_000, "too large"),
    ],
)
def test_link_names_bad_input(fourzones, given, said):
    done = fourzones("link", stdin=given)
    assert done.returncode == 1
    assert said in one_line(done)


@pytest.fixture
def ascii_only(monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")


def test_link_answers_in_utf_8_wherever_it_runs(ascii_only, fourzones):
    lines = r'{"id": "\ud800", "text": "Kafr\ud800Nabl, إدلب 😀"}'
    done = fourzones("link", stdin=lines)
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["id"]) == (0, "\ud800")
    assert [one["surface"] for one in answer["mentions"]] == ["Kafr\ud800Nabl", "إدلب"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_full_disk_and_closed_doors_are_told(fourzones, tmp_path):
    (tmp_path / "one.txt").write_text("Quiet in Idlib.")
    for redirected, said in (
        ("link one.txt > /dev/full", "cannot write: No space left on device"),
        ("link - <&-", "cannot read: standard input"),
        ("link nowhere.txt >&-", "cannot read: nowhere.txt"),
        ("link /dev/zero", "too large: /dev/zero"),
    ):
        command = f'"$0" -c "{FOURZONES}" {redirected}'
        done = subprocess.run(
            ["sh", "-c", command, sys.executable], capture_output=True, text=True, cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120,
        )  # fmt: skip
        assert (done.returncode, said in one_line(done)) == (1, True), done.stderr


def test_ingest_counts_and_does_not_double(fourzones, seed):
    first = fourzones("ingest", str(seed), "--published", "2017-05-04", "--json")
    assert json.loads(first.stdout) == {
        "read": 1, "added": 1, "updated": 0, "unchanged": 0,
        "rejected": [], "rejects": 0, "undated": 0, "links": 4,
    }  # fmt: skip
    again = fourzones("ingest", str(seed), "--published", "2017-05-04", "--json")
    assert json.loads(again.stdout)["unchanged"] == 1
    assert "undated 1" in fourzones("ingest", str(seed)).stdout


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"\xe9\xe9\xe9"])
def test_a_batch_of_which_nothing_can_be_read_leaves_the_store_as_it_was(
    fourzones, tmp_path, content
):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    before = articles_in(tmp_path / "cli.gpkg")
    done = fourzones("ingest", str(bad))
    assert done.returncode == 1
    assert "bad.txt: expected" in one_line(done)
    assert articles_in(tmp_path / "cli.gpkg") == before


def test_a_batch_of_which_some_can_be_read_is_kept(fourzones, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("Idlib", encoding="utf-8")
    (tmp_path / "in" / "bad.txt").write_bytes(b"\x00")
    done = fourzones("ingest", str(tmp_path / "in"))
    assert done.returncode == 0
    assert "added 1" in done.stdout and "bad.txt" in one_line(done)
    assert fourzones("ingest", str(tmp_path / "in"), "--strict").returncode == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("ingest", "x.txt", "--published", "yesterday"), "--published: expected YYYY-MM-DD"),
        (("ingest", "nowhere.txt"), "nowhere.txt"),
        (("status", "--on", "June"), "--on: expected YYYY-MM-DD, got June"),
        (("export", "-", "--zone", "atlantis"), "--zone: expected one of idlib"),
        (("export", "-", "--from", "2018-13-01"), "--from: expected YYYY-MM-DD"),
        (
            ("export", "-", "--from", "2018-02-01", "--to", "2018-01-01"),
            "--to: expected a day after",
        ),
        (("export", "-", "--bbox", "9,9,1,1"), "--bbox: expected west,south,east,north"),
        (("export", "-", "--what", "rumours"), "--what: expected zones"),
        (("export", "out.docx"), "out.docx: expected a name that ends in .geojson"),
        (("export", "no/folder/out.geojson"), "cannot write"),
        (("link", "nowhere.txt"), "nowhere.txt: expected a file"),
        (("status", "--store", "mysql://u:secret@h/d"), "got mysql://"),
    ],
)
def test_a_mistake_gets_one_line_and_exit_1(fourzones, args, said):
    done = fourzones(*args)
    assert done.returncode == 1
    assert said in one_line(done)
    assert "secret" not in done.stderr


def test_wrong_usage_is_exit_2(fourzones):
    assert fourzones("frobnicate").returncode == 2
    assert fourzones("export").returncode == 2


def test_an_unwritable_folder_is_named(read_only):
    folder, run = read_only
    done = run("status", "--store", folder / "s.gpkg")
    assert done.returncode == 1
    assert f"cannot create the store: {folder}" in one_line(done)


def test_a_store_where_none_can_be_is_named(fourzones, tmp_path):
    (tmp_path / "file").write_text("x")
    done = fourzones("status", "--store", str(tmp_path / "file" / "s.gpkg"))
    assert done.returncode == 1 and "cannot create the store" in one_line(done)


def test_a_new_store_is_made_and_filled(fourzones, tmp_path):
    done = fourzones(
        "status", "--on", "2017-06-01", "--json", "--store", str(tmp_path / "new.gpkg")
    )
    rows = json.loads(done.stdout)
    assert [row["zone"] for row in rows] == ["idlib", "northern-homs", "eastern-ghouta", "south"]
    assert set(rows[0]) == {
        "zone", "status", "valid_from", "valid_to", "area_km2", "accuracy_km"
    }  # fmt: skip
    assert articles_in(tmp_path / "new.gpkg") == 269
    assert not list(tmp_path.glob(".fourzones*"))


def test_export_is_read_back_by_geopandas(fourzones, tmp_path):
    done = fourzones("export", "out.geojson", "--from", "2017-05-01", "--to", "2017-07-01")
    assert done.returncode == 0, done.stderr
    read = geopandas.read_file(tmp_path / "out.geojson")
    assert list(read["zone"]) == ["idlib", "northern-homs", "eastern-ghouta", "south"]
    assert (read["articles"] > 0).all() and read.geometry.is_valid.all()
    out = json.loads(fourzones("export", "-", "--from", "2017-05-01", "--to", "2017-07-01").stdout)
    kept = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    assert out.pop("made") >= kept.pop("made")
    assert out == kept


def test_check_finds_the_shipped_data_valid(fourzones):
    done = fourzones("check")
    assert (done.returncode, done.stdout) == (0, "all data is valid\n")


def test_link_explains_what_it_rejected(fourzones):
    done = fourzones("link", "--explain", stdin="The State Duma voted on Idlib.")
    answer = json.loads(done.stdout)
    assert answer["zones"] == ["idlib"]
    assert [(one["surface"], one["reason"]) for one in answer["rejected"]] == [
        ("State Duma", "elsewhere")
    ]


def test_what_was_brought_is_removed_the_shipped_is_not(fourzones, tmp_path):
    path = tmp_path / "own.jsonl"
    lines = [{"id": each, "title": f"Title\x1b[2J {each}", "text": "Idlib"} for each in "abc"]
    path.write_text("\n".join(map(json.dumps, lines)))
    store = str(tmp_path / "own.gpkg")
    fourzones("ingest", str(path), "--store", store)
    total = articles_in(store)
    refused = fourzones("remove", "a", "a001", "--store", store)
    assert refused.returncode == 1 and "the shipped catalogue stays whole: a001" in one_line(
        refused
    )
    unknown = fourzones("remove", "a", "zzz", "--store", store)
    assert unknown.returncode == 1 and "no such article" in one_line(unknown)
    assert articles_in(store) == total
    done = fourzones("remove", "a", "--store", store)
    assert done.stdout.splitlines() == ["removed a: Title [2J a"]
    done = fourzones("remove", "-", "--store", store, stdin=b"b\n\nc\n")
    assert len(done.stdout.splitlines()) == 2 and articles_in(store) == total - 3
