"""What a store answers with."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.model import LinkedArticle


@dataclass(frozen=True, slots=True)
class Added:
    """How many articles of a batch were new, changed or already there as they are."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    links: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            self.added + other.added,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.links + other.links,
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """The counts that describe a selection.

    Attributes
    ----------
    total : int
        All articles in the store.
    articles : int
        Those in the selection.
    coarse : int
        Of these, the ones dated only to a month or a year.
    partial : int
        Of these, the ones whose date is only partly inside the range.
    undated : int
        Undated articles that meet everything else in the selection.
    copies : int
        Of the articles, those that repeat another one of them (near-duplicates).
    groups : int
        Of the texts of the articles, those that several of them carry.
    zones, languages, publishers, kinds, places : dict of str to int
        Articles in the selection by zone linked, language, publisher, kind of mention and place
        mentioned (its id); the most frequent first. An article counts once under each.
    months : dict of str to dict of str to int
        Articles dated to a day or month, by month (`YYYY-MM`) and zone; under the empty zone each
        article of the month once, whatever its zones. Months without articles are left out.
    """

    total: int
    articles: int
    coarse: int
    partial: int
    undated: int
    zones: dict[str, int]
    languages: dict[str, int]
    publishers: dict[str, int]
    kinds: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    months: dict[str, dict[str, int]] = field(default_factory=dict)
    copies: int = 0
    groups: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Some articles of a selection, in order.

    Attributes
    ----------
    articles : list of LinkedArticle
    order : {"relevance", "newest", "oldest"}
        In which they stand: not the one asked for when more articles have the words than are
        ranked (`geo.store.store.RANKED`); then newest first.
    """

    articles: list[LinkedArticle]
    order: str
