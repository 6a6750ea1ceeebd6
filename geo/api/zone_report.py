"""The report of one zone, as one HTML file to keep."""

from __future__ import annotations

import datetime as dt

from geo.api.answers import HTML, Answer, Ask
from geo.api.parameters import Problem, dated
from geo.api.shelf import Shelf
from geo.model import ZONES
from geo.profile import profile
from geo.report import POLICY, REPORT_URL, report, report_name


def answer(ask: Ask, shelf: Shelf) -> Answer:
    """Answer with the report of the zone that the address names.

    Raises
    ------
    Problem
        If there is no such zone, or the map date or the language cannot be read.
    """
    zone = ask.path.removeprefix(f"{REPORT_URL}/").removesuffix(".html")
    if zone not in ZONES:
        raise Problem(404, f"no zone {zone[:80]}; there are {', '.join(ZONES)}")
    asked = dated(ask.query, ("lang",))
    language = asked.language or ask.language
    day = asked.selection.map_date(shelf.columns.last_dated())
    known = profile(shelf.store, zone, day)
    made = Answer(HTML, report(known, language, dt.date.today()).encode())
    made.headers["content-disposition"] = f'attachment; filename="{report_name(known, language)}"'
    made.headers["content-security-policy"] = POLICY
    return made
