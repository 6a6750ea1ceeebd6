"""The command line: ``fourzones serve · ingest · relink · link · evaluate · export · …``."""

from __future__ import annotations

import errno
import io
import os
import sys

from geo.cli import intake, linking, showing, upkeep  # noqa: F401 - each adds its commands
from geo.cli.app import app
from geo.errors import FourzonesError


def main() -> None:
    """Run the command line; a user's mistake ends in one line on stderr and exit code 1."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who started it
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Whatever the locale is; a lone surrogate comes out as JSON has it.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            app()
        finally:  # here, where it can be told that there is no room
            sys.stdout.flush()
    except FourzonesError as error:
        print(f"fourzones: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except BrokenPipeError:
        _write_no_more()
        raise SystemExit(1) from None
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EDQUOT):
            raise
        _write_no_more()
        print(f"fourzones: cannot write: {error.strerror}", file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        print("fourzones: stopped", file=sys.stderr)
        raise SystemExit(130) from None


def _write_no_more() -> None:
    """Let what is left for standard output go nowhere, so that ending does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
