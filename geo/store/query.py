"""A `Selection` in SQL: the one place that says which articles are in it."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, FromClause, and_, exists, false, or_, true

from geo.arabic import fold
from geo.selection import Selection
from geo.store.schema import articles, mentions

_TERM = re.compile(r'(?P<minus>-)?(?:["“«](?P<phrase>[^"”»]*)["”»]|(?P<word>[^\s"“”«»]+))')


def terms(words: str) -> list[tuple[bool, str]]:
    """Return what a search asks for: folded words and quoted phrases, and whether each is unwanted.

    Examples
    --------
    >>> terms('Douma "cease fire" -Homs')
    [(False, 'douma'), (False, 'cease fire'), (True, 'homs')]
    """
    found = []
    for match in _TERM.finditer(words):
        phrase = " ".join(fold(match["phrase"] or match["word"] or "").split())
        if phrase:
            found.append((bool(match["minus"]), phrase))
    return found


def mention_condition(selection: Selection, table: FromClause = mentions) -> ColumnElement[bool]:
    """Return the condition on a single mention: its zone, kind, place and side of the line."""
    wanted: list[ColumnElement[bool]] = []
    if selection.zone:
        wanted.append(table.c.zone.in_(selection.zone))
    if selection.kind:
        wanted.append(table.c.kind.in_(selection.kind))
    if selection.inside:
        wanted.append(table.c.inside.is_(True))
    if selection.bbox:
        west, south, east, north = selection.bbox
        wanted += [table.c.lon.between(west, east), table.c.lat.between(south, north)]
    return and_(true(), *wanted)


def in_range(selection: Selection) -> ColumnElement[bool]:
    """Return the condition that an article's interval meets the range; undated ones never do."""
    wanted: list[ColumnElement[bool]] = [articles.c.published_from.is_not(None)]
    if selection.from_:
        wanted.append(articles.c.published_to > selection.from_.isoformat())
    if selection.to:
        wanted.append(articles.c.published_from < selection.to.isoformat())
    return and_(*wanted)


def partly_in_range(selection: Selection) -> ColumnElement[bool]:
    """Return the condition that an article in range may have appeared outside of it."""
    outside: list[ColumnElement[bool]] = [false()]
    if selection.from_:
        outside.append(articles.c.published_from < selection.from_.isoformat())
    if selection.to:
        outside.append(articles.c.published_to > selection.to.isoformat())
    return or_(*outside)


def besides_dates(selection: Selection) -> ColumnElement[bool]:
    """Return everything in the selection but its range."""
    wanted: list[ColumnElement[bool]] = []
    if selection.zone or selection.kind or selection.inside or selection.bbox:
        # Under another name, since the query around may have the mentions in it already.
        own = mentions.alias()
        wanted.append(
            exists()
            .where(own.c.article == articles.c.id, mention_condition(selection, own))
            .correlate(articles)
        )
    if selection.language:
        wanted.append(articles.c.language.in_(selection.language))
    if selection.publisher:
        wanted.append(articles.c.publisher.in_(selection.publisher))
    for absent, phrase in terms(selection.words):
        found = articles.c.folded.contains(phrase, autoescape=True)
        wanted.append(~found if absent else found)
    return and_(true(), *wanted)


def selected(selection: Selection) -> ColumnElement[bool]:
    """Return the condition that an article is in the selection."""
    if not selection.has_dates:
        return besides_dates(selection)
    dated = in_range(selection)
    if selection.undated:
        dated = or_(dated, articles.c.published_from.is_(None))
    return and_(dated, besides_dates(selection))
