"""Where an article ends and the page around it begins."""

from __future__ import annotations

import re
from typing import Final

from geo.linking.letters import Reading

_LEAD: Final = re.compile(rb"[^A-Za-z\x80-\xff\n]*\Z")
_ALONE: Final = re.compile(rb"[^A-Za-z\x80-\xff\n]{0,12}(?:\n|\Z)")
_COLON: Final = re.compile(rb'[ "*]{0,4}[:|]')


def other_stories(reading: Reading, headings: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pieces of a text that belong to other stories.

    A heading that stands alone on a line, not the first, or beside a number ("12 comments"), ends
    the article. One that opens a line and is followed by a colon takes that line only.

    Parameters
    ----------
    headings : list of tuple of int
        Where headings stand in the reading.
    """
    data = reading.data
    pieces: list[tuple[int, int]] = []
    for start, end in headings:
        line = data.rfind(b"\n", 0, start)
        if line < 0 or start - line > 40 or not _LEAD.match(data, line + 1, start):
            continue
        if _ALONE.match(data, end):
            pieces.append((line, len(data) + 1))
            break
        if _COLON.match(data, end):
            stop = data.find(b"\n", end)
            pieces.append((line, stop if stop >= 0 else len(data) + 1))
    return pieces
