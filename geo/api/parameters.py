"""What a request asks for: its query read as a `Selection`, a page, and what is drawn where."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from geo.selection import MAX_VALUES, PARAMETERS, Selection, day_after

LIMIT, MOST = 10, 10_000
"""How many features are answered when nobody says, and at most."""

MOST_LIMIT = 1_000_000
"""The most that may be asked for. By the standard, more than `MOST` is no error and answered as
`MOST`; what is beyond all sense is told."""

MOST_OFFSET = 10**9

# RFC 3339, 5.6: a full-date or a date-time. Python reads much else of ISO 8601.
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,12})?(Z|[+-]\d\d:\d\d))?", re.ASCII | re.IGNORECASE
)

SELECTION = tuple(parameter.name for parameter in PARAMETERS)
FORMS = ("json", "html")

Box = tuple[float, float, float, float]
Range = tuple[dt.date | None, dt.date | None]


class Problem(Exception):
    """A request that is not answered as asked, with the status and a sentence that says why."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers or {}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was understood.

    Attributes
    ----------
    selection : Selection
        With the range of `datetime` in its `from_` and `to`.
    when : (date or None, date or None) or None
        `datetime` as half-open days, open where None; None when it was not given.
    nothing : bool
        Whether `datetime` and the range of the selection have no day in common.
    form : str
        `json` or `html`; empty when the query does not say.
    after : str
        The word for where the page before ended (see `geo.api.cursor`); empty for the first.
    """

    selection: Selection = dataclasses.field(default_factory=Selection)
    when: Range | None = None
    nothing: bool = False
    limit: int = LIMIT
    offset: int = 0
    after: str = ""
    form: str = ""
    language: str = ""
    lines: bool = False


def pairs(query: str) -> list[tuple[str, str]]:
    """Return the names and values of a query."""
    return parse_qsl(query, keep_blank_values=True)


def form_of(query: str, extra: Iterable[str] = ()) -> Asked:
    """Read a query that may only say in which form, or which of some other things, it wants."""
    return _read(query, ("f", *extra))


def asked(query: str) -> Asked:
    """Read the query of a collection's items.

    Raises
    ------
    Problem
        400, with a sentence that names the parameter, what was expected and what was given.

    Examples
    --------
    >>> asked("datetime=2017-05-04/2017-12-31&zone=idlib&limit=99999").limit
    10000
    >>> asked("datetime=2017-05-04/..").selection.from_
    datetime.date(2017, 5, 4)
    """
    return _read(query, (*SELECTION, "datetime", "limit", "offset", "after", "f"))


def chosen(query: str, extra: Iterable[str] = ()) -> Asked:
    """Read the query of a feed or a download: a selection, and a few things by name."""
    return _read(query, (*SELECTION, *extra))


def dated(query: str, extra: Iterable[str] = ()) -> Asked:
    """Read a query that may say a map date or a range that ends on it, and a few things by name."""
    return _read(query, ("from", "to", "on", *extra))


def _read(query: str, known: tuple[str, ...]) -> Asked:
    given: dict[str, list[str]] = {}
    for name, value in pairs(query):
        if name not in known:
            raise Problem(
                400, f"unknown parameter {name[:80]}; known: {', '.join(sorted(known)) or 'none'}"
            )
        given.setdefault(name, []).append(value)
    repeats = {parameter.name for parameter in PARAMETERS if parameter.repeats}
    for name, values in given.items():
        if len(values) > (MAX_VALUES if name in repeats else 1):
            most = f"at most {MAX_VALUES} values" if name in repeats else "one value"
            raise Problem(400, f"{name}: expected {most}, got {len(values)}")
    box = _box(given.pop("bbox")[0]) if "bbox" in given else None
    selection, faults = Selection.from_params(given)
    if faults:
        raise Problem(400, str(faults[0]))
    if box:
        selection = selection.replace(bbox=box)
    when = half_open(given["datetime"][0]) if "datetime" in given else None
    nothing = False
    if when:
        selection, nothing = _narrowed(selection, when)
    return Asked(
        selection=selection,
        when=when,
        nothing=nothing,
        limit=min(MOST, _count("limit", given, LIMIT, 1, MOST_LIMIT)),
        offset=_count("offset", given, 0, 0, MOST_OFFSET),
        after=given.get("after", [""])[0],
        form=_one_of("f", given, FORMS),
        language=_one_of("lang", given, ("en", "ar")),
        lines=_one_of("lines", given, ("0", "1")) == "1",
    )


def _one_of(name: str, given: dict[str, list[str]], values: tuple[str, ...]) -> str:
    value = given.get(name, [""])[0]
    if name in given and value not in values:
        raise Problem(400, f"{name}: expected {' or '.join(values)}, got {value[:80]}")
    return value


def _count(
    name: str, given: dict[str, list[str]], default: int, least: int, most: int | None = None
) -> int:
    if name not in given:
        return default
    said = given[name][0]
    number = int(said[:20]) if said.isascii() and said.isdigit() else -1
    if number < least or (most is not None and number > most):
        upto = f" to {most}" if most is not None else ""
        raise Problem(400, f"{name}: expected a whole number from {least}{upto}, got {said[:80]}")
    return number


def _narrowed(selection: Selection, when: Range) -> tuple[Selection, bool]:
    starts = [day for day in (selection.from_, when[0]) if day]
    ends = [day for day in (selection.to, when[1]) if day]
    start, end = max(starts, default=None), min(ends, default=None)
    if start and end and start >= end:
        return selection, True
    # By the standard, `datetime` leaves in what bears no date; the selection's own range does not.
    undated = selection.undated or not selection.has_dates
    return selection.replace(from_=start, to=end, undated=undated), False


def _box(text: str) -> Box:
    """Read a box of four numbers, or of six, whose heights are of no matter here."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        raise Problem(400, f"bbox: expected west,south,east,north in degrees, got {text[:80]}")
    west, south, east, north = numbers
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise Problem(
            400, "bbox: expected longitudes from -180 to 180, and latitudes from -90 to 90, "
            f"the southern first, got {text[:80]}",
        )  # fmt: skip
    if west > east:
        # Across the antimeridian: of its two halves the one on the side of Syria.
        west, east = (-180.0, east) if east > 35 else (west, 180.0)
    return west, south, east, north


def half_open(text: str) -> Range:
    """Return an OGC `datetime` (its last day included) as half-open days, open where None.

    Examples
    --------
    >>> half_open("2017-05-04")
    (datetime.date(2017, 5, 4), datetime.date(2017, 5, 5))
    >>> half_open("../2017-12-31T23:59:59Z")
    (None, datetime.date(2018, 1, 1))
    """
    first, slash, last = text.partition("/")
    try:
        start = None if slash and first in ("", "..") else _day(first)
        end = start if not slash else None if last in ("", "..") else _day(last)
    except (ValueError, OverflowError):
        start, end = dt.date.max, dt.date.min
    if start and end and start > end:
        raise Problem(
            400, "datetime: expected a day or a time (RFC 3339), or two of them in order with a "
            f"slash, where .. is open, got {text[:80]}",
        )  # fmt: skip
    return start, None if end is None or end == dt.date.max else day_after(end)


def _day(text: str) -> dt.date:
    """Read a day, or the day in UTC of a moment."""
    if not _MOMENT.fullmatch(text):
        raise ValueError(text)
    if len(text) == 10:
        return dt.date.fromisoformat(text)
    return dt.datetime.fromisoformat(text.upper()).astimezone(dt.UTC).date()


def moved(query: str, **changes: str) -> str:
    """Return a query with some of its parameters changed, or left out where empty."""
    kept = [(name, value) for name, value in pairs(query) if name not in changes]
    return urlencode([*kept, *((k, v) for k, v in changes.items() if v)])
