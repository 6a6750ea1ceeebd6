"""The words directly around a name: is it said to be a town, a street, a person, something else?"""

from __future__ import annotations

import re
from itertools import product
from typing import Final

from geo.arabic import fold
from geo.linking.letters import (
    APOSTROPHE,
    COMMA,
    SPACE,
    Reading,
    read,
    space_behind,
    word_begin,
    written,
)
from geo.linking.pattern import FAR, Name, read_data

ELSEWHERE: Final = 200
"""A mention in the title is as near as this to the whole body, and vice versa."""

FORBID_NEAR: Final = 90
HEAD_NEAR: Final = 28
SEVERAL_NEAR: Final = 60

_WORDS: Final = read_data("context")
_HEADS: Final = sorted(map(written, _WORDS["heads"]), key=len, reverse=True)
_THE: Final = written("ال")
_FOR_THE: Final = written("لل")
_ATTACHED_LETTERS: Final = frozenset(map(written, "وفبكل"))
_ATTACHED: Final = b"".join(_ATTACHED_LETTERS)
_HEAD: Final = re.compile(
    rb"(?:\A|(?<= ))[%b]?(?:%b)?(?:%b) *(?:%b *|al |el )?\Z"
    % (_ATTACHED, _THE, b"|".join(map(re.escape, _HEADS)), _THE)
)
# A noun for several governs what it lists: «قرى السويحة وعطشان».
_SEVERAL: Final = re.compile(
    rb"(?:\A| )[%b]?(?:%b)?(?:%b) (?:[^ 0-9]+ ){1,5}%b\Z"
    % (_ATTACHED, _THE, b"|".join(map(written, _WORDS["heads_of_several"])), written("و"))
)
_AND: Final = written("و")
_YA: Final = written("ي")
SERVANT: Final = written("عبد")
# The last word of whatever that finds: most candidates are done with by looking here.
_LAST: Final = frozenset([_THE, b"al", b"el"]) | frozenset(
    b"".join(each)
    for head in _HEADS
    for each in product(
        [b"", *_ATTACHED_LETTERS],
        [b"", _THE],
        [head.split(b" ")[-1]],
        [b"", _THE, b"al", b"el"],
    )
)
_BETWEEN: Final = frozenset(map(written, _WORDS["between"]))
_SETTLEMENTS: Final = frozenset(map(written, _WORDS["settlements"]))
_PLACED_AFTER: Final = frozenset(map(written, _WORDS["placed_after"]))
_PLACED_OF: Final = frozenset(map(written, _WORDS["placed_of"]))
_OF: Final = frozenset(map(written, _WORDS["of"]))
_IN: Final = frozenset(map(written, ("ب", "وب", "فب")))
_ARTICLES: Final = frozenset(map(written, read_data("spelling")["articles"]))
_HEADS_AFTER: Final = frozenset(map(written, _WORDS["heads_after"]))
# What a name is, with at most one word more: "Jasim, the rebel-held town".
_APPOSITION: Final = re.compile(
    rb", (?:(?:%b) (?:[^ ,.\n]+ )?(?:%b)|(?:%b))(?![a-z\x80-\xff])"
    % tuple(
        b"|".join(read(word).data for word in _WORDS[key])
        for key in ("introduced_by", "introduced", "apposed")
    )
)
# Between a word and a name: "We went to town. Jasim was late."
_ENDS: Final = re.compile(rb"[.;!?\n]")
_DEFINITE: Final = re.compile(r"(?:^|[^\w])(?:[وف]?[بلك]?ال|و?لل)\w+ $")
# Turkish says behind a name where something is: «Busra'daki».
_LOCATIVE: Final = re.compile(rb"'[dt][ae](?:ki)?(?![\w\x80-\xff])")
_BEFORE_PLACES: Final = re.compile(
    rf"(?:^|\W)(?:{'|'.join(re.escape(fold(word)) for word in _WORDS['before_places'])}) $"
)
_LAST_BEFORE_PLACES: Final = frozenset(
    written(word).split(b" ")[-1] for word in _WORDS["before_places"]
)
# A name of people has another beside it, and no preposition of place before it.
_PLACED: Final = frozenset(
    fold(word) for word in (*_WORDS["before_places"], *_WORDS["heads"]) if word.isalpha()
)
# What is no given name before the name of a town: "Eastern Harasta, 30, …".
_PARTS: Final = frozenset(map(fold, _WORDS["parts_of_places"]))
_OF_SOMEONE: Final = frozenset(_WORDS["of_someone"])
_NAME: Final = "[A-ZÀ-ÖØ-ÞİŞĞА-ЯЁ][a-zà-öø-ÿışğа-яё]+"
_FIRST_NAME: Final = re.compile(rf"(?<![\w-])({_NAME}) (?:bin |ibn |al-|el-)?$")
_LINKS: Final = frozenset(["bin", "ibn", "al", "el"])  # those that may stand between
_LAST_NAME: Final = re.compile(rf" (?:bin |ibn |al-|el-|аль-|эль-)?({_NAME})")
_AGE: Final = re.compile(rb", (?:1[5-9]|[2-9][0-9])(?:[,;]|\.(?![0-9])|\Z)(?![0-9])")
_GIVEN_NAMES: Final = frozenset([*_WORDS["given_names"], *_WORDS["ranks"]])
GIVEN: Final = frozenset(map(written, _GIVEN_NAMES))
"""Given names, and ranks before one, as a reading has them."""

_RANKS: Final = frozenset(map(written, _WORDS["ranks"]))

_TITLES: Final = frozenset(map(written, _WORDS["titles"]))
_BEHIND_COMMA: Final = re.compile(rb", ([^,;:\n)]{2,16}?)(?:[,;:\n)]|\.(?![^ \n])| - |\Z)")
_STATES: Final = frozenset(
    read(name).data for key in ("states", "provinces") for name in read_data("elsewhere")[key]
)
_STATES_CUT: Final = frozenset(read(name).data for name in read_data("elsewhere")["states_cut"])
_STATES_BEGIN: Final = frozenset(name[:2] for name in _STATES | _STATES_CUT)
_CALENDAR: Final = frozenset(_WORDS["calendar"])
_SMALL: Final = re.compile("(?<![^\\W_])[a-zà-öø-ÿışğа-яё]{3}")
_OPENS: Final = re.compile(r"(?:^|[.!?:\n–—-][\s\"«“]*)$")
_PLACED_BEFORE: Final = re.compile(
    rf"(?:^|\W)(?:{'|'.join(re.escape(word) for word in sorted(_PLACED - _OF_SOMEONE))})\s$",
    re.IGNORECASE,
)


def head_before(reading: Reading, start: int) -> bool:
    """Say whether a word such as "town" stands directly before.

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> head_before(read("the town of Duma"), 12), head_before(read("the State Duma"), 10)
    (True, False)
    """
    flat, low, stop = reading.flat, max(0, start - HEAD_NEAR), start
    if start and flat[start - 1 : start] == _AND:
        return heads_several(reading, start)
    while stop > low and flat[stop - 1] == SPACE:
        stop -= 1
    if flat[word_begin(flat, low, stop) : stop] not in _LAST:
        return False
    if stop < start - 1 and _ENDS.search(reading.data, stop, start):
        return False
    return _HEAD.search(flat, low, start) is not None


def heads_several(reading: Reading, start: int) -> bool:
    """Say whether «و» joins a name to a list of towns or villages.

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> [heads_several(read(t), len(t)) for t in ("سيطر على قرى السويحة و", "جائع و")]
    [True, False]
    """
    piece = reading.data[max(0, start - SEVERAL_NEAR) : start]
    return (
        piece.endswith(_AND)
        and not any(sign in piece for sign in b".:;\n")
        and bool(_SEVERAL.search(reading.flat, max(0, start - SEVERAL_NEAR), start))
    )


def joined_to(reading: Reading, start: int) -> int:
    """Return where the word ends to which «و» or a comma directly joins a name; -1 without one.

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> [joined_to(read(text), 5) for text in ("حمص ودوما", "حمص، دوما", "وادي دوما")]
    [3, 3, -1]
    """
    data = reading.data
    if start > 2 and data[start - 1 : start] == _AND and data[start - 2] == SPACE:
        return start - 2
    if start > 2 and data[start - 1] == SPACE and data[start - 2] == COMMA:
        return start - 2
    return -1


def behind_between(reading: Reading, start: int) -> bool:
    """Say whether the word before a name is "between".

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> behind_between(read("the road between Inkhil and Jasim"), 17)
    True
    """
    return _word_before(reading.flat, start)[0] in _BETWEEN


def named_person(text: str, span: tuple[int, int]) -> bool:
    """Say whether a name in Latin or Cyrillic stands beside another, as people have several.

    Examples
    --------
    >>> [named_person(text, (5, 10)) for text in ("said Jasim Haidar", "from Jasim again")]
    [True, False]
    """
    start, end = span
    # No headline with a capital in every word: asked last, for it is most often needless.
    return _beside_a_name(text, start, end) and bool(
        _SMALL.search(text, max(0, start - 40), end + 40)
    )


def _beside_a_name(text: str, start: int, end: int) -> bool:
    """Say whether a word beside a name is written as one, which is no place nor day."""
    low = max(0, start - 24)
    before = None
    word = text[max(low, text.rfind(" ", low, start - 1) + 1) : start - 1]
    if not word.islower() or word in _LINKS:
        before = _FIRST_NAME.search(text, low, start)
    if before is not None:
        word = before[1]
        opens = _OPENS.search(text, max(0, before.start() - 4), before.start()) is not None
        if word in _GIVEN_NAMES or not (opens or fold(word) in _PLACED):
            return True
    after = _LAST_NAME.match(text, end)
    if after is None or after[1] in _CALENDAR:
        return False
    return _PLACED_BEFORE.search(text, low, start) is None


def aged(reading: Reading, start: int, end: int) -> bool:
    """Say whether a name with another before it has an age behind it, as people have.

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> [aged(read(text), 6, 11) for text in ("Harun Morek, 41, denied it", "Since Morek, 41 died")]
    [True, False]
    """
    data = reading.data
    if end >= len(data) or data[end] != COMMA or _AGE.match(data, end) is None:
        return False
    first = start if reading.offsets is None else reading.span(start, end)[0]
    before = _FIRST_NAME.search(reading.source, max(0, first - 24), first)
    return before is not None and not (
        fold(before[1]) in _PLACED or before[1] in _CALENDAR or fold(before[1]) in _PARTS
    )


def far_away(reading: Reading, end: int) -> bool:
    """Say whether a state of North America follows: then a name is a town in it.

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> [far_away(read(text), 4)
    ...  for text in ("Dana, Iowa, has", "DANA, Ind. - A", "Dana, Ohio says", "Dana, ind.")]
    [True, True, False, False]
    """
    data = reading.data
    if end >= len(data) or data[end] != COMMA or data[end + 2 : end + 4] not in _STATES_BEGIN:
        return False
    found = _BEHIND_COMMA.match(data, end)
    if found is None:
        return False
    first = found.start(1) if reading.offsets is None else reading.offsets[found.start(1)]
    return reading.source[first].isupper() and (
        found[1] in _STATES
        or (found[1] in _STATES_CUT and data[found.end(1) : found.end(1) + 1] == b".")
    )


def head_after(reading: Reading, end: int) -> bool:
    """Say whether a word such as "town" follows («Duma ilçesi»), or says what it is.

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> [head_after(read(f"Jasim{words}"), 5)
    ...  for words in (" town", ", the besieged town", ", a man from town")]
    [True, True, False]
    """
    data = reading.data
    if end >= len(data):
        return False
    if data[end] == COMMA:
        return _APPOSITION.match(data, end) is not None
    if data[end] != SPACE:
        return False
    stop = space_behind(data, end + 1, end + 24)
    return data[end + 1 : stop if stop >= 0 else end + 24].strip(b",.;") in _HEADS_AFTER


def standing(reading: Reading, start: int, end: int) -> str:
    """Say how a name stands as only a place does.

    Returns
    -------
    str
        "head", beside a word for a settlement; "place", behind a preposition of place or before the
        Turkish ending that means one; or nothing.

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> [standing(read(f"{words} Hass"), len(words) + 1, len(words) + 5)
    ...  for words in ("village of", "outside", "residents of", "says")]
    ['head', 'place', 'place', '']
    >>> standing(read("Hass'ta saldırı"), 0, 4)
    'place'
    """
    word, begin = _word_before(reading.flat, start)
    if word and begin + len(word) == start:  # attached
        return "place" if word in _IN else ""
    stop = begin + len(word)
    if (start - stop > 1 or reading.data[stop] != SPACE) and _ENDS.search(
        reading.data, stop, start
    ):
        word = b""
    placed = False
    if word in _OF:
        word, _ = _word_before(reading.flat, begin)
        placed = word in _PLACED_OF
    elif word in _ARTICLES:
        word, _ = _word_before(reading.flat, begin)
    if _is_one(word, _SETTLEMENTS) or head_after(reading, end):
        return "head"
    if placed or (_is_one(word, _PLACED_AFTER) and not _is_article(reading, word, start)):
        return "place"
    data = reading.data
    if end < len(data) and data[end] == APOSTROPHE and _LOCATIVE.match(data, end):
        return "place"
    return ""


def _is_article(reading: Reading, word: bytes, start: int) -> bool:
    """Say whether the word before a name is the English article, not the French preposition à."""
    if word != b"a":
        return False
    at = start if reading.offsets is None else reading.offsets[start]
    return reading.source[max(0, at - 2) : at] not in ("à ", "À ")


def _is_one(word: bytes, words: frozenset[bytes]) -> bool:
    """Say whether a word is one of some, or one with an Arabic letter attached («وقرية»)."""
    return word in words or (word[:1] in _ATTACHED_LETTERS and word[1:] in words)


def surname(reading: Reading, start: int) -> bool:
    """Say whether a given name stands directly before: then a name is a person's.

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> [surname(read(text), 5) for text in ("علاء المصري", "جيشا المصري", "أحمد، نوى")]
    [True, False, False]
    """
    if start < 2 or reading.data[start - 1] != SPACE or reading.data[start - 2] < 0x80:
        return False
    word, begin = _word_before(reading.flat, start)
    if _word_before(reading.flat, begin)[0] == SERVANT:  # عبد الله
        return True
    return word in GIVEN or (word[:1] == _AND and word[1:] in GIVEN)


def surname_with_article(reading: Reading, start: int) -> bool:
    """Say whether a name with the Arabic article stands behind a given name («مازن العيس»)."""
    return reading.flat[start : start + 2] == _THE and surname(reading, start)


def given_name_before(reading: Reading, start: int) -> bool:
    """Say whether a given name in Latin letters stands directly before a name («Ahmed Douma»).

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> [given_name_before(read(f"{word} Douma"), len(word) + 1)
    ...  for word in ("Ahmed", "Major", "Ali,")]
    [True, False, False]
    """
    data = reading.data
    if start < 3 or data[start - 1] != SPACE or data[start - 2] >= 0x80:
        return False
    word, begin = _word_before(reading.flat, start)
    if word not in GIVEN or word in _RANKS or begin + len(word) + 1 != start:
        return False  # "a major Idlib offensive"; "Dana, Idlib"
    return begin == 0 or data[begin - 1] == SPACE  # "the sheikhs of al-Ali Douma"


def nisba(flat: bytes, start: int, end: int) -> bool:
    """Say whether a word is an adjective as surnames are: «المصري»."""
    return flat[start : start + 2] == _THE and flat[end - 1 : end] == _YA


def given_name_behind(reading: Reading, end: int) -> bool:
    """Say whether a given name follows directly, as in the name of a person («جاسم محمد»)."""
    stop = space_behind(reading.flat, end + 1, end + 24)
    return stop > end and reading.flat[end + 1 : stop] in GIVEN


def _word_before(flat: bytes, at: int) -> tuple[bytes, int]:
    """Return the word, or the part of one, that ends before a position, and where it begins."""
    stop, low = at, max(0, at - HEAD_NEAR)
    while stop > low and flat[stop - 1] == SPACE:
        stop -= 1
    begin = word_begin(flat, low, stop)
    return flat[begin:stop], begin


def stands_alone(reading: Reading, start: int) -> bool:
    """Say whether the word before a name makes it a place, without an article («à Douma»)."""
    return head_before(reading, start) or (
        _word_before(reading.flat, start)[0] in _LAST_BEFORE_PLACES
        and _BEFORE_PLACES.search(reading.text(start - 18, start)) is not None
        and not _is_article(reading, _word_before(reading.flat, start)[0], start)
    )


def definite_before(reading: Reading, start: int) -> bool:
    """Say whether an Arabic noun with the article stands before, so that this describes it."""
    word, _ = _word_before(reading.flat, start)
    if word.find(_THE, 0, 4) < 0 and word.find(_FOR_THE, 0, 3) < 0:
        return False
    if not _DEFINITE.search(reading.text(start - 24, start)):
        return False
    return not (_is_one(word, GIVEN) or _is_one(word, _TITLES))  # «ألفة الإدلبي»


def forbidden(reading: Reading, start: int, end: int, name: Name, limit: int) -> tuple[bytes, int]:
    """Return the word near by that says that something else is meant, or none, and how far it is.

    Parameters
    ----------
    limit : int
        How far it may be, at most; one of which the name itself is part is 0 away («باب الحارة»).
    """
    if name.forbids is None:
        return b"", FAR
    reach = min(FORBID_NEAR, limit + name.forbids.longest)
    away, word = name.forbids.nearest(reading.data, start, end, reach)
    return (word, away) if away <= limit else (b"", FAR)


def is_own(reading: Reading, start: int, end: int, word: bytes) -> bool:
    """Say whether a forbidding word is the name in another sense, while this is a town's.

    Examples
    --------
    >>> from geo.linking.letters import read
    >>> text = read("مدينة نوى تطحن نوى التمر")
    >>> [is_own(text, start, start + 3, read("نوى التمر").data) for start in (6, 15)]
    [True, False]
    """
    flat = reading.flat
    name = flat[start + 2 * (flat[start : start + 2] == _THE) : end]
    return (name in word or word in name) and standing(reading, start, end) == "head"


def vouched(reading: Reading, start: int, end: int, name: Name) -> int:
    """Return how far the nearest word is that is all that a name needs."""
    if name.vouch is None:
        return FAR
    return name.vouch.nearest(reading.data, start, end, ELSEWHERE // 2)[0]
