import io
import json
import zipfile

import pytest

from geo import trial
from geo.errors import FourzonesError
from geo.selection import Selection
from geo.trial import keep, read_interval, try_files, try_text


def test_a_trial_keeps_nothing_until_it_is_kept(store):
    before = store.answer(Selection()).total
    tried = try_text(store, "Shells fell on Saraqib in Idlib.", read_interval("2018"), "Notes")
    assert tried.zones == {"idlib": 1} and tried.undated == 0
    assert store.answer(Selection()).total == before
    steps = []
    done = keep(store, tried, lambda share, count: steps.append((share, count)))
    assert (done.added, steps) == (1, [(1.0, 1)])
    [kept] = store.articles(Selection(publisher=("Notes",)))
    assert kept == tried.linked[0]
    assert keep(store, tried).unchanged == 1


def test_files_of_all_kinds_are_tried_and_rejects_name_the_file_alone(store):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inside.txt", "Rastan was shelled, in northern Homs.")
    lines = [json.dumps({"text": "Idlib", "publisher": "Theirs"}), "no json"]
    seen = []
    tried = try_files(
        store,
        [("../../etc/passwd.txt", b"Idlib quiet"), ("a b.zip", packed.getvalue()),
         ("x.jsonl", "\n".join(lines).encode()), ("empty.txt", b""), ("x.jsonl", b"\x00\xff")],
        publisher="Ours", progress=lambda share, count: seen.append(share),
    )  # fmt: skip
    assert [one.article.publisher for one in tried.linked] == ["Ours", "Ours", "Theirs"]
    assert tried.rejects == len(tried.rejected) == 3
    assert not any("tmp" in line or "fourzones-" in line for line in map(str, tried.rejected))
    assert any(line.startswith("empty: empty.txt") for line in map(str, tried.rejected))
    assert seen == sorted(seen) and seen[-1] == 1.0


def test_too_much_is_cut_and_told(store, monkeypatch):
    monkeypatch.setattr(trial, "MOST_ARTICLES", 3)
    many = "\n".join(json.dumps({"text": f"Idlib {n}"}) for n in range(9)).encode()
    tried = try_files(store, [("many.jsonl", many)])
    assert len(tried.linked) == 3 and tried.rejects == 1
    assert "the rest was left out" in str(tried.rejected[0])


def test_too_many_bytes_are_not_laid_down(store, monkeypatch):
    monkeypatch.setattr(trial, "MOST_BYTES", 20)
    tried = try_files(store, [("a.txt", b"Idlib quiet"), ("b.txt", b"Idlib not quiet")])
    assert len(tried.linked) == 1 and "the rest was left out: b.txt" in str(tried.rejected[0])


@pytest.mark.parametrize("said", ["yesterday", "2018-13", "٢٠١٨"])
def test_a_date_that_is_none_is_refused(said):
    with pytest.raises(FourzonesError, match="bad date"):
        read_interval(said)


def test_no_date_is_none():
    assert read_interval("  ") is None
