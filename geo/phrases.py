"""Our own English phrases, as the library and the data files write them, in Arabic.

What the pages say stands in ``geo/strings/<language>.json`` under keys. Here are the phrases that
come to a page ready-made: parts of a `FourzonesError`, and how an edge was drawn.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from geo.locales import isolate

_PHRASES = Path(__file__).parent / "strings" / "phrases.ar.json"
_NUMBER = re.compile(r"0x[0-9a-f]+|\d+(?:[,.]\d+)*")


def phrase(english: str, language: str) -> str:
    """Say one of our own phrases in a language; an empty text when it is none of ours.

    Numbers stand as ``{}`` in the catalogue; a phrase that ends in ``*`` goes on with names.

    Examples
    --------
    >>> phrase("at most 20 bytes", "ar"), phrase("Idlib.txt", "ar")
    ('20 بايت على الأكثر', '')
    """
    numbers = _NUMBER.findall(english)
    known = catalogue().get(_NUMBER.sub("{}", english), "")
    if known:
        return english if language == "en" else known.format(*numbers)
    for begun, said in catalogue().items():
        if begun.endswith("*") and english.startswith(begun[:-1]):
            names = isolate(english[len(begun) - 1 :])
            return (begun if language == "en" else said)[:-1] + names
    return ""


@cache
def catalogue() -> dict[str, str]:
    """Return our phrases in English with what they are in Arabic."""
    known: dict[str, str] = json.loads(_PHRASES.read_text(encoding="utf-8"))
    return known
