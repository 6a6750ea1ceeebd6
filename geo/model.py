"""The words of the field as plain values: what flows from the readers to everything shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

ZONES = ("idlib", "northern-homs", "eastern-ghouta", "south")
"""The ids of the four zones, from north to south; the order of every list, legend and chart."""

ZONE_NAMES = {
    "idlib": {"en": "Idlib", "ar": "إدلب"},
    "northern-homs": {"en": "Northern Homs", "ar": "شمال حمص"},
    "eastern-ghouta": {"en": "Eastern Ghouta", "ar": "الغوطة الشرقية"},
    "south": {"en": "The South", "ar": "الجنوب"},
}

MEMORANDUM = dt.date(2017, 5, 4)
"""The day the memorandum was signed: from it on, each zone has exactly one version a day."""

STATUSES = ("announced", "in-force", "delineated", "reduced", "ended")

Kind = Literal["zone", "area", "place"]
KINDS: tuple[Kind, ...] = ("zone", "area", "place")
Where = Literal["title", "body", "dateline"]
Precision = Literal["day", "month", "year", "days"]


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` up to, but without, `end`.

    Examples
    --------
    >>> Interval.parse("2017-05")
    Interval(start=datetime.date(2017, 5, 1), end=datetime.date(2017, 6, 1))
    >>> Interval.parse("2017-05").precision
    'month'
    >>> Interval(dt.date(2017, 5, 10), dt.date(2017, 5, 13)).isoformat()
    '2017-05-10/2017-05-12'
    """

    start: dt.date
    end: dt.date

    @classmethod
    def parse(cls, text: str) -> Interval:
        """Read an ISO 8601 day, month or year as the interval it covers, or two days with a slash.

        Raises
        ------
        ValueError
            If the text is none of these.
        """
        if "/" in text:
            first, last = map(cls.parse, text.split("/", 1))
            if first.precision != "day" or last.precision != "day" or first.start > last.start:
                raise ValueError(f"not a first and a last day: {text!r}")
            return cls(first.start, last.end)
        parts = text.strip().split("-")
        if [len(p) for p in parts] not in ([4], [4, 2], [4, 2, 2]) or not all(
            p.isascii() and p.isdigit() for p in parts
        ):
            raise ValueError(f"not a day, month or year: {text!r}")
        year, month, day = (*map(int, parts), *([1] * (3 - len(parts))))
        if not 1 <= year < 9999:  # the day after must be a date as well
            raise ValueError(f"not a year that has a next one: {text!r}")
        start = dt.date(year, month, day)
        if len(parts) == 3:
            return cls(start, start + dt.timedelta(days=1))
        if len(parts) == 2:
            return cls(start, (start + dt.timedelta(days=31)).replace(day=1))
        return cls(start, dt.date(year + 1, 1, 1))

    @property
    def precision(self) -> Precision:
        """How wide the interval is: a day, a month or a year of the calendar, or other days."""
        if self.end == self.start + dt.timedelta(days=1):
            return "day"
        if self.start.day == 1 and self.end == (self.start + dt.timedelta(days=31)).replace(day=1):
            return "month"
        if (self.start.month, self.start.day) == (1, 1) and self.end == dt.date(
            self.start.year + 1, 1, 1
        ):
            return "year"
        return "days"

    def isoformat(self) -> str:
        """Write the interval as the ISO 8601 day, month or year it was read from.

        Other intervals are written as ISO 8601 has them, with their first and their last day.
        """
        first = self.start.isoformat()
        if self.precision == "days":
            return f"{first}/{(self.end - dt.timedelta(days=1)).isoformat()}"
        return first[: {"day": 10, "month": 7, "year": 4}[self.precision]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of an article that names a zone, an area or a place in one.

    `start` and `end` count Unicode code points in the field that `where` names (`title` in the
    title, everything else in the text), half-open: ``text[start:end] == surface``.

    Attributes
    ----------
    zone : str
        One of `ZONES`.
    place : str or None
        Id of the place in the gazetteer; None for a zone or an area.
    kind : {"zone", "area", "place"}
    where : {"title", "body", "dateline"}
    rule : str
        Name of the rule that accepted the span.
    confidence : float
        From 0 to 1.
    inside : bool or None
        Whether the place lay in the zone, as drawn, on the article's own date. None: there is no
        place or no date, or the date is coarse and the place changed side within it.
    """

    zone: str
    surface: str
    start: int
    end: int
    place: str | None
    kind: Kind
    where: Where
    rule: str
    confidence: float
    inside: bool | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as it came in.

    Attributes
    ----------
    id : str
        Stable: from the canonical address, else from a hash of the folded text.
    link_worked : str
        When the address was last known to work (ISO 8601), empty when nobody said so.
    published : Interval or None
        As wide as the printed date is precise; None when the article bears no date.
    date_source : str
        Where the date was read (`url-path`, `given`, …).
    title : str
        The publisher's own headline, empty when it is not known.
    text : str
        The body as it was given. For the shipped catalogue: the names the article used for the
        zones, quoted, with their separators; never its full text.
    title_en, title_ar, summary_en, summary_ar : str
        A description in Fourzones' words, where there is one.
    described_by : {"publisher", "fourzones"}
        Who wrote what is shown as the title.
    labelled : tuple of str or None
        The zones that a person who read the article gave it, kept beside what the linker finds.
    """

    id: str
    url: str = ""
    archive_url: str = ""
    link_worked: str = ""
    publisher: str = ""
    published: Interval | None = None
    date_source: str = ""
    language: str = ""
    title: str = ""
    text: str = ""
    title_en: str = ""
    title_ar: str = ""
    summary_en: str = ""
    summary_ar: str = ""
    described_by: Literal["publisher", "fourzones"] = "publisher"
    labelled: tuple[str, ...] | None = None

    def heading(self, language: str) -> str:
        """Return the headline, else our description in `language`, else the first words."""
        own = self.title_ar if language == "ar" else self.title_en
        return self.title or own or self.title_en or self.title_ar or self._beginning()

    def _beginning(self) -> str:
        begun = self.text[:80].strip()
        if len(self.text) <= 80:
            return begun
        return (begun.rpartition(" ")[0] or begun) + "…"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said of the link between an article and a zone.

    Attributes
    ----------
    verdict : {"confirmed", "rejected"}
    by : str
        Name of the person, as given.
    at : str
        When (ISO 8601, UTC).
    """

    zone: str
    verdict: Literal["confirmed", "rejected"]
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """An article together with its mentions: the unit that the store takes and gives.

    Attributes
    ----------
    judgements : tuple of Judgement
        What people said of its links. The store keeps them through anything that is read or
        linked again; they are no part of what makes two linked articles equal.
    group : str
        Id of the first of the near-duplicates to which the article belongs, else empty.
    """

    article: Article
    mentions: tuple[Mention, ...] = field(default=())
    judgements: tuple[Judgement, ...] = field(default=(), compare=False)
    group: str = field(default="", compare=False)

    @property
    def zones(self) -> tuple[str, ...]:
        """The zones it is linked to, in the order of `ZONES`: those that mentions name, without
        the links that a person rejected, with those that a person confirmed."""
        found = {m.zone for m in self.mentions}
        for judgement in self.judgements:
            if judgement.verdict == "confirmed":
                found.add(judgement.zone)
            else:
                found.discard(judgement.zone)
        return tuple(z for z in ZONES if z in found)
