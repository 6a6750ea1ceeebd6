"""Records with named fields, as JSON Lines and CSV have them, to articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.errors import FourzonesError
from geo.model import Article, Interval
from geo.readers.dates import in_two_ways, settled, with_calendar
from geo.readers.identity import identify, own_id
from geo.readers.text import language_of, no_text

FIELDS = {
    "text": ("text", "body", "content", "article", "articlebody", "full_text", "fulltext", "notes",
             "النص", "نص", "المحتوى", "نص المقال"),
    "title": ("title", "headline", "heading", "العنوان", "عنوان"),
    "url": ("url", "link", "address", "source_url", "permalink", "الرابط", "رابط"),
    "published": ("published", "date", "pubdate", "datepublished", "published_at",
                  "publication_date", "event_date", "التاريخ", "تاريخ", "تاريخ النشر"),
    "publisher": ("publisher", "source", "site", "outlet", "المصدر", "الناشر", "الموقع"),
    "language": ("language", "lang", "اللغة"),
    "archive_url": ("archive_url", "archive", "الأرشيف"),
    "link_worked": ("link_worked", "last_seen", "checked", "link_checked"),
    "id": ("id", "identifier", "guid"),
}  # fmt: skip
"""What each field may be called, in small letters; the first that is there counts."""


def columns(names: list[str]) -> dict[str, str]:
    """Return which of the given column names holds which field.

    Examples
    --------
    >>> columns(["Headline", "Body", "Link"])
    {'text': 'Body', 'title': 'Headline', 'url': 'Link'}
    """
    given = {name.strip().lower().replace(" ", "_"): name for name in reversed(names)}
    given |= {name.strip().lower(): name for name in reversed(names)}
    found = {}
    for field, ways in FIELDS.items():
        for way in ways:
            if way in given:
                found[field] = given[way]
                break
    return found


def article_from(
    record: Mapping[str, Any], where: str, published: Interval | None, order: str | None = None
) -> Article:
    """Return the article that a record with our field names holds.

    Parameters
    ----------
    order : {"day-first", "month-first"}, optional
        How to read a date in figures that could be read in two ways.

    Raises
    ------
    FourzonesError
        If it has no text, or a field is not a text.
    """
    said: dict[str, str] = {}
    for field in FIELDS:
        value = record.get(field)
        if value is None:
            continue
        if not isinstance(value, str | int):
            raise FourzonesError(
                "bad field", where=f"{where}, {field}", expected="a text", got=type(value).__name__
            )
        said[field] = str(value)
    text = said.get("text", "")
    if not text.strip():
        raise no_text(where)
    own, own_source = None, ""
    if said.get("published", "").strip():
        own, own_source = with_calendar(said["published"], "field", order)
        if own is None:
            raise FourzonesError(
                "bad date", where=f"{where}, published",
                expected="YYYY-MM-DD: day and month could be either"
                if in_two_ways(said["published"]) else "YYYY-MM-DD or a printed date",
                got=said["published"][:40],
            )  # fmt: skip
    date, source = settled(own, own_source, published, said.get("url", ""))
    return Article(
        id=own_id(said.get("id", "")) or identify(said.get("url", ""), text),
        url=said.get("url", ""),
        archive_url=said.get("archive_url", ""),
        link_worked=said.get("link_worked", ""),
        publisher=said.get("publisher", ""),
        published=date,
        date_source=source,
        language=language_of(text, said.get("language", "")),
        title=said.get("title", ""),
        text=text,
    )
