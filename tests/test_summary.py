import datetime as dt

import pytest

from geo.selection import Selection
from geo.summary import asked_names, map_date, said, sentence, status, view


def test_counts_list_and_zones_agree(shipped):
    shown = view(shipped, Selection(from_=dt.date(2017, 5, 4), to=dt.date(2018, 1, 1)))
    assert shown.date == dt.date(2017, 12, 31)
    assert shown.counts.articles == len(shown.articles)
    for _, row in shown.zones.iterrows():
        assert row["articles"] == sum(row["zone"] in x.zones for x in shown.articles)
        assert row["valid_from"] <= shown.date


def test_a_newcomer_sees_all_four_zones(shipped):
    shown = view(shipped, Selection())
    assert shown.date == dt.date(2017, 9, 15)
    assert shown.counts.articles == shown.counts.total == 269
    assert len(shown.zones) == 4 and shown.zones.geometry.notna().all()


def test_the_sentence_says_the_range_with_its_last_day(shipped):
    shown = view(
        shipped,
        Selection(from_=dt.date(2017, 5, 4), to=dt.date(2018, 1, 1), zone=("eastern-ghouta",)),
    )
    said = sentence(shown, "en")
    assert said.startswith(f"{len(shown.articles)} of 269 articles, 4 May 2017 to 31 December 2017")
    assert "that mention Eastern Ghouta" in said
    assert f"{shown.counts.coarse} of them dated only to the month or year." in said
    assert "31 كانون الأول/ديسمبر 2017" in sentence(shown, "ar")


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(to=dt.date(2018, 1, 1), kind=("place",), language=("ar", "fr")),
        Selection(from_=dt.date(2018, 1, 1), inside=True, words="x", publisher=("Y",)),
        Selection(bbox=(36, 35, 37, 36), undated=True, on=dt.date(2020, 1, 1)),
    ],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_any_selection_can_be_said(shipped, selection, language):
    said = sentence(view(shipped, selection), language)
    assert "{" not in said and "  " not in said


def test_places_are_said_by_their_names(shipped):
    shown = view(shipped, Selection(place=("douma", "nowhere")))
    assert "that mention \u2068Douma\u2069 or \u2068nowhere\u2069" in sentence(shown, "en")
    assert "\u2068دوما\u2069" in sentence(shown, "ar")
    assert "douma" not in sentence(shown, "ar")


def test_a_sentence_needs_no_article_to_be_read(shipped):
    asked = Selection(from_=dt.date(2017, 5, 4), place=("douma",))
    shown = view(shipped, asked)
    names = asked_names(shipped, asked)
    assert said(asked, map_date(shipped, asked), shipped.answer(asked), names, "en") == sentence(
        shown, "en"
    )


def test_zones_end_and_leave_a_ghost(shipped):
    shown = view(shipped, Selection(on=dt.date(2018, 10, 1)))
    ended = shown.zones[shown.zones["status"] == "ended"]
    assert set(ended["zone"]) == {"northern-homs", "eastern-ghouta", "south"}
    assert ended.geometry.isna().all() and (ended["area_km2"] == 0).all()
    assert set(ended["zone"]) <= set(shown.former["zone"])


def test_status_on_a_date_has_one_row_a_zone(shipped):
    rows = status(shipped.versions(), dt.date(2017, 6, 1))
    assert [row["zone"] for row in rows] == ["idlib", "northern-homs", "eastern-ghouta", "south"]
    assert {row["status"] for row in rows} == {"in-force"}
    assert status(shipped.versions(), dt.date(2017, 5, 3)) == []
