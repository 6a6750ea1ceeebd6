"""Where an article ends and the page around it begins."""

from __future__ import annotations

import re
from typing import Final

from geo.linking.letters import Reading, read
from geo.linking.pattern import read_data

LEAD: Final = 40
"""How far behind the beginning of its line a heading may stand."""

MENU: Final = 100
"""How far behind the beginning of its line a word of a menu may stand."""

MANY_SECTIONS: Final = 2
"""Names of sections that make a line of signs a menu, whatever stands below it."""

_SIGNS: Final = re.compile(rb"[|>*]")
_LEAD: Final = re.compile(rb"[^A-Za-z\x80-\xff\n]*\Z")
_ALONE: Final = re.compile(rb"[^A-Za-z\x80-\xff\n]{0,12}(?:\n|\Z)")
_FEW_WORDS: Final = re.compile(rb"[^\n.!?]{0,40}(?:\n|\Z)")
_COLON: Final = re.compile(rb'[ "*]{0,4}(?:\(\d{1,4}\) |(?:\(?\d{1,4}\)? ?)?[:|])')
_MENUS: Final = frozenset(read(word).data for word in read_data("furniture")["menus"])
_SECTIONS: Final = frozenset(read(word).data for word in read_data("furniture")["sections"])
_INLINE: Final = frozenset(read(word).data for word in read_data("furniture")["inline"])
_OPENINGS: Final = frozenset(read(word).data for word in read_data("furniture")["openings"])
_SENTENCE_END: Final = re.compile(rb'[.!?][ "*]*\Z')
# Other stories above the article: a heading, and the lines of a list below it.
_LIST: Final = re.compile(rb"[^A-Za-z\x80-\xff\n]{0,12}\n(?:(?: {0,4}[>*\x02]|  )[^\n]*(?:\n|\Z))+")
# Few words between each two signs, three times or more; some more behind a colon.
_MENU_LINE: Final = re.compile(
    rb"[^\n|>*]{0,40}"
    rb"(?:[|>*](?:[^\n|>*.:]{0,30}|[^\n|>*.:]{0,30}:[^\n|>*.:]{0,45})){3,300}(?:\n|\Z)"
)
# Hardly any, twice or more: with two sections among them.
_SHORT_LINE: Final = re.compile(rb"[^\n|>*]{0,20}(?:[|>*][^\n|>*.:]{0,20}){2,300}(?:\n|\Z)")
# The same with dashes, which a reading does not keep. What stands between two has none itself: in a
# line of many there is one way to tell them apart, not a way for each.
_DASH: Final = r"\s[\u2013\u2014\xb7/-]\s"
_DASHED_LINE: Final = re.compile(
    rf"(?:(?!{_DASH})[^\n.]){{0,40}}(?:{_DASH}(?:(?!{_DASH})[^\n.]){{0,30}}){{3,300}}$"
)
_FIGURE: Final = re.compile(rb"[0-9]")
_EMPTY: Final = re.compile(rb" *\n")
_MENU_SIGN: Final = re.compile(rb' ?[>|/"\x02*]{1,2} ?["a-z\x80-\xff]')


def other_stories(reading: Reading, headings: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pieces of a text that belong to other stories, in order, none over another.

    A heading that stands alone on a line, not the first, or beside a number ("12 comments"), ends
    the article; some do with a few words more ("More from this site"). One that opens a line and is
    followed by a colon, or by a number in brackets, takes that line only, and so does a menu ("Home
    > News > Idlib"), also on the first line; some with a colon behind the end of a sentence ("…
    said. Read also: …") take the rest of it. One on the first line takes the list below it, and the
    rest of the line behind a colon where more lines follow.

    Parameters
    ----------
    headings : list of tuple of int
        Where headings stand in the reading.
    """
    data = reading.data
    pieces: list[tuple[int, int]] = []
    for start, end in headings:
        if pieces and start < pieces[-1][1]:
            continue
        if data[start:end] in _MENUS or data[start:end] in _SECTIONS:
            line = data.rfind(b"\n", max(0, start - MENU - 1), start)
            if start - line <= MENU and _is_menu(reading, line + 1, start, end):
                pieces.append((line, _line_end(data, end)))
            continue
        line = data.rfind(b"\n", max(0, start - LEAD - 1), start)
        if line < 0 and start <= LEAD and _LEAD.match(data, 0, start):
            if below := _LIST.match(data, end):
                pieces.append((line, below.end()))
            elif _COLON.match(data, end) and _line_end(data, end) < len(data.rstrip()):
                pieces.append((line, _line_end(data, end)))  # there is an article below it
            continue
        inline = data[start:end] in _INLINE and _SENTENCE_END.search(data, max(0, start - 8), start)
        if inline and _COLON.match(data, end):
            pieces.append((start, _line_end(data, end)))
            continue
        if line < 0 or start - line > LEAD or not _LEAD.match(data, line + 1, start):
            continue
        alone = _FEW_WORDS if data[start:end] in _OPENINGS else _ALONE
        if alone.match(data, end):
            pieces.append((line, len(data) + 1))
            break
        if _COLON.match(data, end):
            pieces.append((line, _line_end(data, end)))
    return pieces


def _is_menu(reading: Reading, line: int, start: int, end: int) -> bool:
    """Say whether a word of a menu stands in one, which begins its line or is all of it."""
    data = reading.data
    whole = _MENU_LINE.match(data, line)
    if data[start:end] not in _MENUS:
        if whole and _is_no_row(data, line, whole.end()):
            return True
        return _SHORT_LINE.match(data, line) is not None and _sections(data, line) >= MANY_SECTIONS
    if whole:
        return True
    return line == start and (
        _MENU_SIGN.match(data, end) is not None
        or _DASHED_LINE.match(reading.source, *_in_source(reading, start)) is not None
    )


def _sections(data: bytes, line: int) -> int:
    """Return how many parts of a line are the names of sections."""
    parts = _SIGNS.split(data[line : _line_end(data, line)])
    return sum(part.strip() in _SECTIONS for part in parts)


def _is_no_row(data: bytes, start: int, end: int) -> bool:
    """Say whether a line of signs is no row of a table: no figure in it, an empty line below it."""
    return not _FIGURE.search(data, start, end) and _EMPTY.match(data, end) is not None


def _in_source(reading: Reading, start: int) -> tuple[int, int]:
    """Return where the rest of a line stands in the text, which has more signs for its end."""
    stop = min(_line_end(reading.data, start), len(reading.data))
    return reading.span(start, stop)


def _line_end(data: bytes, at: int) -> int:
    """Return where the line of a position ends; behind all, when it is the last."""
    stop = data.find(b"\n", at)
    return stop if stop >= 0 else len(data) + 1
