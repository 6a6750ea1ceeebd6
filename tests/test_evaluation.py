"""What `fourzones evaluate` measures, on labels made for the test and on the shipped ones."""

import json

import pytest

from geo import evaluation
from geo.errors import FourzonesError
from geo.evaluation.scores import Rate
from geo.linking import default_linker


def _set(tmp_path, text, mentions, ignore=(), title=""):
    passages, labels = tmp_path / "passages.jsonl", tmp_path / "labels.jsonl"
    passage = {"id": "p1", "language": "en", "title": title, "text": text}
    passages.write_text(json.dumps(passage), "utf-8")
    spans = [
        {"zone": zone, "kind": "area", "where": "body", "surface": words,
         "start": text.index(words), "end": text.index(words) + len(words), "scored_span": scored}
        for zone, words, scored in mentions
    ]  # fmt: skip
    left_out = [
        {"where": "body", "start": text.index(words), "end": text.index(words) + len(words)}
        for words in ignore
    ]
    labels.write_text(json.dumps({"id": "p1", "mentions": spans, "ignore": left_out}), "utf-8")
    return passages, labels


def _finder(*found):
    def find(passage):
        return [
            evaluation.Span(zone, "area", False, start := passage.text.index(words),
                            start + len(words))
            for zone, words in found
        ]  # fmt: skip

    return find


def test_a_wrong_end_counts_as_overlap_and_not_as_exact(tmp_path):
    known = evaluation.load(*_set(tmp_path, "Shelling in rural Idlib.", [("idlib", "Idlib", True)]))
    result = evaluation.evaluate(known, _finder(("idlib", "rural Idlib")))
    assert result.f1("zones") == 1
    assert result.f1("spans") == 1
    assert result.f1("exact spans") == 0


def test_a_miss_and_a_false_find_are_told_apart(tmp_path):
    known = evaluation.load(*_set(tmp_path, "From Idlib to Daraa.", [("idlib", "Idlib", True)]))
    found = evaluation.evaluate(known, _finder(("idlib", "Idlib"), ("south", "Daraa")))
    row = next(row for row in found.rows if (row.measure, row.group) == ("zones", "all"))
    assert (row.precision.value, row.recall.value) == (0.5, 1)
    assert found.wrong[0].found == ("idlib", "south")
    assert found.exact_sets["en"].value == 0
    missed = evaluation.evaluate(known, _finder())
    assert missed.f1("zones") == 0


def test_pieces_left_out_and_spans_not_scored_count_neither_way(tmp_path):
    text = "The Free Idlib Army in parts of Hama."
    made = _set(tmp_path, text, [("idlib", "Hama", False)], ignore=["Free Idlib Army"])
    result = evaluation.evaluate(
        evaluation.load(*made), _finder(("idlib", "Idlib"), ("idlib", "Hama"))
    )
    assert result.f1("zones") == 1
    assert not any(row.measure == "spans" for row in result.rows if row.labelled)


def test_a_label_that_does_not_stand_in_the_text_is_refused(tmp_path):
    passages, labels = _set(tmp_path, "In Idlib.", [("idlib", "Idlib", True)])
    labels.write_text(labels.read_text("utf-8").replace('"start": 3', '"start": 2'), "utf-8")
    with pytest.raises(FourzonesError, match="«Idlib» in a known zone"):
        evaluation.load(passages, labels)


def test_the_interval_is_wilsons():
    # Newcombe 1998, table I: 81 of 263.
    rate = Rate.of(81, 263)
    assert (rate.low, rate.high) == (0.255, 0.366)


def test_the_linker_holds_on_the_shipped_passages_and_beats_plain_search():
    known = evaluation.load()
    linked = evaluation.evaluate(known, evaluation.linked_spans(default_linker()))
    plain = evaluation.evaluate(known, evaluation.substring_search())
    spacy = evaluation.evaluate(known, evaluation.phrase_matcher())
    for language in ("ar", "en", "ru", "tr", "fr"):
        least = 0.97 if language in ("ar", "en") else 0.93
        assert linked.f1("zones", "language", language) >= least
        assert linked.f1("spans", "language", language) >= 0.93
    for language in ("ar", "en"):
        assert linked.exact_sets[language].value >= 0.93
    assert linked.f1("zones") > max(plain.f1("zones"), spacy.f1("zones")) + 0.15


def test_two_blind_passes_and_every_difference_has_a_reason():
    read = {
        name: {
            line["id"]: line
            for line in map(json.loads, (evaluation.GOLD / f"{name}.jsonl").open(encoding="utf-8"))
        }
        for name in ("labels", "labels_first", "labels_second", "differences")
    }

    def spans(label):
        return [
            (m["where"], m["start"], m["end"], m["zone"], m["kind"], m["scored_span"])
            for m in label["mentions"]
        ]

    for key, label in read["labels"].items():
        said = {name: spans(read[f"labels_{name}"][key]) for name in ("first", "second")}
        if key in read["differences"]:
            difference = read["differences"][key]
            assert difference["reason"]
            if difference["taken"] != "both":
                assert spans(label) == said[difference["taken"]], key
        else:
            assert sorted(spans(label)) == sorted(said["first"]) == sorted(said["second"]), key


def test_the_command_prints_json_and_names_what_is_missing(fourzones):
    done = fourzones("evaluate", "--json", "--no-baselines")
    assert done.returncode == 0
    assert json.loads(done.stdout)["fourzones"]["passages"] == 435
    wrong = fourzones("evaluate", "--passages", "nothing.jsonl")
    assert wrong.returncode == 1
    assert "half a set" in wrong.stderr
