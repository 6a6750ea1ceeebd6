"""The linker: find every name, keep the longest, ask the context, say why."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from geo.gazetteer import Place, load_places
from geo.linking.article import ArticleReader, mention_of
from geo.linking.candidates import Finder
from geo.linking.deciding import Decider
from geo.linking.names import patterns
from geo.linking.pattern import Pattern
from geo.linking.respelt import Respelt
from geo.model import Mention, Where


@dataclass(frozen=True, slots=True)
class Decision:
    """A candidate and what became of it; offsets are in the field as given.

    Attributes
    ----------
    zone, place : str or None
        What it stands for, or would.
    mention : Mention or None
        None when it was rejected, for `reason`.
    """

    surface: str
    start: int
    end: int
    where: Where
    zone: str | None
    place: str | None
    reason: str
    mention: Mention | None


class Linker:
    """Names compiled for search.

    Parameters
    ----------
    known : mapping of bytes to Pattern
        What to search for (`geo.linking.names.patterns`).
    respelt : Respelt, optional
        Places to recognise in other transliterations too.

    Examples
    --------
    >>> [m.zone for m in default_linker().link("Shelling in Idlib and Daraa")]
    ['idlib', 'south']
    """

    def __init__(self, known: dict[bytes, Pattern], respelt: Respelt | None = None) -> None:
        self._reader = ArticleReader(Finder(known, respelt), Decider())

    @classmethod
    def of(cls, places: Sequence[Place]) -> Linker:
        """Return the linker for a gazetteer, with all names of zones and areas."""
        return cls(patterns(places), Respelt(places))

    def link(self, text: str, *, title: str = "") -> list[Mention]:
        """Return the mentions of a title and a text, in the order in which they stand."""
        return self._reader.mentions(text, title)

    def explain(self, text: str, *, title: str = "") -> list[Decision]:
        """Return every candidate, the rejected too, with the reason."""
        decisions = []
        for field in self._reader.fields(text, title, rejected=True):
            for one in field.found:
                name = one.chosen or one.pattern.first
                start, end = field.span(one)
                decisions.append(
                    Decision(
                        field.text[start:end],
                        start,
                        end,
                        field.where,
                        name.zone,
                        name.place,
                        one.why() or name.rule,
                        mention_of(one, field),
                    )
                )
        return decisions


@cache
def default_linker() -> Linker:
    """Return the linker of the shipped names, made once."""
    # Of what is made here, nothing is let go: looking for it took a twelfth of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return Linker.of(load_places())
    finally:
        if collects:
            gc.enable()


def link(text: str, *, title: str = "", language: str | None = None) -> list[Mention]:
    """Say which zones a text mentions, and on which words.

    Parameters
    ----------
    text : str
        The body as it was given; a list of other stories at its foot is not read.
    title : str
        Its headline, read as a field of its own.
    language : str, optional
        Not needed: every name is looked for in its own script.

    Returns
    -------
    list of Mention
        Title first, then the body, in the order in which they stand. Offsets count code points of
        the field that `where` names, half-open.

    Examples
    --------
    >>> [(m.zone, m.surface) for m in link("قصف على إدلب والغوطة الشرقية")]
    [('idlib', 'إدلب'), ('eastern-ghouta', 'الغوطة الشرقية')]
    """
    return default_linker().link(text, title=title)


def explain(text: str, *, title: str = "") -> list[Decision]:
    """Return every candidate of a text, accepted or not, with the reason.

    Examples
    --------
    >>> [d.reason for d in explain("The State Duma voted.")]
    ['elsewhere']
    """
    return default_linker().explain(text, title=title)
