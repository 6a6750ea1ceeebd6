"""What happened to the zones: dated events with their sources."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.check import schema_faults
from geo.errors import FourzonesError
from geo.paths import DATA

SHIPPED = DATA / "events.csv"


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated that happened to one or more zones.

    Attributes
    ----------
    date : date
        Its day, or the first day that is meant where `precision` is `month` or `year`.
    end_date : date or None
        Its last day, included; None for a single day.
    zones : tuple of str
    kind : str
        `agreement`, `in-force`, `delineated`, `reduced`, `ended`, `offensive`, `monitoring`, …
    publisher, url : str
        The source.
    """

    id: str
    date: dt.date
    end_date: dt.date | None
    precision: str
    zones: tuple[str, ...]
    kind: str
    title_en: str
    title_ar: str
    detail_en: str
    detail_ar: str
    source_title: str
    publisher: str
    url: str


def load_events(path: Path | None = None) -> tuple[Event, ...]:
    """Read the events, oldest first.

    Raises
    ------
    FourzonesError
        If the file cannot be read or a date is none.

    Examples
    --------
    >>> next(e.title_en for e in load_events() if e.date == dt.date(2017, 5, 4))
    'Astana memorandum signed by Russia, Turkey and Iran'
    """
    path = path or SHIPPED
    events = []
    for number, row in enumerate(_rows(path), start=2):
        try:
            date = dt.date.fromisoformat(row["date"])
            end = dt.date.fromisoformat(row["end_date"]) if row["end_date"] else None
        except (KeyError, ValueError) as error:
            raise FourzonesError(
                "bad date", where=f"{path.name}, row {number}", expected="YYYY-MM-DD",
                got=str(error),
            ) from error  # fmt: skip
        said = {k: v for k, v in row.items() if k not in ("date", "end_date", "zones")}
        events.append(Event(date=date, end_date=end, zones=tuple(row["zones"].split(";")), **said))
    return tuple(sorted(events, key=lambda event: (event.date, event.id)))


def faults(path: Path) -> Iterator[str]:
    """Yield one line per fault: file, row, field, expected, got."""
    rows = list(_rows(path))
    yield from schema_faults(rows, path.with_name("events.schema.json"), path.name)
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        if (first := seen.setdefault(row["id"], number)) != number:
            yield f"{path.name}: row {number}: id: expected a new one, got that of row {first}"
        for field in ("date", "end_date"):
            try:
                if row[field]:
                    dt.date.fromisoformat(row[field])
            except ValueError:
                yield (
                    f"{path.name}: row {number}: {field}: expected a day that exists, "
                    f"got {row[field]}"
                )
        if row["end_date"] and row["end_date"] < row["date"]:
            yield (
                f"{path.name}: row {number}: end_date: expected a day from {row['date']} on, "
                f"got {row['end_date']}"
            )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except (OSError, UnicodeDecodeError) as error:
        raise FourzonesError("cannot read", where=str(path), got=str(error)) from error
