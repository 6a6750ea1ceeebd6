"""What is wrong with what a user gave, said on screen in the language of the page.

A `FourzonesError` is one English line for the terminal and for logs. On screen its parts are said
one by one: our own phrases by `geo.phrases`, everything else as it was found,
isolated.
"""

from __future__ import annotations

from geo.errors import FourzonesError
from geo.locales import isolate, text
from geo.phrases import phrase


def told(fault: FourzonesError, language: str) -> str:
    """Say a fault in a language: what, where, what was expected, what was found.

    Examples
    --------
    >>> fault = FourzonesError("empty", where="a.txt, line 3", expected="an article's text")
    >>> told(fault, "en").translate({0x2068: "<", 0x2069: ">"})
    "empty: <a.txt>, line 3: expected an article's text"
    >>> told(fault, "ar").translate({0x2068: "<", 0x2069: ">"})
    'فارغ: <a.txt>، السطر 3: المطلوب نص مقال'
    """
    comma = text("sentence.comma", language) + " "
    parts = [phrase(fault.what, language) or isolate(fault.what)]
    if fault.where:
        where = fault.where.split(", ")
        parts.append(comma.join(phrase(one, language) or isolate(one) for one in where))
    found = []
    if fault.expected:
        said = phrase(fault.expected, language) or isolate(fault.expected)
        found.append(text("fault.expected", language, what=said))
    got = phrase(fault.got, language)
    # What another program says of its failure is in English only.
    if got or (fault.got and (language == "en" or fault.__cause__ is None)):
        found.append(text("fault.got", language, what=got or isolate(fault.got)))
    return ": ".join([*parts, comma.join(found)] if found else parts)
