"""Where a page ended, as a word that the next one is asked for by (`after`).

Articles and mentions are found again by what they are put in order by, so that a page follows the
one before it also when others were written meanwhile; all else by its id.
"""

from __future__ import annotations

import base64
import binascii
import json

import numpy as np

from geo.api.parameters import Problem
from geo.api.shelf import Ready
from geo.store.columns import Columns
from geo.store.listing import before, key

_MOST = 500


def told(*parts: int | str) -> str:
    """Return the word for a place in an order."""
    said = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _read(word: str, kinds: tuple[type, ...]) -> list[int] | list[str]:
    try:
        if len(word) > _MOST or not word.isascii():
            raise ValueError(word)
        parts = json.loads(base64.b64decode(word + "=" * (-len(word) % 4), b"-_", validate=True))
        if not isinstance(parts, list) or tuple(map(type, parts)) != kinds:
            raise ValueError(word)
        if kinds != (str,) and not all(abs(part) < 1 << 62 for part in parts):
            raise ValueError(word)
    except (ValueError, binascii.Error, RecursionError):
        raise Problem(
            400, f"after: expected what a link named next has there, got {word[:80]}"
        ) from None
    return parts


def of_counts(columns: Columns, counts: np.ndarray, end: int) -> str:
    """Return the word for the first `end` of what articles have so many of each.

    Parameters
    ----------
    counts : ndarray of int
        For each article, in their order.
    """
    sums = np.cumsum(counts)
    at = int(np.searchsorted(sums, end, side="left"))
    return told(*key(columns, int(columns.order[at])), end - int(sums[at] - counts[at]))


def among_counts(columns: Columns, counts: np.ndarray, word: str) -> int:
    """Return how many of what articles have so many of each stand up to a word."""
    newness, lastness, fid, done = (int(part) for part in _read(word, (int, int, int, int)))
    place = newness, lastness, fid
    earlier = before(columns, place)[columns.order]
    at = int(earlier.sum())
    found = int(counts[:at].sum())
    if at < len(counts) and key(columns, int(columns.order[at])) == place:
        found += min(max(0, done), int(counts[at]))
    return found


def among_rows(ready: Ready, rows: np.ndarray, word: str) -> int:
    """Return how many of some features stand up to a word."""
    (identifier,) = _read(word, (str,))
    at = ready.at.get(str(identifier))
    if at is None:
        raise Problem(400, "after: what it names is no longer here; begin anew without it")
    found = np.flatnonzero(rows == at)
    return int(found[0]) + 1 if len(found) else int((rows <= at).sum())
