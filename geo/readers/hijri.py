"""Dates of the Islamic calendar as Arabic pages print them: 15 شعبان 1438 هـ, 2 Ramadan 1438 AH."""

from __future__ import annotations

import datetime as dt
import re

from geo.arabic import squeeze
from geo.model import Interval

# As `squeeze` leaves them: no vowel signs or tatweel, one alif, ه for ة, ي for ى, no hyphens.
_MONTHS = (
    r"محرم|muharram",
    r"صفر|safar",
    r"ربيع (?:ال)?اول|rabi'? ?(?:al |ul |el )?'?a(?:ww|w)al|rabi'? i",
    r"ربيع (?:ال)?(?:ثاني|اخر)|rabi'? ?(?:al |ul |el |ath? )?(?:thani|akhira?|akhar)|rabi'? ii",
    r"جماد[يه] (?:ال)?اول[يه]?|jumad[ai] (?:al |ul |el )?(?:u+la|oula|awwal|awal|i)",
    r"جماد[يه] (?:ال)?(?:ثاني[هي]?|اخر[هي]?|اخير)"
    r"|jumad[ai] (?:al |ul |el |ath? )?(?:thani(?:yah?)?|akhirah?|ukhra|ii)",
    r"رجب|rajab",
    r"شعبان|sha'?a?ban",
    r"رمضان|ramadh?an|ramzan",
    r"شوال|shawwal|shawal",
    r"ذ[ويا] ?القعده|d?[hz]u'?l? ?(?:al |ul |el )?[qk]['ai]{1,3}dah?",
    r"ذ[ويا] ?الحجه|d?[hz]u'?l? ?(?:al |ul |el )?hij+ah?",
)
_YEAR = r"(1[345]\d\d)(?!\d)"
_MARK = r"\s*(?:هجري[هي]?|للهجره|ه(?!\w)|a\.?h\b|h\b)"
_HONOUR = r"(?:\s+(?:الحرام|المبارك|المعظم|المكرم|الخير|المظفر|الفرد|الاصب))?"
_MONTH = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, start=1))
_NAMED = re.compile(
    rf"(?<!\w)(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:من\s+)?(?:شهر\s+)?)?(?:ال)?(?:{_MONTH})"
    rf"{_HONOUR}[\s,،/]+(?:(?P<after>\d{{1,2}}),\s+)?(?:(?:عام|سنه|لعام)\s+)?(?P<year>{_YEAR})"
)
_PARTS = r"[\s/.]{1,3}"
_YEAR_FIRST = re.compile(rf"(?<!\d){_YEAR}{_PARTS}(\d{{1,2}}){_PARTS}(\d{{1,2}})(?!\d){_MARK}")
_DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}}){_PARTS}(\d{{1,2}}){_PARTS}{_YEAR}{_MARK}")
_YEAR_ALONE = re.compile(rf"^(?:(?:عام|سنه)\s+)?{_YEAR}{_MARK}$")


def hijri(text: str) -> Interval | None:
    """Read a date of the Islamic calendar; None when there is none or it is out of range.

    Converted by the Umm al-Qura calendar. Where the new moon was looked for, a month may have
    begun a day sooner or later: a day is therefore the three days that it may have been. A month
    or a year is exactly as that calendar has it. Figures count only with the year first, or where
    the day is beyond doubt, and only with a mark of the era.

    Examples
    --------
    >>> hijri("١٥ شعبان ١٤٣٨هـ").isoformat()
    '2017-05-10/2017-05-12'
    >>> hijri("Ramadan 1438").isoformat()
    '2017-05-27/2017-06-24'
    """
    text = " ".join(squeeze(text[:400])[0].split())
    if match := _NAMED.search(text):
        month = next(n for n in range(1, 13) if match[f"m{n}"])
        day = match["before"] or match["after"]
        return _interval(int(match["year"]), month, int(day) if day else None)
    if match := _YEAR_FIRST.search(text):
        return _interval(*map(int, match.groups()))
    if match := _DAY_FIRST.search(text):
        first, second, year = map(int, match.groups())
        if first > 12 or first == second:
            return _interval(year, second, first)
        return None
    if match := _YEAR_ALONE.search(text):
        return _interval(int(match[1]))
    return None


def _interval(year: int, month: int | None = None, day: int | None = None) -> Interval | None:
    from hijridate import Hijri

    try:
        start = dt.date(*Hijri(year, month or 1, 1).to_gregorian().timetuple()[:3])
        if month is None:
            last = Hijri(year, 12, 1)
            end = dt.date(*last.to_gregorian().timetuple()[:3])
            return Interval(start, end + dt.timedelta(days=last.month_length()))
        length = Hijri(year, month, 1).month_length()
    except (ValueError, OverflowError):
        return None
    if day is None:
        return Interval(start, start + dt.timedelta(days=length))
    if not 1 <= day <= 30:  # a month of 29 days here may have had 30 where it was printed
        return None
    return Interval(start + dt.timedelta(days=day - 2), start + dt.timedelta(days=day + 1))
