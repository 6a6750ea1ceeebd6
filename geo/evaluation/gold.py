"""Passages and their labels: JSON Lines, one passage and one label a line, joined by `id`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import FourzonesError
from geo.model import ZONES, Kind
from geo.paths import DATA

GOLD = DATA / "gold"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a passage; offsets are code points of the title or the text, half-open.

    Attributes
    ----------
    zone : str
        Empty for a piece that counts neither for nor against.
    title : bool
        Whether it stands in the title.
    scored : bool
        Whether its place counts; its zone does in any case.
    """

    zone: str
    kind: Kind
    title: bool
    start: int
    end: int
    scored: bool = True

    def meets(self, other: Span) -> bool:
        """Say whether two spans share a letter."""
        return self.title == other.title and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Passage:
    """A labelled text."""

    id: str
    language: str
    title: str
    text: str
    mentions: tuple[Span, ...]
    ignore: tuple[Span, ...]

    def words(self, span: Span) -> str:
        """Return the words of a span."""
        return (self.title if span.title else self.text)[span.start : span.end]


def load(
    passages: Path = GOLD / "passages.jsonl", labels: Path = GOLD / "labels.jsonl"
) -> list[Passage]:
    """Read passages (`id`, `language`, `title`, `text`) and their labels (`id`, `mentions`, ...).

    Raises
    ------
    FourzonesError
        If a file cannot be read, a passage has no label, or a label's words do not stand where it
        says.

    Examples
    --------
    >>> first = load()[0]
    >>> first.words(first.mentions[1])
    'شمال حمص'
    """
    known = {line["id"]: line for line in _lines(labels)}
    made = []
    for line in _lines(passages):
        label = known.get(line["id"])
        if label is None:
            raise FourzonesError("no label", where=f"{labels.name}: {line['id']}")
        passage = Passage(
            line["id"],
            line.get("language", ""),
            line.get("title", ""),
            line["text"],
            tuple(map(_span, label["mentions"])),
            tuple(map(_span, label.get("ignore") or ())),
        )
        for said, span in zip(label["mentions"], passage.mentions, strict=True):
            if passage.words(span) != said["surface"] or span.zone not in ZONES:
                raise FourzonesError(
                    "bad label",
                    where=f"{labels.name}: {passage.id}",
                    expected=f"«{said['surface']}» in a known zone",
                    got=f"«{passage.words(span)}», {span.zone}",
                )
        made.append(passage)
    return made


def _span(said: dict[str, Any]) -> Span:
    return Span(
        said.get("zone", ""),
        said.get("kind", "place"),
        said["where"] == "title",
        said["start"],
        said["end"],
        said.get("scored_span", True),
    )


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise FourzonesError(
            "cannot read labels", where=str(path), expected="JSON Lines", got=str(error)
        ) from error
