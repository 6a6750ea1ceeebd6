"""Markup that would take the parsers an age, told before they begin.

They compare each attribute of a tag with all others of it, and some of their steps go over all tags
for each tag: a page of a few megabytes, made for it, would hold up a whole batch, and Ctrl-C.
"""

from __future__ import annotations

import re

from geo.errors import FourzonesError

_TAG = re.compile("<[A-Za-z]")


def must_be_cheap(markup: str, where: str, tags: int = 100_000, words: int = 20_000) -> None:
    """Refuse markup with too many tags, or too many words in one of them.

    Parameters
    ----------
    tags, words : int
        The most that there may be. Words within a tag are counted with what parts them, so that
        there are never more attributes.

    Raises
    ------
    FourzonesError
    """
    if max(markup.count("<"), markup.count(">")) > tags:
        raise FourzonesError("refused", where=where, expected=f"at most {tags:,} tags", got="more")
    found, quote = 0, ""
    for piece in markup.split(">"):
        if not quote:  # else the sign stood in an attribute, and the tag goes on
            found = 0
            begun = _TAG.search(piece)
            piece = piece[begun.start() :] if begun else ""
        found += len(piece.split()) + sum(map(piece.count, "/\"'"))
        if found > words:
            raise FourzonesError(
                "refused", where=where, expected=f"at most {words:,} words in a tag", got="more"
            )
        if quote in piece:
            quote = _left_open(piece)


def _left_open(piece: str) -> str:
    """Return the quotation mark of an attribute that a piece of a tag may leave open."""
    for mark in "\"'":
        before, found, _ = piece.rpartition(mark)
        if found and before.rstrip().endswith("="):
            return mark
    return ""
