"""The ways to write a name: articles, first words, endings, vowels, and what is split or joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from geo.arabic import fold
from geo.linking.letters import read, written
from geo.linking.pattern import read_data

SHORTEST = 3
"""Letters of a name; what is shorter is looked for nowhere."""

JOINED = 9
"""Letters that a name of several words must have to be found as one word, as hashtags are."""

ARABIC, CYRILLIC, LATIN = "arabic", "cyrillic", "latin"
_ARABIC = re.compile("[\u0621-\u064a]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_FIRST_VOWEL = re.compile("(?:[a-z]+ )?[b-df-hj-np-tv-z][aeiou](?=[b-df-hj-np-tv-z][aeiou])")
_SINGLE = re.compile("(?<=[aeiou])[bdfgjklmnqrstz](?=[aeiou])")
_DOUBLE = re.compile(r"([b-df-hj-np-tv-z])\1")
_FIRST_A = re.compile("(?:[ae]l )?[b-df-hj-np-tv-z]{1,2}a(?=[b-df-hj-np-tv-z])")
_LONG_U = re.compile("(?<=[b-df-hj-np-tv-z])(?:u|ou)(?=[b-df-hj-np-tv-z][aeiou])")
# Where an apostrophe may stand for the Arabic ʿayn; a reading has a space for it.
_VOWEL_FIRST = re.compile("(?<!^) (?!al |el )(?=[aeiou])")
_ARTICLE = re.compile("^(?:al |el |ال)")


class Spelling:
    """What `spelling.json` says of how names are written."""

    def __init__(self) -> None:
        said = read_data("spelling")
        self._articles = tuple(f"{a} " for a in said["latin_articles"])
        self._splits = tuple(map(plain_of, said["split_or_joined"]))
        self._endings: dict[str, list[str]] = {
            ending: group for group in said["latin_endings"] for ending in group
        }
        self._any_ending = tuple(self._endings)
        self._last: dict[str, list[str]] = {
            last: group for group in said["latin_last"] for last in group
        }
        self._any_last = tuple(sorted(self._last, key=len, reverse=True))
        self._inside: list[str] = said["latin_inside"]
        self._first_endings: list[str] = said["cyrillic_first"]
        self._diphthong = re.compile(f"(?<=.)(?:{'|'.join(self._inside)})(?=[^aeiouy])")
        self._turkish_endings = {
            plain_of(last): [plain_of(ending) for ending in endings.split()]
            for endings, words in said["turkish_endings"].items()
            for last in words
        }
        self._cyrillic_articles = frozenset(
            word for word in said["articles"] if _CYRILLIC.search(word)
        )
        self._firsts = {
            plain_of(word): list(map(plain_of, group))
            for group in said["first_words"]
            for word in group
        }

    def ways(self, name: str) -> Iterator[tuple[bytes, bool]]:
        """Yield the ways to write a name, and whether each begins with a double lam."""
        base, script = plain_of(name), script_of(name)
        ways = {base: None}
        if script == ARABIC:
            for start in self._splits:
                if base.startswith(f"{start} ") and len(base) > len(start) + 3:
                    ways.setdefault(start + base[len(start) + 1 :])
                elif base.startswith(start) and len(base) > len(start) + 4:
                    rest = base[len(start) :]
                    if " " not in rest and start + " " + rest not in ways and len(start) > 2:
                        ways.setdefault(f"{start} {rest}")
            for way in ways:
                yield written(way), False
                if way.startswith("ال") and len(way) > 5:
                    yield written(f"لل{way[2:]}"), True
            return
        if script == CYRILLIC:
            ways |= dict.fromkeys(self._inner_cyrillic(base))
            first, _, rest = base.partition(" ")
            if rest and first.endswith("а"):  # Босры-эш-Шам
                ways |= dict.fromkeys(f"{first[:-1]}{end} {rest}" for end in self._first_endings)
        else:
            if "'" in name or "’" in name:
                ways.setdefault(plain_of(re.sub("['’ʿʾ‘]", "", name)))
            for way in list(ways):
                for article in self._articles if way.startswith(self._articles) else ():
                    if way.startswith(article) and len(way) - len(article) >= 4:
                        rest = way[len(article) :]
                        ways |= dict.fromkeys((rest, f"al {rest}", f"el {rest}", f"al{rest}"))
            for way in list(ways):
                ways |= dict.fromkeys(self._inner(way))
            for way in list(ways):
                if not way.endswith(self._any_ending):
                    continue
                for ending, group in self._endings.items():
                    if way.endswith(ending) and len(way) - len(ending) >= 4:
                        stem = way[: -len(ending)]
                        ways |= dict.fromkeys(stem + other for other in group)
                        break
            if len(base) >= JOINED and " " in base:
                yield written(base.replace(" ", "")), False  # as a hashtag
        if not base.replace(" ", "").isalnum():
            raw = read(base).flat.strip()
            if b"  " in raw:  # the mark in "Naba' al-Sakhr" or "E. Ghouta" is a second space
                yield raw, False
        first, _, rest = base.partition(" ")
        for other in self._firsts.get(first, ()) if rest else ():
            ways.setdefault(f"{other} {rest}")
            ways |= dict.fromkeys(self._inner(f"{other} {rest}"))
        for ending in self._turkish_endings.get(base.rpartition(" ")[2], ()):
            ways.setdefault(base + ending)
        for way in ways:
            yield written(way), False
        if (marked := _VOWEL_FIRST.sub("  ", base)) != base and script == LATIN:
            yield read(marked).flat.rstrip(), False  # Darat 'Izza

    def _inner(self, way: str) -> Iterator[str]:
        """Yield the ways to write an article inside a name: as before the letter, or not at all."""
        words = way.split()
        for at in range(1, len(words) - 1):
            if f"{words[at]} " in self._articles:
                following = words[at + 1]
                sun = "a" + following[: 2 if following[:2] in ("sh", "th", "dh") else 1]
                for article in ("al", "el", sun, "e" + sun[1:], ""):
                    yield " ".join(w for w in (*words[:at], article, *words[at + 1 :]) if w)
                # As the UN has it: Um Elmayathen.
                yield " ".join([*words[:at], f"el{following}", *words[at + 2 :]])

    def vowels(self, way: str) -> Iterator[str]:
        """Yield the ways to write the last vowel, a short first one, and the first diphthong.

        Also «e» in the first syllable, and «oo».
        """
        ways = [way]
        for last in self._any_last:
            stem = way.removesuffix(last)
            if stem != way:
                if len(stem) >= SHORTEST and stem[-1] not in "aeiou":
                    ways += (stem + other for other in self._last[last] if other != last)
                break
        for one in list(ways):
            if short := _FIRST_VOWEL.match(one):  # Tsil for Tasil
                ways.append(one[: short.end() - 1] + one[short.end() :])
        yield from ways[1:]
        if a := _FIRST_A.match(way):
            yield f"{way[: a.end() - 1]}e{way[a.end() :]}"
        if u := _LONG_U.search(way):
            yield f"{way[: u.start()]}oo{way[u.end() :]}"
        if spot := self._diphthong.search(way):
            for one, other in product(ways, self._inside):
                if one.startswith(way[: spot.end()]):
                    yield one[: spot.start()] + other + one[spot.end() :]

    def _inner_cyrillic(self, way: str) -> Iterator[str]:
        """Yield the ways to write an article inside a Russian name: эль, аль, the sun letter's."""
        words = way.split()
        for at in range(1, len(words) - 1):
            if words[at] in self._cyrillic_articles:
                for article in ("эль", "аль", f"э{words[at][1:]}", f"а{words[at][1:]}", ""):
                    yield " ".join(w for w in (*words[:at], article, *words[at + 1 :]) if w)


def doubled(way: str) -> Iterator[str]:
    """Yield the ways to write a consonant twice, or a double one once."""
    for single in _SINGLE.finditer(way):
        yield way[: single.end()] + way[single.start() :]
    for double in _DOUBLE.finditer(way):
        yield way[: double.start()] + way[double.end() - 1 :]


def bare_of(plain: str) -> str:
    """Return a name without its article, which texts leave out: Naimah is al-Naimah."""
    return _ARTICLE.sub("", plain, 1)


def script_of(name: str) -> str:
    """Return the script of a name."""
    if name.isascii():
        return LATIN
    return ARABIC if _ARABIC.search(name) else CYRILLIC if _CYRILLIC.search(name) else LATIN


@cache
def plain_of(name: str) -> str:
    return " ".join(fold(name).split())
