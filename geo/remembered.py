"""What was found out before, kept up to a size."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_UNKNOWN: Final[Any] = object()


class Remembered(Generic[K, V]):
    """What a function says of each key; asked once, as long as there is room.

    A dictionary answers sooner than `functools.lru_cache`, and a subclass of one later than either.
    It is emptied when full: texts say the same things over and over, so that it soon knows them
    again.

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
    >>> known["a"], known["word"], len(known)
    ('A', 'WORD', 1)
    """

    def __init__(self, ask: Callable[[K], V], most: int, longest: int | None = None) -> None:
        self._ask, self._most, self._longest = ask, most, longest
        self._known: dict[K, V] = {}

    def __len__(self) -> int:
        return len(self._known)

    def __getitem__(self, key: K) -> V:
        known = self._known
        value: Any = known.get(key, _UNKNOWN)  # one step: another thread may empty it meanwhile
        if value is not _UNKNOWN:
            return value
        value = self._ask(key)
        if self._longest is None or len(key) <= self._longest:  # type: ignore[arg-type]
            if len(known) >= self._most:
                known.clear()
            known[key] = value
        return value
