"""Names that count in a list of the zones, as "parts of" a province, or in a table of places."""

from __future__ import annotations

import re
from typing import Final

from geo.arabic import fold
from geo.linking.context import LIST_NEAR, Context, spans_before, spots_before
from geo.linking.grammar import tokens
from geo.linking.letters import COMMA, LINE, SPACE, Reading, read
from geo.linking.pattern import FAR, Words, read_data

# «وواحد في حمص»: what a list counts is joined to it as a name is.
_COUNTED: Final = re.compile(
    rf"\sو(?:\d+|{'|'.join(fold(word) for word in read_data('context')['counts'])})\s"
)
_SENTENCE: Final = re.compile(r"[.\n!?]\s")
# A row of a table: a name that opens a line, and a figure or a rule behind it.
_ROW_BEGINS: Final = re.compile(rb"(?:\A|\n)[ *|-]{0,3}\Z")
_ROW_GOES_ON: Final = re.compile(rb" {0,4}(?:[|:;,-]? {0,2}[0-9]|\|)")
# Where an entry of a list begins: «3. "Homs"» on a line, or a sentence, with a colon behind.
_LINE_BEGINS: Final = re.compile(rb'(?:\A|\n)[ "*|()0-9.-]*\Z')
_SENTENCE_BEGINS: Final = re.compile(rb'(?:\A|[\n.:;!?])[ "*|()0-9.-]*\Z')
_THAT_OF: Final = re.compile(rb"(?:\A|[ \n])(?:celle de|that of) \Z")
_CITY: Final = re.compile(
    rb" (?:%b)(?![a-z\x80-\xff])"
    % b"|".join(read(fold(word)).data for word in read_data("directions")["words"]["city_behind"])
)
PROVINCES_NEAR: Final = 40

ENTRIES: Final = 2
"""Other zones that open an entry of a table or a list where a name does, for it to be one."""

ROWS_NEAR: Final = 300
COLON: Final = 58
SEMICOLON: Final = 59
BAR: Final = 124


def _any_of(key: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold(word)) for word in read_data("context")[key]))


_SAID: Final = Words(tuple(
    read(word).data
    for key in ("parts", "parts_after", "neighbouring")
    for word in read_data("context")[key]
))  # fmt: skip
_AGREED: Final = Words(tuple(read(word).data for word in read_data("context")["agreements"]))
_PARTS: Final = _any_of("parts")
_PROVINCES: Final = "|".join(
    re.escape(fold(word)) for word in read_data("directions")["words"]["head"]
)
_PARTS_AFTER: Final = _any_of("parts_after")
# «أجزاء من محافظة حمص» is an item of a list as "Homs" is.
_PART_OF: Final = re.compile(rf"(?:^|(?<=\s))(?:{_PARTS.pattern})(?: (?:{_PROVINCES}))? $")
PART_NEAR: Final = 40
OTHER_ZONES: Final = 3
NONE: Final = -1
"""A mention to which no list leads, whatever stands between."""

MOST_LOOSE: Final = 3
MOST_OF_PARTS: Final = 4
"""Words such as "certain parts of the neighbouring" between a zone and what belongs to it."""

BEGINNING: Final = 12
"""Signs and figures that may stand before what begins a line or a sentence."""

_NEIGHBOURING: Final = _any_of("neighbouring")


def in_list(context: Context, start: int, end: int, zone: str) -> bool:
    """Say whether a name is an element of a list of the zones, or directly at a zone word."""
    if _beside_term(context, start, end) or _completes(context, start, end, zone):
        return True
    listed = context.near("term", start, LIST_NEAR) or (
        context.near("weak", start, LIST_NEAR)
        and _others_near(context, start, zone) >= 2
        and not _among_provinces(context, start)
    )
    return listed and _chained(context, start, end, zone)


def in_table(context: Context, start: int, end: int) -> bool:
    """Say whether a name opens a row of a table in which another row names a zone.

    Examples
    --------
    >>> from geo.linking import link
    >>> [mention.surface for mention in link("Rastan 21\\nDouma 14.5\\nNawa 9")]
    ['Rastan', 'Douma', 'Nawa']
    """
    if not _is_row(context.reading.data, start, end):
        return False
    for spans in context.zones.values():
        for first, last in _beside(spans, start):
            if abs(first - start) < ROWS_NEAR and _is_row(context.reading.data, first, last):
                return True
    return False


def _is_row(data: bytes, start: int, end: int) -> bool:
    at, stop = end, min(end + 5, len(data))
    while at < stop and data[at] == SPACE:
        at += 1
    if at == stop or not (COMMA <= data[at] <= SEMICOLON or data[at] == BAR):
        return False  # nearly always; a regular expression takes ten times as long to say so
    if _ROW_GOES_ON.match(data, end) is None:
        return False
    before = data[max(0, start - 4) : start]
    return (start < 4 or LINE in before) and _ROW_BEGINS.search(before) is not None


def in_parts(context: Context, start: int, end: int, zone: str) -> bool:
    """Say whether "parts of" goes before, in a text on the zones.

    Where only a list of zones tells that it is on them, it must go through all of them in a text
    on Astana, its guarantors or a ceasefire, or these must be parts of neighbours.
    """
    zones = context.speaks_of_zones(start)
    others = 0 if zones else _others_near(context, start, zone)
    neighbours = others >= OTHER_ZONES - 1 and context.near("weak", start, LIST_NEAR)
    if not (zones or neighbours or others >= OTHER_ZONES):
        return False
    reading = context.reading
    if _SAID.nearest(reading.data, start, end, 110)[0] >= FAR:
        return False
    before = _SENTENCE.split(reading.text(start - 110, start))[-1]
    after = _SENTENCE.split(reading.text(end, end + 80))[0]
    if neighbours and (_NEIGHBOURING.search(before) or _NEIGHBOURING.search(after)):
        return True
    if not zones and (
        others < OTHER_ZONES
        or _AGREED.nearest(reading.data, start, end, LIST_NEAR)[0] >= FAR
        or not _chained(context, start, end, zone, own=MOST_OF_PARTS, others=0)
    ):
        return False
    return bool(_PARTS.search(before) or _PARTS_AFTER.search(after))


def _others_near(context: Context, at: int, zone: str) -> int:
    return sum(other != zone and context.nearest(other, at) <= LIST_NEAR for other in context.zones)


def _completes(context: Context, start: int, end: int, zone: str) -> bool:
    """Say whether a name opens an entry of a list of the zones, as two others do, or "that of" it.

    "Idlib: …. Homs: …" near a word for the zones; "in that of Idlib …; in that of Homs".
    """
    if len(context.zones) < ENTRIES or not context.speaks_of_zones(start):
        return False  # nearly always
    data = context.reading.data
    if _begins(_THAT_OF, data, start):
        return True
    low = max(0, start - PART_NEAR - BEGINNING)
    if low and data[end : end + 1] != b":" and data.find(b"\n", low, start) < 0:
        return False  # in the middle of a line, and no colon behind
    led = _PART_OF.search(context.reading.text(start - PART_NEAR, start))
    first = start - len(led[0]) if led else start
    if not _opens_entry(data, first, end) or _CITY.match(data, end):
        return False
    spots = context.zones.get(zone, [])
    before = spans_before(spots, start)
    if before and start - spots[before - 1][0] <= LIST_NEAR:
        return False  # the zone is spoken of already: this may be the city
    others = [
        any(
            abs(at - start) <= LIST_NEAR and _opens_entry(data, at, stop)
            for at, stop in _beside(spans, start)
        )
        for other, spans in context.zones.items()
        if other != zone
    ]
    return sum(others) >= ENTRIES


def _opens_entry(data: bytes, start: int, end: int) -> bool:
    """Say whether a name begins a line, or a sentence with a colon behind the name."""
    if end < len(data) and data[end] == COLON:
        return _begins(_SENTENCE_BEGINS, data, start)
    low = max(0, start - BEGINNING)
    return (low == 0 or data.find(b"\n", low, start) >= 0) and _begins(_LINE_BEGINS, data, start)


def _begins(signs: re.Pattern[bytes], data: bytes, at: int) -> bool:
    return signs.search(data, max(0, at - BEGINNING), at) is not None


def _beside(spans: list[tuple[int, int]], at: int) -> list[tuple[int, int]]:
    """Return the spans next to a position: the one that begins before it, and the one behind."""
    spot = spans_before(spans, at)
    return spans[max(0, spot - 1) : spot + 1]


def _among_provinces(context: Context, start: int) -> bool:
    """Say whether a name has another province beside it in a list, which is no zone."""
    spots = context.notes.get("province", [])
    spot = spots_before(spots, start)
    beside = [at for at in spots[max(0, spot - 1) : spot + 2] if at != start]
    return any(
        abs(at - start) <= PROVINCES_NEAR
        and not any(
            _stands_between(spans, min(at, start), max(at, start))
            for spans in context.zones.values()
        )
        for at in beside
    )


def _stands_between(spans: list[tuple[int, int]], low: int, high: int) -> bool:
    """Say whether a span begins between two positions, or holds the first."""
    spot = spans_before(spans, high + 1)
    return spot > 0 and spans[spot - 1][1] > low


def _chained(
    context: Context, start: int, end: int, zone: str, own: int = NONE, others: int = MOST_LOOSE
) -> bool:
    """Say whether to a mention beside a name there are only words of a list.

    "Idlib and parts of Hama; …"; "parts of Homs, Eastern Ghouta". Not "control parts of Aleppo,
    besiege Eastern Ghouta".

    Parameters
    ----------
    own, others : int
        How many other words may stand there: to a mention of its own zone, or of another.
    """
    for other, spans in context.zones.items():
        most = own if other == zone else others
        for first, last in _beside(spans, start) if most > NONE else ():
            low, high = (last, start) if first < start else (end, first)
            if 0 <= high - low <= 120 and _only_list(context.reading, low, high, most):
                return True
    return False


def _only_list(reading: Reading, low: int, high: int, most: int) -> bool:
    """Say whether a piece has only words of a list, and at most so many others."""
    if reading.data.find(b". ", low, high) >= 0:
        return False
    between = tokens(reading, low, high)
    unknown = sum(token.label == "x" for token in between)
    return unknown <= most and (
        any(token.label == "C" for token in between)
        or _COUNTED.search(reading.text(low, high)) is not None
    )


def _beside_term(context: Context, start: int, end: int) -> bool:
    spots = context.notes.get("term", [])
    spot = spots_before(spots, start)
    if spot and start - spots[spot - 1] <= 45:
        reading, term = context.reading, spots[spot - 1]
        between = tokens(reading, term, start)
        loose = sum(token.label in "xC" for token in between)
        # A comma parts them, but not before "around": "the fourth zone, around Homs".
        led = between and between[-1].label == "F"
        return loose <= 2 and (bool(led) or COMMA not in reading.data[term:start])
    return spot < len(spots) and spots[spot] - end <= 2
