"""A mention as a W3C Web Annotation: the words, what stands around them, and where."""

from __future__ import annotations

from typing import Any

from geo.model import Mention

AROUND = 32


def annotation(mention: Mention, text: str) -> dict[str, Any]:
    """Return the selectors of a mention (W3C Web Annotation Data Model, 4.2.4 and 4.2.5).

    Parameters
    ----------
    text : str
        The field that the mention's `where` names. Offsets are Unicode code points.

    Examples
    --------
    >>> from geo.linking import link
    >>> found = link("Shelling in Idlib today")[0]
    >>> annotation(found, "Shelling in Idlib today")["selector"][0]["prefix"]
    'Shelling in '
    """
    start, end = mention.start, mention.end
    return {
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": mention.surface,
                "prefix": text[max(0, start - AROUND) : start],
                "suffix": text[end : end + AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ]
    }
