"""What the address of a page may say beside the selection, and what in it cannot be understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from geo.errors import FourzonesError
from geo.locales import LANGUAGES
from geo.model import ZONES
from geo.selection import PARAMETERS, read_date

READING = ("article", "order", "page")
"""What the address of the articles says beside the selection and the language."""

VIEW = {
    "map": re.compile(r"\d{1,2}(\.\d+)?/-?\d{1,3}(\.\d+)?/-?\d{1,3}(\.\d+)?"),
    "compare": re.compile(r"\d{4}-\d\d-\d\d"),
    "lines": re.compile("1"),
}
"""How the view of the map is drawn, not what is in it."""

OTHERS = {
    "lang": re.compile("|".join(LANGUAGES)),
    "of": re.compile("|".join(ZONES)),
    "period": re.compile(r"all|\d{4}"),
    "embed": re.compile("|true|1"),
    "embed_options": re.compile(".*"),
}
"""The language, what the page of a zone and the timeline show, and how a page is framed."""

_WANTED = {
    "map": "a position such as 9/33.50/36.40",
    "compare": "YYYY-MM-DD",
    "lines": "0 or 1",
    "lang": "one of " + ", ".join(LANGUAGES),
    "of": "one of " + ", ".join(ZONES),
    "period": "a year",
    "embed": "0 or 1",
}


def not_understood(params: Mapping[str, Sequence[str]]) -> list[FourzonesError]:
    """Return what an address says beside the selection that no page can read.

    Examples
    --------
    >>> [str(fault) for fault in not_understood({"lang": ["xx"], "colour": ["red"]})]
    ['colour: expected a name that this page knows', 'lang: expected one of en, ar, got xx']
    """
    patterns = {**VIEW, **OTHERS}
    known = {parameter.name for parameter in PARAMETERS} | {*READING, *patterns}
    found = [
        FourzonesError(name[:40], expected="a name that this page knows")
        for name in params
        if name not in known
    ]
    for name, pattern in patterns.items():
        said = next(iter(params.get(name, ())), "")
        good = bool(pattern.fullmatch(said)) or said == "0"
        if said and not (good and (name != "compare" or _is_day(said))):
            found.append(FourzonesError(name, expected=_WANTED[name], got=said[:80]))
    return found


def _is_day(said: str) -> bool:
    try:
        read_date(said)
    except ValueError:
        return False
    return True
