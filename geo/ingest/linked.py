"""Articles with their mentions, by the places that a store goes by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.gazetteer import Place, load_places
from geo.ingest.own import places_of
from geo.linking import Linker, default_linker
from geo.model import Article, LinkedArticle
from geo.store import Store, storable


class Reader:
    """Links articles to the zones, by the places that a store knows.

    Parameters
    ----------
    linker : Linker
    places : sequence of Place
        Say which places lay inside a zone on an article's date.
    """

    def __init__(self, linker: Linker, places: Sequence[Place]) -> None:
        self._linker = linker
        self._places = {place.id: place for place in places}

    def link(self, article: Article) -> LinkedArticle:
        """Return the article with its mentions.

        What no database takes (lone surrogates, code point 0) stands in the article as U+FFFD.
        """
        article = storable(article)
        found = self._linker.link(article.text, title=article.title)
        date = article.published
        if date is not None:
            found = [
                replace(m, inside=self._places[m.place].inside_within(m.zone, date.start, date.end))
                if m.place in self._places
                else m
                for m in found
            ]
        return LinkedArticle(article, tuple(found))


def reader_of(store: Store | None = None) -> Reader:
    """Return what links articles by the places of a store, or by the shipped ones."""
    if store is None or not store.fact("own places"):
        return Reader(default_linker(), load_places())
    places = places_of(store)
    return Reader(Linker.of(places), places)
