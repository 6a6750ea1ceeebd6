"""Parts of a province or of the country: «ريف حمص الشمالي», "south-western Syria"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from geo.arabic import fold
from geo.linking.letters import Reading, decoded
from geo.linking.names import read_data

REACH = 80
_TOKEN = re.compile(r"[^\W_]+|[^\s\w]|\n\s*\n")
_STUCK = frozenset(["و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك"])
# D noun, E adjective, N Arabic noun, A definite adjective or possessed noun, H head, G head of
# several, O link, C and, K unit of length, F filler, M middle, P region, S possessive, x anything
# else.
_BEFORE = re.compile(
    r"(?P<head>[HG]*)(?P<dirs>(?:[DE]+|N+A*|A+)(?:C+(?:[DE]+|N+A*|A+))*)(?P<link>[OHGM]{0,5})$"
)
_BEFORE_ADJECTIVE = re.compile(r"(?P<head>)(?P<dirs>(?:D+|N+A*)(?:C+(?:D+|N+A*))*)(?P<link>)$")
_AFTER = re.compile(
    r"(?:S(?P<a>[DEA]+(?:C+[DEA]+)*)H?|(?P<b>A+(?:C+A+)*)|(?P<c>[DE]+(?:C+[DE]+)*)H)"
)
_AFTER_ADJECTIVE = re.compile(r"(?P<a>D+(?:C+D+)*)(?!H)")
_SHARED = re.compile(r"(?:C+[HG]*P)+(?P<b>A+(?:C+A+)*)")
_CLAUSE = re.compile(r"[.!?\n]")
_COUNTRYSIDE = re.compile(rf"(?:^|\s)[{fold('وفبل')}]*({fold('ريف')}ي?(?:ها|ه))\s")
_HEADS = re.compile(r"[HG]$")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a region that a text names: its directions, and where it says so."""

    directions: str
    start: int
    end: int
    headed: bool


@dataclass(frozen=True, slots=True)
class _Token:
    label: str
    value: str
    start: int
    end: int


@cache
def labels() -> dict[str, tuple[str, str]]:
    """Return every word of the grammar, folded, with its label and its direction."""
    words = read_data("directions")["words"]
    found: dict[str, tuple[str, str]] = {}
    for key, label in (("filler", "F"), ("link", "O"), ("and", "C"), ("unit", "K"),
                       ("heads", "G"), ("head", "H")):  # fmt: skip
        found |= {fold(word): (label, "") for word in words[key]}
    for key, label in (("noun", "D"), ("adjective", "E"), ("arabic_noun", "N"),
                       ("arabic_adjective", "A"), ("possessed", "A")):  # fmt: skip
        for value, forms in words[key].items():
            found |= {fold(form): ("M" if value == "C" else label, value) for form in forms}
    for region in read_data("directions")["regions"].values():
        for name in region["names"]:
            found.setdefault(fold(name), ("P", ""))
    return found


@lru_cache(maxsize=1 << 16)
def label_of(word: str) -> tuple[str, str, int, bool]:
    """Return the label and direction of a word, the letters attached before it, and if «و» is one.

    Examples
    --------
    >>> label_of("وشمال")
    ('N', 'N', 1, True)
    """
    known = labels()
    if label := known.get(word):
        return *label, 0, False
    if "\u0621" <= word[0] <= "\u064a":
        for cut in (2, 1):
            if word[:cut] in _STUCK:
                rest = word[cut:]
                inner = known.get(rest)
                if inner is None and rest.startswith("ل") and word[cut - 1] == "ل":
                    inner = known.get(f"ا{rest}")
                if inner:
                    return *inner, cut, word[0] in "وف"
    return ("C" if word in ",;" else "" if word in "\"'#*" else "x"), "", 0, False


def tokens(reading: Reading, start: int, end: int) -> list[_Token]:
    """Return the words of a piece with their labels; an attached «و» is a word of its own."""
    found = []
    for match in _TOKEN.finditer(reading.text(start, end)):
        label, value, cut, joined = label_of(match.group())
        at = start + match.start()
        if joined:
            found.append(_Token("C", "", at, at + 1))
        if cut > joined:
            found.append(_Token("O", "", at + cut - 1, at + cut))
        if label:
            found.append(_Token(label, value, at + cut, start + match.end()))
    return found


@lru_cache(maxsize=1 << 16)
def _kind(word: bytes) -> str:
    return label_of(decoded(word))[0] if word else ""


def no_part(reading: Reading, start: int, end: int) -> bool:
    """Say quickly that no words of direction stand around a name: then `parts` finds none."""
    flat = reading.flat
    for word in reversed(flat[max(0, start - 48) : start].split(b" ")[:-1]):
        kind = _kind(word)
        if kind in "DENA" and kind:
            return False
        if kind not in "OHGMC":
            break
    if reading.data[end : end + 1] == b"'":
        return False
    for word in flat[end + 1 : end + 48].split(b" ", 4)[:4]:
        kind = _kind(word)
        if kind in "DEA" and kind:
            return False
        if kind not in "HGCP":
            break
    return True


def parts(
    reading: Reading, start: int, end: int, region: dict[str, Any], floor: int = 0
) -> list[Part]:
    """Return the parts of a region that the words around its name speak of.

    Parameters
    ----------
    start, end : int
        Where the name of the region stands in the reading.
    floor : int
        Words before it belong to another name.
    """
    adjective = bool(region.get("adjective"))
    word = reading.flat.rfind(b" ", max(0, start - 8), start) + 1
    before = tokens(reading, max(floor, _back(reading, word)), word)
    for at, letter in enumerate(reading.text(word, start), word):
        before.append(_Token("C" if letter in "وف" else "O", "", at, at + 1))
    after = _possessive(reading, end)
    written = "".join(token.label for token in before)
    match = (_BEFORE_ADJECTIVE if adjective else _BEFORE).search(written)
    following = tokens(reading, after or end, min(len(reading.data), end + REACH))
    ahead = ("S" if after else "") + "".join(token.label for token in following)
    shift = 1 if after else 0
    tail = (_AFTER_ADJECTIVE if adjective else _AFTER).match(ahead)
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
    if only_adjective and lead_in:
        first = before[match.start("dirs") - 1].start
    made = [Part(one.directions, one.start, end, one.headed) for one in made[-1:]]
    others = _parts(spoken, True)[:-1]
    close = end
    if following and following[0].label == "H" and not after and _next_to(following[0], end):
        close = following[0].end
    if not others:
        return [Part(made[0].directions, first, close, made[0].headed)]
    return [*others, Part(made[0].directions, made[0].start, close, made[0].headed)]


def its_countryside(reading: Reading, end: int) -> list[Part]:
    """Return the parts that «ريفها الشمالي» names after a province, in the same clause.

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> [part.directions for part in its_countryside(read("حماة وريفها الشمالي"), 4)]
    ['N']
    """
    clause = _CLAUSE.split(reading.text(end, end + REACH))[0]
    match = _COUNTRYSIDE.search(clause)
    if not match:
        return []
    spoken = []
    for token in tokens(reading, end + match.end(), min(len(reading.data), end + REACH)):
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


def _next_to(token: _Token, end: int) -> bool:
    return token.start == end + 1


def _parts(spoken: Sequence[_Token], headed: bool) -> list[Part]:
    # Words side by side make one direction (north west); a conjunction begins another.
    made: list[Part] = []
    run: list[_Token] = []
    for token in (*spoken, _Token("C", "", 0, 0)):
        if token.label != "C":
            run.append(token)
        elif run:
            said = {letter for one in run for letter in one.value}
            value = "".join(letter for letter in "NSEWC" if letter in said)
            made.append(Part(value, run[0].start, run[-1].end, headed))
            run = []
    return made


def _has_heads(written: str) -> bool:
    return bool(re.search(r"G[O]*$", written))


def _back(reading: Reading, start: int) -> int:
    # From the beginning of a word, and not over the end of a sentence.
    low = max(0, start - REACH)
    for stop in (b". ", b"\n\n", b": ", b"? ", b"! "):
        spot = reading.data.rfind(stop, low, start)
        if spot >= 0:
            low = max(low, spot + len(stop))
    if low and reading.flat[low - 1] != 32:
        spot = reading.flat.find(b" ", low, start)
        low = spot if spot >= 0 else start
    return low


def _possessive(reading: Reading, end: int) -> int | None:
    # Behind an apostrophe and the ending that it joins: Homs's, Suriye'nin.
    if reading.data[end : end + 1] != b"'":
        return None
    stop = reading.flat.find(b" ", end + 1, end + 12)
    return stop if 0 <= stop - end <= 8 else None
