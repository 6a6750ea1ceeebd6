"""What each letter of a text is: where capitals stand, and where words begin and end.

A capital is looked for by a step over bytes, which takes a small part of a regular expression's
time.
"""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np

from geo.linking.letters import APOSTROPHE, SPACE, coded

# Letters are no less than CAPITAL, what is part of a word no less than DIGIT.
SMALL: Final = 97  # a: any letter that is no capital
CAPITAL: Final = 65  # A
DIGIT: Final = 48  # 0
_OTHER: Final = 46
HYPHEN: Final = 45
_CAPITALS: Final = frozenset(map(chr, (
    *range(0x41, 0x5B), *range(0xC0, 0xD7), *range(0xD8, 0xDF), *range(0x410, 0x430),
    0x11E, 0x130, 0x15E, 0x401,
)))  # fmt: skip


def _table() -> Any:
    """Return what `shapes` gives for each code point of the first plane."""
    table = np.full(0x10000, _OTHER, np.uint8)
    everything = "".join(map(chr, range(0x10000)))
    for which, shape in ((r"[^\W_]+", SMALL), (r"\d+", DIGIT), ("['’‘`ʿʾ]", APOSTROPHE)):
        for run in re.finditer(which, everything):
            table[run.start() : run.end()] = shape
    table[list(map(ord, _CAPITALS))] = CAPITAL
    table[SPACE], table[HYPHEN] = SPACE, HYPHEN
    return table


_SHAPES: Final[bytes] = _table().tobytes()


def shapes(text: str) -> bytes:
    """Return what each code point of a text is: `CAPITAL`, `SMALL`, `DIGIT`, …; else a full stop.

    Examples
    --------
    >>> shapes("Dar’a, 2018")
    b"Aaa'a. 0000"
    """
    return coded(text, _SHAPES)


def capitals(text: str, shaped: bytes) -> list[tuple[int, int]]:
    """Return where words of two letters or more begin with a capital, and where they end.

    A word that an apostrophe ends may go on behind it.

    Examples
    --------
    >>> capitals("The Ras al-Ain road", shapes("The Ras al-Ain road"))
    [(0, 3), (4, 7), (11, 14)]
    """
    found: list[tuple[int, int]] = []
    at, before, length = 0, SPACE, len(shaped)
    while at < length:
        shape = shaped[at]
        if shape != CAPITAL or before >= DIGIT:
            before = shape
            at += 1
            continue
        start = at
        while at < length and shaped[at] >= CAPITAL:
            at += 1
        before = shaped[at] if at < length else SPACE
        if at > start + 1:
            found.append((start, at))
    return found
