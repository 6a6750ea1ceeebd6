"""Where names stand in a text: every name at once, whole words, the longest."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import Final

from geo.linking.around import nisba, surname
from geo.linking.context import Context, within
from geo.linking.furniture import other_stories
from geo.linking.letters import (
    decoded,
    read,
    space_behind,
    written,
)
from geo.linking.pattern import Name, Pattern, read_data
from geo.linking.respelt import Respelt
from geo.linking.search import Search
from geo.linking.shapes import shapes
from geo.model import Where

FORBIDDEN: Final = "forbidden"
_HYPHENS: Final = "-\u2010\u2011"
_ENDS_ARTICLE: Final = "lLrdzh"
_COUNTRIES: Final = frozenset(["abroad", "theatre"])
_MARKS: Final = frozenset("'’‘ʿʾ`")
# No name is declined so («Идлиби» is a person).
_I: Final = written("и")
_HARD: Final = written("бвмпф")
# A Russian adjective has no capital («в растанском анклаве»).
_ADJECTIVE: Final = re.compile("ск(?:ий|ого|ому|ом|им|ая|ой|ую|ие|их|ими|ое)$")
# No words in small letters have an Arabic article between them («jisr el choughour»).
_INNER_ARTICLE: Final = re.compile("[ -][ae]l[ -]")
_TAG: Final = re.compile(r"#\w+")
# Words before a name in English that its own articles look like («at Tayha», not At Tayha).
_ENGLISH: Final = frozenset(["at ", "as ", "an "])
# An article before a name, as it is attached to it or written with a capital letter.
_ARTICLE: Final = re.compile(
    r"(?<![\w-])(?:(?:[AaEe]l|AL|EL|Ar|Ad|Az|Ash)[ \u2010\u2011-]"
    r"|(?:[AaEe](?:[rstdnz]|sh|ş|th|dh|ch)|[Aa]|[ЭэАа](?:ль|[рснтзд]|ш))[-\u2010\u2011])$"
)


class Candidate:
    """A name that stands in a field, and what was decided.

    Parameters
    ----------
    start, end : int
        Where it stands in the reading.

    Attributes
    ----------
    chosen : Name or None
        What it stands for.
    reason : str
        Why that, or why nothing; empty where the rule of the name says it.
    word : bytes
        The word that forbids it, where `reason` is `FORBIDDEN`.
    asked : int
        How many mentions the text was known to have when its context was last asked.
    """

    __slots__ = ("asked", "chosen", "end", "pattern", "reason", "start", "word")

    def __init__(
        self, start: int, end: int, pattern: Pattern, chosen: Name | None = None, reason: str = ""
    ) -> None:
        self.start, self.end, self.pattern = start, end, pattern
        self.chosen, self.reason, self.asked = chosen, reason, -1
        self.word = b""

    def why(self) -> str:
        """Return the reason, with the word that forbids it."""
        if self.reason == FORBIDDEN:
            return f"{FORBIDDEN} by «{decoded(self.word)}»"
        return self.reason


class Field:
    """A title or a body on its way through the linker.

    Attributes
    ----------
    found : list of Candidate
        In the order in which they stand, none over another.
    context : Context
        What else was found.
    grown : bool
        A candidate took in words beside it, or there are more of them: they may overlap, and stand
        out of order.
    unread : list of tuple of int
        Pieces of the reading that belong to other stories.
    """

    __slots__ = (
        "_shapes", "_small", "context", "found", "grown", "reading", "unread", "where",
    )  # fmt: skip

    def __init__(self, text: str, where: Where) -> None:
        self.where = where
        self.reading = read(text)
        self.context = Context(self.reading)
        self.found: list[Candidate] = []
        self.grown = False
        self.unread: list[tuple[int, int]] = []
        self._small: bool | None = None
        self._shapes: bytes | None = None

    @property
    def text(self) -> str:
        """The text as it was given."""
        return self.reading.source

    def leave_out(self, spans: list[tuple[int, int]]) -> None:
        """Forget what stands in some pieces, which are in order."""
        self.unread = spans
        self.found = [one for one in self.found if not self.is_unread(one.start)]
        self.context.leave_out(spans)

    def is_unread(self, at: int) -> bool:
        """Say whether a position belongs to another story."""
        return within(self.unread, at)

    def shapes(self) -> bytes:
        """Return what each code point of the text is (`geo.linking.shapes`)."""
        if self._shapes is None:
            self._shapes = shapes(self.text)
        return self._shapes

    def span(self, one: Candidate) -> tuple[int, int]:
        """Return the offsets of a candidate in the text."""
        start, end, chosen = one.start, one.end, one.chosen
        if chosen is not None:
            start, end = start + chosen.lead, end - chosen.trail
        if self.reading.offsets is not None:
            start, end = self.reading.span(start, end)
        if chosen is not None and chosen.zone:
            if (
                chosen.capital
                and self.text[start] == "a"
                and self.text[start : start + 3] in _ENGLISH
            ):
                start += 3
            if start > 2:
                before = self.text[start - 1]
                if before in _HYPHENS or (before == " " and self.text[start - 2] in _ENDS_ARTICLE):
                    start = _with_article(self.text, start)
            if chosen.mark and self.text[end : end + 1] in _MARKS:
                end += not self.text[end + 1 : end + 2].isalpha()
        return start, end

    def is_small(self, at: int) -> bool:
        """Say whether a position of the reading is a small letter."""
        offsets = self.reading.offsets
        return self.text[at if offsets is None else offsets[at]].islower()

    def lacks_capital(self, one: Candidate) -> bool:
        """Say whether a candidate is in small letters although the text has capitals."""
        start, end = self.span(one)
        name = self.text[start:end]
        if not name.islower() or _ADJECTIVE.search(name) or _INNER_ARTICLE.search(name):
            return False
        if self._small is None:
            self._small = _in_small(self.text, self.shapes())
        return not self._small


class Finder:
    """Names compiled for search.

    Parameters
    ----------
    known : mapping of bytes to Pattern
        What to search for.
    respelt : Respelt, optional
        Places to recognise in other transliterations too.
    """

    def __init__(self, known: Mapping[bytes, Pattern], respelt: Respelt | None) -> None:
        self._respelt = respelt
        self._known = list(known.values())
        self._met: list[Pattern | None] = [None] * len(known)
        self._find = Search(known).find
        endings = read_data("spelling")["cyrillic_endings"]
        self._endings = frozenset(map(written, endings)) | {b""}

    def field(self, text: str, where: Where) -> Field:
        """Return a text with the longest names that stand in it as whole words."""
        field = Field(text, where)
        headings = self._add_known(field)
        if headings:
            field.leave_out(other_stories(field.reading, headings))
        return field

    def _add_known(self, field: Field) -> list[tuple[int, int]]:
        """Add the candidates and the words of the context; return where headings stand."""
        flat, met, found = field.reading.flat, self._met, field.found
        headings: list[tuple[int, int]] = []
        covered = 0
        matches: list[int] = self._find(flat)
        for at in range(0, len(matches), 3):
            number, start, end = matches[at], matches[at + 1], matches[at + 2]
            pattern = met[number]
            if pattern is None:
                pattern = met[number] = self._known[number].settled()
            if pattern.lam:
                start += 2
            if pattern.stem:
                stop = space_behind(flat, end, end + 8)
                if stop < 0:
                    continue
                ending = flat[end:stop]
                if ending not in self._endings:
                    continue
                if ending == _I and flat[end - 1] in _HARD:
                    continue
                end = stop
            else:
                end -= 1
            role = pattern.role
            if role != "name" and role != "region":
                if role == "heading":
                    headings.append((start, end))
                    continue
                if role in _COUNTRIES and nisba(flat, start, end) and surname(field.reading, start):
                    continue
                if pattern.capital and field.is_small(start):
                    continue  # "kabul etti", accepted
                field.context.note(role, start)
                if role == "theatre":
                    field.context.note("abroad", start)
                elif role != "abroad":
                    continue
            if start >= covered or _make_room(field, start, end, pattern):
                found.append(Candidate(start, end, pattern))
                covered = end
            else:
                covered = found[-1].end if found else 0
        return headings

    def add_respelt(self, field: Field) -> None:
        """Add names of places in a transliteration that the gazetteer does not list."""
        if self._respelt is None or not field.reading.cased:
            return

        found, added = field.found, []

        def known(start: int) -> bool:
            at, _ = field.reading.positions(start, start)
            spot = bisect_left(found, at + 1, key=lambda one: one.end)
            return (
                spot < len(found)
                and bool(found[spot].pattern.first.zone)
                and field.span(found[spot])[0] == start
            )

        for first, last, pattern in self._respelt.find(field.text, field.shapes(), known):
            start, end = field.reading.positions(first, last)
            if field.is_unread(start):
                continue
            spot = bisect_left(found, start, key=lambda one: one.end - 1)
            stop = spot
            while stop < len(found) and found[stop].start < end:
                stop += 1
            if any(
                one.end - one.start >= end - start or one.pattern.first.needs == "none"
                for one in found[spot:stop]
            ):
                continue
            del found[spot:stop]
            added.append(Candidate(start, end, pattern))
        if added:
            found.extend(added)
            found.sort(key=lambda one: one.start)


def _with_article(text: str, start: int) -> int:
    """Return where a name begins with the article before it, which is a part of it."""
    found = _ARTICLE.search(text, max(0, start - 6), start)
    return found.start() if found and text[start].isalpha() and text[start] < "\u0590" else start


def _in_small(text: str, shaped: bytes) -> bool:
    """Say whether a text is typed in small letters, hashtags or a name here and there apart."""
    first, capital = shaped.find(b"a"), shaped.find(b"A")
    if first < 0 or 0 <= capital < first or not text[first].islower():
        return False
    most, count = len(text) // 40, shaped.count(b"A")
    if count > most and "#" in text:
        count -= sum(shaped.count(b"A", *tag.span()) for tag in _TAG.finditer(text))
    return count <= most


def _make_room(field: Field, start: int, end: int, pattern: Pattern) -> bool:
    """Drop what a new name is longer than; say whether it stays itself.

    What stands inside a name for something else means that elsewhere in the text, too.
    """
    found, context = field.found, field.context
    while found and found[-1].start >= start:
        if pattern.hides:
            context.other_senses |= found[-1].pattern.meanings
        found.pop()
    if found and found[-1].end > start:
        last = found[-1]
        if last.end - last.start >= end - start:
            if last.pattern.hides:
                context.other_senses |= pattern.meanings
            return False
        found.pop()
        if found and found[-1].end > start:
            return False
    return True
