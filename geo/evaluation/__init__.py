"""How well a linker does on labelled passages, beside two that only look for strings."""

from geo.evaluation.baselines import phrase_matcher, substring_search
from geo.evaluation.gold import GOLD, Passage, Span, load
from geo.evaluation.scores import Finder, Result, evaluate, linked_spans
from geo.evaluation.tables import tables

__all__ = [
    "GOLD",
    "Finder",
    "Passage",
    "Result",
    "Span",
    "evaluate",
    "linked_spans",
    "load",
    "phrase_matcher",
    "substring_search",
    "tables",
]
