"""Where an article ends and the page around it begins."""

from __future__ import annotations

from functools import cache

from geo.arabic import squeeze
from geo.linking.names import read


@cache
def _headings() -> frozenset[str]:
    return frozenset(squeeze(heading)[0].strip() for heading in read("furniture")["headings"])


def article_end(text: str) -> int:
    """Return the offset at which the list of other stories begins, else the text's length.

    A heading counts only where it stands alone on its line, with a colon or the like at most,
    and not on the first line.

    Examples
    --------
    >>> article_end("Shelling.\\nRelated articles:\\nIdlib today")
    10
    """
    headings = _headings()
    at = 0
    for number, line in enumerate(text.split("\n")):
        if number and len(line) < 80:
            bare = squeeze(line)[0].strip(" :.…»«>|\r•*#")
            if bare in headings:
                return at
        at += len(line) + 1
    return len(text)
