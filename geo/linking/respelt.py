"""Names of places in transliterations that no list holds: Kafr Uwayd, Kefer Aweed, Кафр-Увейд.

Transliterations differ in vowels, articles, doubled letters and a few consonants. What is left
without them, the skeleton, is compared; then the letters must still be alike. Such a name counts
only in the company of a mention of its zone, and a single word only where a place can stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from itertools import product
from string import ascii_lowercase
from typing import Final

from geo.arabic import fold
from geo.gazetteer import Place
from geo.linking.letters import APOSTROPHE, SPACE, scan
from geo.linking.pattern import Name, Pattern, read_data
from geo.linking.shapes import CAPITAL, HYPHEN, capitals
from geo.remembered import Remembered

SHORTEST: Final = 4
"""Consonants that a skeleton must have."""

ALIKE: Final = 0.7
"""Share of letters in common (`difflib.SequenceMatcher.ratio`), articles left out."""

MOST_WORDS: Final = 3
MOST_MET: Final = 50_000
"""Words that are remembered with what was found out of them."""

LONGEST: Final = 40
"""Letters of a word that is remembered, or that may be a name's."""

_ALONE: Final = "."


# A Turkish or English ending behind an apostrophe is no part of a name.
_LETTER: Final = r"[^\W\d_]"
_ENDING: Final = (
    rf"(?<={_LETTER}{{4}})['’]"
    rf"(?:[dt][ae](?:n|ki)?|y?l[ae]|[ny]?[ıiuü]n|[ny]?[aeıiuü]|s)(?!{_LETTER})"
)
_WORD: Final = re.compile(rf"{_LETTER}+(?:(?!{_ENDING})['’‘`ʿʾ]{_LETTER}+)*")
_LATIN: Final = re.compile(r"[a-zа-я]")
_OTHER: Final = re.compile("[^a-zа-яё]")
_ARTICLES: Final = frozenset(read_data("spelling")["articles"])
# How a small word begins that is no article: no name goes on with it.
_SMALL: Final = frozenset(map("".join, product(ascii_lowercase, repeat=2))) - {
    word[:2] for word in _ARTICLES
}
_FIRST_LETTERS: Final = "".join({word[0] for word in _ARTICLES})
_CYRILLIC: Final = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюяё", (
    "a", "b", "v", "g", "d", "e", "j", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t",
    "u", "f", "kh", "ts", "sh", "sh", "sh", "", "i", "", "e", "yu", "ya", "yo",
), strict=True))  # fmt: skip
_CYRILLIC_ENDINGS: Final = re.compile("(?:ом|ой|ою|ам|ами|ах)$")
_SOUNDS: Final = (
    ("dj", "j"), ("dzh", "j"), ("ch", "\0"), ("c", "j"), ("\0", "s"), ("sh", "s"), ("kh", ""),
)  # fmt: skip
_ALIKE: Final = str.maketrans({"z": "d", "q": "k"} | dict.fromkeys("haeiouywv", ""))


def _plain(word: str) -> str:
    """Return a word in small Latin letters without signs; empty for an article."""
    return _plains[word]


def _plain_of(word: str) -> str:
    word = _OTHER.sub("", fold(word))
    if word in _ARTICLES:
        return ""
    if "а" <= word[:1] <= "я":
        stem = _CYRILLIC_ENDINGS.sub("", word)
        word = "".join([_CYRILLIC.get(letter, letter) for letter in stem])
    return word


def skeleton(word: str) -> str:
    """Return the consonants of a word that transliterations agree on.

    Examples
    --------
    >>> skeleton("Takharim") == skeleton("Tahârim")
    True
    >>> skeleton("Zamalka") == skeleton("Замальки")
    True
    """
    return _skeletons[word]


def _skeleton_of(word: str) -> str:
    word = _plain(word)
    for sound, same in _SOUNDS:
        word = word.replace(sound, same)
    kept: list[str] = []
    last = ""
    for letter in word.translate(_ALIKE):
        if letter != last:
            kept.append(letter)
            last = letter
    return "".join(kept)


def _letters() -> bytes:
    """Return which small Latin letter each code point is read as; 0 for none, 255 for Cyrillic."""
    folded = fold("".join(map(chr, range(0x10000))))
    return bytes(
        ord(letter) if "a" <= letter <= "z" else 255 * (_OTHER.match(letter) is None)
        for letter in folded
    )


def _sounds() -> list[tuple[bytes, bytes]]:
    return [(sound.encode(), same.encode()) for sound, same in _SOUNDS]


def _alike() -> bytes:
    return bytes(ord(chr(at).translate(_ALIKE) or "\0") for at in range(256))


_plains: Final = Remembered[str, str](_plain_of, MOST_MET, LONGEST)
_skeletons: Final = Remembered[str, str](_skeleton_of, MOST_MET, LONGEST)


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
            for name in () if place.is_area_name else dict.fromkeys(place.names):
                if _LATIN.search(fold(name)):
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
        self._met = Remembered[tuple[str, ...], Place | None](self._look_up, MOST_MET)
        self._patterns: dict[tuple[str, bool], Pattern] = {}
        self._unfinished = {key[:count] for key in self._known for count in range(1, len(key))}
        self._seconds: dict[str, set[str]] = {}
        for key in self._known:
            if len(key) > 1:
                self._seconds.setdefault(key[0], set()).add(key[1])
        self._begin = Remembered[str, str](self._how_begins, MOST_MET, LONGEST)
        # Words with a capital, without most of those that no name begins with.
        self._capitals: Callable[[str, bytes], list[tuple[int, int]]] = capitals
        if scan is not None:
            firsts = list({" ".join(key[:2]).encode() for key in self._known})
            self._capitals = scan.Beginnings(_letters(), _sounds(), _alike(), firsts).find

    def find(
        self, text: str, shaped: bytes, known: Callable[[int], bool]
    ) -> list[tuple[int, int, Pattern]]:
        """Return where names stand in a text, by offsets in it, the longest at each place.

        Parameters
        ----------
        shaped : bytes
            The shapes of the text (`geo.linking.shapes`).
        known : callable
            Says whether a name is known to begin at an offset: nothing is looked for there.
        """
        found: list[tuple[int, int, Pattern]] = []
        begin, seconds = self._begin, self._seconds
        at = done = 0
        length = len(shaped)
        for start, end in self._capitals(text, shaped):
            if start < at:  # behind an apostrophe, inside a word
                continue
            before = shaped[end] if end < length else SPACE
            if before == APOSTROPHE:
                end = _word_end(text, shaped, start)
                before = shaped[end] if end < length else SPACE
            at = end
            if start < done:
                continue
            word = text[start:end]
            first = begin[word]
            if not first:
                continue
            if first != _ALONE:
                if before != SPACE and before != HYPHEN:
                    continue
                letter = text[end + 1 : end + 2]
                if "a" <= letter <= "z" and (
                    letter not in _FIRST_LETTERS or text[end + 1 : end + 3] in _SMALL
                ):
                    continue
                stop = _word_end(text, shaped, end + 1)
                if stop == end + 1:
                    continue
                second = skeleton(text[end + 1 : stop])
                if second and second not in seconds[first]:  # an article has no skeleton
                    continue
            if known(start):
                continue
            stop, pattern = self._longest(text, shaped, start, end)
            if pattern is not None:
                found.append((start, stop, pattern))
                done = stop
        return found

    def _longest(
        self, text: str, shaped: bytes, start: int, end: int
    ) -> tuple[int, Pattern | None]:
        """Return where the longest name ends that begins with a word, and its place, if any."""
        words, ends = [text[start:end]], [end]
        key: tuple[str, ...] = (skeleton(words[0]),)
        behind, length = end, len(shaped)
        while key in self._unfinished:
            if behind >= length or (shaped[behind] != SPACE and shaped[behind] != HYPHEN):
                break
            stop = _word_end(text, shaped, behind + 1)
            if stop == behind + 1:
                break
            following = text[behind + 1 : stop]
            behind = stop
            if _plain(following):
                words.append(following)
                ends.append(stop)
                key += (skeleton(following),)
        for count in range(len(words), 0, -1):
            place = self._place(tuple(words[:count]), key[:count])
            if place:
                return ends[count - 1], self._pattern(place, count == 1)
        return end, None

    def _pattern(self, place: Place, one_word: bool) -> Pattern:
        """Return what a respelt name stands for; one word stands as a place does."""
        pattern = self._patterns.get((place.id, one_word))
        if pattern is None:
            name = Name(
                place.zones[0], "place", place.id, "place-name-respelt", "respelt",
                noun=one_word, capital=True,
            )  # fmt: skip
            pattern = self._patterns[place.id, one_word] = Pattern([name]).settled()
        return pattern

    def _how_begins(self, word: str) -> str:
        """Return the skeleton of a word that a name may begin with, or that it is the name."""
        key = (skeleton(word),)
        first = key[0] if key in self._unfinished else ""
        if self._place((word,), key) is not None:
            first = _ALONE
        return first

    def _place(self, words: tuple[str, ...], key: tuple[str, ...]) -> Place | None:
        """Return the place that some words name, whose skeletons are the key."""
        if key not in self._known or any(len(word) > LONGEST for word in words):
            return None
        return self._met[words]

    def _look_up(self, words: tuple[str, ...]) -> Place | None:
        if not all(word[0].isupper() for word in words):
            return None
        plain = " ".join(map(_plain, words))
        for place, name in self._known[tuple(map(skeleton, words))]:
            most = 2 * min(len(plain), len(name)) / (len(plain) + len(name))
            if most >= ALIKE and SequenceMatcher(None, plain, name).ratio() >= ALIKE:
                return place
        return None


def _word_end(text: str, shaped: bytes, start: int) -> int:
    """Return where the word that begins at `start` ends; there, when none does."""
    end, length, shape = start, len(shaped), SPACE
    while end < length:
        shape = shaped[end]
        if shape < CAPITAL:
            break
        end += 1
    if shape == APOSTROPHE and end > start:
        word = _WORD.match(text, start)
        return word.end() if word else start
    return end
