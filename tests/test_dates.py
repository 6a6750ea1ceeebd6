"""Dates of the Islamic calendar: how they are printed, what they become, and that they stay so."""

import datetime as dt

import pytest

from geo.export import collection
from geo.ingest import ingest
from geo.model import Interval
from geo.readers import read
from geo.readers.dates import in_address, printed, with_calendar
from geo.readers.hijri import hijri
from geo.selection import Selection
from geo.summary import view

DAY = "2017-05-10/2017-05-12"
"""15 Sha'ban 1438 by the Umm al-Qura calendar is 11 May 2017."""


@pytest.mark.parametrize(
    "said",
    [
        "15 شعبان 1438 هـ",
        "١٥ شعبان ١٤٣٨هـ",
        "الخميس ١٥ من شعبان ١٤٣٨",
        "15 شَعبان المعظم، 1438 هجرية",
        "الخميس 15 شهر شعبان لعام 1438 للهجرة",
        "\u200f15\u00a0شعـبان 1438ﻫ",
        "15 Sha'ban 1438 AH",
        "15th Shaaban, 1438",
        "Sha‘ban 15, 1438 H",
        "1438/08/15 هـ",
        "١٤٣٨-٠٨-١٥هـ",
        "15/8/1438 هـ",
    ],
)
def test_a_hijri_day_is_the_three_days_that_it_may_have_been(said):
    assert printed(said).isoformat() == DAY
    assert with_calendar(said, "meta") == (Interval.parse(DAY), "meta-hijri")


@pytest.mark.parametrize(
    ("names", "start"),
    [
        (("محرم", "المحرم", "محرّم الحرام", "Muharram"), "2016-10-02"),
        (("صفر", "صفر الخير", "Safar"), "2016-11-01"),
        (("ربيع الأول", "ربيع الاول", "ربيع أول", "Rabi al-Awwal", "Rabi I"), "2016-11-30"),
        (("ربيع الثاني", "ربيع الآخر", "Rabi al-Thani", "Rabi al-Akhir", "Rabi II"), "2016-12-30"),
        (("جمادى الأولى", "جمادي الاولى", "جمادى الأول", "Jumada I"), "2017-01-29"),
        (("جمادى الآخرة", "جمادى الثانية", "جمادي الاخرة", "جمادى الثاني", "Jumada al-Thani",
          "Jumada al-Akhirah", "Jumada II"), "2017-02-28"),
        (("رجب", "رجب الفرد", "Rajab"), "2017-03-29"),
        (("شعبان", "Shaban"), "2017-04-27"),
        (("رمضان", "رمضان المبارك", "Ramadan", "Ramadhan"), "2017-05-27"),
        (("شوال", "شوّال", "Shawwal"), "2017-06-25"),
        (("ذو القعدة", "ذي القعدة", "ذي القعده", "ذوالقعدة", "Dhu al-Qadah", "Dhu al-Qi'dah",
          "Zul Qa'dah"), "2017-07-24"),
        (("ذو الحجة", "ذي الحجة", "ذوالحجة", "Dhu al-Hijjah", "Dhul Hijjah", "Zul-Hijja"),
         "2017-08-23"),
    ],
)  # fmt: skip
def test_every_month_is_known_by_its_spellings(names, start):
    for name in names:
        found = printed(f"{name} 1438")
        assert found and found.start.isoformat() == start, name
        assert found.precision == "days" and (found.end - found.start).days in (29, 30)


def test_months_follow_one_another_without_a_gap():
    names = ["محرم", "صفر", "رجب", "شعبان", "رمضان", "شوال"]
    spans = [hijri(f"{name} 1438") for name in names]
    assert spans[3].end == spans[4].start and spans[4].end == spans[5].start
    year = hijri("1438 هـ")
    assert (year.start, year.end) == (spans[0].start, hijri("1439 هـ").start)


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("8 شعبان 1438 هـ الموافق 4 مايو 2017", "2017-05-04"),
        ("الخميس 4 أيار 2017 - 8 شعبان 1438", "2017-05-04"),
        ("8 شعبان 1438 هـ الموافق 4/5/2017 م", "2017-05-04"),  # the Hijri day says which is meant
        ("8 شعبان 1438 هـ الموافق ٥/٤/٢٠١٧", "2017-05-04"),
        ("1438/8/8هـ - 2017/5/4م", "2017-05-04"),
        ("8 Shaban 1438 (4 May 2017)", "2017-05-04"),
    ],
)
def test_a_gregorian_date_beside_it_wins(said, date):
    assert with_calendar(said, "meta") == (Interval.parse(date), "meta")


@pytest.mark.parametrize(
    "said",
    [
        "15 شعبان 1300 هـ", "15 شعبان 1599", "31 رمضان 1438", "0 رمضان 1438 هـ", "2/3/1438 هـ",
        "15/8/1438", "1438/13/01 هـ", "1438", "شعبان", "رمضان كريم", "Ramadan 14380", "1599 هـ",
    ],
)  # fmt: skip
def test_what_is_out_of_range_or_in_doubt_is_no_date(said):
    assert printed(said) is None


def test_the_thirtieth_of_a_month_of_29_days_may_have_been_printed_elsewhere():
    assert hijri("30 رمضان 1438").isoformat() == "2017-06-24/2017-06-26"


def test_the_ends_of_the_calendar_are_no_errors():
    assert hijri("1 محرم 1343").start == dt.date(1924, 7, 31)
    assert hijri("ذو الحجة 1500").end == dt.date(2077, 11, 17)
    assert in_address("https://example.org/1438/08/15/x") is None


def test_an_interval_of_other_days_is_read_as_it_is_written():
    given = Interval(dt.date(2017, 5, 27), dt.date(2017, 6, 25))
    assert given.precision == "days"
    assert Interval.parse(given.isoformat()) == given
    for wrong in ("2017-05/2017-06", "2017-05-12/2017-05-10", "2017-05-10/", "/"):
        with pytest.raises(ValueError):
            Interval.parse(wrong)


def test_a_hijri_date_stays_through_the_store_and_into_the_export(store, shipped, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "text,date,publisher\nقصف على دوما,١٥ شعبان ١٤٣٨هـ,hijri\nقصف على درعا,رمضان 1438,hijri\n",
        encoding="utf-8",
    )
    assert ingest(store, [path]).rejected == []
    chosen = Selection(publisher=("hijri",))
    kept = {x.article.text: x.article for x in store.articles(chosen)}
    assert kept["قصف على دوما"].published == Interval.parse(DAY)
    assert {a.date_source for a in kept.values()} == {"field-hijri"}
    features = collection(store, view(store, chosen), "articles")["features"]
    assert {f["properties"]["published"] for f in features} == {DAY, "2017-05-27/2017-06-24"}
    assert store.answer(Selection(publisher=("hijri",), to=dt.date(2017, 5, 11))).partial == 1
    assert ingest(store, [path]).done.unchanged == 2
    before = {row[:2]: row[2] for row in shipped.months()}
    more = {row[:2]: row[2] - before.get(row[:2], 0) for row in store.months()}
    assert {key for key, count in more.items() if count} == {
        ("2017-05", "eastern-ghouta"),
        ("2017-06", "south"),  # most of Ramadan 1438
    }


def test_a_page_may_bear_its_date_in_an_element_without_figures(tmp_path):
    path = tmp_path / "a.html"
    body = "قصفت طائرات حربية بلدة كفرنبل في ريف إدلب الجنوبي صباح اليوم، وقال ناشطون إن " * 4
    path.write_text(
        f"<!doctype html><html lang=ar><body><article><h1>قصف</h1><time>١٥ شعبان ١٤٣٨ هـ</time>"
        f"<p>{body}</p></article></body></html>",
        encoding="utf-8",
    )
    [article] = read(path)
    assert (article.published.isoformat(), article.date_source) == (DAY, "time-element-hijri")
