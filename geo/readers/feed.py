"""RSS and Atom feeds: an article for each entry that has words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from geo.errors import FourzonesError
from geo.model import Article, Interval
from geo.readers.costly import must_be_cheap
from geo.readers.dates import settled, with_calendar
from geo.readers.identity import canonical, identify
from geo.readers.page import plain
from geo.readers.source import Source
from geo.readers.text import language_of, no_text


def read_feed(
    source: Source, published: Interval | None = None
) -> Iterator[Article | FourzonesError]:
    """Yield the article of each entry, or what is wrong with the entry.

    The text is the content, else the summary. Entities that a feed defines itself are not
    expanded.

    Raises
    ------
    FourzonesError
        If it is no feed.
    """
    import feedparser

    data = source.whole()
    signs = data.replace(b"\0", b"").decode("latin-1")  # also of UTF-16 and UTF-32
    if "<" not in signs:
        raise FourzonesError("not a feed", where=source.name, expected="RSS or Atom")
    must_be_cheap(signs, source.name, tags=500_000, words=5_000)
    if "<!ENTITY" in signs:
        raise FourzonesError(
            "refused", where=source.name, expected="a feed without entities of its own"
        )
    feed = feedparser.parse(data)
    if not feed.get("version"):
        raise FourzonesError("not a feed", where=source.name, expected="RSS or Atom")
    for number, entry in enumerate(feed.entries, start=1):
        try:
            yield _article(entry, feed.feed, f"{source.name}, entry {number}", published)
        except FourzonesError as error:
            yield error


def _article(entry: Any, feed: Any, where: str, published: Interval | None) -> Article:
    contents = [content.get("value", "") for content in entry.get("content", ())]
    text = plain(max([*contents, entry.get("summary", "")], key=len))
    title = plain(entry.get("title", ""))
    if not text and not title:
        raise no_text(where)
    url = canonical(entry.get("link", ""))
    own, own_source = _date(entry)
    date, source = settled(own, own_source, published, url)
    return Article(
        id=identify(url, text or title),
        url=url,
        publisher=plain(feed.get("title", "")),
        published=date,
        date_source=source,
        language=language_of(text or title, feed.get("language", "")),
        title=title,
        text=text,
    )


def _date(entry: Any) -> tuple[Interval | None, str]:
    """Return the day that an entry prints, in its own time zone; else when it was changed last."""
    for name, source in (("published", "feed"), ("updated", "feed-updated")):
        said = entry.get(name, "")
        date, where = with_calendar(said, source)
        if date is None and said and (when := entry.get(f"{name}_parsed")):
            date, where = Interval.parse(dt.date(*when[:3]).isoformat()), source
        if date:
            return date, where
    return None, ""
