"""Names of places in transliterations that no list holds: Kafr Uwayd, Kefer Aweed, Кафр-Увейд.

Transliterations differ in vowels, articles, doubled letters and a few consonants. What is left
without them, the skeleton, is compared; then the letters must still be alike. Such a name counts
only in the company of a mention of its zone.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from geo.arabic import fold
from geo.gazetteer import Place
from geo.linking.names import Name, Pattern, read_data

SHORTEST = 4
"""Consonants that a skeleton must have."""

ALIKE = 0.7
"""Share of letters in common (`difflib.SequenceMatcher.ratio`), articles left out."""

MOST_WORDS = 3
MOST_MET = 20_000
_CAPITALISED = re.compile(r"(?<![^\W_])[A-ZÀ-ÝĞİŞА-Я][^\W\d_]+(?:['’‘`ʿʾ][^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘`ʿʾ](?=[^\W\d_]))*")
_LATIN = re.compile(r"[a-zа-я]")
_ARTICLES = frozenset(read_data("spelling")["articles"])
_CYRILLIC = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюяё", (
    "a", "b", "v", "g", "d", "e", "j", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t",
    "u", "f", "kh", "ts", "sh", "sh", "sh", "", "i", "", "e", "yu", "ya", "yo",
), strict=True))  # fmt: skip
_CYRILLIC_ENDINGS = re.compile("(?:ом|ой|ою|ам|ами|ах)$")
_SOUNDS = [
    (re.compile(one), other)
    for one, other in (("dj|dzh|c(?!h)", "j"), ("sh|ch", "s"), ("kh|h", ""), ("th|dh|z", "d"),
                       ("gh", "g"), ("q", "k"), ("[aeiouywv]", ""), (r"(.)\1+", r"\1"))
]  # fmt: skip


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    """Return a word in small Latin letters without signs; empty for an article."""
    word = re.sub("[^a-zа-яё]", "", fold(word))
    if word in _ARTICLES:
        return ""
    if "а" <= word[:1] <= "я":
        word = "".join(_CYRILLIC.get(letter, letter) for letter in _CYRILLIC_ENDINGS.sub("", word))
    return word


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """Return the consonants of a word that transliterations agree on.

    Examples
    --------
    >>> skeleton("Takharim") == skeleton("Tahârim")
    True
    >>> skeleton("Zamalka") == skeleton("Замальки")
    True
    """
    word = _plain(word)
    for sound, written in _SOUNDS:
        word = sound.sub(written, word)
    return word


class Respelt:
    """Places by their skeletons.

    Parameters
    ----------
    places : iterable of Place
        The gazetteer. Skeletons that places of different zones share are left out.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        known: dict[tuple[str, ...], list[tuple[Place, str]]] = {}
        for place in places:
            for name in dict.fromkeys(place.names):
                if _LATIN.search(fold(name)) and not place.is_area_name:
                    words = [word for word in _WORD.findall(name.replace("-", " ")) if _plain(word)]
                    key = tuple(map(skeleton, words))
                    if sum(map(len, key)) >= SHORTEST and len(words) <= MOST_WORDS and all(key):
                        plain = " ".join(map(_plain, words))
                        known.setdefault(key, []).append((place, plain))
        self._known = {
            key: spelt
            for key, spelt in known.items()
            if len({place.zones for place, _ in spelt}) == 1 and spelt[0][0].zones
        }
        self._met: dict[tuple[str, ...], Place | None] = {}
        self._first = {key[0] for key in self._known}

    def find(self, text: str, known: Container[int]) -> Iterator[tuple[int, int, Pattern]]:
        """Yield where names stand in a text, by offsets in it, the longest at each place.

        Parameters
        ----------
        known : container of int
            Offsets at which a name is known to begin: nothing is looked for there.
        """
        done = 0
        for match in _CAPITALISED.finditer(text):
            word = match.group()
            if skeleton(word) not in self._first or match.start() < done or match.start() in known:
                continue
            words, end = [word], match.end()
            ends = [end]
            while len(words) < MOST_WORDS and (following := _following(text, end)):
                if _plain(following.group()):
                    words.append(following.group())
                    ends.append(following.end())
                end = following.end()
            for count in range(len(words), 0, -1):
                place = self._place(tuple(words[:count]))
                if place:
                    done = ends[count - 1]
                    name = Name(place.zones[0], "place", place.id, "place-name-respelt", "respelt")
                    yield match.start(), done, Pattern([name])
                    break

    def _place(self, words: tuple[str, ...]) -> Place | None:
        if words not in self._met:
            if len(self._met) > MOST_MET:
                self._met.clear()
            self._met[words] = self._look_up(words)
        return self._met[words]

    def _look_up(self, words: tuple[str, ...]) -> Place | None:
        if not all(word[0].isupper() for word in words):
            return None
        spelt = self._known.get(tuple(map(skeleton, words)))
        plain = " ".join(map(_plain, words))
        for place, name in spelt or ():
            if SequenceMatcher(None, plain, name).ratio() >= ALIKE:
                return place
        return None


def _following(text: str, end: int) -> re.Match[str] | None:
    """Return the next word behind a space or a hyphen."""
    if text[end : end + 1] not in (" ", "-"):
        return None
    return _WORD.match(text, end + 1)
