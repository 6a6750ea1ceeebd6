"""Articles with their mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.gazetteer import Place, load_places
from geo.indexing.storable import storable
from geo.linking import Linker, default_linker
from geo.model import Article, LinkedArticle


class Reader:
    """Links articles to the zones.

    Parameters
    ----------
    linker : Linker
    places : sequence of Place
        Say which places lay inside a zone on an article's date.
    """

    def __init__(self, linker: Linker, places: Sequence[Place]) -> None:
        self._linker = linker
        self._places = {place.id: place for place in places}

    @classmethod
    def of(cls, places: Sequence[Place] | None) -> Reader:
        """Return what links by some places, or by the shipped ones."""
        if places is None:
            return cls(default_linker(), load_places())
        return cls(Linker.of(places), places)

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
