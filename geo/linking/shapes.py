"""What each letter of a text is: where capitals stand, and where words begin and end.

A capital is looked for by a step over bytes, which takes a small part of a regular expression's
time.
"""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np

from geo.linking.letters import APOSTROPHE, SPACE, code_units

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


_TABLE: Final = _table()
_ASCII: Final[bytes] = _TABLE[:256].tobytes()


def shapes(text: str, units: Any) -> bytes:
    """Return what each code point of a text is: `CAPITAL`, `SMALL`, `DIGIT`, …; else a full stop.

    Parameters
    ----------
    units : array or None
        As its reading has them.

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> shapes("Dar’a, 2018", read("Dar’a, 2018").units)
    b"Aaa'a. 0000"
    """
    if text.isascii():
        return text.encode().translate(_ASCII)
    shaped: bytes = _TABLE.take(code_units(text) if units is None else units).tobytes()
    return shaped
