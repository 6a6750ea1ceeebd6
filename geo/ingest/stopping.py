"""Ctrl-C: heard at once, heeded between two articles."""

from __future__ import annotations

import signal
import threading
from typing import Any


class Asked:
    """Hears Ctrl-C and stops between two articles, never in the middle of writing one.

    Pressed again, it stops at once. Outside the main thread nothing can be heard.
    """

    def __init__(self) -> None:
        self._heard = False
        self._before: Any = None

    def __enter__(self) -> Asked:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _hear(self, number: int, frame: Any) -> None:
        if self._heard:
            raise KeyboardInterrupt
        self._heard = True

    def check(self) -> None:
        """Raise KeyboardInterrupt when it was heard."""
        if self._heard:
            raise KeyboardInterrupt
