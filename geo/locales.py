"""What is said on screen, in English and Arabic: strings, plurals, dates and numbers.

The strings live in ``geo/strings/<language>.json``, one catalogue a language. A value is a text
with ``{names}`` to fill in, or an object of CLDR plural forms chosen by ``count``.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date

from geo.model import Interval

LANGUAGES = ("en", "ar")
_LOCALES = {"en": Locale.parse("en_GB"), "ar": Locale.parse("ar_SY")}
_STRINGS = Path(__file__).parent / "strings"

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


@cache
def catalogue(language: str) -> dict[str, str | dict[str, str]]:
    """Return all strings of one of `LANGUAGES`."""
    strings: dict[str, str | dict[str, str]] = json.loads(
        (_STRINGS / f"{language}.json").read_text(encoding="utf-8")
    )
    return strings


def text(key: str, language: str, **values: object) -> str:
    """Return a string of the catalogue with its names filled in.

    Parameters
    ----------
    key : str
        A key of the catalogue.
    language : {"en", "ar"}
    **values
        What stands for the ``{names}``; ``count`` chooses the plural form.

    Examples
    --------
    >>> text("articles.count", "en", count=1), text("articles.count", "en", count=269)
    ('1 article', '269 articles')
    >>> text("articles.count", "ar", count=2)
    'مقالان'
    """
    entry = catalogue(language)[key]
    if isinstance(entry, dict):
        count = values["count"]
        assert isinstance(count, int)
        entry = entry.get(_LOCALES[language].plural_form(count), entry["other"])
    said = {name: number(value) if type(value) is int else value for name, value in values.items()}
    return entry.format(**said) if said else entry


def number(count: int) -> str:
    """Write a number for the screen, its thousands apart.

    Examples
    --------
    >>> number(1000269)
    '1,000,269'
    """
    return f"{count:,}"


@cache
def framework_words(language: str) -> dict[str, str]:
    """Return the words of the web framework, which knows English only, in another language."""
    path = _STRINGS / f"streamlit.{language}.json"
    known: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return known


def isolate(run: str) -> str:
    """Wrap a run of foreign direction so that it cannot disturb the sentence around it."""
    return f"{FIRST_STRONG_ISOLATE}{run}{POP_ISOLATE}"


def day(date: dt.date, language: str) -> str:
    """Write a day for the screen; Arabic gives the Levantine and the Gregorian month name.

    Examples
    --------
    >>> day(dt.date(2017, 5, 4), "en")
    '4 May 2017'
    >>> day(dt.date(2017, 5, 4), "ar")
    '4 أيار/مايو 2017'
    """
    return f"{date.day} {month_name(date, language)} {date.year}"


def days(first: dt.date, last: dt.date | None, language: str) -> str:
    """Write a run of days, both included, without saying month or year twice.

    Examples
    --------
    >>> days(dt.date(2017, 5, 4), dt.date(2017, 5, 5), "en")
    '4–5 May 2017'
    >>> days(dt.date(2018, 2, 25), dt.date(2018, 3, 1), "en")
    '25 February – 1 March 2018'
    >>> days(dt.date(2018, 4, 14), None, "en")
    'from 14 April 2018'
    """
    if last is None:
        return text("date.from", language, day=day(first, language))
    if first == last:
        return day(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last, language)}"
    if first.year == last.year:
        return f"{first.day} {month_name(first, language)} – {day(last, language)}"
    return f"{day(first, language)} – {day(last, language)}"


def month_name(date: dt.date, language: str) -> str:
    """Name the month of `date`, in Arabic by both of its names."""
    name = format_date(date, "MMMM", locale=_LOCALES[language])
    if language != "ar":
        return name
    other = format_date(date, "MMMM", locale="ar_EG")
    return name if name == other else f"{name}/{other}"


def interval(published: Interval | None, language: str) -> str:
    """Write a date of publication as precisely as it is known.

    Examples
    --------
    >>> interval(Interval.parse("2017-05"), "en"), interval(Interval.parse("2017"), "en")
    ('May 2017', '2017')
    >>> interval(Interval.parse("2017-05-10/2017-05-12"), "en")
    'between 10 May 2017 and 12 May 2017'
    >>> interval(None, "en")
    'undated'
    """
    if published is None:
        return text("date.undated", language)
    if published.precision == "day":
        return day(published.start, language)
    if published.precision == "month":
        return f"{month_name(published.start, language)} {published.start.year}"
    if published.precision == "days":
        last = published.end - dt.timedelta(days=1)
        return text(
            "date.days", language, first=day(published.start, language), last=day(last, language)
        )
    return str(published.start.year)


def language_name(code: str, language: str) -> str:
    """Name a language by its code, in the reader's language; the code itself when unknown.

    Examples
    --------
    >>> language_name("ar", "en"), language_name("ru", "ar")
    ('Arabic', 'الروسية')
    """
    return (
        _LOCALES[language].languages.get(code, code) if code else text("language.unknown", language)
    )


def other_language(language: str) -> str:
    """Return the other of the two languages of the interface.

    Examples
    --------
    >>> other_language("ar"), other_language("en")
    ('en', 'ar')
    """
    return "en" if language == "ar" else "ar"


def best_language(preferred: str | None) -> str:
    """Choose the interface language for a browser's locale such as ``ar-JO``."""
    code = (preferred or "en").replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else "en"
