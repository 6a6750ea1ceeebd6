"""Articles taken out of a store again, but for those that are shipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from geo.errors import FourzonesError
from geo.ingest.current import linker_version
from geo.ingest.own import reader_of
from geo.model import LinkedArticle
from geo.readers import read_catalogue
from geo.store import Store

MOST = 10_000
"""Articles that are removed at a time, at most."""


@cache
def _shipped() -> frozenset[str]:
    return frozenset(article.id for article in read_catalogue())


def removable(article: str) -> bool:
    """Say whether an article may be taken out: the shipped would come back with the next data."""
    return article not in _shipped()


def remove(store: Store, ids: Sequence[str]) -> list[LinkedArticle]:
    """Take articles out of a store with all that is kept of them, all of them or none.

    Raises
    ------
    FourzonesError
        If the store is read-only, if one of them is not there, or is of the shipped catalogue.
    """
    if len(ids) > MOST:
        raise FourzonesError(
            "too many at a time", expected=f"{MOST:,} at most", got=f"{len(ids):,}"
        )
    for one in ids:
        if not removable(one):
            raise FourzonesError(
                "the shipped catalogue stays whole", where=one,
                expected="an article that you brought; reject its links instead",
            )  # fmt: skip
    return store.remove(ids)


def put_back(store: Store, taken: LinkedArticle) -> None:
    """Put back an article that was taken out, linked as today; what people said of it stays."""
    again = replace(reader_of(store).link(taken.article), judgements=taken.judgements)
    store.add([again], linked_by=linker_version(store))
    for judgement in taken.judgements:
        store.judge(taken.article.id, judgement)
