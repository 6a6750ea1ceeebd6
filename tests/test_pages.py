"""Each page through Streamlit's own test harness: what it says, not how it is drawn."""

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from geo.html import escape
from geo.locales import LANGUAGES, text
from geo.paths import ROOT


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
    test = page(lang="en", zone="atlantis", to="never")
    assert not test.exception
    assert len(test.warning) == 2
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
    assert text("page.about", language) in test.title[0].value
    assert html(test).count("<li>") > 20
