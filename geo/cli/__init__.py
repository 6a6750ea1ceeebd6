"""The command line: ``fourzones serve · ingest · relink · link · evaluate · export · …``."""

from __future__ import annotations

import os
import sys

from geo.cli import intake, linking, showing, upkeep  # noqa: F401 - each adds its commands
from geo.cli.app import app
from geo.errors import FourzonesError


def main() -> None:
    """Run the command line; a user's mistake ends in one line on stderr and exit code 1."""
    try:
        app()
    except FourzonesError as error:
        print(f"fourzones: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        print("fourzones: stopped", file=sys.stderr)
        raise SystemExit(130) from None
