"""Precision, recall and F1 with 95 % intervals, for zones of articles and for spans."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from geo.evaluation.gold import Passage, Span
from geo.linking import Linker
from geo.model import KINDS, ZONES, Kind

Finder = Callable[[Passage], list[Span]]
Measure = Literal["zones", "spans", "exact spans"]
MEASURES: tuple[Measure, ...] = ("zones", "spans", "exact spans")
GROUPS = ("all", "language", "zone", "kind")


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its 95 % interval (Wilson 1927, which stays inside 0 and 1)."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, hits: float, count: float) -> Rate | None:
        """Return the share of hits; None of nothing.

        Examples
        --------
        >>> Rate.of(9, 10)
        Rate(value=0.9, low=0.596, high=0.982)
        """
        if not count:
            return None
        z, share = 1.96, hits / count
        middle = (share + z * z / (2 * count)) / (1 + z * z / count)
        half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count**2))
        half /= 1 + z * z / count
        return cls(round(share, 3), round(max(0.0, middle - half), 3), round(middle + half, 3))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a result.

    `f1` treats every label and every answer as half a trial, so that its interval is that of a
    share; labels in one passage are not independent, so true intervals are somewhat wider.
    """

    measure: Measure
    group: str
    name: str
    labelled: int
    found: int
    precision: Rate | None
    recall: Rate | None
    f1: Rate | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """A passage whose set of zones is not the labelled one."""

    id: str
    language: str
    labelled: tuple[str, ...]
    found: tuple[str, ...]
    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a finder reached: rows of rates, the share of exact sets by language, and the errors."""

    passages: int
    rows: list[Row]
    exact_sets: dict[str, Rate]
    wrong: list[Wrong]

    def f1(self, measure: Measure, group: str = "all", name: str = "all") -> float:
        """Return one F1; 0 where there is nothing to find."""
        for row in self.rows:
            if (row.measure, row.group, row.name) == (measure, group, name) and row.f1:
                return row.f1.value
        return 0.0


@dataclass(frozen=True, slots=True)
class _Trial:
    # A label, or an answer, and whether the other side has it too.
    measure: Measure
    label: bool
    language: str
    zone: str
    kind: Kind
    hit: bool


def evaluate(passages: Sequence[Passage], finder: Finder) -> Result:
    """Compare what a finder says about passages with their labels.

    Zones: one trial for each zone of each passage; its kind is the clearest of its mentions
    (`zone`, then `area`, then `place`). Spans: each label is matched with at most one answer of
    the same zone that shares a letter with it (exact: has its very ends). Answers on pieces
    that a label leaves out, or whose span is not scored, count neither way.

    Examples
    --------
    >>> from geo.evaluation import load
    >>> perfect = evaluate(load(), lambda passage: list(passage.mentions))
    >>> perfect.f1("zones"), perfect.f1("exact spans"), len(perfect.wrong)
    (1.0, 1.0, 0)
    """
    trials: list[_Trial] = []
    wrong: list[Wrong] = []
    sets: dict[str, list[bool]] = {}
    for passage in passages:
        found = [
            span
            for span in finder(passage)
            if not any(span.meets(left_out) for left_out in passage.ignore)
        ]
        trials += _zones(passage, found)
        trials += _spans(passage, found)
        labelled, said = (
            tuple(zone for zone in ZONES if any(span.zone == zone for span in spans))
            for spans in (passage.mentions, found)
        )
        sets.setdefault(passage.language, []).append(labelled == said)
        if labelled != said:
            odd = set(labelled) ^ set(said)
            spans = (*passage.mentions, *found)
            words = dict.fromkeys(passage.words(s) for s in spans if s.zone in odd)
            wrong.append(
                Wrong(passage.id, passage.language, labelled, said, tuple(words), passage.text)
            )
    exact = {
        language: rate
        for language, right in (("all", [r for rs in sets.values() for r in rs]), *sets.items())
        if (rate := Rate.of(sum(right), len(right)))
    }
    return Result(len(passages), list(_rows(trials)), exact, wrong)


def linked_spans(linker: Linker) -> Finder:
    """Return the finder that a linker is."""

    def find(passage: Passage) -> list[Span]:
        return [
            Span(m.zone, m.kind, m.where == "title", m.start, m.end)
            for m in linker.link(passage.text, title=passage.title)
        ]

    return find


def _zones(passage: Passage, found: list[Span]) -> Iterable[_Trial]:
    labelled, said = _kinds(passage.mentions), _kinds(found)
    for label, one, other in ((True, labelled, said), (False, said, labelled)):
        for zone, kind in one.items():
            yield _Trial("zones", label, passage.language, zone, kind, zone in other)


def _kinds(spans: Iterable[Span]) -> dict[str, Kind]:
    clearest: dict[str, Kind] = {}
    for span in spans:
        have = clearest.get(span.zone, "place")
        clearest[span.zone] = min(have, span.kind, key=KINDS.index)
    return clearest


def _spans(passage: Passage, found: list[Span]) -> Iterable[_Trial]:
    for exact in (False, True):
        measure: Measure = "exact spans" if exact else "spans"
        left = list(found)
        for label in sorted(passage.mentions, key=lambda span: not span.scored):
            same = [
                span
                for span in left
                if span.zone == label.zone
                and label.meets(span)
                and (not exact or not label.scored or _ends(span) == _ends(label))
            ]
            same.sort(key=lambda span: _ends(span) != _ends(label))
            if same:
                left.remove(same[0])
            if label.scored:
                yield _Trial(measure, True, passage.language, label.zone, label.kind, bool(same))
                if same:
                    answer = same[0]
                    yield _Trial(measure, False, passage.language, answer.zone, answer.kind, True)
        unscored = [label for label in passage.mentions if not label.scored]
        for span in left:
            if not any(span.zone == label.zone and span.meets(label) for label in unscored):
                yield _Trial(measure, False, passage.language, span.zone, span.kind, False)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _rows(trials: list[_Trial]) -> Iterable[Row]:
    for measure in MEASURES:
        mine = [trial for trial in trials if trial.measure == measure]
        for group in GROUPS:
            names = {"all"} if group == "all" else {getattr(trial, group) for trial in mine}
            for name in sorted(names):
                some = [t for t in mine if group == "all" or getattr(t, group) == name]
                labels = [trial.hit for trial in some if trial.label]
                answers = [trial.hit for trial in some if not trial.label]
                precision = Rate.of(sum(answers), len(answers))
                recall = Rate.of(sum(labels), len(labels))
                f1 = None
                if answers and labels:
                    p, r = sum(answers) / len(answers), sum(labels) / len(labels)
                    count = (len(answers) + len(labels)) / 2
                    f1 = Rate.of(2 * p * r / (p + r) * count if p + r else 0, count)
                elif labels:
                    f1 = Rate.of(0, len(labels))
                yield Row(
                    measure,
                    group, name, len(labels), len(answers), precision, recall, f1,
                )  # fmt: skip
