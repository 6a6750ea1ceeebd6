"""Folding: one code point to one, so that offsets in folded text are offsets in the original.

Arabic letters that are written for one another fall together (أ إ آ ٱ to ا, ى to ي, ة to ه), case
is dropped, accents on Latin and Cyrillic letters go, typographic hyphens and apostrophes become
plain. The set of Arabic letters is that of Lucene's ArabicNormalizer.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import cache

MOST_PARTS = 4
"""Letters that one drawn sign may stand for; a sign for a whole phrase is no part of a name."""

_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02bf\u02be\u0060\u00b4\u2032"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2212-_"
_SPACES = "\u00a0\u2002\u2003\u2009\u200a\u202f\t"


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for point in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = unicodedata.normalize("NFD", chr(point))[0].lower()[:1]
        table[point] = letter
    table |= {ord("ı"): "i", ord("ø"): "o", ord("Ø"): "o", ord("ß"): "s", ord("ẞ"): "s"}
    for point in range(0x400, 0x530):
        table[point] = chr(point).lower()[:1]
    table |= {ord("ё"): "е", ord("Ё"): "е"}
    table |= dict.fromkeys(map(ord, "أإآٱ"), "ا")
    table |= {ord("ى"): "ي", ord("ی"): "ي", ord("ة"): "ه", ord("ک"): "ك"}
    table |= {0x660 + digit: str(digit) for digit in range(10)}
    table |= {0x6F0 + digit: str(digit) for digit in range(10)}
    table |= dict.fromkeys(map(ord, _APOSTROPHES), "'")
    table |= dict.fromkeys(map(ord, _HYPHENS), " ")
    table |= dict.fromkeys(map(ord, _SPACES), " ")
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    # What is folded once stays as it is.
    return {point: table.get(ord(letter), letter) for point, letter in table.items()}


_FOLD = _table()
# Marks that stand inside a word without being part of it: vowel signs, the stretching stroke,
# joiners and direction marks. Presentation forms are letters drawn as they join.
MARKS = re.compile(
    "[\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0300-\u036f]"
)
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefe]")


def fold(text: str) -> str:
    """Fold a text, code point by code point.

    Examples
    --------
    >>> fold("إدلب، حماة و Dar’a")
    "ادلب، حماه و dar'a"
    >>> len(fold("İdlib")) == len("İdlib")
    True
    """
    return text.translate(_FOLD)


def squeeze(text: str) -> tuple[str, list[int] | None]:
    """Fold a text and drop the marks inside words.

    Returns
    -------
    str
        The folded text without vowel signs, tatweel, joiners and direction marks, presentation
        forms taken apart.
    list of int or None
        For each code point of it the offset in `text`, and one more for the end; None when
        nothing was dropped, so that the offsets are the same.

    Examples
    --------
    >>> squeeze("دِمَشق")[0] == "دمشق"
    True
    >>> squeeze("دوما")[1] is None
    True
    """
    if not MARKS.search(text) and not _FORMS.search(text):
        return text.translate(_FOLD), None
    kept: list[str] = []
    offsets: list[int] = []
    for at, letter in enumerate(text):
        if MARKS.match(letter):
            continue
        parts = unicodedata.normalize("NFKC", letter) if _FORMS.match(letter) else letter
        for part in parts:
            if not MARKS.match(part):
                kept.append(part)
                offsets.append(at)
    offsets.append(len(text))
    return "".join(kept).translate(_FOLD), offsets


def is_mark(letter: str) -> bool:
    """Say whether a code point stands inside words without being a letter of them.

    Examples
    --------
    >>> is_mark("\u064e"), is_mark("\u0640"), is_mark("ب")
    (True, True, False)
    """
    return bool(MARKS.match(letter))


def spell_out(text: str) -> tuple[str, array[int]]:
    """Write drawn letters (presentation forms) as plain ones, ligatures as several.

    A sign that stands for a whole phrase (\ufdfa) stays as it is.

    Returns
    -------
    str
        The text with plain letters.
    array of int
        For each code point of it the offset in `text`, and one more for the end.

    Examples
    --------
    >>> plain, offsets = spell_out("\ufefb")
    >>> plain, list(offsets)
    ('لا', [0, 0, 1])
    """
    kept: list[str] = []
    offsets = array("i")
    done = 0
    for form in _FORMS.finditer(text):
        at = form.start()
        parts = _parts(form[0])
        kept += (text[done:at], parts)
        offsets.extend(range(done, at))
        offsets.extend(at for _ in parts)
        done = form.end()
    kept.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return "".join(kept), offsets


@cache
def _parts(form: str) -> str:
    """Return the letters that a drawn one stands for; itself, where they are more than a word."""
    parts = unicodedata.normalize("NFKC", form)
    return parts if len(parts) <= MOST_PARTS else form
