"""Linking in a process beside the one that reads and writes: a large ingest uses two cores."""

from __future__ import annotations

import contextlib
import math
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from geo.gazetteer import Place
from geo.indexing.indexed import Indexed
from geo.indexing.reader import Reader
from geo.model import Article

WORTH = 2_500_000
"""After so many code points the process is started; fewer are read before it would be ready."""

_LENGTH = 8


class Indexing:
    """Makes batches of articles ready for the store, after `WORTH` code points beside this process.

    Where there is but one core, or the other process does not come up or ends, this one does the
    work. Used as a context, which ends the process that it started.

    Parameters
    ----------
    places : sequence of Place, optional
        What to go by, when it is not the shipped places.
    """

    def __init__(self, places: Sequence[Place] | None = None) -> None:
        self._reader, self._places = Reader.of(places), places
        self._wanted: float = WORTH
        self._other: _Other | None = None
        self._ready = False
        self._away: list[Article] = []

    def __enter__(self) -> Indexing:
        return self

    def __exit__(self, *_: object) -> None:
        self._part()

    def give(self, batch: list[Article]) -> list[Indexed]:
        """Take a batch and return one that is ready: this one, or the one before if any."""
        self._wanted -= sum(len(article.text) for article in batch)
        if self._other is None and self._wanted <= 0 and _cores() > 1:
            self._start()
        if self._other and not self._ready and self._other.has_answered():
            self._ready = bool(self._other.answer())
        before = self.rest()
        if not self._ready:
            return [*before, *self.made(batch)]
        assert self._other is not None
        self._away = batch
        self._other.send(batch)
        return before

    def rest(self) -> list[Indexed]:
        """Return the batch that is still away, if any."""
        if not self._away:
            return []
        assert self._other is not None
        answer = self._other.answer()
        if not answer:
            return self.taken_back()
        self._away = []
        found: list[Indexed] = pickle.loads(answer)
        return found

    def taken_back(self) -> list[Indexed]:
        """Return the batch that is still away, if any, without waiting for the other process."""
        self._part()
        batch, self._away = self._away, []
        return self.made(batch)

    def made(self, batch: list[Article]) -> list[Indexed]:
        """Return a batch made ready by this process."""
        return [Indexed.of(self._reader.link(article)) for article in batch]

    def _start(self) -> None:
        try:
            self._other = _Other()
        except OSError:  # no room for another process: this one does without
            self._wanted = math.inf
        else:
            self._other.send(self._places)

    def _part(self) -> None:
        self._ready, self._wanted = False, math.inf
        if self._other:
            self._other.end()
            self._other = None


class _Other:
    """The other process. What it answers is read by a thread, so that neither waits for ever."""

    def __init__(self) -> None:
        # Not `multiprocessing`: it would import again what was started, be that a script of the
        # user's or the dashboard. -P: files that lie where the user works are not to be imported.
        paths = str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from geo.indexing.beside import work; work()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            start_new_session=True,  # Ctrl-C is not for it
        )
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        while answer := _received(self._process.stdout):
            self._answers.put(answer)
        self._answers.put(b"")

    def has_answered(self) -> bool:
        """Say whether an answer is there that was not asked for yet."""
        return not self._answers.empty()

    def answer(self) -> bytes:
        """Wait for the next answer; empty when the process has ended."""
        return self._answers.get()

    def send(self, value: Any) -> None:
        """Send a value; one that has ended will give the empty answer."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            _sent(self._process.stdin, value)

    def end(self) -> None:
        """End the process, which keeps nothing."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            with contextlib.suppress(OSError):
                stream.close()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _sent(stream: IO[bytes], value: Any) -> None:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(_LENGTH, "big"))
    stream.write(data)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes:
    """Return what the other process sent; empty when it ended."""
    with contextlib.suppress(OSError, ValueError):
        head = stream.read(_LENGTH)
        if len(head) == _LENGTH:
            wanted = int.from_bytes(head, "big")
            data = stream.read(wanted)
            return data if len(data) == wanted else b""
    return b""


def work() -> None:
    """Answer each batch that comes in, until the process that sends them ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    places = pickle.loads(_received(given))
    reader = Reader.of(places)
    _sent(answers, True)
    while batch := _received(given):
        _sent(answers, [Indexed.of(reader.link(article)) for article in pickle.loads(batch)])
