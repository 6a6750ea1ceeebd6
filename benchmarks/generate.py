"""Make up articles for the benchmarks: any number, always the same ones for a seed.

Words are drawn from 50,000 made-up ones, Arabic and Latin, by Zipf's law; some articles repeat an
earlier one with small changes; each names one to four places of the gazetteer at known offsets, so
that a store of a million articles can be filled without waiting for the linker.

Run: ``python benchmarks/generate.py 100000 out.jsonl`` for a file to ingest.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator

import numpy as np

from geo.gazetteer import load_places
from geo.model import Article, Interval, LinkedArticle, Mention

WORDS = 50_000
LENGTH = 170
"""Words of an article: about 2 KB."""

COPIES = 0.03
_ARABIC, _LATIN = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "abcdefghijklmnopqrstuvwxyz"
_FIRST, _DAYS = dt.date(2015, 1, 1), 3650
_BATCH = 1000


def vocabulary(seed: int = 1) -> np.ndarray:
    """Return the made-up words, the most frequent first; every third is in Latin letters."""
    chance = np.random.default_rng(seed)
    made: dict[str, None] = {}
    while len(made) < WORDS:
        letters = _LATIN if len(made) % 3 == 2 else _ARABIC
        made["".join(chance.choice(list(letters), size=chance.integers(4, 9)))] = None
    return np.array(list(made))


def articles(count: int, seed: int = 2) -> Iterator[LinkedArticle]:
    """Yield made-up articles with their mentions."""
    chance = np.random.default_rng(seed)
    words = vocabulary()
    share = 1 / np.arange(1, WORDS + 1) ** 1.05
    bounds = np.cumsum(share / share.sum())
    places = [place for place in load_places() if place.zones]
    popular = 1 / np.arange(1, len(places) + 1)
    popular /= popular.sum()
    before: tuple[list[str], list[int]] | None = None
    for start in range(0, count, _BATCH):
        drawn = np.minimum(
            np.searchsorted(bounds, chance.random((_BATCH, LENGTH))), WORDS - 1
        )  # fmt: skip
        named = chance.choice(len(places), size=(_BATCH, 4), p=popular)
        many = chance.integers(1, 5, size=_BATCH)
        days = chance.integers(0, _DAYS, size=_BATCH)
        chances = chance.random((_BATCH, 2))
        publishers = chance.zipf(1.6, size=_BATCH) % 200
        for row in range(min(_BATCH, count - start)):
            body = list(words[drawn[row]])
            at = [15 + 40 * n for n in range(many[row])]
            if before and chances[row, 0] < COPIES:
                body, at = before[0][:-5], before[1]
            before = body, at
            yield _article(
                start + row, body, at, [places[n] for n in named[row]],
                _FIRST + dt.timedelta(days=int(days[row])), chances[row, 1], int(publishers[row]),
            )  # fmt: skip


def _article(number, body, at, named, day, kind, publisher) -> LinkedArticle:
    parts, mentions, offset = [], [], 0
    for index, word in enumerate(body):
        if index in at:
            place = named[at.index(index)]
            zone = place.zones[0]
            word = place.name_ar
            mentions.append(
                Mention(zone, word, offset, offset + len(word), place.id, "place", "body",
                        "name", 0.9, inside=place.inside_within(zone, day, day + dt.timedelta(1)))
            )  # fmt: skip
        parts.append(word)
        offset += len(word) + 1
    date = None
    if kind > 0.02:
        date = Interval.parse(day.isoformat()[: 7 if kind < 0.05 else 10])
    article = Article(
        id=f"made-{number}",
        url=f"https://example.org/{number}",
        publisher=f"publisher-{publisher}.example",
        published=date,
        date_source="field" if date else "",
        language="ar" if number % 3 else "en",
        title=" ".join(body[:7]),
        text=" ".join(parts),
    )
    return LinkedArticle(article, tuple(mentions))


def record(article: Article) -> str:
    """Write an article as a line of JSON Lines."""
    return json.dumps(
        {
            "id": article.id,
            "url": article.url,
            "publisher": article.publisher,
            "published": article.published.isoformat() if article.published else None,
            "language": article.language,
            "title": article.title,
            "text": article.text,
        },
        ensure_ascii=False,
    )


if __name__ == "__main__":
    how_many, out = int(sys.argv[1]), sys.argv[2]
    with open(out, "w", encoding="utf-8") as file:  # noqa: PTH123 - may be /dev/stdout
        for linked in articles(how_many):
            file.write(record(linked.article) + "\n")
