"""The words directly around a name: is it said to be a town, a street, a person, something else?"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from geo.arabic import fold
from geo.linking.letters import Reading, decoded, written
from geo.linking.pattern import Name, read_data

FAR = 10**9
ELSEWHERE = 200
"""A mention in the title is as near as this to the whole body, and vice versa."""

FORBID_NEAR = 90
HEAD_NEAR = 28
_WORDS = read_data("context")
_HEADS = sorted(map(written, _WORDS["heads"]), key=len, reverse=True)
_THE = written("ال")
_ATTACHED = b"".join(map(written, "وفبكل"))
_HEAD = re.compile(
    rb"(?:\A|(?<= ))[%b]?(?:%b)?(?:%b) *(?:%b *|al |el )?\Z"
    % (_ATTACHED, _THE, b"|".join(map(re.escape, _HEADS)), _THE)
)
# The last word of whatever that finds: most candidates are done with by looking here.
_LAST = frozenset([_THE, b"al", b"el"]) | frozenset(
    b"".join(each)
    for head in _HEADS
    for each in product(
        [b"", *(_ATTACHED[at : at + 1] for at in range(len(_ATTACHED)))],
        [b"", _THE],
        [head.split(b" ")[-1]],
        [b"", _THE, b"al", b"el"],
    )
)
_HEADS_AFTER = frozenset(map(written, _WORDS["heads_after"]))
_DEFINITE = re.compile(r"(?:^|[^\w])(?:[وف]?[بلك]?ال|و?لل)\w+ $")
_BEFORE_PLACES = re.compile(
    rf"(?:^|\W)(?:{'|'.join(re.escape(fold(word)) for word in _WORDS['before_places'])}) $"
)


def head_before(reading: Reading, start: int) -> bool:
    """Say whether a word such as "town" stands directly before.

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> head_before(read("the town of Duma"), 12), head_before(read("the State Duma"), 10)
    (True, False)
    """
    low = max(0, start - HEAD_NEAR)
    if reading.flat[low:start].rstrip().rpartition(b" ")[2] not in _LAST:
        return False
    return _HEAD.search(reading.flat, low, start) is not None


def head_after(reading: Reading, end: int) -> bool:
    """Say whether a word such as "town" follows («Duma ilçesi»)."""
    following = reading.data[end : end + 24]
    return following[:1] == b" " and following[1:].partition(b" ")[0].strip(b",.;") in _HEADS_AFTER


def stands_alone(reading: Reading, start: int) -> bool:
    """Say whether the word before a name makes it a place, without an article («à Douma»)."""
    return head_before(reading, start) or bool(
        _BEFORE_PLACES.search(reading.text(start - 18, start))
    )


def definite_before(reading: Reading, start: int) -> bool:
    """Say whether an Arabic noun with the article stands before, so that this describes it."""
    return bool(_DEFINITE.search(reading.text(start - 24, start)))


def forbidden(reading: Reading, start: int, end: int, name: Name) -> tuple[str, int]:
    """Return the word near by that says that something else is meant, or none.

    The second value says how far it is; 0 when the name itself is part of it («باب الحارة»).
    """
    data, low = reading.data, max(0, start - FORBID_NEAR)
    if not _any_of(name.forbids).search(data, low, end + FORBID_NEAR):
        return "", FAR
    around, found = data[low : end + FORBID_NEAR], (FAR, b"")
    for word in name.forbids:
        if word not in around:
            continue
        after = data.find(word, end, end + FORBID_NEAR)
        before = data.rfind(word, low, start)
        if after >= 0:
            found = min(found, (after - end + 1, word))
        if before >= 0:
            found = min(found, (start - before - len(word) + 1, word))
        if after < 0 and before < 0:
            found = min(found, (0, word))
    return decoded(found[1]), found[0]


def vouched(reading: Reading, start: int, end: int, name: Name) -> int:
    """Return how far the nearest word is that is all that a name needs."""
    data, low, high = reading.data, max(0, start - ELSEWHERE // 2), end + ELSEWHERE // 2
    near = FAR
    for word in name.vouch:
        if (after := data.find(word, end, high)) >= 0:
            near = min(near, after - end + 1)
        if (before := data.rfind(word, low, start)) >= 0:
            near = min(near, start - before - len(word) + 1)
        elif after < 0 and data.find(word, low, high) >= 0:
            near = 0
    return near


@cache
def _any_of(words: tuple[bytes, ...]) -> re.Pattern[bytes]:
    return re.compile(b"|".join(map(re.escape, words)))
