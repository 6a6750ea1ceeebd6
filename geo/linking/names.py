"""Every name that the linker looks for, as patterns with what each needs to count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

from geo.arabic import fold
from geo.gazetteer import Place, load_places
from geo.linking.letters import SPACE, read, written
from geo.linking.pattern import Name, Pattern, Words, read_data
from geo.model import Kind

SHORTEST = 3
LONGEST = 200
"""Letters of a name; what is shorter, or longer, is looked for nowhere."""

VARIED = 5
"""Letters that a name must have to be found with other vowels."""

JOINED = 9
"""Letters that a name of several words must have to be found as one word, as hashtags are."""

ARABIC, CYRILLIC, LATIN = "arabic", "cyrillic", "latin"
_ARABIC = re.compile("[\u0621-\u064a]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# Where an apostrophe may stand for the Arabic ʿayn; a reading has a space for it.
_FIRST_VOWEL = re.compile("(?:[a-z]+ )?[b-df-hj-np-tv-z][aeiou](?=[b-df-hj-np-tv-z][aeiou])")
_SINGLE = re.compile("(?<=[aeiou])[bdfgjklmnqrstz](?=[aeiou])")
_DOUBLE = re.compile(r"([b-df-hj-np-tv-z])\1")
_FIRST_A = re.compile("(?:[ae]l )?[b-df-hj-np-tv-z]{1,2}a(?=[b-df-hj-np-tv-z])")
_LONG_U = re.compile("(?<=[b-df-hj-np-tv-z])(?:u|ou)(?=[b-df-hj-np-tv-z][aeiou])")
_VOWEL_FIRST = re.compile("(?<!^) (?!al |el )(?=[aeiou])")
_ARTICLE = re.compile("^(?:al |el |ال)")


class Names:
    """Collects names and the ways to write them.

    Parameters
    ----------
    places : iterable of Place, optional
        The shipped gazetteer by default.
    """

    def __init__(self, places: Iterable[Place] | None = None) -> None:
        self.patterns: dict[bytes, Pattern] = {}
        self._spelling = read_data("spelling")
        self._articles = tuple(f"{a} " for a in self._spelling["latin_articles"])
        self._splits = tuple(map(_plain, self._spelling["split_or_joined"]))
        self._endings: dict[str, list[str]] = {
            ending: group for group in self._spelling["latin_endings"] for ending in group
        }
        self._any_ending = tuple(self._endings)
        self._last: dict[str, list[str]] = {
            last: group for group in self._spelling["latin_last"] for last in group
        }
        self._any_last = tuple(sorted(self._last, key=len, reverse=True))
        self._inside: list[str] = self._spelling["latin_inside"]
        self._first_endings: list[str] = self._spelling["cyrillic_first"]
        self._diphthong = re.compile(f"(?<=.)(?:{'|'.join(self._inside)})(?=[^aeiouy])")
        self._turkish_endings = {
            _plain(last): [_plain(ending) for ending in endings.split()]
            for endings, words in self._spelling["turkish_endings"].items()
            for last in words
        }
        self._cyrillic_articles = frozenset(
            word for word in self._spelling["articles"] if _CYRILLIC.search(word)
        )
        self._firsts = {
            _plain(word): list(map(_plain, group))
            for group in self._spelling["first_words"]
            for word in group
        }
        self._extra: dict[str, list[str]] = read_data("context")["more_names"]
        self._nouns = frozenset(map(_plain, read_data("context")["nouns"]))
        everyday = read_data("context")["everyday"]
        self._everyday = {
            written(form): how for how in ("words", "seldom", "bound") for form in everyday[how]
        }
        self._no_namesakes_abroad = frozenset(read_data("context")["no_namesakes_abroad"])
        self._persons = frozenset(map(_plain, read_data("context")["persons"]))
        self._others()
        self._fixed = frozenset(self.patterns)
        vowels: list[tuple[bytes, Name]] = []
        for place in load_places() if places is None else places:
            vowels += self._place(place)
        self._vary(vowels)
        self._shorten()

    def _others(self) -> None:
        context = read_data("context")
        for name in read_data("elsewhere")["names"]:
            self._add(name, Name(None, "place", None, "elsewhere"))
        for group in read_data("elsewhere")["completed"]:
            for direction, rest in product(group["directions"], group["by"]):
                entry = Name(None, "zone", None, "direction-completed", needs="never")
                self._add(f"{direction} {rest}", entry)
        small = frozenset(map(written, context["words_in_small"]))

        def land(name: str, role: str) -> Name:
            capital = written(name) in small
            return Name(None, "place", None, "abroad", role=role, capital=capital)

        for role, key in (("abroad", "abroad"), ("theatre", "theatres")):
            for name in read_data("elsewhere")[key]:
                self._add(name, land(name, role))
        for role, given in (("foreign", read_data("countries")["names"]),
                            ("far", read_data("elsewhere")["far"])):  # fmt: skip
            for name in given:
                self._put(written(name), land(name, role), _script(name))
        for name in context["weak_zone_terms"]:
            self._add(name, Name(None, "zone", None, "zone-term", role="weak"))
        for name in context["syrian"]:
            self._add(name, Name(None, "place", None, "syrian", role="syria"))
        for name in context["cities"]:
            self._add(name, Name(None, "place", None, "city", role="city"))
        for name in context["zone_terms"]:
            self._add(name, Name(None, "zone", None, "zone-term", role="term"))
        for role in ("street", "by_name", "name_bearer", "title"):
            for name in context[f"{role}s"]:
                self._add(name, Name(None, "zone", None, role, role=role))
        for key in ("headings", "openings", "inline", "menus", "sections"):
            for name in read_data("furniture")[key]:
                self._add(name, Name(None, "zone", None, "furniture", role="heading"))
        for group in read_data("names")["names"]:
            for name in group["names"]:
                rule = group.get("rule") or f"{group['kind']}-name"
                needs, forbids = group.get("needs", "none"), tuple(group.get("forbids", ()))
                zone, kind = group["zone"], group["kind"]
                vouch = _around(group.get("vouch", ()))
                self._add(
                    name,
                    Name(
                        zone, kind, None, rule, needs, _around(forbids), vouch,
                        capital=bool(group.get("capital")), abroad=bool(group.get("abroad")),
                        lead=group.get("lead", 0),
                    ),
                )  # fmt: skip
        for key, region in read_data("directions")["regions"].items():
            for name in region["names"]:
                entry = Name(None, region["kind"], None, "larger-area", role="region", region=key)
                self._add(name, entry)
            for name in region["names"] if region.get("country") else ():
                self._glued(name, region["zones"], region["kind"])

    def _glued(self, name: str, zones: dict[str, str], kind: Kind) -> None:
        # Aggregators drop the space now and then.
        for direction, words in read_data("directions")["words"]["arabic_noun"].items():
            if direction in zones and _script(name) == ARABIC:
                entry = Name(zones[direction], kind, None, "direction-of-region")
                for word in words:
                    self._put(written(word) + written(name), entry, ARABIC)

    def _add(self, name: str, entry: Name) -> None:
        script = _script(name)
        for pattern, lam in self._ways(name):
            self._put(pattern, entry, script, lam)
        if " " in name and script == ARABIC and entry.zone and entry.needs == "none":
            joined = written(name).replace(b" ", b"")  # aggregators drop the space now and then
            if joined + b" " not in self.patterns:
                self._put(joined, entry, script)

    def _put(self, pattern: bytes, entry: Name, script: str, lam: bool = False) -> None:
        if not SHORTEST <= len(pattern) <= LONGEST:
            return
        if entry.zone and entry.needs == "none" and pattern in self._everyday:
            match self._everyday[pattern]:
                case "words":
                    entry = replace(entry, needs="company", alone="head", noun=True)
                case "seldom":
                    entry = replace(entry, needs="syria", alone="place")
                case "bound":
                    entry = replace(entry, bound=True)
        stem = script == CYRILLIC
        declined = pattern[-1:] in _VOWELS and pattern[-2:] not in _UNDECLINED
        if stem and len(pattern) > 3 and declined and pattern[-2] != SPACE:
            pattern = pattern[:-1]
        key = pattern if stem else pattern + b" "
        have = self.patterns.get(key)
        if have is None:
            self.patterns[key] = Pattern([entry], stem, script == ARABIC and not lam, lam)
        elif entry not in have.names and not _looser(entry, have.names):
            have.names = [one for one in have.names if not _looser(one, [entry])]
            have.names.append(entry)

    def _place(self, place: Place) -> list[tuple[bytes, Name]]:
        """Add the names of a place; return those whose vowels may be written otherwise."""
        vowels: list[tuple[bytes, Name]] = []
        if place.is_area_name:
            return vowels
        strong = _strong()
        mark = any(name.endswith(("'", "’")) for name in place.names)
        rules = {_bare(_plain(name)): rule for name, rule in place.name_rules.items()}
        made: dict[tuple[object, ...], Name] = {}
        for name in (*place.names, *self._extra.get(place.id, ())):
            plain, script = _plain(name), _script(name)
            bare = _bare(plain)
            rule = place.name_rules.get(name) or rules.get(bare, place.rule)
            needs, forbids = rule.needs, _around(rule.forbids)
            vouch: Words | None = None
            said = strong.get(plain, strong.get(bare))
            if said is not None:
                if said.get("place", place.id) != place.id:
                    continue  # by this name alone, news means the other place
                needs = said.get("needs", "none")
                forbids = _around(said.get("forbids", ()))
                vouch = _around(said.get("vouch", ()))
            zone = place.zones[0] if place.zones else None
            if zone is None and needs != "none":
                continue
            noun, person, capital = plain in self._nouns, plain in self._persons, script != ARABIC
            abroad = (
                place.ambiguous and needs == "none" and place.id not in self._no_namesakes_abroad
            )
            if said is not None:
                abroad = bool(said.get("abroad"))
            what = (needs, forbids, vouch, noun, person, capital, abroad)
            entry = made.get(what)  # most names of a place are as good as one another
            if entry is None:
                entry = made[what] = Name(
                    zone, "place", place.id, "place-name", needs, forbids, vouch, noun, capital,
                    abroad, mark=mark, person=person,
                    alone="" if needs == "none" else place.alone_other if capital
                    else place.alone_ar,
                )  # fmt: skip
            certain = entry.plain and not place.ambiguous and place.kind == "settlement"
            for pattern, lam in self._ways(name):
                key = pattern if script == CYRILLIC else pattern + b" "
                if key not in self._fixed:
                    self._put(pattern, entry, script, lam)
            if certain and script == LATIN and (way := written(bare)) not in self._everyday:
                vowels.append((way, entry))
        return vowels

    def _shorten(self) -> None:
        """Leave out of the span what the shortest name does without."""
        before = frozenset(map(written, self._spelling["outside_before"]))
        links = frozenset(map(written, self._spelling["outside_links"]))
        after = tuple(
            b" %b " % written(word)
            for word in sorted(self._spelling["outside_after"], key=len, reverse=True)
        )
        whole = frozenset(written(name) + b" " for name in self._spelling["whole"])
        for key, pattern in self.patterns.items():
            if key in whole:
                continue
            rest, trail = key, 0
            if pattern.names[0].rule.startswith("direction-"):
                while (first := rest.split(b" ", 1)[0]) in links and len(first) + 1 < len(rest):
                    rest = rest[len(first) + 1 :]
            else:
                if key[: key.find(b" ")] in before:
                    rest = key[key.find(b" ") + 1 :]
                if rest.endswith(after):
                    trail = len(next(one for one in after if rest.endswith(one))) - 1
                    rest = rest[:-trail]
            if rest == key:
                continue
            alone = self.patterns.get(rest)
            zones = {one.zone for one in alone.names} if alone else set()
            lead = len(key) - len(rest) - trail
            pattern.names = [
                replace(one, lead=lead, trail=trail)
                if one.zone and (one.zone in zones or one.rule.startswith("direction-"))
                else one
                for one in pattern.names
            ]

    def _ways(self, name: str) -> Iterator[tuple[bytes, bool]]:
        """Yield the ways to write a name, and whether each begins with a double lam."""
        base, script = _plain(name), _script(name)
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
                ways.setdefault(_plain(re.sub("['’ʿʾ‘]", "", name)))
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

    def _vary(self, names: Iterable[tuple[bytes, Name]]) -> None:
        """Add what no list has: names of one meaning with their vowels written otherwise."""
        found: dict[bytes, tuple[Name, Name] | None] = {}
        for pattern, entry in names:
            if len(pattern) < VARIED or not pattern.isascii():
                continue
            loose = replace(entry, needs="company", alone="place")
            looser = loose
            if b" " not in pattern:  # it may be a person's, above all with a letter twice: Ghassem
                loose = replace(loose, person=True)
                looser = replace(loose, noun=True)
            way = pattern.decode("ascii")
            for ways, said in ((_doubled(way), looser), (self._vowels(way), loose)):
                for other in ways:
                    key = other.encode()
                    if key + b" " not in self.patterns and key not in self._everyday:
                        known = found.setdefault(key, (entry, said))
                        if known is not None and known[0] is not entry:
                            found[key] = None  # it would mean two
        for key, agreed in found.items():
            if agreed is not None:
                self._put(key, agreed[1], LATIN)

    def _vowels(self, way: str) -> Iterator[str]:
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


def _doubled(way: str) -> Iterator[str]:
    """Yield the ways to write a consonant twice, or a double one once."""
    for single in _SINGLE.finditer(way):
        yield way[: single.end()] + way[single.start() :]
    for double in _DOUBLE.finditer(way):
        yield way[: double.start()] + way[double.end() - 1 :]


def patterns(places: Iterable[Place] | None = None) -> dict[bytes, Pattern]:
    """Return every pattern with what it may stand for.

    A name of a zone or an area, or one that is listed as standing for something else, goes before
    places of the same name.

    Parameters
    ----------
    places : iterable of Place, optional
        The shipped gazetteer by default.
    """
    return Names(places).patterns


def spoken_names() -> dict[str, tuple[str, Kind]]:
    """Return names as they are said, with the zone and kind: for tools that take plain lists.

    The zones, the areas, the plain phrases of direction («ريف حمص الشمالي», "northern Homs",
    "north of Homs"), and the places. A name of several places stands for the first.

    Examples
    --------
    >>> spoken_names()["northern Homs"]
    ('northern-homs', 'zone')
    """
    found: dict[str, tuple[str, Kind]] = {}
    for group in read_data("names")["names"]:
        for name in group["names"]:
            found.setdefault(name, (group["zone"], group["kind"]))
    directions = read_data("directions")
    for region in directions["regions"].values():
        for name in region["names"]:
            for value, zone in region["zones"].items():
                for phrase in _phrases(directions["words"], name, value):
                    found.setdefault(phrase, (zone, region["kind"]))
    for place in load_places():
        for name in place.names if place.zones else ():
            found.setdefault(name, (place.zones[0], "place"))
    return found


def _phrases(words: dict[str, Any], name: str, value: str) -> Iterator[str]:
    script = _script(name)
    arabic = script == ARABIC
    noun, adjective = (
        words["arabic_noun" if arabic else "noun"],
        words["arabic_adjective" if arabic else "adjective"],
    )
    if arabic:
        yield " ".join([*(noun[letter][0] for letter in value), name])
        yield " ".join(["ريف", name, *(adjective[letter][0] for letter in value)])
    elif value in noun and script != CYRILLIC:
        yield f"{adjective[value][0]} {name}"
        yield f"{noun[value][0]} of {name}"


_UNDECLINED = frozenset(map(written, ("аа", "ъа")))
"""How Russian names end that have one form: Дараа is not Дарая (Darayya)."""

_VOWELS = frozenset(written(vowel) for vowel in "аяыиуюеойь")


@cache
def _strong() -> dict[str, dict[str, Any]]:
    return {_plain(name): said for name, said in read_data("context")["strong_places"].items()}


def _looser(entry: Name, known: Iterable[Name]) -> bool:
    """Say whether the same is known by this name already, with words that forbid it: they stay."""
    return not entry.forbids and any(
        (one.zone, one.kind, one.place, one.needs)
        == (entry.zone, entry.kind, entry.place, entry.needs)
        and bool(one.forbids)
        for one in known
    )


def _around(words: Iterable[str]) -> Words | None:
    # With a space before it, a word is looked for where one begins: «sarin», not «tasarının».
    return _words(
        tuple(
            before + read(_plain(word)).data
            for word in words
            for before in ((b" ", b"\n", b'"', b"(") if word.startswith(" ") else (b"",))
        )
    )


@cache
def _words(words: tuple[bytes, ...]) -> Words | None:
    return Words(words) if words else None


def _bare(plain: str) -> str:
    """Return a name without its article, which texts leave out: Naimah is al-Naimah."""
    return _ARTICLE.sub("", plain, 1)


def _script(name: str) -> str:
    """Return the script of a name."""
    if name.isascii():
        return LATIN
    return ARABIC if _ARABIC.search(name) else CYRILLIC if _CYRILLIC.search(name) else LATIN


@cache
def _plain(name: str) -> str:
    return " ".join(fold(name).split())
