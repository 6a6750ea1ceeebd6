"""Each page through Streamlit's own test harness: what it says, not how it is drawn."""

import datetime as dt
import json
import shutil

import pytest
from streamlit.testing.v1 import AppTest

from geo.html import escape
from geo.ingest import shared_store
from geo.locales import LANGUAGES, text
from geo.model import ZONE_NAMES
from geo.paths import ROOT
from geo.selection import Selection


@pytest.fixture
def page(filled, monkeypatch):
    monkeypatch.setenv("FOURZONES_STORE", str(filled))

    def run(**params: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=60)
        for name, value in params.items():
            test.query_params[name] = value
        return test.run()

    return run


def html(test: AppTest) -> str:
    return "\n".join(element.proto.body for element in test.get("html"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_page_says_what_is_shown(page, language):
    test = page(lang=language)
    assert not test.exception
    assert "269" in html(test)
    assert escape(text("article.ours", language)) in html(test)
    assert test.checkbox(key="zone-idlib").label.startswith(text_of_zone(language))


def text_of_zone(language: str) -> str:
    return {"en": "Idlib", "ar": "إدلب"}[language]


def test_dates_narrow_the_articles_and_the_address_says_so(page):
    test = page(lang="en")
    test.date_input(key="first").set_value(dt.date(2017, 5, 4)).run()
    test.date_input(key="last").set_value(dt.date(2017, 12, 31)).run()
    assert not test.exception
    assert "4 May 2017 to 31 December 2017" in html(test)
    assert "2018-01-01" in test.query_params["to"]


def test_a_first_day_alone_leaves_the_map_where_it_was(page):
    test = page(lang="en", on="2018-05-05")
    test.date_input(key="first").set_value(dt.date(2017, 12, 1)).run()
    assert "2018-05-05" in test.query_params["on"]
    test.date_input(key="last").set_value(dt.date(2017, 12, 31)).run()
    assert test.date_input(key="map-date").value == dt.date(2017, 12, 31)


def test_the_map_date_is_typed(page):
    test = page(lang="ar", zone="south")
    test.date_input(key="map-date").set_value(dt.date(2018, 7, 18)).run()
    assert not test.exception
    assert "2018-07-18" in test.query_params["on"]
    assert "south" in test.query_params["zone"]
    assert "18 تموز/يوليو 2018" in html(test)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("box", ["filter", "articles"])
def test_the_example_of_a_search_finds_something(shipped, language, box):
    assert shipped.answer(Selection(words=text(f"{box}.words.example", language))).articles


def test_a_zone_is_put_in_and_taken_out(page):
    test = page(lang="en")
    test.checkbox(key="zone-south").check().run()
    assert "that mention The South" in html(test) or "that mention the South" in html(test)
    assert "south" in test.query_params["zone"]
    test.checkbox(key="zone-south").uncheck().run()
    assert "zone" not in test.query_params


def test_the_address_is_the_view(page):
    test = page(lang="ar", to="2018-01-01", zone="idlib")
    assert test.date_input(key="last").value == dt.date(2017, 12, 31)
    assert test.checkbox(key="zone-idlib").value


def test_a_broken_address_is_told_and_ignored(page):
    broken = {"map": "here", "compare": "2017-02-30", "of": "mars", "colour": "red", "lang": "xx"}
    test = page(zone="atlantis", to="never", **broken)
    assert not test.exception
    assert test.warning[0].value.count("\n- ") + 1 == 2 + len(broken)
    assert "269 of 269" in html(test)


def test_reset_shows_everything_again(page):
    test = page(lang="en", zone="idlib", to="2018-01-01")
    next(button for button in test.button if button.label == "Reset").click().run()
    assert "269 of 269" in html(test)
    assert set(test.query_params) == {"lang"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_about_page_tells_what_happened(page, language):
    test = page(lang=language).switch_page("about.py").run()
    assert not test.exception
    assert text("page.about", language) in html(test)
    assert html(test).count("<li>") > 20


def drawn(test: AppTest) -> str:
    """What the page's drawings hold."""
    said = [element.proto.json for element in test.get("bidi_component")]
    return "\n".join(json.loads(one).get("html", "") for one in said if one)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_timeline_shows_all_zones_and_leads_to_the_map(page, language):
    test = page(lang=language, words="هدنة").switch_page("timeline.py").run()
    assert not test.exception
    made = drawn(test)
    assert all(ZONE_NAMES[zone][language] in made for zone in ZONE_NAMES)
    assert escape(text("timeline.events", language)) in made
    assert f"words=%D9%87%D8%AF%D9%86%D8%A9&amp;lang={language}" in made


def test_a_period_of_the_timeline_is_in_the_address(page):
    test = page(lang="en").switch_page("timeline.py").run()
    test.segmented_control(key="timeline-period").set_value("2018").run()
    assert not test.exception
    assert "2018" in test.query_params["period"]
    assert "1 January – 31 December 2018" in drawn(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_zone_page_says_how_the_zone_stood(page, language):
    test = page(lang=language, on="2018-07-20").switch_page("zone.py").run()
    test.segmented_control(key="profile-zone").set_value("south").run()
    assert not test.exception
    made = drawn(test)
    assert made.count("<figure") == 33 - 1
    assert made.count("aria-current") == 1
    assert text("status.reduced", language) in made and "372" in made
    assert escape(text("report.download", language)) in html(test)
    assert f"/download/report/south.html?on=2018-07-20&amp;lang={language}" in html(test)


def test_the_zone_of_the_zone_page_does_not_narrow_the_map(page):
    test = page(lang="en").switch_page("zone.py").run()
    test.segmented_control(key="profile-zone").set_value("south").run()
    assert "south" in test.query_params["of"]
    test = test.switch_page("map.py").run()
    assert "269 of 269" in html(test)
    assert "zone" not in test.query_params


def test_a_zone_filter_is_kept_when_the_page_of_another_zone_is_loaded_again(page):
    test = page(lang="en", of="south", zone="idlib").switch_page("zone.py").run()
    assert test.segmented_control(key="profile-zone").value == "south"
    assert "idlib" in test.query_params["zone"] and "south" in test.query_params["of"]
    assert test.session_state["selection"].zone == ("idlib",)


def test_a_selection_of_one_zone_opens_that_zone_and_stays(page):
    test = page(lang="en", zone="eastern-ghouta").switch_page("zone.py").run()
    assert test.segmented_control(key="profile-zone").value == "eastern-ghouta"
    assert test.session_state["selection"].zone == ("eastern-ghouta",)


@pytest.mark.parametrize(
    "params",
    [
        {"from": "1900-01-01"},
        {"to": "2100-12-31"},
        {"to": "1900-01-01"},
        {"on": "2100-01-01", "compare": "1950-01-01"},
        {"compare": "2099-01-01"},
    ],
)
def test_any_day_that_an_address_can_name_is_shown(page, params):
    test = page(lang="en", **params)
    assert not test.exception
    assert test.get("bidi_component")  # the time axis, which comes after the filters


def test_whoever_comes_while_the_store_is_read_is_told_how_far_it_is(filled, tmp_path, monkeypatch):
    own = tmp_path / "own.gpkg"
    shutil.copy(filled, own)
    monkeypatch.setenv("FOURZONES_STORE", str(own))
    cold, told = shared_store(), []
    assert cold.share_read() == 0
    cold._refreshing.acquire()  # another visitor's page is reading

    def say(key, language, **values):
        if not told:
            cold._refreshing.release()
        told.append(text(key, language, **values))
        return told[-1]

    monkeypatch.setattr("pages.parts.waiting.text", say)
    test = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=60)
    test.query_params["lang"] = "en"
    test.run()
    assert told[0] == "Reading the articles into memory, once after each start: 0 %"
    assert "269 of 269" in html(test)
    assert cold.share_read() == 1
    told.clear()
    test.run()
    assert told == []
