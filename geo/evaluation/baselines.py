"""Two ways to find names without asking the context, on the same names: what the linker must beat.

Neither knows the grammar of directions, so both get its plain phrases as names.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from geo.errors import FourzonesError
from geo.evaluation.gold import Passage, Span
from geo.evaluation.scores import Finder
from geo.linking.names import spoken_names
from geo.model import Kind


def substring_search() -> Finder:
    """Return a finder of every name wherever its letters stand, the longest at each place."""
    known = _lower()
    names = list(known)
    search = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)

    def find(passage: Passage) -> list[Span]:
        spans = []
        for title, field in ((True, passage.title), (False, passage.text)):
            for number, start, end in search.find_matches_as_indexes(_same_length_lower(field)):
                zone, kind = known[names[number]]
                spans.append(Span(zone, kind, title, start, end))
        return spans

    return find


def phrase_matcher() -> Finder:
    """Return spaCy's PhraseMatcher on lower case, with the longest of overlapping matches.

    Raises
    ------
    FourzonesError
        If spaCy is not installed.
    """
    try:
        import spacy
        from spacy.matcher import PhraseMatcher
        from spacy.util import filter_spans
    except ImportError as error:
        raise FourzonesError("spaCy is not installed", expected="pip install spacy") from error
    known = _lower()
    meanings: dict[int, tuple[str, Kind]] = {}

    @cache
    def matcher(language: str) -> tuple[Any, Any]:
        blank = spacy.blank(language or "xx")
        made = PhraseMatcher(blank.vocab, attr="LOWER")
        for name, (zone, kind) in known.items():
            made.add(f"{zone} {kind}", [blank.make_doc(name)])
            meanings[blank.vocab.strings[f"{zone} {kind}"]] = (zone, kind)
        return blank, made

    def find(passage: Passage) -> list[Span]:
        blank, matching = matcher(passage.language)
        spans = []
        for title, field in ((True, passage.title), (False, passage.text)):
            for one in filter_spans(matching(blank.make_doc(field), as_spans=True)):
                zone, kind = meanings[one.label]
                spans.append(Span(zone, kind, title, one.start_char, one.end_char))
        return spans

    return find


def _lower() -> dict[str, tuple[str, Kind]]:
    return {_same_length_lower(name): meaning for name, meaning in spoken_names().items()}


def _same_length_lower(text: str) -> str:
    # One letter for one, so that offsets stay («İ» in small letters is two code points).
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
