"""What a text says around its candidates, looked up only when one of them asks."""

from __future__ import annotations

from bisect import insort
from collections.abc import Hashable
from typing import Final

from geo.arabic import fold
from geo.linking.around import ELSEWHERE, FAR, FORBID_NEAR, GIVEN, SERVANT
from geo.linking.letters import (
    HASH,
    SPACE,
    Reading,
    read,
    space_before,
    space_behind,
    word_begin,
    written,
)
from geo.linking.pattern import read_data

_WORDS: Final = read_data("context")
SYRIA_NEAR: Final = 60
"""Letters to the name of Syria within which "the northwest" is hers, in a report from afar."""

MOST_SUBJECTS: Final = 3
"""Words that a subject may have between a verb and the place that is its object."""

MOST_SPOTS: Final = 20_000
"""Where more are known already, those among them that are found later say nothing more."""

NEAR_BEARER: Final = 30
"""How far before a name what bears it may begin."""

LIST_NEAR: Final[int] = _WORDS["list_near"]
_LOCATIVES: Final = frozenset(map(fold, (*_WORDS["locatives"], *_WORDS["heads"])))
_AROUND: Final = " ,;\"'()"
_SIGNS: Final = b'\n,.;:()"'
_SUBJECTS: Final = frozenset(map(fold, _WORDS["subjects"]))
_NAME_BEARERS: Final = frozenset(map(written, _WORDS["name_bearers"]))
_AND: Final = written("و")
_JOINTS: Final = frozenset(read(joint).data for joint in _WORDS["joints"])


class Context:
    """Zones, words for zones and countries found in one field, by where they stand.

    Parameters
    ----------
    reading : Reading
        The field.

    Attributes
    ----------
    others : list of Context
        Those of the other fields of the same article.
    other_senses : set
        Names that the article has inside a longer name for something else: bare, too, they mean
        that, unless more says otherwise.
    namesakes : set
        Those of them that are places elsewhere, by a word near by: "the town of" does not tell.
    notes : dict of str to list of int
        Where words of a role stand.
    zones : dict of str to list of tuple of int
        Where zones are mentioned.
    """

    __slots__ = ("namesakes", "notes", "other_senses", "others", "reading", "zones")

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.others: list[Context] = []
        self.other_senses: set[Hashable] = set()
        self.namesakes: set[Hashable] = set()
        self.notes: dict[str, list[int]] = {}
        self.zones: dict[str, list[tuple[int, int]]] = {}

    def note(self, role: str, start: int) -> None:
        """Keep where a word of a role stands."""
        spots = self.notes.get(role)
        if spots is None:
            self.notes[role] = [start]
        elif spots[-1] > start:
            if len(spots) < MOST_SPOTS:
                insort(spots, start)
        else:
            spots.append(start)

    def add(self, zone: str, start: int, end: int) -> None:
        """Keep where a zone is mentioned."""
        spots = self.zones.get(zone)
        if spots is None:
            self.zones[zone] = [(start, end)]
        elif spots[-1][0] > start or (spots[-1][0] == start and spots[-1][1] > end):
            if len(spots) < MOST_SPOTS:
                insort(spots, (start, end))
        else:
            spots.append((start, end))

    def leave_out(self, spans: list[tuple[int, int]]) -> None:
        """Forget what stands in some pieces, which are in order."""
        for role, spots in list(self.notes.items()):
            left = [spot for spot in spots if not within(spans, spot)]
            if left:
                self.notes[role] = left
            else:
                del self.notes[role]

    def near(self, role: str, at: int, reach: int) -> bool:
        """Say whether a word of a role stands within a distance, or in the title."""
        return self._away(role, at) <= reach or any(role in other.notes for other in self.others)

    def nearest(self, zone: str, at: int) -> int:
        """Return how far the nearest mention of a zone is."""
        away = FAR
        if spots := self.zones.get(zone):
            spot = spans_before(spots, at)
            if spot < len(spots):
                away = spots[spot][0] - at
            if spot and at - spots[spot - 1][0] < away:
                away = at - spots[spot - 1][0]
        return self._or_elsewhere(zone, away)

    def nearest_other(self, zone: str, start: int, end: int) -> int:
        """Return how far the nearest mention of a zone is that is not by this very name.

        What is farther than a word that forbids a name is not looked for.
        """
        spots, data, away = self.zones.get(zone, []), self.reading.data, FAR
        name, length = data[start:end], end - start
        spot = spans_before(spots, start)
        for step, at in ((-1, spot - 1), (1, spot)):
            while 0 <= at < len(spots):
                first, last = spots[at]
                if abs(first - start) > FORBID_NEAR:
                    break
                if last - first != length or data[first:last] != name:
                    away = min(away, abs(first - start))
                    break
                at += step
        return self._or_elsewhere(zone, away)

    def _or_elsewhere(self, zone: str, away: int) -> int:
        """Return how far a mention of a zone is, or one in another field, if that is nearer."""
        if away > ELSEWHERE and self.others and any(zone in other.zones for other in self.others):
            return ELSEWHERE
        return away

    def speaks_of_syria(self, at: int, cities: bool = False) -> bool:
        """Say whether Syria, or a place in it, is nearer than any other country.

        Parameters
        ----------
        cities : bool
            Cities far from the zones count as well: they vouch for names, not for "the south".
        """
        syria = self._from_syria(at)
        if cities:
            syria = min(syria, self._away("city", at))
        abroad = self._away("abroad", at)
        if syria >= FAR and any(other.names_syria for other in self.others):
            syria = ELSEWHERE
        if syria >= FAR:  # a word for the zones speaks of Syria where no other country is named
            return (
                abroad >= FAR
                and self.near("term", at, FAR - 1)
                and not self._names_a_land("foreign", "far")
            )
        return syria <= abroad or abroad > 80

    def spoke_of_syria(self, at: int, company: bool = False) -> bool:
        """Say whether "the country" is Syria: the one spoken of before, else the nearer.

        It is not, where the text names another country with a war of its own more often, unless a
        mention of the zone keeps it company.
        """
        if not company and "theatre" in self.notes and self._speaks_more_of_others():
            return False
        here = (
            any(spot < at for spot in self.notes.get("syria", ())[:1])
            or any(spots[0][0] < at for spots in self.zones.values())
            or any(other.names_syria for other in self.others)
        )
        away = any(spot < at for spot in self.notes.get("abroad", ())[:1])
        if here != away:
            return here
        if (
            not here
            and self._away("syria", at) > SYRIA_NEAR
            and any(spot < at for spot in self.notes.get("far", ())[:1])
        ):
            return False  # a report from Abuja that speaks of Syria in the end
        if here and self._last_of_syria(at) > self._last("abroad", at):
            return True
        return self.speaks_of_syria(at)

    def _last(self, role: str, at: int) -> int:
        """Return where the last word of a role before a position stands, or -1."""
        spots = self.notes.get(role, [])
        spot = spots_before(spots, at)
        return spots[spot - 1] if spot else -1

    def _last_of_syria(self, at: int) -> int:
        """Return where Syria, or a zone, was last named before a position, or -1."""
        last = self._last("syria", at)
        for spans in self.zones.values():
            spot = spans_before(spans, at)
            if spot:
                last = max(last, spans[spot - 1][0])
        return last

    def _speaks_more_of_others(self) -> bool:
        there, here = 0, 0
        for field in (self, *self.others):
            there += len(field.notes.get("theatre", ()))
            here += len(field.notes.get("syria", ()))
            for spots in field.zones.values():
                here += len(spots)
        return there > here

    @property
    def names_syria(self) -> bool:
        """Whether Syria or a zone is named."""
        return bool(self.zones or "syria" in self.notes)

    def speaks_of_zones(self, at: int) -> bool:
        """Say whether a word for the zones as such stands near by."""
        return self.near("term", at, 2 * LIST_NEAR)

    def named_after_it(self, start: int, end: int) -> str:
        """Return what bears the name and is no place, or nothing: a street, a restaurant."""
        data, flat = self.reading.data, self.reading.flat
        before = word_begin(flat, 0, start - 1)
        if self._stands("street", end + 1) or self._stands("street", before):
            return "a street"
        while start and data[start - 1] in b' "':
            start -= 1
        bearer = self._last("name_bearer", start)
        if bearer >= 0 and start - bearer <= NEAR_BEARER:
            words = flat[bearer:start].split()
            if words[-1:] == [b"al"]:
                words.pop()
            if b" ".join(words) in _NAME_BEARERS:
                return "a restaurant, a café or a brand"
        return ""

    def names_a_person(self, start: int, end: int, person: bool = False) -> bool:
        """Say whether a by-name or a title and a given name stand before («أبو عمر سراقب»).

        Parameters
        ----------
        person : bool
            The name is given to people, too: a title suffices («الناشط عز الدين»).
        """
        flat, data = self.reading.flat, self.reading.data
        middle = space_before(flat, max(0, start - 12), start - 1)
        if person and self._stands("title", word_begin(flat, max(0, start - 12), start - 1)):
            return True
        if middle <= 0 or data[end : end + 1] == b"'":  # Harasta'da, in Harasta
            return False
        first = word_begin(flat, 0, middle)
        if self.reading.text(middle + 1, start - 1) in _LOCATIVES:
            return False  # «أبي من كفر لاها», my father is from there
        if flat[middle + 1 : start - 1] in GIVEN and self._stands("title", first):
            return True
        if flat[first:middle] == SERVANT:
            first = word_begin(flat, 0, first - 1)
        return self._stands("by_name", first) and not any(
            sign in _SIGNS for sign in data[first:start]
        )

    def joined(self, start: int, end: int, zone: str) -> bool:
        """Say whether only a conjunction stands between a name and a mention of its zone."""
        spots = self.zones.get(zone, [])
        spot = spans_before(spots, start)
        return (spot > 0 and self.joint(spots[spot - 1][1], start)) or (
            spot < len(spots) and self.joint(end, spots[spot][0])
        )

    def is_item(self, start: int, end: int) -> bool:
        """Say whether a name that a comma joins ends as what is listed does: a sign, or a joint.

        The comma of "in Sarmada, Abu Omar keeps a shop" joins no two places.
        """
        data = self.reading.data
        if start < 2 or data[start - 2 : start] != b", " or data[end : end + 1] != b" ":
            return True
        if data[end + 1 : end + 2] == _AND:
            return True
        stop = space_behind(self.reading.flat, end + 1, end + 8)
        return stop >= 0 and data[end + 1 : stop] in _JOINTS

    def goes_on(self, end: int) -> bool:
        """Say whether a name of a place, a province or a country directly follows."""
        if self.reading.data[end : end + 1] != b" ":
            return False
        if self._stands("syria", end + 1) or self._stands("abroad", end + 1):
            return True
        for spots in self.zones.values():
            spot = spans_before(spots, end + 1)
            if spot < len(spots) and spots[spot][0] == end + 1:
                return True
        return False

    def follows_syria(self, at: int) -> bool:
        """Say whether Syria is named shortly before."""
        spots = self.notes.get("country", [])
        spot = spots_before(spots, at)
        return spot > 0 and at - spots[spot - 1] <= 120

    def stands_as_place(self, start: int, zone: str) -> bool:
        """Say whether an Arabic word stands where a place can: after a preposition, in a list."""
        flat = self.reading.flat
        begin = word_begin(flat, max(0, start - 6), start)
        prefix = self.reading.text(begin, start)
        if begin == 0 or "ب" in prefix or "ع" in prefix or prefix.endswith("ل"):
            return True
        if self.reading.data[begin - 1] == HASH:
            begin -= 1
        low = word_begin(flat, max(0, begin - 20), begin - 1)
        before = self.reading.text(low, begin)
        if not before.strip() or before.rstrip()[-1] in '.:؟!\n"-([|/*':
            return True
        if self._led(low, begin):
            return True
        spots = self.zones.get(zone, [])
        spot = spans_before(spots, start)
        return (
            spot > 0
            and 0 <= begin - spots[spot - 1][1] <= 2
            and ("و" in prefix or "," in before[-3:])
        )

    def is_object(self, start: int) -> bool:
        """Say whether a preposition, or a verb of war, leads to a word («حاصر النظام نوى»)."""
        flat = self.reading.flat
        if start < 2 or flat[start - 1] != SPACE:
            return False
        return self._led(word_begin(flat, max(0, start - 20), start - 1), start)

    def _led(self, low: int, high: int) -> bool:
        """Say whether a place can stand after the word of a piece, or after the verb before it."""
        flat = self.reading.flat
        word = self.reading.text(low, high).strip(_AROUND)
        for _ in range(MOST_SUBJECTS):
            if word not in _SUBJECTS:
                break
            high, low = low - 1, word_begin(flat, max(0, low - 20), low - 1)
            word = self.reading.text(low, high).strip(_AROUND)
        return word in _LOCATIVES or (word[:1] in "وفبلك" and word[1:] in _LOCATIVES)

    def may_be_of_syria(self, at: int) -> bool:
        """Say whether no other country is nearer than Syria, nor any named where Syria is not."""
        return not self._is_far_away("foreign") and self.of_syria(at)

    def may_have_zones(self, at: int) -> bool:
        """Say the same of a list of zones: cities count, who acts in Syria does not."""
        return not self._is_far_away("foreign", "far") and self.of_syria(at, "theatre")

    def _is_far_away(self, *roles: str) -> bool:
        """Say whether what lies beyond Syria's neighbours is named, and Syria is not."""
        return self._names_a_land(*roles) and not any(
            field.names_syria for field in (self, *self.others)
        )

    def _names_a_land(self, *roles: str) -> bool:
        """Say whether a country but Syria and its neighbours is named, or a city in one."""
        return any(role in field.notes for role in roles for field in (self, *self.others))

    def of_syria(self, at: int, lands: str = "abroad") -> bool:
        """Say whether no other country is nearer than what is sure to be Syrian.

        Parameters
        ----------
        lands : {"abroad", "theatre"}
            The countries that count: all, or only those with news of their own, and not those that
            act in Syria.
        """
        abroad, syria = self._away(lands, at), self._from_syria(at)
        if syria >= FAR and not any(other.names_syria for other in self.others):
            return abroad >= FAR and not any(lands in other.notes for other in self.others)
        return abroad > 150 or syria <= max(abroad, ELSEWHERE)

    def _away(self, role: str, at: int) -> int:
        away = FAR
        if spots := self.notes.get(role):
            spot = spots_before(spots, at)
            if spot < len(spots):
                away = spots[spot] - at
            if spot and at - spots[spot - 1] < away:
                away = at - spots[spot - 1]
        return away

    def _from_syria(self, at: int) -> int:
        away = self._away("syria", at)
        for zone in self.zones:
            away = min(away, self.nearest(zone, at))
        return away

    def _stands(self, role: str, at: int) -> bool:
        spots = self.notes.get(role, [])
        spot = spots_before(spots, at)
        return spot < len(spots) and spots[spot] == at

    def joint(self, low: int, high: int) -> bool:
        """Say whether only a conjunction stands between two positions."""
        return 0 < high - low <= 7 and self.reading.data[low:high].strip() in _JOINTS


# `bisect` would compare tuples, which costs ten times as much.
def spans_before(spots: list[tuple[int, int]], at: int) -> int:
    """Return how many spans begin before a position."""
    low, high = 0, len(spots)
    while low < high:
        middle = (low + high) >> 1
        if spots[middle][0] < at:
            low = middle + 1
        else:
            high = middle
    return low


def within(spans: list[tuple[int, int]], at: int) -> bool:
    """Say whether a position is in one of some spans, which are in order and apart."""
    spot = spans_before(spans, at + 1)
    return spot > 0 and at < spans[spot - 1][1]


def spots_before(spots: list[int], at: int) -> int:
    """Return how many positions are before one."""
    low, high = 0, len(spots)
    while low < high:
        middle = (low + high) >> 1
        if spots[middle] < at:
            low = middle + 1
        else:
            high = middle
    return low
