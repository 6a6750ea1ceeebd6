"""What the linker searches for, and what each pattern may stand for."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from ahocorasick_rs import BytesAhoCorasick, Implementation

from geo.linking.letters import scan
from geo.model import Kind
from geo.paths import DATA

FOLDER: Final = DATA / "linking"
BY_TURN: Final = frozenset(["head", "company", "respelt"])
"""Needs for which a head word is looked for first, then a mention of the zone."""

STEADY: Final = frozenset(["none", "syria", "bare", "zones", "its", "adjective"])
"""Needs for which the same is looked for in every turn."""


FAR: Final = 10**9
"""Farther than any text is long."""


class Words:
    """Words to look for around a name, as a reading has them, also within longer words.

    The same words are the same object (`geo.linking.names`).

    Attributes
    ----------
    longest : int
        Bytes of the longest of them.
    """

    __slots__ = ("_nearest", "_words", "longest")

    def __init__(self, words: tuple[bytes, ...]) -> None:
        self._words = sorted(set(words))
        self.longest = max(map(len, words))
        self._nearest: Any = None

    def nearest(self, data: bytes, start: int, end: int, reach: int) -> tuple[int, bytes]:
        """Return how far the nearest word is from a name, and which; far and none if there is none.

        One that goes beyond the name and takes in a part of it is 0 away.
        """
        if self._nearest is None:  # few are ever asked
            self._nearest = (_Automaton if scan is None else scan.Words)(self._words).nearest
        # What is known to be a tuple is taken apart sooner.
        found: tuple[int, int] = self._nearest(data, start, end, reach)
        near, which = found
        return (near, self._words[which]) if which >= 0 else (FAR, b"")


class _Automaton:
    """The same search where `geo.linking.scan` is not compiled."""

    def __init__(self, words: list[bytes]) -> None:
        self._search = BytesAhoCorasick(words, implementation=Implementation.DFA)

    def nearest(self, data: bytes, start: int, end: int, reach: int) -> tuple[int, int]:
        low = max(0, start - reach)
        near, which = FAR, -1
        matches: list[tuple[int, int, int]] = self._search.find_matches_as_indexes(
            data[low : end + reach], overlapping=True
        )
        for number, first, last in matches:
            first, last = low + first, low + last
            if first >= end:
                away = first - end + 1
            elif last <= start:
                away = start - last + 1
            elif start <= first and last <= end:
                continue  # in the name itself
            else:
                away = 0
            if away < near or (away == near and number < which):
                near, which = away, number
        return near, which


@dataclass(frozen=True)  # compiled, its fields are slots anyway
class Name:
    """What a pattern may stand for.

    Attributes
    ----------
    zone : str or None
        None: the name is no mention, and hides shorter names inside it.
    vouch : Words or None
        Words that near by are all that it needs, and that speak against those that forbid it.
    noun : bool
        Also an Arabic word: it must stand where a place can stand.
    capital : bool
        In scripts that have capitals it must have one.
    abroad : bool
        Not where the text speaks of another country rather than of Syria.
    role : str
        `name`, or what else the pattern is to the linker: `region` (a province or the country,
        whose parts count), `term` (a word for the zones as such), `abroad` (a country near by),
        `foreign` (any other), `far` (a city or a state of such a one),
        `theatre` (one with news of its own south and north-west, or a place in it), `syria` (who or
        what is only spoken of in news of Syria), `city` (one of Syria, far from the zones),
        `street`, `name_bearer` (a restaurant), `by_name` and `title` (what they name is no place),
        `heading` (of other stories).
    needs : str
        `none`; `company` (another mention of the zone near by); `head` (a word such as "town"
        before it); `alone` (set where that attribute sufficed); `syria` (a text about Syria);
        `bare` (the country spoken of is Syria, and no name follows: "the south", not "the south" of
        what follows); `zones` (a text about Syria, near a word for the zones as such); `list` (a
        list of the zones); `its` (the country named just before).
    forbids : Words or None
        Words that must not stand near; one given with a space before it, not inside a longer word.
    region : str
        Key of a region in ``directions.json``.
    lead, trail : int
        Letters at its begin and its end that are no part of the span («معبر» of «معبر نصيب»).
    mark : bool
        The place is also written with an apostrophe at its end (Izra').
    person : bool
        Also the name of people.
    alone : {"", "head", "place"}
        What suffices in a text that names no other country, where it would need more: a word such
        as "village", or, as well, a preposition of place.
    bound : bool
        Not where it ends in a pronoun: «سجنه», his imprisonment, is «سجنة» once folded.
    """

    zone: str | None
    kind: Kind
    place: str | None
    rule: str
    needs: str = "none"
    forbids: Words | None = None
    vouch: Words | None = None
    noun: bool = False
    capital: bool = False
    abroad: bool = False
    role: str = "name"
    region: str = ""
    lead: int = 0
    trail: int = 0
    mark: bool = False
    person: bool = False
    alone: str = ""
    bound: bool = False

    @property
    def plain(self) -> bool:
        """Whether the name counts wherever it stands."""
        return self.needs == "none" and not (self.forbids or self.noun or self.abroad or self.bound)

    @property
    def elsewhere(self) -> bool:
        """Whether it is a name for something else, which hides shorter names inside it."""
        return self.zone is None and self.role == "name" and self.rule == "elsewhere"


def standing_alone(name: Name) -> Name:
    """Return a name as it counts where nothing else speaks for it: the least sure."""
    return replace(name, needs="alone")


class Pattern:
    """Bytes to search for, with what follows from its names for every text.

    What follows is worked out by `settled`, once the pattern is met: few of them ever are.

    Parameters
    ----------
    names : iterable of Name
        What it may stand for, the likeliest first.
    stem : bool
        Letters of an ending may follow.
    prefixed : bool
        Arabic prepositions may be attached.
    lam : bool
        It begins with a double lam, the preposition and what is left of the article, which are
        no part of the name.

    Attributes
    ----------
    first : Name
        The likeliest.
    role : str
        Its role.
    plain : bool
        It stands for one thing, and counts wherever it stands.
    hides : bool
        It stands for something else: shorter names inside it are no mentions.
    idle : bool
        Nothing that it may stand for is chosen by its context.
    unmet : str
        The reason when the context does not have what it needs.
    capital : bool
        In scripts that have capitals it must have one, whatever it stands for.
    person : bool
        It is also the name of people.
    placeable : bool
        A word such as "village", or a preposition of place, may be all that it needs.
    several : bool
        It may stand for places of several zones, or of none.
    steady : bool
        What it needs depends on the zones found so far only, and not on how they were looked for.
    zones_near : frozenset of str or None
        Where all that it may stand for needs a head word or company: the zones.
    meanings : frozenset
        What is one name with it. Spellings of an area are one; of places, each its own (Duma is
        not Douma).
    """

    __slots__ = (
        "capital", "first", "hides", "idle", "lam", "meanings", "names", "person", "placeable",
        "plain", "prefixed", "role", "several", "steady", "stem", "unmet", "zones_near",
    )  # fmt: skip

    def __init__(
        self,
        names: Iterable[Name],
        stem: bool = False,
        prefixed: bool = False,
        lam: bool = False,
    ) -> None:
        self.names = list(names)
        self.stem, self.prefixed, self.lam = stem, prefixed, lam

    def settled(self) -> Pattern:
        """Work out what follows from the names."""
        self.first = first = self.names[0]
        self.role, self.hides = first.role, first.rule == "elsewhere"
        self.plain = len(self.names) == 1 and first.plain
        self.idle = not any(one.zone or one.elsewhere for one in self.names)
        self.person = any(one.person for one in self.names)
        self.placeable = any(one.alone for one in self.names)
        self.several = len({one.zone for one in self.names}) > 1
        needs = {one.needs for one in self.names if one.zone}
        self.steady = needs <= STEADY and not (self.several and "none" in needs)
        near = needs <= BY_TURN and not any(one.vouch or not one.zone for one in self.names)
        self.zones_near = frozenset(str(one.zone) for one in self.names) if near else None
        self.unmet = f"needs {first.needs}, and there is none"
        self.capital = all(one.capital for one in self.names)
        self.meanings: frozenset[Hashable] = frozenset(
            one.forbids if not one.place and one.forbids else id(self) for one in self.names
        )
        return self


@cache
def read_data(name: str, folder: Path = FOLDER) -> dict[str, Any]:
    """Return one of the data files on names and context."""
    content: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return content
