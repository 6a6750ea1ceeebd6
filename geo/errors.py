"""The one family of errors that a user can cause."""

from __future__ import annotations

import re

# What a terminal would obey, and what no stream takes (bytes of a name that are no UTF-8); a server
# or a file may have put it there.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class FourzonesError(Exception):
    """Something that the user gave is wrong; the message is one line meant for them.

    Parameters
    ----------
    what : str
        What is wrong.
    where : str, optional
        The file, row or parameter it stands in.
    expected, got : str, optional
        What would have been right, and what was found.

    Examples
    --------
    >>> str(FourzonesError("bad date", where="--on", expected="YYYY-MM-DD", got="June"))
    'bad date: --on: expected YYYY-MM-DD, got June'
    """

    def __init__(self, what: str, *, where: str = "", expected: str = "", got: str = "") -> None:
        line = f"{what}: {where}" if where else what
        if expected:
            line += f": expected {expected}"
        if got:
            line += f", got {got[:200]}" if expected else f": got {got[:200]}"
        super().__init__(_CONTROLS.sub(" ", line))
