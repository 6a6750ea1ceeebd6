"""A server of the benchmark's own: started on a free port, waited for, and ended."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

WAIT = 60
"""Seconds until a server must answer."""


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    command: list[str], env: dict[str, str], port: int, ready: str, folder: str | None = None
) -> Iterator[subprocess.Popen]:
    """Run a server until it answers at the path `ready`, and end it afterwards."""
    process = subprocess.Popen(
        command, env={**os.environ, **env}, cwd=folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + WAIT
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{ready}").close()
                break
            except OSError:
                if time.monotonic() > until:
                    raise SystemExit(f"{command[0]} did not answer") from None
                time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(20)
