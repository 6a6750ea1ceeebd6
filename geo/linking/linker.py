"""The linker: find every name, keep the longest, ask the context, say why."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from geo.gazetteer import Place, load_places
from geo.linking.context import FAR, Context
from geo.linking.directions import Part, its_countryside, no_part, parts
from geo.linking.furniture import other_stories
from geo.linking.letters import Reading, read, written
from geo.linking.names import Name, Pattern, patterns, read_data
from geo.linking.respelt import Respelt
from geo.model import Kind, Mention, Where

CONFIDENCE = {
    "none": 0.95, "direction": 0.95, "head": 0.85, "company": 0.8, "syria": 0.8, "list": 0.8,
    "parts": 0.8, "its": 0.75, "zones": 0.8, "respelt": 0.7, "adjective": 0.85,
}  # fmt: skip
GLUED = 6  # a name and the space behind it; a whole preposition may be glued to these
_INDEFINITE = re.compile("[\u064b-\u064d]")
_ITS = re.compile(b"|".join(map(written, ("ريفها", "ريفه", "ريفيها"))))
_DATELINE = re.compile(r"[^.\n]{0,45}?\s*[\-–—(:]")


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


@dataclass(slots=True)
class _Found:
    """A candidate: where it stands in the reading, and what was decided."""

    start: int
    end: int
    pattern: Pattern
    chosen: Name | None = None
    reason: str = ""
    certain: bool = False


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
        self._respelt = respelt
        self._patterns = list(known.values())
        self._search = BytesAhoCorasick(
            list(known), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )
        spelling = read_data("spelling")
        self._prefixes = frozenset(map(written, spelling["arabic_prefixes"]))
        self._glued = self._prefixes | frozenset(map(written, spelling["arabic_glued"]))
        self._and = frozenset(map(written, spelling["arabic_and"]))
        self._endings = frozenset(map(written, spelling["cyrillic_endings"])) | {b""}
        self._regions: dict[str, Any] = read_data("directions")["regions"]
        self._company_near: int = read_data("context")["company_near"]

    @classmethod
    def of(cls, places: Sequence[Place]) -> Linker:
        """Return the linker for a gazetteer, with all names of zones and areas."""
        return cls(patterns(places), Respelt(places))

    def link(self, text: str, *, title: str = "") -> list[Mention]:
        """Return the mentions of a title and a text, in the order in which they stand."""
        return [
            _mention(one.chosen, *_span(one, reading, field), field, where, one.reason)
            for reading, found, field, where in self._read(text, title)
            for one in found
            if one.chosen is not None and one.chosen.zone
        ]

    def explain(self, text: str, *, title: str = "") -> list[Decision]:
        """Return every candidate, the rejected too, with the reason."""
        decisions = []
        for reading, found, field, where in self._read(text, title):
            for one in found:
                name = one.chosen or one.pattern.names[0]
                start, end = _span(one, reading, field)
                reason = one.reason or name.rule
                mention = None
                if one.chosen is not None and one.chosen.zone:
                    mention = _mention(one.chosen, start, end, field, where, reason)
                surface = field[start:end]
                decisions.append(
                    Decision(surface, start, end, where, name.zone, name.place, reason, mention)
                )
        return decisions

    def _read(self, text: str, title: str) -> list[tuple[Reading, list[_Found], str, Where]]:
        fields: list[tuple[Reading, list[_Found], str, Where]] = []
        contexts = []
        for field, where in ((title, "title"), (text, "body")):
            if not field:
                continue
            reading = read(field)
            found, context = self._candidates(reading)
            if self._respelt is not None and not field.islower():
                self._add_respelt(reading, field, found)
            fields.append((reading, found, field, where))  # type: ignore[arg-type]
            contexts.append(context)
        self._decide(fields, contexts)
        return fields

    def _candidates(self, reading: Reading) -> tuple[list[_Found], Context]:
        """Return the longest names that stand as whole words, none over another."""
        flat, known, prefixes = reading.flat, self._patterns, self._prefixes
        glued = self._glued
        kept: list[_Found] = []
        context = Context(reading)
        headings: list[tuple[int, int]] = []
        for number, start, end in self._search.find_matches_as_indexes(flat, overlapping=True):
            pattern = known[number]
            if flat[start - 1] != 32:  # the byte before the first is the last, a space
                if not (pattern.prefixed or pattern.lam):
                    continue
                word = flat.rfind(b" ", max(0, start - 4), start)
                if (word < 0 and start > 3) or flat[word + 1 : start] not in (
                    self._and if pattern.lam else prefixes if end - start < GLUED else glued
                ):
                    continue
            if pattern.stem:
                stop = flat.find(b" ", end, end + 8)
                if stop < 0 or flat[end:stop] not in self._endings:
                    continue
                end = stop
            else:
                end -= 1
            if pattern.lam:
                start += 2
            role = pattern.names[0].role
            if role != "name" and role != "region":
                if role == "heading":
                    headings.append((start, end))
                    continue
                context.note(role, start, end)
                if role != "abroad":
                    continue
            while kept and kept[-1].start >= start:
                if pattern.names[0].rule == "elsewhere":
                    context.other_senses |= _meanings(kept[-1].pattern)
                kept.pop()
            if kept and kept[-1].end > start:
                if kept[-1].end - kept[-1].start >= end - start:
                    if kept[-1].pattern.names[0].rule == "elsewhere":
                        context.other_senses |= _meanings(pattern)
                    continue
                kept.pop()
                if kept and kept[-1].end > start:
                    continue
            kept.append(_Found(start, end, pattern))
        if headings:
            spans = other_stories(reading, headings)
            kept = [one for one in kept if not any(a <= one.start < b for a, b in spans)]
            context.leave_out(spans)
        return kept, context

    def _add_respelt(self, reading: Reading, field: str, found: list[_Found]) -> None:
        """Add names of places in a transliteration that the gazetteer does not list."""
        added = []
        known = {_span(one, reading, field)[0] for one in found if one.pattern.names[0].zone}
        for first, last, pattern in self._respelt.find(field, known):  # type: ignore[union-attr]
            start, end = reading.positions(first, last)
            spot = bisect_left(found, start, key=lambda one: one.end - 1)
            stop = spot
            while stop < len(found) and found[stop].start < end:
                stop += 1
            over = found[spot:stop]
            if any(
                one.end - one.start >= end - start or one.pattern.names[0].needs == "none"
                for one in over
            ):
                continue
            del found[spot:stop]
            added.append(_Found(start, end, pattern))
        if added:
            found.extend(added)
            found.sort(key=lambda one: one.start)

    def _decide(
        self, fields: list[tuple[Reading, list[_Found], str, Where]], contexts: list[Context]
    ) -> None:
        """Choose what each candidate stands for: first those that need nothing, then the rest."""
        waiting: list[tuple[int, _Found]] = []
        other_senses: set[Hashable] = set().union(*(context.other_senses for context in contexts))
        for f, (reading, found, field, _) in enumerate(fields):
            context = contexts[f]
            extra: list[_Found] = []
            later: list[tuple[_Found, int]] = []
            floor = 0
            for one in found:
                names = one.pattern.names
                first = names[0]
                if first.role == "region":
                    if "needs" in self._regions[first.region]:
                        later.append((one, floor))
                    else:
                        self._region(reading, one, first, context, extra, waiting, f, floor)
                    floor = one.end
                elif context.names_a_street(one.start, one.end):
                    one.reason = "a street"
                elif context.names_a_person(one.start):
                    one.reason = "a person"
                elif (
                    len(names) == 1
                    and first.plain
                    and not (other_senses and other_senses & _meanings(one.pattern))
                ):
                    if first.capital and reading.lower(one.start, one.end, field):
                        one.reason = "no capital letter"
                        continue
                    one.chosen, one.certain, floor = first, True, one.end
                    if first.zone:
                        context.add(first.zone, one.start, one.end)
                elif all(name.capital for name in names) and reading.lower(
                    one.start, one.end, field
                ):
                    one.reason = "no capital letter"
                else:
                    waiting.append((f, one))
            for one, floor in later:
                name = one.pattern.names[0]
                self._region(reading, one, name, context, extra, waiting, f, floor)
            found.extend(extra)
        for context in contexts:
            context.others = [other for other in contexts if other is not context]
            context.other_senses = other_senses
        news = True
        for turn, again in (
            ("head", False),
            ("company", False),
            ("company", True),
            ("rest", False),
        ):
            if again and not news:
                continue
            if turn == "rest":
                waiting = [(f, one) for f, one in waiting if one.pattern.names[0].needs == "none"]
            news = False
            left = []
            for f, one in waiting:
                context = contexts[f]
                self._choose(one, context, turn)
                if one.chosen is None:
                    left.append((f, one))
                elif one.chosen.zone:
                    news = True
                    context.add(one.chosen.zone, one.start, one.end)
            waiting = left
        for reading, found, field, _ in fields:
            if any(one.reason == "direction-of-region" for one in found):
                found.sort(key=lambda one: one.start)
                _clear(found)
            if reading.offsets is not None:
                _drop_indefinite(found, reading, field)

    def _region(
        self,
        reading: Reading,
        one: _Found,
        name: Name,
        context: Context,
        extra: list[_Found],
        waiting: list[tuple[int, _Found]],
        f: int,
        floor: int,
    ) -> None:
        region = self._regions[name.region]
        if "needs" not in region:
            context.note("syria", one.start, one.end)
            if region.get("country"):
                context.note("country", one.start, one.end)
        elif not context.spoke_of_syria(one.start):
            one.reason = "the country is another one, or unknown"
            return
        else:
            context.note("country", one.start, one.end)
        if no_part(reading, one.start, one.end) and not _ITS.search(
            reading.flat, one.end, one.end + 70
        ):
            one.reason = "a larger area"
            if "list" in region or "parts" in region:
                waiting.append((f, one))
            return
        spoken = parts(reading, one.start, one.end, region, floor)
        made: list[_Found] = []

        def take(part: Part, zone: str) -> _Found:
            chosen = Name(zone, _kind(region, zone), None, "direction-of-region", "direction")
            context.add(zone, part.start, part.end)
            return _Found(part.start, part.end, one.pattern, chosen, chosen.rule, True)

        for part in its_countryside(reading, one.end) if "country" not in region else ():
            if zone := (region["zones"] | region.get("with_head", {})).get(part.directions):
                extra.append(take(part, zone))
        for part in spoken:
            zone = region["zones"].get(part.directions)
            if zone is None and part.headed:
                zone = region.get("with_head", {}).get(part.directions)
            if zone is None and context.near("term", part.start, 300):
                zone = region.get("with_term", {}).get(part.directions)
            if zone is None:
                continue
            made.append(take(part, zone))
        if made:
            one.start, one.end, one.chosen, one.reason, one.certain = (
                made[-1].start, made[-1].end, made[-1].chosen, made[-1].reason, True,
            )  # fmt: skip
            extra.extend(made[:-1])
        elif spoken:
            one.reason = "a part outside the zones"
        else:
            one.reason = "a larger area"
            if "list" in region or "parts" in region:
                waiting.append((f, one))

    def _choose(self, one: _Found, context: Context, turn: str) -> None:
        first = one.pattern.names[0]
        if first.role == "region":
            region = self._regions[first.region]
            if turn == "company":
                for needs in ("list", "parts"):
                    zone = region.get(needs)
                    if zone and getattr(context, f"in_{needs}")(one.start, one.end, zone):
                        rule = f"province-in-{needs}"
                        one.chosen = Name(zone, "area", None, rule, needs)
                        one.reason = rule
                        return
            return
        best: tuple[int, Name] | None = None
        names = one.pattern.names
        several = len(names) > 1 and len({name.zone for name in names}) > 1
        for name in names:
            if name.zone is None:
                if name.role == "name" and name.rule == "elsewhere":
                    one.chosen = name
                    return
                continue
            away = context.nearest(name.zone, one.start)
            if not (
                (name.vouch and context.vouched(one.start, one.end, name))
                or self._has_needed(one, name, context, turn, away, several)
            ):
                continue
            reason = self._against(one, name, context, away)
            if reason:
                one.reason = reason
            elif best is None or away < best[0]:
                best = (away, name)
        if best:
            one.chosen = best[1]
            with_ = turn if best[1].needs in ("head", "company", "respelt") else best[1].needs
            one.reason = f"{best[1].rule}, with {with_}" if with_ != "none" else best[1].rule
        elif not one.reason:
            one.reason = f"needs {first.needs}, and there is none"

    def _has_needed(
        self, one: _Found, name: Name, context: Context, turn: str, away: int, several: bool
    ) -> bool:
        """Say whether a name has what it needs around it, as far as this turn looks."""
        start, end, zone = one.start, one.end, str(name.zone)
        match name.needs:
            case "none":
                return not several or away <= self._company_near or turn == "rest"
            case "syria":
                return context.speaks_of_syria(start)
            case "zones":
                return context.speaks_of_zones(start) and context.speaks_of_syria(start)
            case "its":
                return context.follows_syria(start)
            case "adjective":
                return context.definite_before(start)
            case "list":
                return turn == "company" and context.in_list(start, end, zone)
        if turn == "head":
            return (context.head_before(start) or context.head_after(end)) and (
                away < FAR or context.speaks_of_syria(start)
            )
        if turn == "company" and away < 80 and context.joined(start, end, zone):
            return True
        return name.needs in ("company", "respelt") and away <= self._company_near

    def _against(self, one: _Found, name: Name, context: Context, away: int) -> str:
        """Return what speaks against a name that has what it needs, or nothing."""
        word, apart = context.forbidden(one.start, one.end, name)
        if word and apart <= away:
            return f"forbidden by «{word}»"
        if name.abroad and not context.of_syria(one.start):
            return "the text speaks of another country"
        if name.noun and not context.stands_as_place(one.start, str(name.zone)):
            return "an ordinary word where it stands"
        if (
            context.other_senses
            and away > self._company_near
            and context.other_senses & _meanings(one.pattern)
            and not context.stands_alone(one.start)
        ):
            return "the text uses the name for something else"
        return ""


def _meanings(pattern: Pattern) -> set[Hashable]:
    # Spellings of an area are one name; of places, each its own (Duma is not Douma).
    return {
        name.forbids if not name.place and name.forbids else id(pattern) for name in pattern.names
    }


def _kind(region: dict[str, Any], zone: str) -> Kind:
    return "zone" if region["kind"] == "zone" else "area"


def _clear(found: list[_Found]) -> None:
    # A phrase may have grown over a name beside it: the longer stays.
    last: _Found | None = None
    for one in found:
        if one.chosen is None or one.chosen.zone is None:
            continue
        if last is not None and one.start < last.end:
            shorter = one if one.end - one.start <= last.end - last.start else last
            shorter.chosen, shorter.reason = None, "inside a longer name"
            if shorter is one:
                continue
        last = one


def _drop_indefinite(found: list[_Found], reading: Reading, field: str) -> None:
    # No name of a place ends in the vowel signs of an indefinite noun («دومًا», always).
    if not _INDEFINITE.search(field):
        return
    for one in found:
        start, end = reading.span(one.start, one.end, field)
        if _INDEFINITE.search(field, start, end):
            one.chosen, one.reason = None, "an indefinite noun"


def _span(one: _Found, reading: Reading, field: str) -> tuple[int, int]:
    if reading.offsets is None:
        return one.start, one.end
    return reading.span(one.start, one.end, field)


def _mention(name: Name, start: int, end: int, field: str, where: Where, reason: str) -> Mention:
    if start <= 3 and where == "body" and _DATELINE.match(field, end):
        where = "dateline"
    return Mention(
        name.zone,  # type: ignore[arg-type]
        field[start:end],
        start,
        end,
        name.place,
        name.kind,
        where,
        reason or name.rule,
        CONFIDENCE[name.needs],
    )


@cache
def default_linker() -> Linker:
    """Return the linker of the shipped names, made once."""
    return Linker.of(load_places())


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
