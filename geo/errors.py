"""The one family of errors that a user can cause."""

from __future__ import annotations

import re

# What a terminal would obey, and what no stream takes (bytes of a name that are no UTF-8); a server
# or a file may have put it there.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def on_one_line(text: str) -> str:
    """Return a text that came from outside as a terminal may show it.

    Examples
    --------
    >>> on_one_line("Shelling\\n\\x1b[2J")
    'Shelling [2J'
    """
    return _CONTROLS.sub(" ", text)


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
        given = (what, where, expected, got[:200])
        self.what, self.where, self.expected, self.got = map(on_one_line, given)
        line = f"{self.what}: {self.where}" if where else self.what
        if expected:
            line += f": expected {self.expected}"
        if got:
            line += f", got {self.got}" if expected else f": got {self.got}"
        super().__init__(line)
