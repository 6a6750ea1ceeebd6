"""Words as a search sees them, in articles and in queries alike.

A text becomes a row of stems: letters are folded (`geo.arabic`), vowel signs go, and what Arabic
writes onto the front of a word (و ف ب ك ل and the article ال) is taken off. The same is done to
what the analyst types, so that «الغوطة» finds «وبالغوطة». A particle of one letter stays on when
fewer than four letters would be left, since it is then more often part of the word; a query for
such a short word asks for the word with each particle instead (see `Term.ways`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geo.arabic import squeeze
from geo.remembered import Remembered

MAX_WORDS = 16_000
MAX_LETTERS = 200_000
"""How much of a text is searched: its first words, within its first code points."""

MAX_BYTES = 400_000
"""And so much of different words in UTF-8. PostgreSQL takes no more than 1 MiB of an article, its
title, its text and where the words stand together."""

_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile("[\u0621-\u064a]+")
_PARTICLES = "وفبكل"
_LONGEST = 40
MOST_KNOWN = 1 << 17
_TERM = re.compile(r'(?P<minus>-)?(?:["“«](?P<phrase>[^"”»]*)["”»]|(?P<word>[^\s"“”«»]+))')


def stem(word: str) -> str:
    """Return a folded word without what Arabic attaches to its front.

    Examples
    --------
    >>> stem("وبالغوطه"), stem("للغوطه"), stem("غوطه"), stem("بحمص"), stem("douma")
    ('غوطه', 'غوطه', 'غوطه', 'بحمص', 'douma')
    """
    word = word.lower()[:_LONGEST]
    if not _ARABIC.fullmatch(word):
        return word
    while True:
        if len(word) >= 5 and word.startswith("ال"):
            word = word[2:]
        elif len(word) >= 5 and word[0] in _PARTICLES:
            word = word[1:]
        else:
            return word


def stems(text: str) -> list[str]:
    """Return the stems of a text in order, as far as it is searched.

    Examples
    --------
    >>> stems("قصفٌ على إدلب: 3 قتلى")
    ['قصف', 'علي', 'ادلب', '3', 'قتلي']
    """
    known = _known
    found = [one for run in text[:MAX_LETTERS].split() for one in known[run]]
    del found[MAX_WORDS:]
    return found if len(found) * _LONGEST * 4 <= MAX_BYTES else found[: _fitting(found)]


def _fitting(words: list[str]) -> int:
    """Return how many words come before their letters are too many."""
    room, seen = MAX_BYTES, set[str]()
    for at, word in enumerate(words):
        if word not in seen:
            seen.add(word)
            room -= len(word.encode("utf-8", "replace"))
            if room < 0:
                return at
    return len(words)


def _stems_of(run: str) -> tuple[str, ...]:
    """Return the stems of what stands between two spaces."""
    return tuple(stem(word) for word in _WORD.findall(squeeze(run)[0]))


_known = Remembered(_stems_of, MOST_KNOWN, _LONGEST)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a search asks for: a word, a phrase, or the beginning of a word.

    Attributes
    ----------
    stems : tuple of str
        Of the word, or of each word of the phrase.
    absent : bool
        Whether articles that have it are left out.
    open : bool
        Whether the last word only begins so (``shell*``).
    """

    stems: tuple[str, ...]
    absent: bool = False
    open: bool = False

    @property
    def ways(self) -> tuple[tuple[str, ...], ...]:
        """The rows of stems that answer the term: any of them will do.

        Examples
        --------
        >>> len(Term(("حمص",)).ways), Term(("ادلب",)).ways
        (6, (('ادلب',),))
        """
        first = self.stems[0]
        if len(first) == 3 and _ARABIC.fullmatch(first):
            return tuple((way + first, *self.stems[1:]) for way in ("", *_PARTICLES))
        return (self.stems,)


def terms(query: str) -> list[Term]:
    """Return what a search asks for; words side by side are all wanted.

    Examples
    --------
    >>> [term.stems for term in terms('Douma "cease fire" -Homs')]
    [('douma',), ('cease', 'fire'), ('homs',)]
    >>> [without, begun] = terms("-Homs shell*")
    >>> without.absent, begun.open
    (True, True)
    """
    found = []
    for match in _TERM.finditer(query):
        said = match["phrase"] if match["word"] is None else match["word"]
        if words := tuple(stems(said)):
            found.append(Term(words, bool(match["minus"]), said.endswith("*")))
    return found


def hits(wanted: Iterable[Term], text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a text that answer a search, in code points of the text as it is.

    Examples
    --------
    >>> text = "قُصفت بالغوطة الشرقية"
    >>> [text[start:end] for start, end in hits(terms("الغوطة"), text)]
    ['بالغوطة']
    """
    plain, offsets = squeeze(text[:MAX_LETTERS])
    found = list(_WORD.finditer(plain))[:MAX_WORDS]
    row = [stem(match[0]) for match in found]
    starts: dict[str, list[int]] = {}
    for at, word in enumerate(row):
        starts.setdefault(word, []).append(at)
    spans = set()
    for term in wanted:
        if term.absent:
            continue
        for way in term.ways:
            if term.open and len(way) == 1:
                begun = [at for at, word in enumerate(row) if word.startswith(way[0])]
            else:
                begun = starts.get(way[0], [])
            for at in begun:
                end = at + len(way)
                if _answers(row[at:end], way, term.open):
                    spans.add((found[at].start(), found[end - 1].end()))
    for start, end in sorted(spans):
        yield (start, end) if offsets is None else (offsets[start], offsets[end - 1] + 1)


def _answers(row: list[str], way: tuple[str, ...], open_: bool) -> bool:
    if len(row) != len(way) or tuple(row[:-1]) != way[:-1]:
        return False
    return row[-1].startswith(way[-1]) if open_ else row[-1] == way[-1]
