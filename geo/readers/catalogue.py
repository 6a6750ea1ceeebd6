"""The shipped catalogue: articles described by Fourzones, with the names they use quoted."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from geo.check import schema_faults
from geo.errors import FourzonesError
from geo.model import Article, Interval
from geo.paths import DATA

CATALOGUE = DATA / "articles.csv"


def rows(path: Path = CATALOGUE) -> Iterator[dict[str, str]]:
    """Yield the rows of the catalogue as they stand.

    Raises
    ------
    FourzonesError
        If the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except (OSError, UnicodeDecodeError) as error:
        raise FourzonesError("cannot read", where=str(path), got=str(error)) from error


def read_catalogue(path: Path = CATALOGUE) -> Iterator[Article]:
    """Yield the articles of the catalogue.

    The text of each is what the article quotes: the names it uses for zones and places, as one
    text with its separators. Titles and summaries are ours and are never read by the linker.

    Examples
    --------
    >>> next(read_catalogue()).described_by
    'fourzones'
    """
    for row in rows(path):
        yield Article(
            id=row["id"],
            url=row["url"],
            archive_url=row["archive_url"],
            publisher=row["publisher"],
            published=Interval.parse(row["published"]) if row["published"] else None,
            date_source=row["date_source"],
            language=row["language"],
            text=row["quoted_names"],
            title_en=row["title_en"],
            title_ar=row["title_ar"],
            summary_en=row["summary_en"],
            summary_ar=row["summary_ar"],
            described_by="fourzones",
            labelled=tuple(z for z in row["labelled_zones"].split(";") if z),
        )


def faults(path: Path = CATALOGUE) -> Iterator[str]:
    """Yield one line per fault: file, row, field, expected, got."""
    found = list(rows(path))
    yield from schema_faults(found, path.with_name("articles.schema.json"), path.name)
    seen: dict[str, int] = {}
    for number, row in enumerate(found, start=2):
        for field in ("id", "url"):
            if (first := seen.setdefault(f"{field} {row[field]}", number)) != number:
                yield (
                    f"{path.name}: row {number}: {field}: expected a new one, "
                    f"got that of row {first}"
                )
        if row["published"]:
            try:
                Interval.parse(row["published"])
            except ValueError:
                yield (
                    f"{path.name}: row {number}: published: expected a day that exists, "
                    f"got {row['published']}"
                )
