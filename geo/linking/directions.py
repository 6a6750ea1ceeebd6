"""Parts of a province or of the country: «ريف حمص الشمالي», "south-western Syria"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from geo.arabic import fold
from geo.linking.grammar import KINDS, SHORT, Token, tokens
from geo.linking.letters import (
    APOSTROPHE,
    LINE,
    SPACE,
    Reading,
    read,
    space_before,
    space_behind,
    word_begin,
    written,
)
from geo.linking.pattern import FAR, read_data
from geo.remembered import Remembered

REACH: Final = 80


# Over the labels of `geo.linking.grammar`, a letter each.
_BEFORE: Final = re.compile(
    r"(?P<head>[HG]*)(?P<dirs>(?:[DE]+|N+A*|A+)(?:C+(?:[DE]+|N+A*|A+))*)(?P<link>[OHGM]{0,5})$"
)
_BEFORE_ADJECTIVE: Final = re.compile(
    r"(?P<head>)(?P<dirs>(?:[DE]+|N+A*)(?:C+(?:[DE]+|N+A*))*)(?P<link>)$"
)
_AFTER: Final = re.compile(
    r"(?:[SJ](?P<a>[DEA]+(?:C+[DEA]+)*)[HJ]?|(?P<b>A+(?:C+A+)*)|(?P<c>[DE]+(?:C+[DE]+)*)[HJ])"
)
_AFTER_ADJECTIVE: Final = re.compile(r"(?P<a>D+(?:C+D+)*)(?!H)")
# The same few labels stand around most names: what was found in them is remembered.
MOST_LABELS: Final = 10_000
_Found = Remembered[str, "re.Match[str] | None"]
_before: Final = _Found(_BEFORE.search, MOST_LABELS)
_before_adjective: Final = _Found(_BEFORE_ADJECTIVE.search, MOST_LABELS)
_after: Final = _Found(_AFTER.match, MOST_LABELS)
_after_adjective: Final = _Found(_AFTER_ADJECTIVE.match, MOST_LABELS)
_SHARED: Final = re.compile(r"(?:C+[HG]*P)+(?P<b>A+(?:C+A+)*)")
# Quarters are a city's, which no zone holds: «أحياء حلب الغربية», "western Aleppo city".
_DIRS: Final = r"(?:[DENA]+(?:C+[DENA]+)*)?"
_QUARTERS_BEFORE: Final = re.compile(rf"Q[OHGM]*{_DIRS}[OHGM]{{0,5}}$")
_QUARTERS_BEHIND: Final = re.compile(rf"S?{_DIRS}Q")
_CLAUSE: Final = re.compile(r"[.!?\n]")
_COUNTRYSIDE: Final = re.compile(rf"(?:^|\s)[{fold('وفبل')}]*({fold('ريف')}ي?(?:ها|ه))\s")
_COUNTRY: Final = read("ريف").data
_ITS: Final = read("ريفه").data
_ITS_DUAL: Final = read("ريفيها").data
_ON: Final = 1
_FOUND: Final = 2
# What a word around a name says to who looks for a direction: look on, or here it is; else stop.
_BACK: Final = {
    word: _FOUND if kind and kind in "DENA" else _ON
    for word, kind in KINDS.items()
    if not kind or kind in "DENAOHGMC"
}
_AHEAD: Final = {
    word: _FOUND if kind and kind in "DEA" else _ON
    for word, kind in KINDS.items()
    if not kind or kind in "DEAHJGCP"
}
_HEADS: Final = re.compile(r"[HG]$")
_WORDS: Final = read_data("directions")["words"]
# A noun that describes the head before it, which is part of the name («campagne ouest d'Alep»).
_AFTER_HEAD: Final = frozenset(map(written, _WORDS["after_head"]))
# Heads that are no part of the name: "northern Homs pocket".
_UNNAMED: Final = frozenset(map(written, _WORDS["unnamed"]))
# Heads that are part of it only as in "north of Homs province", not in "northern Homs province".
_NAMED_AFTER_OF: Final = frozenset(map(written, _WORDS["named_after_of"]))
_CITY_BEHIND: Final = frozenset(map(written, _WORDS["city_behind"]))
_DOT: Final = 46
# Turkish endings that make no owner of a name: in, from, to, with («Lazkiye'de ne var»).
_NO_OWNER: Final = re.compile(rb"(?:[dt][ae]n?|y?[ae]|y?l[ae])\Z")


class Part:
    """A part of a region that a text names: its directions, and where it says so."""

    __slots__ = ("directions", "end", "headed", "start")

    def __init__(self, directions: str, start: int, end: int, headed: bool) -> None:
        self.directions, self.start, self.end, self.headed = directions, start, end, headed


def no_part(reading: Reading, start: int, end: int) -> bool:
    """Say quickly that no words of direction stand around a name: then `parts` finds none."""
    flat, low = reading.flat, max(0, start - 48)
    stop = space_before(flat, low, start)
    while stop >= 0:
        begin = space_before(flat, low, stop)
        step = _BACK.get(flat[begin + 1 if begin >= 0 else low : stop], 0)
        if step == _FOUND:
            return False
        if step != _ON:
            break
        stop = begin
    if _apostrophe(reading.data, end):
        return False
    begin, high = end + 1, min(end + 48, len(flat))
    for _ in range(4):
        stop = space_behind(flat, begin, high)
        step = _AHEAD.get(flat[begin : stop if stop >= 0 else high], 0)
        if step == _FOUND:
            return False
        if step != _ON or stop < 0:
            break
        begin = stop + 1
    return True


def names_its_countryside(reading: Reading, start: int, end: int) -> bool:
    """Say quickly that a piece may hold what `its_countryside` looks for."""
    if not reading.arabic:
        return False
    piece = reading.data[start:end]
    # Not `in`, which first takes what it is asked for to be a number: four times as slow.
    return piece.find(_COUNTRY) >= 0 and (piece.find(_ITS) >= 0 or piece.find(_ITS_DUAL) >= 0)


def parts(
    reading: Reading,
    start: int,
    end: int,
    region: dict[str, Any],
    floor: int = 0,
    ceiling: int = FAR,
) -> list[Part]:
    """Return the parts of a region that the words around its name speak of.

    Parameters
    ----------
    start, end : int
        Where the name of the region stands in the reading.
    floor, ceiling : int
        Words before the one and from the other on belong to other names.
    """
    adjective = bool(region.get("adjective"))
    word = word_begin(reading.flat, max(0, start - 8), start)
    before = tokens(reading, _back(reading, word, floor), word)
    for at, letter in enumerate(reading.text(word, start), word):
        before.append(Token("C" if letter in "وف" else "O", "", at, at + 1))
    after = _possessive(reading, end)
    written = "".join([token.label for token in before])
    match = (_before_adjective if adjective else _before)[written]
    following = tokens(reading, after or end, min(end + REACH, ceiling), until="DEACHJGPQ")
    ahead = ("S" if after else "") + "".join([token.label for token in following])
    if not region.get("country") and (
        ("Q" in written and _QUARTERS_BEFORE.search(written))
        or ("Q" in ahead and _QUARTERS_BEHIND.match(ahead))
        or (following and reading.data[following[0].start : following[0].end] in _CITY_BEHIND)
    ):
        return []
    shift = 1 if after else 0
    tail = (_after_adjective if adjective else _after)[ahead]
    if tail is None and _has_heads(written):
        tail = _SHARED.match(ahead)
        if tail:
            spoken = following[tail.start("b") - shift : tail.end("b") - shift]
            return [Part(one.directions, start, end, True) for one in _parts(spoken, False)]
    if tail:
        name = next(key for key in tail.groupdict() if tail.group(key))
        spoken = following[tail.start(name) - shift : tail.end(name) - shift]
        lead = _HEADS.search(written)
        first = before[lead.start()].start if lead else start
        close = following[tail.end() - shift - 1].end
        made = _parts(spoken, bool(lead) or tail.end() > tail.end(name))
        if not made:
            return []
        one_only = len(made) == 1
        made[0] = Part(
            made[0].directions, first, close if one_only else made[0].end, made[0].headed
        )
        return made
    if not match:
        return []
    spoken = before[match.start("dirs") : match.end("dirs")]
    lead_in, link = match.group("head"), match.group("link")
    while spoken[0].label == "A" and not lead_in and any(token.label == "C" for token in spoken):
        # The first adjective is another name's.
        spoken = spoken[next(at for at, token in enumerate(spoken) if token.label == "C") :]
        spoken = spoken[next(at for at, token in enumerate(spoken) if token.label != "C") :]
    only_adjective = spoken[0].label == "A"
    if only_adjective and not (lead_in or "O" in link):
        return []
    if not region.get("country"):
        back = written[max(0, match.start() - 3) : match.start()]
        if "K" in back:
            return []  # a distance from a city
    made = _parts(spoken, bool(lead_in or set(link) & set("HG")))
    if not made:
        return []
    first = spoken[0].start
    word_of_direction = reading.data[first : spoken[0].end]
    if lead_in and (only_adjective or word_of_direction in _AFTER_HEAD):
        first = before[match.start("dirs") - 1].start
    close = end
    if following and following[0].label in "HJ" and not after and _next_to(following[0], end):
        behind = following[0]
        head = reading.data[behind.start : behind.end]
        of = spoken[0].label == "D" and not set(link) & set("HG")
        if not adjective and head not in _UNNAMED and (of or head not in _NAMED_AFTER_OF):
            close = behind.end
    last = made[-1]
    if len(made) == 1:
        return [Part(last.directions, first, close, last.headed)]
    others = _parts(spoken, True)[:-1]
    return [*others, Part(last.directions, last.start, close, last.headed)]


def its_countryside(reading: Reading, end: int) -> list[Part]:
    """Return the parts that «ريفها الشمالي» names after a province, in the same clause.

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> [part.directions for part in its_countryside(read("حماة وريفها الشمالي"), 4)]
    ['N']
    """
    if not names_its_countryside(reading, end, end + REACH):
        return []
    clause = _CLAUSE.split(reading.text(end, end + REACH))[0]
    match = _COUNTRYSIDE.search(clause)
    if not match:
        return []
    spoken = []
    for token in tokens(reading, end + match.end(), end + REACH, until="AC"):
        if token.label not in "AC":
            break
        spoken.append(token)
    while spoken and spoken[-1].label == "C":
        spoken.pop()
    made = _parts(spoken, True)
    if made:
        first = made[0]
        start = end + match.start(1)
        made[0] = Part(first.directions, start, first.end, True)
    return made


def _next_to(token: Token, end: int) -> bool:
    return token.start == end + 1


def _parts(spoken: Sequence[Token], headed: bool) -> list[Part]:
    # Words side by side make one direction (north west); a conjunction begins another.
    made: list[Part] = []
    run: list[Token] = []
    for token in (*spoken, Token("C", "", 0, 0)):
        if token.label != "C":
            run.append(token)
        elif run:
            value = run[0].value
            if len(run) > 1:
                said = "".join([one.value for one in run])
                value = "".join([letter for letter in "NSEWC" if letter in said])
            made.append(Part(value, run[0].start, run[-1].end, headed))
            run = []
    return made


def _has_heads(written: str) -> bool:
    return written.rstrip("O").endswith("G")


def _back(reading: Reading, start: int, floor: int) -> int:
    # From the beginning of a word, and not over the end of a sentence.
    flat = reading.flat
    low = max(0, start - REACH)
    if low and flat[low - 1] != SPACE:
        spot = space_behind(flat, low, start)
        low = spot if spot >= 0 else start
    near = max(low, floor, _words_back(flat, start, low))
    data, at, least = reading.data, start - 2, max(low, near - 1)
    while at >= least:
        letter, following = data[at], data[at + 1]
        ends = (following == SPACE and letter in b".:?!") or letter == following == LINE
        if ends and (letter != _DOT or flat[word_begin(flat, low, at) : at] not in SHORT):
            return max(near, at + 2)
        at -= 1
    return near


def _words_back(flat: bytes, start: int, low: int) -> int:
    # To the words of the grammar that stand together before a name, and three more: a distance.
    more = 0
    while more < 3:
        begin = space_before(flat, low, start - 1)
        if begin < 0:
            return low
        if more or flat[begin + 1 : start - 1] not in KINDS:
            more += begin + 2 < start
        start = begin + 1
    return start


def _possessive(reading: Reading, end: int) -> int | None:
    # Behind an apostrophe and the ending that it joins: Homs's, Suriye'nin.
    if not _apostrophe(reading.data, end):
        return None
    stop = space_behind(reading.flat, end + 1, end + 12)
    if not 0 <= stop - end <= 8 or _NO_OWNER.match(reading.flat, end + 1, stop):
        return None
    return stop


def _apostrophe(data: bytes, at: int) -> bool:
    return at < len(data) and data[at] == APOSTROPHE
