"""What the store holds and what it lacks: by month, source and language, and how sure its links."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from geo.evaluation import Result, evaluate, linked_spans, load
from geo.linking import default_linker
from geo.locales import LANGUAGES, isolate
from geo.paths import DATA
from geo.selection import Selection
from geo.store import Answered, Store

UNSEEN = {"ar": isolate("0.98–1.00"), "en": isolate("0.89–0.99")}
"""F1 of the zones on the last eight sets that the linker had not met before: docs/unseen.md."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of all articles of a store.

    Attributes
    ----------
    months : list of (str, int)
        Articles by month (`YYYY-MM`), from the first month with any to the last, gaps with 0.
    wide : int
        Dated articles that no month can be given: to a year, or to days longer than a month.
    nameless, languageless : int
        Articles whose publisher, or whose language, nobody told.
    rejected : int
        Records that could not be read, in all that was brought.
    """

    counts: Answered
    months: list[tuple[str, int]]
    wide: int
    nameless: int
    languageless: int
    rejected: int

    @property
    def copies(self) -> int:
        """Articles that repeat another one (near-duplicates)."""
        return self.counts.copies

    @property
    def groups(self) -> int:
        """Texts that several articles carry: groups of near-duplicates."""
        return self.counts.groups

    @property
    def empty(self) -> int:
        """Months between the first and the last that have no article."""
        return sum(count == 0 for _, count in self.months)


def coverage(store: Store) -> Coverage:
    """Count what is in a store, whatever anyone is looking at."""
    counts = store.answer(Selection())
    known = {month: zones[""] for month, zones in counts.months.items()}
    months = _every_month(known)
    return Coverage(
        counts=counts,
        months=[(month, known.get(month, 0)) for month in months],
        wide=counts.articles - counts.undated - sum(known.values()),
        nameless=counts.publishers.get("", 0),
        languageless=counts.languages.get("", 0),
        rejected=int(store.fact("rejected") or 0),
    )


def _every_month(known: dict[str, int]) -> list[str]:
    """Return all months from the first to the last.

    Examples
    --------
    >>> _every_month({"2017-11": 1, "2018-02": 3})
    ['2017-11', '2017-12', '2018-01', '2018-02']
    """
    if not known:
        return []
    first, last = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (min(known), max(known)))
    return [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class Differing:
    """An article to which the linker and a person who read it give different zones."""

    heading: dict[str, str]
    quoted: str
    linker: tuple[str, ...]
    reader: tuple[str, ...]


def differing(store: Store) -> list[Differing]:
    """Return the labelled articles whose zones are not those of the label, newest first."""
    return [
        Differing(
            {language: one.article.heading(language) for language in LANGUAGES},
            one.article.text[:500],
            one.zones,
            one.article.labelled,
        )
        for one in store.labelled()
        if one.article.labelled is not None and set(one.article.labelled) != set(one.zones)
    ]


def cards() -> list[dict[str, Any]]:
    """Return the source card of each dataset: source, licence, method, caveats."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(DATA.glob("*.source.json"))]


def accuracy() -> Result:
    """Measure the linker on the labelled passages: a quarter of a second, so keep the answer."""
    return evaluate(load(), linked_spans(default_linker()))


def store_facts(store: Store) -> dict[str, str]:
    """Return what a store says of itself: schema, version of the data, revision."""
    known = {key: store.fact(key) or "" for key in ("schema", "data", "revision")}
    own = [key for key in ("zones", "places") if store.fact(f"own {key}")]
    return {**known, "own": ", ".join(own)}
