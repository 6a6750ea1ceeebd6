"""Between values and rows: an article and its mentions as the tables hold them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Select, select

from geo.arabic import fold
from geo.model import Article, Interval, LinkedArticle, Mention
from geo.store import geopackage
from geo.store.schema import mentions


def article_row(article: Article) -> dict[str, Any]:
    """Return the row of an article."""
    published = article.published
    searched = (
        article.title,
        article.text,
        article.title_en,
        article.title_ar,
        article.summary_en,
        article.summary_ar,
    )
    return {
        "id": article.id,
        "url": article.url,
        "archive_url": article.archive_url,
        "publisher": article.publisher,
        "published_from": published.start.isoformat() if published else None,
        "published_to": published.end.isoformat() if published else None,
        "date_source": article.date_source,
        "language": article.language,
        "title": article.title,
        "text": article.text,
        "title_en": article.title_en,
        "title_ar": article.title_ar,
        "summary_en": article.summary_en,
        "summary_ar": article.summary_ar,
        "described_by": article.described_by,
        "labelled": None if article.labelled is None else ";".join(article.labelled),
        "folded": fold("\n".join(part for part in searched if part)),
    }


def mention_row(article: str, mention: Mention, points: dict[str, Any]) -> dict[str, Any]:
    """Return the row of a mention, at the point of its place."""
    point = points.get(mention.place) if mention.place else None
    return {
        **asdict(mention),
        "article": article,
        "geom": geopackage.encode(point),
        "lon": None if point is None else point.x,
        "lat": None if point is None else point.y,
    }


def read(connection: Connection, statement: Select[Any]) -> list[LinkedArticle]:
    """Return the articles that a statement on the table of articles selects, with mentions."""
    rows = connection.execute(statement).all()
    by_article: dict[str, list[Mention]] = {row.id: [] for row in rows}
    for chunk in _chunks(list(by_article), 500):
        found = connection.execute(
            select(mentions).where(mentions.c.article.in_(chunk)).order_by(mentions.c.fid)
        )
        for row in found:
            m = row._mapping
            by_article[m["article"]].append(
                Mention(
                    zone=m["zone"],
                    surface=m["surface"],
                    start=m["start"],
                    end=m["end"],
                    place=m["place"],
                    kind=m["kind"],
                    where=m["where"],
                    rule=m["rule"],
                    confidence=m["confidence"],
                    inside=m["inside"],
                )
            )
    return [LinkedArticle(_article(row), tuple(by_article[row.id])) for row in rows]


def _article(row: Any) -> Article:
    published = None
    if row.published_from:
        published = Interval(
            dt.date.fromisoformat(row.published_from), dt.date.fromisoformat(row.published_to)
        )
    return Article(
        id=row.id,
        url=row.url,
        archive_url=row.archive_url,
        publisher=row.publisher,
        published=published,
        date_source=row.date_source,
        language=row.language,
        title=row.title,
        text=row.text,
        title_en=row.title_en,
        title_ar=row.title_ar,
        summary_en=row.summary_en,
        summary_ar=row.summary_ar,
        described_by=row.described_by,
        labelled=None if row.labelled is None else tuple(z for z in row.labelled.split(";") if z),
    )


def _chunks(items: list[str], size: int) -> Iterable[list[str]]:
    return (items[i : i + size] for i in range(0, len(items), size))
