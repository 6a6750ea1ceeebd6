from geo.coverage import UNSEEN, accuracy, cards, coverage, differing, store_facts
from geo.ingest import data_hash
from geo.overview import bars, differing_rows, month_rows, rates
from geo.paths import ROOT
from geo.selection import Selection


def test_the_months_and_what_no_month_has_add_up(shipped):
    known = coverage(shipped)
    assert sum(count for _, count in known.months) + known.wide + known.counts.undated == 269
    months = [month for month, _ in known.months]
    assert months == sorted(set(months)) and months[0] == "2017-05" and months[-1] == "2024-12"
    assert len(months) == 7 * 12 + 8 and known.empty == sum(not n for _, n in known.months)
    assert month_rows(known, "ar")[0]["month"] == "أيار/مايو 2017"


def test_the_figures_on_unseen_texts_are_those_of_the_document():
    said = (ROOT / "docs" / "linking.md").read_text(encoding="utf-8")
    told = " ".join(said[said.index("A second such set") :].split())
    assert f"Arabic zones F1 {UNSEEN['ar']}" in told and f"English {UNSEEN['en']}" in told


def test_the_accuracy_is_measured():
    result = accuracy()
    assert result.f1("zones") > 0.97
    assert rates(result, "en").count("<tr>") == 7


def test_differences_are_those_of_labels_and_links(shipped):
    found = differing(shipped)
    assert found and all(set(one.linker) != set(one.reader) for one in found)
    labelled = [x for x in shipped.articles(Selection()) if x.article.labelled is not None]
    same = [x for x in labelled if set(x.zones) == set(x.article.labelled or ())]
    assert len(found) + len(same) == len(labelled)
    assert len(differing_rows(found, "ar")) == len(found)


def test_a_store_says_what_it_is(shipped):
    assert store_facts(shipped)["data"] == data_hash()
    assert len(cards()) == 8


def test_hostile_names_are_text_in_bars():
    assert "<img" not in bars({"<img src=x onerror=alert(1)>": 3})
