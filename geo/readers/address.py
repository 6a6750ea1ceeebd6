"""What was fetched from an address, as a source that the readers take."""

from __future__ import annotations

import io
import re
from dataclasses import replace

from geo.errors import FourzonesError
from geo.model import Article
from geo.readers.dates import settled
from geo.readers.identity import canonical, identify
from geo.readers.source import Source, encoding_of, is_written, told_by
from geo.web import Fetched, shown

SINGLE = ("html", "text")
"""Readers that make one article of all that an address gives."""

_TYPES = {
    "text/html": "html", "application/xhtml+xml": "html",
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/rdf+xml": "feed",
    "application/xml": "feed", "text/xml": "feed",
    "application/jsonl": "jsonl", "application/x-ndjson": "jsonl",
    "text/csv": "csv", "text/tab-separated-values": "csv",
    "text/plain": "", "application/octet-stream": "", "application/json": "", "": "",
}  # fmt: skip
"""Media types and their readers; empty where the first bytes decide."""


def source_of(answer: Fetched) -> Source:
    """Return the source that an answer is, in UTF-8 where only its header says how it is encoded.

    Raises
    ------
    FourzonesError
        If the answer is no page: another status than 200, or nothing in it.
    """
    where = shown(answer.url)
    if answer.status != 200:
        raise FourzonesError(
            "cannot fetch", where=where, expected="an answer of status 200", got=str(answer.status)
        )
    data = answer.data
    said = re.search(r"charset=[\"']?([\w.-]+)", answer.headers.get("content-type", ""), re.I)
    if said and is_written(said[1]) and encoding_of(data) != "utf-8":
        try:
            data = data.decode(said[1]).encode()
        except (LookupError, UnicodeError):
            data = answer.data  # the header is wrong; the bytes may tell
    return Source(where, lambda: io.BytesIO(data))


def declared(answer: Fetched) -> str:
    """Return which reader suits an answer: by its first bytes, else its media type; may be empty.

    Feeds are often called pages or plain text by their servers, so their first bytes count more.

    Raises
    ------
    FourzonesError
        If it is of a type that nobody reads.
    """
    told = told_by(answer.data[:1024])
    if told in ("html", "feed"):
        return told
    if answer.media_type not in _TYPES:
        raise FourzonesError(
            "cannot read", where=shown(answer.url), expected="a web page, a feed, text or a table",
            got=answer.media_type[:60],
        )  # fmt: skip
    return _TYPES[answer.media_type] or told


def placed(article: Article, url: str) -> Article:
    """Return an article with the address that it came from, unless it states its own.

    Examples
    --------
    >>> placed(Article("t-1", text="Idlib"), "https://example.org/2017/05/04/a").date_source
    'url-path'
    """
    if article.url:
        return article
    date, source = settled(article.published, article.date_source, None, url)
    return replace(
        article,
        id=identify(url, article.text),
        url=canonical(url),
        published=date,
        date_source=source,
    )
