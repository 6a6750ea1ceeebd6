"""Dates as they are printed, with the precision they have: 2017-05-04, ٤ أيار ٢٠١٧, May 2017."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
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
_YEAR_LAST = re.compile(r"^(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?((?:19|20)\d\d)(?=$|[T ,])")
_FIGURES = re.compile(
    r"(?<!\d)(?:((?:19|20)\d\d)[/.-](\d{1,2})[/.-](\d{1,2})"
    r"|(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d))(?!\d)"
)
DAY_FIRST = "day-first"
MONTH_FIRST = "month-first"
TRUSTED = 20
"""For so many dates that could be read in two ways, one must tell."""

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


def with_calendar(text: str, source: str, order: str | None = None) -> tuple[Interval | None, str]:
    """Read a printed date as `printed` does, and say where it is from.

    Parameters
    ----------
    source : str
        Where the text stands; ``-hijri`` is added when the date was of the Islamic calendar, and
        the order when the date was read by that.
    order : {"day-first", "month-first"}, optional
        How to read figures that could be read in two ways.

    Examples
    --------
    >>> with_calendar("Ramadan 1438 AH", "meta")[1]
    'meta-hijri'
    >>> date, source = with_calendar("03/04/2017", "field", "day-first")
    >>> date.isoformat(), source
    ('2017-04-03', 'field-day-first')
    """
    if date := _gregorian(text):
        return date, source
    if order and (figures := in_two_ways(text)):
        return _in_order(figures, order), f"{source}-{order}"
    if date := hijri(text):
        beside = _beside(text, date)
        return (beside, source) if beside else (date, f"{source}-hijri")
    return None, ""


def order_of(said: Iterable[str]) -> str | None:
    """Return in which order dates in figures are written; None where none tells, or they differ.

    Days over 12 tell, as two in three do: one among hundreds that do not is a slip.

    Examples
    --------
    >>> order_of(["03/04/2017", "25/12/2017"]), order_of(["03/04/2017", "12/25/2017"])
    ('day-first', 'month-first')
    >>> order_of(["03/04/2017"]), order_of(["25/12/2017", "12/25/2017"])
    (None, None)
    """
    counts: Counter[str] = Counter()
    for text in said:
        if figures := _figures(_plain(text)):
            first, second, _ = figures
            counts[_order(first, second)] += first != second
    either = counts.pop("", 0)
    if len(counts) != 1:
        return None
    [(order, telling)] = counts.items()
    return order if either <= TRUSTED * telling else None


def _plain(text: str) -> str:
    return " ".join(text.translate(_DIGITS).split())[:200]


def in_two_ways(text: str) -> tuple[int, int, int] | None:
    """Return the figures of a date that could be read in two ways, the year last.

    Examples
    --------
    >>> in_two_ways("03/04/2017"), in_two_ways("25/12/2017")
    ((3, 4, 2017), None)
    """
    figures = _figures(_plain(text))
    if not figures:
        return None
    first, second, _ = figures
    return figures if first != second and max(first, second) <= 12 else None


def _figures(plain: str) -> tuple[int, int, int] | None:
    """Return the figures of a date with the year last."""
    match = _YEAR_LAST.match(plain)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def _order(first: int, second: int) -> str:
    """Return in which order a day and a month stand; nothing where these do not tell."""
    if first > 12 >= second:
        return DAY_FIRST
    return MONTH_FIRST if second > 12 >= first else ""


def _in_order(figures: tuple[int, int, int], order: str) -> Interval | None:
    first, second, year = figures
    month, day = (first, second) if order == MONTH_FIRST else (second, first)
    return _interval(year, month, day)


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
    text = _plain(text)
    if match := _ISO.match(text):
        return _interval(*(int(part) if part else None for part in match.groups()))
    if match := _NAMED.search(text):
        before, month, after, year = match.groups()
        day = before or after
        return _interval(int(year), _MONTHS[month.lower()], int(day) if day else None)
    if match := _YEAR_FIRST.match(text):
        return _interval(*(int(part) for part in match.groups() if part))
    if figures := _figures(text):
        first, second, _ = figures
        order = _order(first, second)
        return _in_order(figures, order) if order or first == second else None
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
    if day and not month:
        return None  # 2017-00-13
    try:
        dt.date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    said = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return Interval.parse(said)
