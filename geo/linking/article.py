"""An article's way through the linker: fields, the names in them, what they stand for, mentions."""

from __future__ import annotations

import re
from typing import Any, Final

from geo.linking.candidates import Candidate, Field, Finder
from geo.linking.deciding import Decider
from geo.linking.letters import scan
from geo.model import Mention

CONFIDENCE: Final = {
    "none": 0.95, "direction": 0.95, "head": 0.85, "company": 0.8, "syria": 0.8, "list": 0.8,
    "parts": 0.8, "its": 0.75, "zones": 0.8, "respelt": 0.7, "adjective": 0.85,
    "bare": 0.75, "alone": 0.65,
}  # fmt: skip
# A frozen dataclass asks for each of its fields, which takes longer than finding the name did.
make_mention: Final[Any] = Mention if scan is None else scan.Maker(Mention)
_DATELINE: Final = re.compile(r"[^.\n]{0,45}?\s*[\-–—(:]")


class ArticleReader:
    """Reads a title and a text, which decide on each other's names."""

    def __init__(self, finder: Finder, decider: Decider) -> None:
        self._finder, self._decider = finder, decider

    def fields(self, text: str, title: str, rejected: bool) -> list[Field]:
        """Return the fields that are not empty, with all candidates decided.

        Parameters
        ----------
        rejected : bool
            Look for other transliterations also where nothing speaks for them.
        """
        fields = []
        if title:
            fields.append(self._finder.field(title, "title"))
        if text:
            fields.append(self._finder.field(text, "body"))
        # Other transliterations count in company only: where nothing else is found, there is none.
        if rejected or any(field.found or field.context.notes for field in fields):
            for field in fields:
                self._finder.add_respelt(field)
        self._decider.decide(fields)
        return fields

    def mentions(self, text: str, title: str) -> list[Mention]:
        """Return the mentions in the order in which they stand, title first."""
        found = []
        for field in self.fields(text, title, rejected=False):
            for one in field.found:
                mention = mention_of(one, field)
                if mention is not None:
                    found.append(mention)
        return found


def mention_of(one: Candidate, field: Field) -> Mention | None:
    """Return the mention that a candidate was found to be, if it is one."""
    name = one.chosen
    if name is None or name.zone is None:
        return None
    start, end = field.span(one)
    where = field.where
    if start <= 3 and where == "body" and _DATELINE.match(field.text, end):
        where = "dateline"
    made: Mention = make_mention(
        name.zone,
        field.text[start:end],
        start,
        end,
        name.place,
        name.kind,
        where,
        one.reason or name.rule,
        CONFIDENCE[name.needs],
        None,
    )
    return made
