"""What was found out before, kept up to a size."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(dict[K, V]):
    """What a function says of each key; asked once, as long as there is room.

    A dictionary answers sooner than `functools.lru_cache`. It is emptied when full: texts say the
    same things over and over, so that it soon knows them again.

    Parameters
    ----------
    ask : callable
    most : int
        How many keys are kept.
    longest : int, optional
        Keys that are longer are not kept; for keys that have a length.

    Examples
    --------
    >>> known = Remembered(str.upper, most=2, longest=3)
    >>> known["a"], known["word"], list(known)
    ('A', 'WORD', ['a'])
    """

    def __init__(self, ask: Callable[[K], V], most: int, longest: int | None = None) -> None:
        super().__init__()
        self._ask, self._most, self._longest = ask, most, longest

    def __missing__(self, key: K) -> V:
        value = self._ask(key)
        if self._longest is None or len(key) <= self._longest:  # type: ignore[arg-type]
            if len(self) >= self._most:
                self.clear()
            self[key] = value
        return value
