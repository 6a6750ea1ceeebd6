"""The words that texts name directions with, labelled: what is read around a province's name."""

from __future__ import annotations

from functools import cache
from typing import Final

from geo.arabic import fold
from geo.linking.letters import APOSTROPHE, LINE, SPACE, Reading, decoded, read
from geo.linking.pattern import read_data

_STUCK: Final = ("وب", "ول", "وك", "فب", "فل", "فك", "و", "ف", "ب", "ل", "ك")  # the longer first


class Token:
    """A word of a text: what it is to the grammar, which direction it names, where it stands."""

    __slots__ = ("end", "label", "start", "value")

    def __init__(self, label: str, value: str, start: int, end: int) -> None:
        self.label, self.value, self.start, self.end = label, value, start, end


# D noun, E adjective, N Arabic noun, A definite adjective or possessed noun, H head, J Turkish head
# that may stand between a name and a direction, G head of several, O link, C and, K unit of length,
# F filler, M middle, P region, Q quarter of a city, S possessive, x anything else.
@cache
def labels() -> dict[str, tuple[str, str]]:
    """Return every word of the grammar, folded, with its label and its direction."""
    words = read_data("directions")["words"]
    found: dict[str, tuple[str, str]] = {}
    for key, label in (("filler", "F"), ("link", "O"), ("and", "C"), ("unit", "K"),
                       ("heads", "G"), ("head", "H"), ("head_before_direction", "J"),
                       ("quarter", "Q")):  # fmt: skip
        found |= {fold(word): (label, "") for word in words[key]}
    for key, label in (("noun", "D"), ("adjective", "E"), ("arabic_noun", "N"),
                       ("arabic_adjective", "A"), ("possessed", "A")):  # fmt: skip
        for value, forms in words[key].items():
            found |= {fold(form): ("M" if value == "C" else label, value) for form in forms}
    for region in read_data("directions")["regions"].values():
        for name in region["names"]:
            found.setdefault(fold(name), ("P", ""))
    return found


def _all_labels() -> dict[bytes, tuple[str, str, int, bool]]:
    """Return every form of those words: label, direction, letters attached, whether «و» is one."""
    found: dict[str, tuple[str, str, int, bool]] = {
        word: (*label, 0, False) for word, label in labels().items()
    }
    for letters in _STUCK:
        cut, joined = len(letters), letters[0] in "وف"
        for word, (label, value) in labels().items():
            found.setdefault(letters + word, (label, value, cut, joined))
        for word, (label, value) in labels().items():
            if word.startswith("ال") and letters.endswith("ل"):  # the article loses its alif
                found.setdefault(letters + word[1:], (label, value, cut, joined))
    for sign in ",;\"'#*":
        found.setdefault(sign, ("C" if sign in ",;" else "", "", 0, False))
    # A word with a mark in it is never met in a reading.
    return {
        data: label for word, label in found.items() if decoded(data := read(word).data) == word
    }


_LABELS: Final = _all_labels()
_UNKNOWN: Final = ("x", "", 0, False)
# Directions cut short («N. Hama», "сев. Латакия"), with or without the dot.
SHORT: Final[dict[bytes, str]] = {
    read(fold(form)).data: value
    for value, forms in read_data("directions")["words"]["short"].items()
    for form in forms
}
_LONGEST_SHORT: Final = max(map(len, SHORT))
KINDS: Final = (
    {word: label for word, (label, *_) in _LABELS.items()} | dict.fromkeys(SHORT, "E") | {b"": ""}
)


def label_of(word: str) -> tuple[str, str, int, bool]:
    """Return the label and direction of a word, the letters attached before it, and if «و» is one.

    Examples
    --------
    >>> label_of("وشمال")
    ('N', 'N', 1, True)
    """
    return _LABELS.get(read(word).data, _UNKNOWN)


def tokens(reading: Reading, start: int, end: int, until: str = "") -> list[Token]:
    """Return the words of a piece with their labels; an attached «و» is a word of its own.

    Parameters
    ----------
    until : str
        Labels: what follows a word that has none of them is not read.
    """
    found: list[Token] = []
    data, stop = reading.data, max(0, start)
    end = min(end, len(data))
    while stop < end:
        at = stop
        stop = _word_end(data, at, end)
        if stop == at:  # a space, or the end of a line
            stop += 1
            continue
        label, value, cut, joined = _LABELS.get(data[at:stop], _UNKNOWN)
        if label == "x" and stop - at <= _LONGEST_SHORT and (short := _short(data, at, stop)):
            label, value = "E", short
            stop += data[stop : stop + 1] == b"."
        if joined:
            found.append(Token("C", "", at, at + 1))
        if cut > joined:
            found.append(Token("O", "", at + cut - 1, at + cut))
        if label:
            found.append(Token(label, value, at + cut, stop))
            if until and label not in until:
                break
    return found


def _short(data: bytes, at: int, stop: int) -> str:
    """Return the direction that a word cut short names; none behind an apostrophe (Russia's)."""
    value = SHORT.get(data[at:stop], "")
    if value and APOSTROPHE in data[max(0, at - 2) : at]:
        return ""
    return value


def _word_end(data: bytes, at: int, end: int) -> int:
    """Return where what begins at a position ends: a word, a sign, lines left empty; or nothing."""
    letter = data[at]
    if letter == SPACE:
        return at
    if letter == LINE:
        stop = last = at + 1
        while stop < end and (data[stop] == SPACE or data[stop] == LINE):
            stop += 1
            if data[stop - 1] == LINE:
                last = stop
        return last if last > at + 1 else at
    if not _in_word(letter):
        return at + 1
    at += 1
    while at < end and _in_word(data[at]):
        at += 1
    return at


def _in_word(letter: int) -> bool:
    return letter >= 128 or 97 <= letter <= 122 or 48 <= letter <= 57
