"""What the analyst is looking at, as one value: URL, SQL, sentence, export and flags come from it.

Dates are half-open here, in the URL, on the command line and in SQL; on the screen and in
sentences they are inclusive. `last_day` and `day_after` are the only places that convert.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geo.errors import FourzonesError
from geo.model import KINDS, ZONES

ALL_AGREED = dt.date(2017, 9, 15)
"""The day the last of the four borders was agreed: the map date when no date is chosen."""

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
"""The days that a selection can name."""

MAX_WORDS = 200
MAX_VALUES = 50
MAX_CORNERS = 60


def last_day(end: dt.date) -> dt.date:
    """Return the last day before an exclusive `end`.

    Examples
    --------
    >>> last_day(dt.date(2018, 1, 1))
    datetime.date(2017, 12, 31)
    """
    return end - dt.timedelta(days=1)


def day_after(last: dt.date) -> dt.date:
    """Return the exclusive end of a range whose `last` day belongs to it."""
    return last + dt.timedelta(days=1)


def read_date(text: str) -> dt.date:
    """Read an ISO 8601 day written in ASCII digits.

    Raises
    ------
    ValueError
        If it is anything else, or outside the years 1900 to 2100.
    """
    if len(text) != 10 or not text.isascii():
        raise ValueError(text)
    day = dt.date.fromisoformat(text)
    if not EARLIEST <= day <= LATEST:
        raise ValueError(text)
    return day


def _zone(text: str) -> str:
    if text not in ZONES:
        raise ValueError(text)
    return text


def _kind(text: str) -> str:
    if text not in KINDS:
        raise ValueError(text)
    return text


def _plain(text: str) -> str:
    if not text.strip() or len(text) > MAX_WORDS:
        raise ValueError(text)
    return text.strip()


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError(text)
    return text == "1"


def _bbox(text: str) -> tuple[float, float, float, float]:
    west, south, east, north = (float(part) for part in text.split(","))
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ValueError(text)
    return west, south, east, north


def _area(text: str) -> tuple[float, ...]:
    numbers = tuple(float(part) for part in text.split(",", 2 * MAX_CORNERS))
    lons, lats = numbers[::2], numbers[1::2]
    if len(numbers) % 2 or len(lons) < 3 or len(lons) > MAX_CORNERS:
        raise ValueError(text)
    if not (all(-180 <= lon <= 180 for lon in lons) and all(-90 <= lat <= 90 for lat in lats)):
        raise ValueError(text)
    return numbers


@dataclass(frozen=True, slots=True)
class Parameter:
    """How one field of a `Selection` is written outside."""

    field: str
    read: Callable[[str], Any]
    expected: str
    repeats: bool = False

    @property
    def name(self) -> str:
        """Name of the flag, the URL parameter and the API parameter."""
        return self.field.rstrip("_")


PARAMETERS = (
    Parameter("from_", read_date, "YYYY-MM-DD"),
    Parameter("to", read_date, "YYYY-MM-DD"),
    Parameter("on", read_date, "YYYY-MM-DD"),
    Parameter("zone", _zone, "one of " + ", ".join(ZONES), repeats=True),
    Parameter("language", _plain, "a language code such as ar", repeats=True),
    Parameter("publisher", _plain, "a publisher's name", repeats=True),
    Parameter("place", _plain, "a place's id", repeats=True),
    Parameter("kind", _kind, "one of " + ", ".join(KINDS), repeats=True),
    Parameter("inside", _flag, "0 or 1"),
    Parameter("words", _plain, f"at most {MAX_WORDS} characters"),
    Parameter("bbox", _bbox, "west,south,east,north in degrees"),
    Parameter("area", _area, f"lon,lat,lon,lat,… of at most {MAX_CORNERS} corners"),
    Parameter("undated", _flag, "0 or 1"),
    Parameter("once", _flag, "0 or 1"),
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What the analyst is looking at.

    An empty field does not narrow. `from_` and `to` are half-open days: an article is in when
    the interval of its date meets ``[from_, to)``. With a range, undated articles are left out
    (and counted) unless `undated` asks for them.

    Attributes
    ----------
    on : date or None
        The map date, when it is set apart from the range (see `map_date`).
    place : tuple of str
        Ids of places in the gazetteer; articles that mention one of them.
    kind : tuple of str
        Kinds of mention that count: `zone`, `area`, `place`.
    inside : bool
        Only mentions of a place that lay in the zone on the article's own date count.
    bbox : (west, south, east, north) or None
        Degrees (EPSG:4326); articles that mention a place inside.
    area : tuple of float or None
        Corners of a polygon as ``lon, lat, lon, lat, …`` (EPSG:4326, closed by itself); articles
        that mention a place inside.
    words : str
        What a search asks for, as `geo.words.terms` reads it.
    once : bool
        Of near-duplicates (the same copy on many sites) only the earliest counts.

    Examples
    --------
    >>> given = {"from": ["2017-05-04"], "zone": ["idlib", "atlantis"]}
    >>> chosen, faults = Selection.from_params(given)
    >>> chosen.from_, chosen.zone
    (datetime.date(2017, 5, 4), ('idlib',))
    >>> str(faults[0])
    'zone: expected one of idlib, northern-homs, eastern-ghouta, south, got atlantis'
    """

    from_: dt.date | None = None
    to: dt.date | None = None
    on: dt.date | None = None
    zone: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    inside: bool = False
    words: str = ""
    bbox: tuple[float, float, float, float] | None = None
    area: tuple[float, ...] | None = None
    undated: bool = False
    once: bool = False

    @classmethod
    def from_params(
        cls, params: Mapping[str, Iterable[str]]
    ) -> tuple[Selection, list[FourzonesError]]:
        """Read URL, API or command-line parameters; what cannot be read is left out and told.

        Returns
        -------
        Selection
        list of FourzonesError
            One per value that was not understood.
        """
        values: dict[str, Any] = {}
        faults: list[FourzonesError] = []
        for parameter in PARAMETERS:
            read: list[Any] = []
            for text in list(params.get(parameter.name, ()))[:MAX_VALUES]:
                try:
                    read.append(parameter.read(text))
                except ValueError:
                    fault = FourzonesError(
                        parameter.name, expected=parameter.expected, got=text[:80]
                    )
                    faults.append(fault)
            if parameter.repeats:
                values[parameter.field] = tuple(dict.fromkeys(read))
            elif read:
                values[parameter.field] = read[0]
        start, end = values.get("from_"), values.get("to")
        if start and end and end <= start:
            faults.append(
                FourzonesError("to", expected=f"a day after from ({start})", got=str(end))
            )
            del values["to"]
        if "zone" in values:
            values["zone"] = tuple(z for z in ZONES if z in values["zone"])
        return cls(**values), faults

    @classmethod
    def from_flags(cls, params: Mapping[str, Iterable[str]]) -> Selection:
        """Read the same parameters, refusing the first that is wrong.

        Raises
        ------
        FourzonesError
            Names the flag, what was expected and what was given.
        """
        chosen, faults = cls.from_params(params)
        if faults:
            raise FourzonesError("bad value", where=f"--{faults[0]}")
        return chosen

    def to_params(self) -> dict[str, list[str]]:
        """Write the parameters that `from_params` reads; fields at their default are left out."""
        out: dict[str, list[str]] = {}
        for parameter in PARAMETERS:
            value = getattr(self, parameter.field)
            if parameter.repeats:
                if value:
                    out[parameter.name] = list(value)
            elif isinstance(value, bool):
                if value:
                    out[parameter.name] = ["1"]
            elif isinstance(value, tuple):
                out[parameter.name] = [
                    ",".join(repr(number).removesuffix(".0") for number in value)
                ]
            elif value:
                out[parameter.name] = [str(value)]
        return out

    def replace(self, **changes: Any) -> Selection:
        """Return a copy with some fields changed."""
        return dataclasses.replace(self, **changes)

    @property
    def has_dates(self) -> bool:
        """Whether a range narrows the articles."""
        return self.from_ is not None or self.to is not None

    def map_date(self, last_dated: dt.date | None = None) -> dt.date:
        """Return the day whose zones the map shows.

        Parameters
        ----------
        last_dated : date, optional
            First day of the latest dated article: where an open-ended range ends.
        """
        if self.on:
            return self.on
        if self.to:
            return last_day(self.to)
        if self.from_:
            return max(self.from_, last_dated or self.from_)
        return ALL_AGREED
