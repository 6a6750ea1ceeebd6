"""What a text says around its candidates, looked up only when one of them asks."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Hashable
from functools import cache

from geo.arabic import fold
from geo.linking.directions import tokens
from geo.linking.letters import Reading, decoded, written
from geo.linking.names import Name, read_data

FAR = 10**9
ELSEWHERE = 200  # a mention in the title is as near as this to the whole body, and vice versa
FORBID_NEAR = 60
_SENTENCE = re.compile(r"[.\n!?]\s")
_DEFINITE = re.compile(r"(?:^|[^\w])(?:[وف]?[بلك]?ال|و?لل)\w+ $")


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
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.others: list[Context] = []
        self.other_senses: set[Hashable] = set()
        self._notes: dict[str, list[int]] = {}
        self._zones: dict[str, list[tuple[int, int]]] = {}

    def note(self, role: str, start: int, end: int) -> None:
        """Keep where a word of a role stands."""
        spots = self._notes.setdefault(role, [])
        if spots and spots[-1] > start:
            insort(spots, start)
        else:
            spots.append(start)

    def add(self, zone: str, start: int, end: int) -> None:
        """Keep where a zone is mentioned."""
        spots = self._zones.setdefault(zone, [])
        if spots and spots[-1] > (start, end):
            insort(spots, (start, end))
        else:
            spots.append((start, end))

    def leave_out(self, spans: list[tuple[int, int]]) -> None:
        """Forget what stands in some pieces."""
        for role, spots in self._notes.items():
            self._notes[role] = [s for s in spots if not any(a <= s < b for a, b in spans)]

    def near(self, role: str, at: int, reach: int) -> bool:
        """Say whether a word of a role stands within a distance, or in the title."""
        return _distance(self._notes.get(role, []), at) <= reach or any(
            other._notes.get(role) for other in self.others
        )

    def nearest(self, zone: str, at: int) -> int:
        """Return how far the nearest mention of a zone is."""
        spots = self._zones.get(zone, [])
        spot = bisect_left(spots, (at, 0))
        away = min((abs(s - at) for s, _ in spots[max(0, spot - 1) : spot + 1]), default=FAR)
        if away > ELSEWHERE and any(other._zones.get(zone) for other in self.others):
            return ELSEWHERE
        return away

    def speaks_of_syria(self, at: int) -> bool:
        """Say whether Syria, or a place in it, is nearer than any other country."""
        syria = _distance(self._notes.get("syria", []), at)
        for zone in self._zones:
            syria = min(syria, self.nearest(zone, at))
        abroad = _distance(self._notes.get("abroad", []), at)
        if syria >= FAR and any(other.names_syria for other in self.others):
            syria = ELSEWHERE
        if syria >= FAR and self.near("term", at, FAR - 1):
            syria = ELSEWHERE
        return syria < FAR and (syria <= abroad or abroad > 80)

    def spoke_of_syria(self, at: int) -> bool:
        """Say whether "the country" is Syria: the one spoken of before, else the nearer."""
        syria = self._notes.get("syria", [])[:1]
        zones = [spots[0][0] for spots in self._zones.values()]
        here = any(spot < at for spot in (*syria, *zones))
        here = here or any(other.names_syria for other in self.others)
        away = any(spot < at for spot in self._notes.get("abroad", [])[:1])
        if here != away:
            return here
        return self.speaks_of_syria(at)

    @property
    def names_syria(self) -> bool:
        """Whether Syria or a zone is named."""
        return bool(self._zones or self._notes.get("syria"))

    def speaks_of_zones(self, at: int) -> bool:
        """Say whether a word for the zones as such stands near by."""
        return self.near("term", at, 2 * read_data("context")["list_near"])

    def names_a_street(self, start: int, end: int) -> bool:
        """Say whether a word for a street stands directly before or after."""
        if "street" not in self._notes:
            return False
        spots, flat = self._notes["street"], self.reading.flat
        before = flat.rfind(b" ", 0, start - 1) + 1
        return end + 1 in spots or before in spots

    def names_a_person(self, start: int) -> bool:
        """Say whether an Arabic by-name stands before («أبو عمر سراقب»)."""
        if "by_name" not in self._notes:
            return False
        flat = self.reading.flat
        middle = flat.rfind(b" ", max(0, start - 12), start - 1)
        return middle > 0 and flat.rfind(b" ", 0, middle) + 1 in self._notes["by_name"]

    def stands_alone(self, start: int) -> bool:
        """Say whether the word before a name makes it a place, without an article («à Douma»)."""
        return self.head_before(start) or bool(
            _before_places().search(self.reading.text(start - 10, start))
        )

    def joined(self, start: int, end: int, zone: str) -> bool:
        """Say whether only a conjunction stands between a name and a mention of its zone."""
        spots = self._zones.get(zone, [])
        spot = bisect_left(spots, (start, 0))
        gaps = []
        if spot:
            gaps.append((spots[spot - 1][1], start))
        if spot < len(spots):
            gaps.append((end, spots[spot][0]))
        return any(
            0 < high - low <= 6 and self.reading.text(low, high).strip() in _joints()
            for low, high in gaps
        )

    def follows_syria(self, at: int) -> bool:
        """Say whether Syria is named shortly before."""
        spots = self._notes.get("country", [])
        spot = bisect_left(spots, at)
        return spot > 0 and at - spots[spot - 1] <= 120

    def head_before(self, start: int) -> bool:
        """Say whether a word such as "town" stands directly before."""
        return bool(_heads().search(self.reading.flat, max(0, start - 28), start))

    def head_after(self, end: int) -> bool:
        """Say whether a word such as "town" follows («Duma ilçesi»)."""
        word = self.reading.text(end, end + 24).split(" ", 2)
        return len(word) > 1 and not word[0] and word[1].strip(",.;") in _heads_after()

    def forbidden(self, start: int, end: int, name: Name) -> tuple[str, int]:
        """Return the word near by that says that something else is meant, or none.

        The second value says how far it is; 0 when the name itself is part of it («باب الحارة»).
        """
        if not name.forbids:
            return "", FAR
        data, low = self.reading.data, max(0, start - FORBID_NEAR)
        around = data[low : end + FORBID_NEAR]
        found = (FAR, b"")
        for word in name.forbids:
            if word not in around:
                continue
            after = data.find(word, end, end + FORBID_NEAR)
            before = data.rfind(word, low, start)
            if after >= 0:
                found = min(found, (after - end + 1, word))
            if before >= 0:
                found = min(found, (start - before - len(word) + 1, word))
            if after < 0 and before < 0:
                found = min(found, (0, word))
        return decoded(found[1]), found[0]

    def vouched(self, start: int, end: int, name: Name) -> bool:
        """Say whether a word near by is all that a name needs."""
        around = self.reading.data[max(0, start - ELSEWHERE // 2) : end + ELSEWHERE // 2]
        return any(word in around for word in name.vouch)

    def stands_as_place(self, start: int, zone: str) -> bool:
        """Say whether an Arabic word stands where a place can: after a preposition, in a list."""
        flat = self.reading.flat
        begin = flat.rfind(b" ", max(0, start - 6), start) + 1
        prefix = self.reading.text(begin, start)
        if begin == 0 or "ب" in prefix or prefix.endswith("ل"):
            return True
        low = flat.rfind(b" ", max(0, begin - 20), begin - 1) + 1
        before = self.reading.text(low, begin)
        if not before.strip() or before.rstrip()[-1] in '.:؟!\n"-':
            return True
        word = before.strip(" ,;\"'()")
        known = _locatives()
        if word in known or (word[:1] in "وفب" and word[1:] in known):
            return True
        spots = self._zones.get(zone, [])
        spot = bisect_left(spots, (start, 0))
        return (
            spot > 0
            and 0 <= begin - spots[spot - 1][1] <= 2
            and ("و" in prefix or "," in before[-3:])
        )

    def of_syria(self, at: int) -> bool:
        """Say whether no other country is nearer than what is sure to be Syrian."""
        abroad = _distance(self._notes.get("abroad", []), at)
        if abroad > 150:
            return True
        syria = _distance(self._notes.get("syria", []), at)
        for zone in self._zones:
            syria = min(syria, self.nearest(zone, at))
        return syria <= max(abroad, ELSEWHERE)

    def definite_before(self, start: int) -> bool:
        """Say whether an Arabic noun with the article stands before, so that this describes it."""
        return bool(_DEFINITE.search(self.reading.text(start - 24, start)))

    def in_list(self, start: int, end: int, zone: str) -> bool:
        """Say whether a name is an element of a list of the zones, or directly at a zone word."""
        if self._beside_term(start, end):
            return True
        reach = read_data("context")["list_near"]
        listed = self.near("term", start, reach) or (
            self.near("weak", start, reach) and self._others_near(start, zone, reach) >= 2
        )
        return listed and self._chained(start, end, zone)

    def in_parts(self, start: int, end: int, zone: str) -> bool:
        """Say whether "parts of" goes before, in a text on the zones."""
        if not self.speaks_of_zones(start):
            return False
        before = _SENTENCE.split(self.reading.text(start - 110, start))[-1]
        after = _SENTENCE.split(self.reading.text(end, end + 80))[0]
        return bool(_words("parts").search(before) or _words("parts_after").search(after))

    def _others_near(self, at: int, zone: str, reach: int) -> int:
        return sum(other != zone and self.nearest(other, at) <= reach for other in self._zones)

    def _chained(self, start: int, end: int, zone: str) -> bool:
        # To the nearest mention of another zone there are only words of a list.
        for other, spots in self._zones.items():
            if other == zone:
                continue
            spot = bisect_left(spots, (start, 0))
            for a, b in spots[max(0, spot - 1) : spot + 1]:
                low, high = (b, start) if a < start else (end, a)
                if 0 <= high - low <= 120 and self._only_list(low, high):
                    return True
        return False

    def _only_list(self, low: int, high: int) -> bool:
        if b". " in self.reading.data[low:high]:
            return False
        between = tokens(self.reading, low, high)
        unknown = sum(token.label == "x" for token in between)
        return unknown <= 3 and any(token.label == "C" for token in between)

    def _beside_term(self, start: int, end: int) -> bool:
        spots = self._notes.get("term", [])
        spot = bisect_left(spots, start)
        if spot and start - spots[spot - 1] <= 45:
            between = self.reading.text(spots[spot - 1], start)
            after_term = tokens(self.reading, spots[spot - 1], start)
            loose = [t for t in after_term if t.label in "xC"]
            return len(loose) <= 2 and "," not in between
        return spot < len(spots) and spots[spot] - end <= 2


def _distance(spots: list[int], at: int) -> int:
    spot = bisect_left(spots, at)
    return min((abs(s - at) for s in spots[max(0, spot - 1) : spot + 1]), default=FAR)


@cache
def _locatives() -> frozenset[str]:
    context = read_data("context")
    return frozenset(map(fold, (*context["locatives"], *context["heads"])))


@cache
def _before_places() -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in read_data("context")["before_places"])
    return re.compile(rf"(?:^|\W)(?:{words}) $")


@cache
def _joints() -> frozenset[str]:
    return frozenset(map(fold, read_data("context")["joints"]))


@cache
def _heads_after() -> frozenset[str]:
    return frozenset(map(fold, read_data("context")["heads_after"]))


@cache
def _heads() -> re.Pattern[bytes]:
    heads = sorted(map(written, read_data("context")["heads"]), key=len, reverse=True)
    words = b"|".join(map(re.escape, heads))
    attached = b"".join(map(written, "وفبكل"))
    the = written("ال")
    return re.compile(
        rb"(?:\A|(?<= ))[%b]?(?:%b)?(?:%b) *(?:%b *|al |el )?\Z" % (attached, the, words, the)
    )


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold(word)) for word in read_data("context")[key]))
