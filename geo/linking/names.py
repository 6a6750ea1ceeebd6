"""Every name that the linker looks for, as patterns with what each needs to count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

from geo.gazetteer import Place, load_places
from geo.linking.letters import SPACE, read, written
from geo.linking.pattern import Name, Pattern, Words, read_data
from geo.linking.spelling import (
    ARABIC,
    CYRILLIC,
    LATIN,
    SHORTEST,
    Spelling,
    bare_of,
    doubled,
    plain_of,
    script_of,
)
from geo.model import Kind

LONGEST = 200
"""Letters of a name; what is longer is looked for nowhere."""

VARIED = 5
"""Letters that a name must have to be found with other vowels."""


class Names:
    """Collects names and the ways to write them.

    Parameters
    ----------
    places : iterable of Place, optional
        The shipped gazetteer by default.
    """

    def __init__(self, places: Iterable[Place] | None = None) -> None:
        self.patterns: dict[bytes, Pattern] = {}
        self._spelling = Spelling()
        self._extra: dict[str, list[str]] = read_data("context")["more_names"]
        self._nouns = frozenset(map(plain_of, read_data("context")["nouns"]))
        everyday = read_data("context")["everyday"]
        self._everyday = {
            written(form): how for how in ("words", "seldom", "bound") for form in everyday[how]
        }
        self._no_namesakes_abroad = frozenset(read_data("context")["no_namesakes_abroad"])
        self._persons = frozenset(map(plain_of, read_data("context")["persons"]))
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
        for role, kind, key in (("foreign", "countries", "names"), ("far", "elsewhere", "far"),
                                ("far", "elsewhere", "states")):  # fmt: skip
            for name in read_data(kind)[key]:
                self._put(written(name), land(name, role), script_of(name))
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
            if direction in zones and script_of(name) == ARABIC:
                entry = Name(zones[direction], kind, None, "direction-of-region")
                for word in words:
                    self._put(written(word) + written(name), entry, ARABIC)

    def _add(self, name: str, entry: Name) -> None:
        script = script_of(name)
        for pattern, lam in self._spelling.ways(name):
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
        rules = {bare_of(plain_of(name)): rule for name, rule in place.name_rules.items()}
        made: dict[tuple[object, ...], Name] = {}
        for name in (*place.names, *self._extra.get(place.id, ())):
            plain, script = plain_of(name), script_of(name)
            bare = bare_of(plain)
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
            for pattern, lam in self._spelling.ways(name):
                key = pattern if script == CYRILLIC else pattern + b" "
                if key not in self._fixed:
                    self._put(pattern, entry, script, lam)
            if certain and script == LATIN and (way := written(bare)) not in self._everyday:
                vowels.append((way, entry))
        return vowels

    def _shorten(self) -> None:
        """Leave out of the span what the shortest name does without."""
        said = read_data("spelling")
        before = frozenset(map(written, said["outside_before"]))
        links = frozenset(map(written, said["outside_links"]))
        after = tuple(
            b" %b " % written(word) for word in sorted(said["outside_after"], key=len, reverse=True)
        )
        whole = frozenset(written(name) + b" " for name in said["whole"])
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
            for ways, said in ((doubled(way), looser), (self._spelling.vowels(way), loose)):
                for other in ways:
                    key = other.encode()
                    if key + b" " not in self.patterns and key not in self._everyday:
                        known = found.setdefault(key, (entry, said))
                        if known is not None and known[0] is not entry:
                            found[key] = None  # it would mean two
        for key, agreed in found.items():
            if agreed is not None:
                self._put(key, agreed[1], LATIN)


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
    script = script_of(name)
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
    return {plain_of(name): said for name, said in read_data("context")["strong_places"].items()}


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
            before + read(plain_of(word)).data
            for word in words
            for before in ((b" ", b"\n", b'"', b"(") if word.startswith(" ") else (b"",))
        )
    )


@cache
def _words(words: tuple[bytes, ...]) -> Words | None:
    return Words(words) if words else None
