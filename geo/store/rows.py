"""Between values and rows: an article and its mentions as the tables hold them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from geo.indexing import Indexed
from geo.model import Article, Interval, Judgement, LinkedArticle, Mention
from geo.store.schema import articles, judgements, mentions

_AT_ONCE = 500


def article_row(one: Indexed) -> dict[str, Any]:
    """Return the row of an article, with the words that a search looks at."""
    article = one.linked.article
    published = article.published
    row = {
        "id": article.id,
        "url": article.url,
        "archive_url": article.archive_url,
        "link_worked": article.link_worked,
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
        "title_words": one.title_words,
        "words": one.words,
    }
    if any("\0" in value for value in row.values() if value):
        raise ValueError("a text with the code point 0, which not every engine takes")
    return row


MENTION = (
    "geom", "article_fid", "article", "zone", "surface", "start", "end", "place", "kind", "where",
    "rule", "confidence", "inside",
)  # fmt: skip
"""The columns of `mention_row`, in their order."""


def mention_row(
    fid: int, article: str, mention: Mention, points: dict[str, Any]
) -> tuple[Any, ...]:
    """Return the row of a mention, at the point of its place."""
    return (
        points.get(mention.place) if mention.place else None, fid, article, mention.zone,
        mention.surface, mention.start, mention.end, mention.place, mention.kind, mention.where,
        mention.rule, mention.confidence, mention.inside,
    )  # fmt: skip


# What is read of an article, the last of it in the order of `Article`: rows are many, and taken
# apart by position they cost half.
_DATED = (articles.c.fid, articles.c.same_as, articles.c.published_from, articles.c.published_to,
          articles.c.labelled)  # fmt: skip
_SAID = (
    "id", "url", "archive_url", "link_worked", "publisher", "date_source", "language", "title",
    "text", "title_en", "title_ar", "summary_en", "summary_ar", "described_by",
)  # fmt: skip
_ARTICLE = (*_DATED, *(articles.c[name] for name in _SAID))
_MENTION = (
    mentions.c.article_fid, mentions.c.zone, mentions.c.surface, mentions.c.start, mentions.c.end,
    mentions.c.place, mentions.c.kind, mentions.c.where, mentions.c.rule, mentions.c.confidence,
    mentions.c.inside,
)  # fmt: skip
# In the order of `Mention`; its point is that of its place.


def read(connection: Connection, fids: Iterable[int]) -> list[LinkedArticle]:
    """Return the articles of row numbers, in their order, with mentions and judgements.

    Numbers of which there is no row are left out.
    """
    found: dict[int, LinkedArticle] = {}
    fids = [int(fid) for fid in fids]
    for at in range(0, len(fids), _AT_ONCE):
        some = fids[at : at + _AT_ONCE]
        own: dict[int, list[Mention]] = {fid: [] for fid in some}
        for row in connection.execute(
            select(*_MENTION).where(mentions.c.article_fid.in_(some)).order_by(mentions.c.fid)
        ).all():
            fid, *said = row
            own[fid].append(Mention(*said))
        judged: dict[int, list[Judgement]] = {}
        for row in connection.execute(
            select(judgements).where(judgements.c.article_fid.in_(some)).order_by(judgements.c.fid)
        ).all():
            judgement = Judgement(row.zone, row.verdict, row.by, row.at)
            judged.setdefault(row.article_fid, []).append(judgement)
        for row in connection.execute(select(*_ARTICLE).where(articles.c.fid.in_(some))).all():
            fid, group, start, end, labelled, *said = row
            article = _article(start, end, labelled, said)
            found[fid] = LinkedArticle(article, tuple(own[fid]), tuple(judged.get(fid, ())), group)
    return [found[fid] for fid in fids if fid in found]


def _article(start: str | None, end: str | None, labelled: str | None, said: list[Any]) -> Article:
    published = None
    if start and end:
        published = Interval(dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    (identifier, url, archive, worked, publisher, source, language, title, text, title_en, title_ar,
     summary_en, summary_ar, described_by) = said  # fmt: skip
    zones = None if labelled is None else tuple(zone for zone in labelled.split(";") if zone)
    return Article(identifier, url, archive, worked, publisher, published, source, language, title,
                   text, title_en, title_ar, summary_en, summary_ar, described_by,
                   zones)  # fmt: skip
