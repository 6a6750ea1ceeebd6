"""One byte per letter: what the search reads, so that every offset is an offset in the text.

A text is folded (`geo.arabic`) and written with one byte per code point. A search over it reads
half the bytes that Arabic has in UTF-8, and its offsets need no conversion. Vowel signs, tatweel,
joiners and direction marks are left out; `Reading.offsets` leads back.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_left
from typing import Any, Final

import numpy as np

from geo.arabic import MARKS, MOST_PARTS, fold, is_mark, spell_out

try:
    from geo.linking import scan
except ImportError:  # not compiled
    scan = None  # type: ignore[assignment]

_MARK: Final = 0
_APART: Final = 1
_SIGN: Final = 2
_LETTER: Final = 0xFF
# Marks on the last letter of a name, which are part of it; joiners and the like are not.
_SIGNS_ON: Final = frozenset(
    map(chr, (*range(0x300, 0x370), 0x640, *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6EE)))
)
_ARABIC: Final = 1
_CASED: Final = 2
_HAS_MARK: Final = 4
_HAS_APART: Final = 8
_OWN = [
    *(chr(c) for c in range(0x621, 0x63B)), *(chr(c) for c in range(0x641, 0x64B)), *"پچڤگژڨڭ",
    *(chr(c) for c in range(0x430, 0x450)), *"іїєґўәғқңөұүһјљњћђџ",
]  # fmt: skip
_SAME: Final[dict[str, str | int | None]] = {
    "ъ": "ь", "э": "е",
    "،": ",", "؛": ";", "؟": "?", "«": '"', "»": '"', "\u201c": '"', "\u201d": '"',
    "\u201e": '"', "…": ".", "۔": ".", "\u2028": "\n", "\u2029": "\n", "\r": " ", "\v": "\n",
    "\f": "\n", "\x85": "\n", "٬": ",", "•": "*",
}  # fmt: skip


def _tables() -> tuple[Any, str, bytes]:
    own = {letter: 0x80 + at for at, letter in enumerate(_OWN)}
    folded = fold("".join(map(chr, range(0x10000)))).translate(str.maketrans(_SAME))
    table = np.full(0x10000, _SIGN, np.uint8)
    for run in re.finditer(r"[^\W_]+", folded):
        table[run.start() : run.end()] = _LETTER
    for run in MARKS.finditer(folded):
        table[run.start() : run.end()] = _MARK
    for known in re.finditer(f"[ -~\n{''.join(_OWN)}]", folded):
        letter = known[0]
        table[known.start()] = own.get(letter, ord(letter))
    for point in [*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)]:
        parts = [p for p in unicodedata.normalize("NFKC", chr(point)) if not is_mark(p)]
        if len(parts) == 1 and parts[0] != " ":
            table[point] = table[ord(parts[0])]
        else:
            table[point] = _APART if len(parts) > 1 else _MARK
        if len(parts) > MOST_PARTS:
            table[point] = _SIGN
    decode = [chr(at) if at == 10 or 32 <= at < 127 else "\ufffd" for at in range(256)]
    for letter, at in own.items():
        decode[at] = letter
    decode[_LETTER] = "ª"  # any other letter: a word character
    flat = bytes(at if at >= 0x80 or chr(at).isalnum() else 32 for at in range(256))
    return table, "".join(decode), flat


LINE: Final = 10
SPACE: Final = 32
HASH: Final = 35
APOSTROPHE: Final = 39
COMMA: Final = 44
_TABLES: Final = _tables()
_TABLE: Final = _TABLES[0]
_CODES: Final[bytes] = _TABLE.tobytes()
_DECODE: Final = _TABLES[1]
_FLAT: Final = _TABLES[2]
_ASCII: Final = _CODES[:256]
_SCRIPTS: Final = bytes(
    _ARABIC if "\u0600" <= letter <= "\u06ff" else _CASED if letter.lower() != letter.upper() else 0
    for letter in _DECODE
)
_KINDS: Final = bytes([_HAS_MARK, _HAS_APART]) + _SCRIPTS[2:]
# For each code point its byte, that byte flattened, and its kind: one look tells all.
_READ: Final[bytes] = (
    _TABLE.astype(np.uint32)
    | np.frombuffer(_FLAT, np.uint8)[_TABLE].astype(np.uint32) << 8
    | np.frombuffer(_KINDS, np.uint8)[_TABLE].astype(np.uint32) << 16
).tobytes()


class Reading:
    """A text as the search reads it.

    Attributes
    ----------
    source : str
        The text as it was given.
    data : bytes
        One byte per letter, with punctuation and line ends.
    flat : bytes
        The same with a space for everything that is neither letter nor digit, and one more at
        the end.
    offsets : memoryview or None
        For each byte the offset in the text, and one more; None when they are the same.
    arabic, cased : bool
        Whether letters of the Arabic script stand in it, and such as can be capitals.
    """

    __slots__ = ("arabic", "cased", "data", "flat", "offsets", "source")

    def __init__(
        self,
        source: str,
        data: bytes,
        flat: bytes,
        offsets: memoryview | None,
        arabic: bool = False,
        cased: bool = True,
    ) -> None:
        self.source = source
        self.data, self.flat, self.offsets = data, flat, offsets
        self.arabic, self.cased = arabic, cased

    def text(self, start: int, end: int) -> str:
        """Return a piece as folded text."""
        return decoded(self.data[max(0, start) : end])

    def positions(self, first: int, last: int) -> tuple[int, int]:
        """Return where a piece of the text stands in the reading."""
        if self.offsets is None:
            return first, last
        return bisect_left(self.offsets, first), bisect_left(self.offsets, last)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the text of a piece, vowel signs on its last letter included."""
        if self.offsets is None:
            return start, end
        first, last, following = self.offsets[start], self.offsets[end - 1] + 1, self.offsets[end]
        while last < following and self.source[last] in _SIGNS_ON:
            last += 1
        return first, last


def read(text: str) -> Reading:
    """Read a text of any length and any content.

    Examples
    --------
    >>> reading = read("ريف إِدْلِب")
    >>> reading.text(0, 9) == "ريف ادلب"
    True
    >>> reading.span(4, 8)
    (4, 11)
    """
    if scan is None:
        return _read(text)
    known = scan.read(text, _READ)
    if known is None:
        return _spelt_out(text)
    data, flat, offsets, kinds = known
    kept = memoryview(offsets).cast("q") if offsets is not None else None
    return Reading(text, data, flat, kept, kinds & _ARABIC != 0, kinds & _CASED != 0)


def _read(text: str) -> Reading:
    """Read a text where `geo.linking.scan` is not compiled."""
    if text.isascii():  # no marks, nothing to take apart
        data = text.encode().translate(_ASCII)
        return Reading(text, data, data.translate(_FLAT) + b" ", None)
    data = coded(text + " ", _CODES)
    if _APART in data:
        return _spelt_out(text)
    kept: memoryview | None = None
    if _MARK in data:
        kept = memoryview((np.frombuffer(data, np.uint8) != _MARK).nonzero()[0])
        data = data.translate(None, b"\x00")
    flat = data.translate(_FLAT)
    scripts = flat.translate(_SCRIPTS)
    return Reading(text, data[:-1], flat, kept, _ARABIC in scripts, _CASED in scripts)


def _spelt_out(text: str) -> Reading:
    """Read a text with letters that are drawn as they join, some of which stand for several."""
    apart, offsets = spell_out(text)
    inner = read(apart)
    back: Any = np.asarray(offsets)
    if inner.offsets is not None:
        back = back[np.asarray(inner.offsets)]
    return Reading(text, inner.data, inner.flat, memoryview(back), inner.arabic, inner.cased)


def coded(text: str, table: bytes) -> bytes:
    """Return what a table has for each code point, those beyond the first plane as its last."""
    if scan is not None:
        return scan.codes(text, table)
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    found: bytes = np.frombuffer(table, np.uint8).take(np.minimum(wide, 0xFFFF)).tobytes()
    return found


def space_before(flat: bytes, low: int, at: int) -> int:
    """Return where the last space of ``flat[low:at]`` stands, or -1.

    A word is short: a few steps cost less than a call of `bytes.rfind`.
    """
    at -= 1
    while at >= low:
        if flat[at] == SPACE:
            return at
        at -= 1
    return -1


def word_begin(flat: bytes, low: int, at: int) -> int:
    """Return where the word that ends at `at` begins, or `low` where it is longer.

    Examples
    --------
    >>> word_begin(b"to douma", 0, 8), word_begin(b"to douma", 5, 8)
    (3, 5)
    """
    return max(low, space_before(flat, low, at) + 1)


def space_behind(flat: bytes, at: int, high: int) -> int:
    """Return where the first space of ``flat[at:high]`` stands, or -1."""
    high = min(high, len(flat))
    while at < high:
        if flat[at] == SPACE:
            return at
        at += 1
    return -1


def written(name: str) -> bytes:
    """Return a name as the search finds it: folded, single spaces, no punctuation.

    Examples
    --------
    >>> written("Dar'a") == written("dar a")
    True
    """
    if name.isascii() and name.replace(" ", "").isalnum():
        return b" ".join(name.lower().encode().split())
    return b" ".join(read(name).flat.split())


def decoded(data: bytes) -> str:
    """Return bytes of a reading as folded text."""
    if scan is not None:
        return scan.decoded(_DECODE, data)
    return codecs.charmap_decode(data, "strict", _DECODE)[0]
