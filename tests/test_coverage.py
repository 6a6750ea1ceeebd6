import json
import re

from geo.coverage import UNSEEN, accuracy, cards, coverage, differing, store_facts
from geo.ingest import data_hash, ingest
from geo.locales import isolate
from geo.overview import bars, differing_table, missing, rates
from geo.paths import ROOT
from geo.sections import coverage_html
from geo.selection import Selection


def test_the_months_and_what_no_month_has_add_up(shipped):
    known = coverage(shipped)
    assert sum(count for _, count in known.months) + known.wide + known.counts.undated == 269
    months = [month for month, _ in known.months]
    assert months == sorted(set(months)) and months[0] == "2017-05" and months[-1] == "2024-12"
    assert len(months) == 7 * 12 + 8 and known.empty == sum(not n for _, n in known.months)
    drawn = coverage_html(known, "ar")
    assert "أيار/مايو 2017" in drawn and drawn.count("<rect") == sum(n > 0 for _, n in known.months)


def test_the_figures_on_unseen_texts_are_those_of_the_document():
    said = (ROOT / "docs" / "unseen.md").read_text(encoding="utf-8").splitlines()
    sets = [line for line in said if re.match(r"\| \d+[:,]", line)]
    for language, column in (("ar", 3), ("en", 4)):
        cells = [line.split("|")[column] for line in sets[-8:]]
        figures = [float(cell.split("·")[0].strip(" *")) for cell in cells if cell.strip()]
        assert UNSEEN[language] == isolate(f"{min(figures):.2f}–{max(figures):.2f}")


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
    assert differing_table(found, "ar").count("<tr>") == len(found) + 1


def test_a_store_says_what_it_is(shipped):
    assert store_facts(shipped)["data"] == data_hash()
    assert len(cards()) == 8


def test_hostile_names_are_text_in_bars():
    assert "<img" not in bars({"<img src=x onerror=alert(1)>": 3})


MORE = (
    " Rescue workers said so, as did two residents and a clerk of the council who asked for quiet."
)


def test_groups_of_near_duplicates_are_counted_beside_their_copies(store, tmp_path):
    texts = {
        "Warplanes struck the town of Saraqib in Idlib on Friday and killed three people.": 3,
        "Artillery fell on Rastan, Talbiseh and the Houla plain for all of the night.": 2,
        "Trucks with flour and medicine reached Douma after a siege of four months.": 1,
    }
    lines = [
        {"id": f"{text[:4]}{n}", "text": text + MORE} for text, m in texts.items() for n in range(m)
    ]
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    assert ingest(store, [path]).read == 6
    known = coverage(store)
    assert (known.groups, known.copies) == (2, 3)
    assert "2 texts stand in more than one article" in missing(known, "en")
    assert "نصان يتكرران" in missing(known, "ar")
