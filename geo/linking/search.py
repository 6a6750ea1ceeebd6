"""Every name at once in a reading, as whole words or behind what Arabic attaches before a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from geo.linking.letters import SPACE, scan, space_before, written
from geo.linking.pattern import Pattern, read_data

GLUED: Final = 6
"""Letters of a name, and of the space behind it, to which a whole preposition may be glued."""

_LONGEST_PREFIX: Final = 3
_WHOLE: Final = 0
_ANY: Final = 1
_LAM: Final = 2
_SHORT: Final = 1
_LONG: Final = 2
_AND: Final = 4


def _prefixes() -> dict[bytes, int]:
    """Return what may be attached, and to which names: short ones, longer ones, a double lam."""
    spelling = read_data("spelling")
    found: dict[bytes, int] = {}
    for key, names in (
        ("arabic_prefixes", _SHORT | _LONG), ("arabic_glued", _LONG), ("arabic_and", _AND),
    ):  # fmt: skip
        for prefix in map(written, spelling[key]):
            found[prefix] = found.get(prefix, 0) | names
    return found


def glue_of(known: Iterable[Pattern]) -> bytes:
    """Return for each pattern whether nothing, any preposition or only «و» may stand before it."""
    return bytes([_LAM if one.lam else _ANY if one.prefixed else _WHOLE for one in known])


class Search:
    """Names compiled for search.

    Parameters
    ----------
    known : mapping of bytes to Pattern
        What to search for, as `geo.linking.names.patterns` writes it: with the space behind a whole
        word, without one where an ending may follow.

    Attributes
    ----------
    find : callable
        Given `Reading.flat`, returns number (in the order of `known`), start and end of each match,
        one after another, in the order of ends, the longer first.
    """

    def __init__(self, known: Mapping[bytes, Pattern]) -> None:
        keys, glue = list(known), glue_of(known.values())
        prefixes = _prefixes()
        self.find: Any
        if scan is None:
            self.find = _Automaton(keys, glue, prefixes).find
        else:
            which = bytes(prefixes.values())
            self.find = scan.Names(keys, glue, list(prefixes), which, GLUED).find


class _Automaton:
    """The same search where `geo.linking.scan` is not compiled."""

    def __init__(self, keys: Sequence[bytes], glue: bytes, prefixes: Mapping[bytes, int]) -> None:
        self._glue, self._prefixes = glue, prefixes
        # Where nothing can be attached before a name, the space before it is searched for, too.
        self._search = BytesAhoCorasick(
            [key if glue[at] else b" " + key for at, key in enumerate(keys)],
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
        )

    def find(self, flat: bytes) -> list[int]:
        found: list[int] = []
        matches: list[tuple[int, int, int]] = self._search.find_matches_as_indexes(
            b" " + flat, overlapping=True
        )
        for number, start, end in matches:  # all but those of keys with a space are one on
            start -= self._glue[number] != _WHOLE
            if self._glue[number] == _WHOLE or self._may_stand(flat, number, start, end - 1):
                found += (number, start, end - 1)
        return found

    def _may_stand(self, flat: bytes, number: int, start: int, end: int) -> bool:
        """Say whether nothing, or a preposition or a conjunction, is attached before a name."""
        if flat[start - 1] == SPACE:  # the byte before the first is the last, a space
            return True
        word = space_before(flat, max(0, start - _LONGEST_PREFIX - 1), start)
        if word < 0 and start > _LONGEST_PREFIX:
            return False
        attached = self._prefixes.get(flat[word + 1 : start], 0)
        if self._glue[number] == _LAM:
            return attached & _AND != 0
        return attached & (_SHORT if end - start < GLUED else _LONG) != 0
