"""The linker: find every name, keep the longest, ask the context, say why."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from geo.arabic import fold, squeeze
from geo.linking.furniture import article_end
from geo.linking.names import ARABIC, Name, patterns, read
from geo.model import Mention, Where

CONFIDENCE = {"none": 0.95, "head": 0.85, "company": 0.8, "syria": 0.8, "list": 0.8, "parts": 0.8}
FORBID_NEAR = 60
_PREFIXES = frozenset(("", "و", "ف", "ب", "ك", "ل", "وب", "ول", "وك", "فب", "فل", "فك", "لب", "اب"))
_DATELINE = re.compile(r"[^.\n]{0,45}?\s*[\-–—(:]")


@dataclass(frozen=True, slots=True)
class Decision:
    """A candidate and what became of it; offsets are in the field as given."""

    surface: str
    start: int
    end: int
    where: Where
    zone: str | None
    place: str | None
    accepted: bool
    reason: str


@dataclass(slots=True)
class _Found:
    start: int  # in the folded field
    end: int
    names: Sequence[Name]
    chosen: Name | None = None
    reason: str = ""


class _Context:
    """What a field says around its candidates, looked up only when one asks."""

    def __init__(self, folded: str, linker: Linker) -> None:
        self.folded, self.linker = folded, linker
        self._zone_terms: list[int] | None = None
        self._syria: bool | None = None

    def near_zone_term(self, at: int, reach: int) -> bool:
        if self._zone_terms is None:
            self._zone_terms = [m.start() for m in self.linker.zone_terms.finditer(self.folded)]
        spot = bisect_left(self._zone_terms, at - reach)
        return spot < len(self._zone_terms) and self._zone_terms[spot] <= at + reach

    def has_syria(self) -> bool:
        if self._syria is None:
            self._syria = bool(self.linker.syria.search(self.folded))
        return self._syria

    def head_before(self, start: int) -> bool:
        return bool(self.linker.heads.search(self.folded[max(0, start - 24) : start]))

    def parts_before(self, start: int) -> bool:
        before = re.split(r"[.\n!?؟]", self.folded[max(0, start - 90) : start])[-1]
        return bool(self.linker.parts.search(before))

    def forbidden(self, found: _Found, words: tuple[str, ...]) -> str | None:
        if not words:
            return None
        before = self.folded[max(0, found.start - FORBID_NEAR) : found.start]
        after = self.folded[found.end : found.end + FORBID_NEAR]
        return next((word for word in words if word in before or word in after), None)


class Linker:
    """Names compiled for search.

    Parameters
    ----------
    names : mapping of folded pattern to names, optional
        All names of the shipped data by default.
    """

    def __init__(self, names: dict[str, list[Name]] | None = None) -> None:
        known = patterns() if names is None else names
        self._patterns = list(known)
        self._names = [known[pattern] for pattern in self._patterns]
        self._search = AhoCorasick(
            self._patterns,
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
        )
        context = read("context")
        self.zone_terms = _any_of(context["zone_terms"])
        self.syria = _any_of(context["syria"])
        self.parts = _any_of(context["parts"])
        heads = "|".join(re.escape(fold(head)) for head in sorted(context["heads"], key=len)[::-1])
        self.heads = re.compile(rf"(?:^|[^\w])[وفبكل]?(?:ال)?(?:{heads})\s*(?:ال)?[\"«'“]?$")
        self._list_near: int = context["list_near"]
        self._company_near: int = context["company_near"]
        self._endings = frozenset(map(fold, read("stems")["endings"]))

    def link(self, text: str, *, title: str = "") -> list[Mention]:
        """Return the mentions of a title and a text, in the order in which they stand."""
        mentions: list[Mention] = []
        for found, offsets, field, where in self._read(text, title):
            for one in found:
                if one.chosen and one.chosen.zone:
                    mentions.append(_mention(one, offsets, field, where))
        return mentions

    def explain(self, text: str, *, title: str = "") -> list[Decision]:
        """Return every candidate, the rejected too, with the reason."""
        decisions = []
        for found, offsets, field, where in self._read(text, title):
            for one in found:
                name = one.chosen or one.names[0]
                start, end = _original(one, offsets)
                decisions.append(
                    Decision(
                        field[start:end],
                        start,
                        end,
                        where,
                        name.zone,
                        name.place,
                        bool(one.chosen and one.chosen.zone),
                        one.reason,
                    )
                )
        return decisions

    def _read(
        self, text: str, title: str
    ) -> list[tuple[list[_Found], list[int] | None, str, Where]]:
        fields: list[tuple[list[_Found], list[int] | None, str, Where]] = []
        folded_fields = []
        for field, where in ((title, "title"), (text, "body")):
            if not field:
                continue
            folded, offsets = squeeze(field[: article_end(field)])
            found = self._candidates(folded)
            fields.append((found, offsets, field, where))  # type: ignore[arg-type]
            folded_fields.append(folded)
        everything = [(f, one) for f, (found, *_) in enumerate(fields) for one in found]
        contexts = [_Context(folded, self) for folded in folded_fields]
        self._decide(everything, contexts)
        return fields

    def _candidates(self, folded: str) -> list[_Found]:
        """Return the longest names that stand as whole words, none over another."""
        spans = []
        for number, start, end in self._search.find_matches_as_indexes(folded, overlapping=True):
            names = self._names[number]
            end = self._word_end(folded, end, names)
            if end < 0 or not _starts_a_word(folded, start, names[0].after_lam):
                continue
            if names[0].after_lam:
                start += 2
            spans.append((start - end, start, end, number))
        spans.sort()
        taken: list[tuple[int, int]] = []
        kept = []
        for _, start, end, number in spans:
            spot = bisect_left(taken, (start, end))
            if spot < len(taken) and taken[spot][0] < end:
                continue
            if spot and taken[spot - 1][1] > start:
                continue
            taken.insert(spot, (start, end))
            kept.append(_Found(start, end, self._names[number]))
        kept.sort(key=lambda one: one.start)
        return kept

    def _word_end(self, folded: str, end: int, names: Sequence[Name]) -> int:
        if end >= len(folded) or not folded[end].isalnum():
            return end
        if not names[0].stem:
            return -1
        stop = end
        while stop < len(folded) and stop - end <= 5 and folded[stop].isalpha():
            stop += 1
        return stop if folded[end:stop] in self._endings else -1

    def _decide(self, everything: list[tuple[int, _Found]], contexts: list[_Context]) -> None:
        """Choose what each candidate stands for: first those that need nothing, then the rest."""
        waiting = []
        company: dict[str, list[tuple[int, int]]] = {}
        for f, one in everything:
            certain = _certain(one.names)
            if certain is None:
                waiting.append((f, one))
                continue
            if word := contexts[f].forbidden(one, certain.forbids):
                one.reason = f"forbidden by «{word}»"
            elif certain.zone is None:
                one.chosen, one.reason = certain, "stands for something else, or lies outside"
            else:
                one.chosen, one.reason = certain, certain.rule
                company.setdefault(certain.zone, []).append((f, one.start))
        for by_head in (True, False):
            for f, one in waiting:
                if one.chosen is None:
                    self._choose(f, one, contexts[f], company, by_head)
            # What a head word vouched for is company for the others.
            for f, one in waiting:
                if one.chosen and one.chosen.zone:
                    company.setdefault(one.chosen.zone, []).append((f, one.start))

    def _choose(
        self,
        f: int,
        one: _Found,
        context: _Context,
        company: dict[str, list[tuple[int, int]]],
        by_head: bool,
    ) -> None:
        best: tuple[int, Name] | None = None
        for name in one.names:
            if name.zone is None:
                continue
            if word := context.forbidden(one, name.forbids):
                one.reason = f"forbidden by «{word}»"
                continue
            away = _nearest(company.get(name.zone, ()), f, one.start)
            if name.needs == "syria":
                good = context.has_syria() or any(company.values())
            elif name.needs == "list":
                others = [z for z in company if z != name.zone and company[z]]
                near = min((_nearest(company[z], f, one.start) for z in others), default=10**9)
                good = near <= self._list_near and (
                    context.near_zone_term(one.start, self._list_near)
                )
            elif name.needs == "parts":
                good = context.parts_before(one.start) and context.near_zone_term(
                    one.start, 2 * self._list_near
                )
            elif by_head:
                good = context.head_before(one.start) and (
                    away < 10**8 or context.has_syria() or any(company.values())
                )
            else:
                good = name.needs == "company" and away <= self._company_near
            if good and (best is None or away < best[0]):
                best = (away, name)
        if best:
            one.chosen = best[1]
            one.reason = f"{best[1].rule}, with {'head' if by_head else best[1].needs}"
        elif not one.reason:
            one.reason = f"needs {one.names[0].needs}, and there is none"


def _certain(names: Sequence[Name]) -> Name | None:
    """Return the one reading of a pattern that needs nothing, if all readings agree on a zone."""
    zones = {name.zone for name in names}
    if len(zones) > 1:
        return None
    first = names[0]
    if first.zone is None:
        return first
    return next((name for name in names if name.needs == "none"), None)


def _nearest(spots: Iterable[tuple[int, int]], f: int, at: int) -> int:
    # A mention in the title is as near as any in the body, and the other way round.
    return min((abs(start - at) if g == f else 200 for g, start in spots), default=10**9)


def _starts_a_word(folded: str, start: int, after_lam: bool) -> bool:
    begin = start
    while begin and start - begin < 4 and folded[begin - 1].isalnum():
        begin -= 1
    prefix = folded[begin:start]
    if after_lam:
        return prefix in ("", "و", "ف")
    if not prefix:
        return True
    return prefix in _PREFIXES and bool(ARABIC.match(folded[start]))


def _original(one: _Found, offsets: list[int] | None) -> tuple[int, int]:
    if offsets is None:
        return one.start, one.end
    return offsets[one.start], offsets[one.end - 1] + 1


def _mention(one: _Found, offsets: list[int] | None, field: str, where: Where) -> Mention:
    name = one.chosen
    assert name is not None and name.zone is not None
    start, end = _original(one, offsets)
    if offsets is not None:
        # Marks on the last letter belong to the name.
        following = offsets[one.end]
        while end < following and end < len(field) and not field[end].isspace():
            end += 1
    if where == "body" and start <= 3 and _DATELINE.match(field, end):
        where = "dateline"
    return Mention(
        zone=name.zone,
        surface=field[start:end],
        start=start,
        end=end,
        place=name.place,
        kind=name.kind,
        where=where,
        rule=one.reason,
        confidence=CONFIDENCE[name.needs],
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold(word)) for word in words))


@cache
def default_linker() -> Linker:
    """Return the linker of the shipped names, made once."""
    return Linker()


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
    ['stands for something else, or lies outside']
    """
    return default_linker().explain(text, title=title)
