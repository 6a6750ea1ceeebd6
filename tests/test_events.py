import datetime as dt

import pytest

from geo import events
from geo.errors import FourzonesError
from geo.paths import DATA

HEADING = (
    "id,date,end_date,precision,zones,kind,title_en,title_ar,detail_en,detail_ar,"
    "source_title,publisher,url\n"
)


def test_the_shipped_events_have_no_fault():
    assert list(events.faults(DATA / "events.csv")) == []


def test_events_come_oldest_first_in_both_languages():
    found = events.load_events()
    assert [e.date for e in found] == sorted(e.date for e in found)
    assert all(e.title_ar and e.url.startswith("http") for e in found)
    assert (
        sum("observation post" in e.title_en or "Turkish post" in e.title_en for e in found) >= 12
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,2017-05-04,,day,idlib,agreement,T,ع,,,s,p,https://x.org", "id: expected"),
        (
            "2017-05-04-x,2017-02-30,,day,idlib,agreement,T,ع,,,s,p,https://x.org",
            "a day that exists",
        ),
        (
            "2017-05-04-x,2017-05-04,,day,atlantis,agreement,T,ع,,,s,p,https://x.org",
            "zones: expected",
        ),
        (
            "2017-05-04-x,2017-05-04,2017-05-01,day,idlib,agreement,T,ع,,,s,p,https://x.org",
            "end_date",
        ),
        ("2017-05-04-x,2017-05-04,,day,idlib,agreement,T,ع,,,s,p,javascript:x", "url: expected"),
    ],
)
def test_a_fault_is_found_and_named(tmp_path, row, said):
    path = tmp_path / "events.csv"
    path.write_text(HEADING + row + "\n", encoding="utf-8")
    (tmp_path / "events.schema.json").write_bytes((DATA / "events.schema.json").read_bytes())
    assert any(said in line and "row 2" in line for line in events.faults(path))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FourzonesError, match=r"no\.csv"):
        events.load_events(tmp_path / "no.csv")
    assert events.load_events()[0].date == dt.date(2016, 12, 30)
