"""An article made ready for a store: what is worked out of its text before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo import likeness
from geo.model import LinkedArticle
from geo.words import stems


@dataclass(frozen=True, slots=True)
class Indexed:
    """An article with the words that a search looks at, and the keys that its copies share.

    Attributes
    ----------
    title_words, words : str
        Stems, parted by spaces.
    keys : list of int
        See `geo.likeness.keys`.

    Examples
    --------
    >>> from geo.model import Article
    >>> Indexed.of(LinkedArticle(Article("1", title="Calm", text="Shells on Idlib"))).words
    'shells on idlib'
    """

    linked: LinkedArticle
    title_words: str
    words: str
    keys: list[int]

    @classmethod
    def of(cls, linked: LinkedArticle) -> Indexed:
        """Read the words of an article."""
        one = linked.article
        titles = _stems((one.title, one.title_en, one.title_ar))
        words = _stems((one.text, one.summary_en, one.summary_ar))
        return cls(linked, " ".join(titles), " ".join(words), likeness.keys(words))


def _stems(parts: Iterable[str]) -> list[str]:
    said = [part for part in parts if part]
    return stems(said[0] if len(said) == 1 else "\n".join(said))
