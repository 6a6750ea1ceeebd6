"""What a text may hold, so that every store takes it."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from geo.model import Article

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What no engine takes, or not each of them: lone surrogates and code point 0."""

_TEXTS = [field.name for field in fields(Article) if field.type == "str"]


def storable(article: Article) -> Article:
    """Return an article in whose texts U+FFFD stands for each code point that cannot be stored.

    Examples
    --------
    >>> storable(Article("x", text="a\\0b")).text == "a\\ufffdb"
    True
    """
    texts = {name: getattr(article, name) for name in _TEXTS}
    bad: dict[str, Any] = {
        name: UNSTORABLE.sub("\ufffd", text)
        for name, text in texts.items()
        if UNSTORABLE.search(text)
    }
    return replace(article, **bad) if bad else article
