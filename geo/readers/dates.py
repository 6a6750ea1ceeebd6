"""Dates as they are printed, with the precision they have: 2017-05-04, ٤ أيار ٢٠١٧, May 2017."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from geo.model import Interval
from geo.readers.hijri import hijri

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "كانون الثاني|يناير|جانفي|january|jan",
            "شباط|فبراير|فيفري|february|feb",
            "آذار|اذار|مارس|march|mar",
            "نيسان|أبريل|ابريل|أفريل|إبريل|april|apr",
            "أيار|ايار|آيار|مايو|ماي|may",
            "حزيران|يونيو|يونيه|جوان|june|jun",
            "تموز|يوليو|يوليه|جويلية|july|jul",
            "آب|اب|أغسطس|اغسطس|أوت|august|aug",
            "أيلول|ايلول|سبتمبر|september|sept|sep",
            "تشرين الأول|تشرين الاول|أكتوبر|اكتوبر|october|oct",
            "تشرين الثاني|نوفمبر|november|nov",
            "كانون الأول|كانون الاول|ديسمبر|december|dec",
        ),
        start=1,
    )
    for name in names.split("|")
}
_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_NAMED = re.compile(
    rf"(?<!\w)(?:(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+|-)(?:من\s+)?)?({_MONTH})\.?"
    rf"(?:\s*/\s*(?:{_MONTH}))?[\s,،-]+(?:(\d{{1,2}})(?:st|nd|rd|th)?[,،\s]\s*)?(?:عام\s+|,\s*|،\s*)?((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_ISO = re.compile(r"^((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?=$|[T +Z])")
_YEAR_FIRST = re.compile(
    r"^((?:19|20)\d\d)(?: ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{1,2})|(\d\d)(\d\d))(?=$|[T ,])"
)
_DAY_FIRST = re.compile(r"^(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?((?:19|20)\d\d)(?=$|[T ,])")
_FIGURES = re.compile(
    r"(?<!\d)(?:((?:19|20)\d\d)[/.-](\d{1,2})[/.-](\d{1,2})"
    r"|(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d))(?!\d)"
)
_URL_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")


def printed(text: str) -> Interval | None:
    """Read a date that is written alone or in a line of its own; None when there is none.

    Days and months in figures count only where the day is beyond doubt (over 12, or both alike).
    A date of the Islamic calendar counts where no Gregorian one stands beside it.

    Examples
    --------
    >>> printed("الخميس ٤ أيار/مايو ٢٠١٧").isoformat()
    '2017-05-04'
    >>> printed("May 2017").isoformat(), printed("03/04/2017")
    ('2017-05', None)
    >>> printed("٨ شعبان ١٤٣٨هـ الموافق ٤ مايو ٢٠١٧").isoformat()
    '2017-05-04'
    """
    return with_calendar(text, "")[0]


def with_calendar(text: str, source: str) -> tuple[Interval | None, str]:
    """Read a printed date as `printed` does, and say where it is from.

    Parameters
    ----------
    source : str
        Where the text stands; ``-hijri`` is added when the date was of the Islamic calendar.

    Examples
    --------
    >>> with_calendar("Ramadan 1438 AH", "meta")[1]
    'meta-hijri'
    """
    if date := _gregorian(text):
        return date, source
    if date := hijri(text):
        beside = _beside(text, date)
        return (beside, source) if beside else (date, f"{source}-hijri")
    return None, ""


def _beside(text: str, date: Interval) -> Interval | None:
    """Return the Gregorian date in figures that stands beside a Hijri one.

    Where it could be read in two ways, the Hijri date says which is meant.
    """
    for match in _FIGURES.finditer(text.translate(_DIGITS)[:400]):
        if match[1]:
            return _interval(*map(int, match.groups()[:3]))
        first, second, year = map(int, match.groups()[3:])
        read = {_interval(year, second, first), _interval(year, first, second)}
        readings = [one for one in read if one]
        meant = [one for one in readings if date.start <= one.start < date.end]
        if len(readings) == 1 or len(meant) == 1:
            return (meant or readings)[0]
    return None


def _gregorian(text: str) -> Interval | None:
    text = " ".join(text.translate(_DIGITS).split())[:200]
    if match := _ISO.match(text):
        return _interval(*(int(part) if part else None for part in match.groups()))
    if match := _NAMED.search(text):
        before, month, after, year = match.groups()
        day = before or after
        return _interval(int(year), _MONTHS[month.lower()], int(day) if day else None)
    if match := _YEAR_FIRST.match(text):
        return _interval(*(int(part) for part in match.groups() if part))
    if match := _DAY_FIRST.match(text):
        first, second, year = map(int, match.groups())
        if first > 12 or first == second:
            return _interval(year, second, first)
        if second > 12:
            return _interval(year, first, second)
        return None
    try:
        return _interval(*parsedate_to_datetime(text).timetuple()[:3])
    except (ValueError, TypeError, IndexError):
        return None


def in_address(url: str) -> Interval | None:
    """Read the day that an address has in its path.

    Examples
    --------
    >>> in_address("https://example.org/2017/05/04/zones").isoformat()
    '2017-05-04'
    """
    match = _URL_PATH.search(url)
    return _interval(*map(int, match.groups())) if match else None


def settled(
    own: Interval | None, source: str, given: Interval | None, url: str
) -> tuple[Interval | None, str]:
    """Return an article's date and where it is from: its own, else the one given, else its address.

    Parameters
    ----------
    own : Interval or None
        What the article says of itself, read from `source`.
    given : Interval or None
        What the user says of articles that bear no date.

    Examples
    --------
    >>> settled(None, "", None, "https://example.org/2017/05/04/zones")[1]
    'url-path'
    """
    if own:
        return own, source
    if given:
        return given, "given"
    date = in_address(url)
    return date, "url-path" if date else ""


def _interval(
    year: int | None, month: int | None = None, day: int | None = None
) -> Interval | None:
    try:
        dt.date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    said = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return Interval.parse(said)
