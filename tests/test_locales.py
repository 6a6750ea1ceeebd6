import ast
import datetime as dt
import re

import pytest

from geo import locales
from geo.locales import text
from geo.paths import ROOT

FORMS = {"en": {"one", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"}}


def used_keys() -> tuple[set[str], set[str]]:
    """Return the keys that the code names, and the beginnings of those it puts together."""
    whole, begun = set(), set()
    for path in [*(ROOT / "geo").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begun.add(node.values[0].value)
    return whole, begun


def test_both_languages_say_the_same_things():
    assert set(locales.catalogue("en")) == set(locales.catalogue("ar"))
    for key, english in locales.catalogue("en").items():
        arabic = locales.catalogue("ar")[key]
        assert isinstance(english, dict) == isinstance(arabic, dict), key
        if isinstance(english, str):
            assert set(re.findall(r"{(\w+)}", english)) == set(re.findall(r"{(\w+)}", arabic)), key


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_plurals_have_every_form_of_their_language(language):
    for key, entry in locales.catalogue(language).items():
        if isinstance(entry, dict):
            assert set(entry) >= FORMS[language] - {"zero"}, key


def test_no_string_is_unused():
    whole, begun = used_keys()
    for key in locales.catalogue("en"):
        assert key in whole or any(key.startswith(b) for b in begun if b.endswith(".")), key


def test_the_arabic_catalogue_is_in_arabic():
    allowed = {"language.other"}
    for key, entry in locales.catalogue("ar").items():
        for said in entry.values() if isinstance(entry, dict) else [entry]:
            bare = re.sub(r"{\w+}|Fourzones|GeoJSON", "", said)
            assert key in allowed or not re.search("[A-Za-z]", bare), key


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "لا مقالات"),
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "3 مقالات"),
        (11, "11 مقالاً"),
        (100, "100 مقال"),
    ],
)
def test_arabic_counts_by_its_plural_forms(count, said):
    assert text("articles.count", "ar", count=count) == said


def test_months_have_both_names_in_arabic():
    assert locales.day(dt.date(2018, 12, 31), "ar") == "31 كانون الأول/ديسمبر 2018"


@pytest.mark.parametrize(
    ("browser", "language"),
    [("ar-JO", "ar"), ("ar", "ar"), ("en-GB", "en"), ("fr", "en"), (None, "en")],
)
def test_the_browser_chooses_the_language(browser, language):
    assert locales.best_language(browser) == language
