"""What is written in C does as its counterpart in Python, on any text."""

import dataclasses
import gc
import pickle
import random
import sys
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import evaluation
from geo.gazetteer import load_places
from geo.linking import Linker, letters, pattern, search
from geo.linking.names import patterns
from geo.linking.respelt import _ARTICLES, Respelt
from geo.linking.shapes import capitals, shapes
from geo.model import Mention

scan = letters.scan
pytestmark = pytest.mark.skipif(scan is None, reason="not compiled here: no C compiler")

PASSAGES = [passage.text for passage in evaluation.load()]
ODD = "\u064b\u0640\u200f\ufefb\ufdf2\ud800\U0001f600\x00\x01\x02\t\n\r'’-·ıİßаяЁ٣"
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("ابودلرستن ABdumaKh'- " + ODD)))


def mixed(chance: random.Random) -> str:
    """Return pieces of passages, cut anywhere, with odd letters among them."""
    pieces = []
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(PASSAGES)
        at = chance.randrange(len(text))
        pieces += [text[at : at + chance.randint(1, 200)], chance.choice([" ", "", *ODD])]
    return "".join(pieces)


MIXED = st.randoms(use_true_random=False).map(mixed)


def same(text: str) -> letters.Reading:
    one, other = letters.read(text), letters._read(text)
    assert (one.data, one.flat) == (other.data, other.flat)
    assert (one.offsets is None) == (other.offsets is None)
    assert list(one.offsets or ()) == list(other.offsets or ())
    assert (one.arabic, one.cased or text.isascii()) == (other.arabic, other.cased)
    return one


@given(st.one_of(TEXTS, MIXED))
def test_a_text_is_read_alike(text):
    same(text)
    found = letters.coded(text, letters._CODES)
    assert found == bytes(letters._CODES[min(ord(letter), 0xFFFF)] for letter in text)
    read = letters.read(text).data
    assert letters.decoded(read) == "".join(letters._DECODE[byte] for byte in read)


@pytest.fixture(scope="module")
def searches():
    known = patterns()
    keys, glue = list(known), search.glue_of(known.values())
    return search.Search(known), search._Automaton(keys, glue, search._prefixes())


@given(text=st.one_of(TEXTS, MIXED))
def test_the_same_names_are_found(searches, text):
    flat = same(text).flat
    assert searches[0].find(flat) == searches[1].find(flat)


@given(text=MIXED, start=st.integers(0, 300), length=st.integers(0, 20), reach=st.integers(0, 120))
def test_the_same_word_is_the_nearest(text, start, length, reach):
    data = letters.read(text).data
    words = sorted({data[at : at + 4] for at in range(0, len(data) - 4, 7)} | {b"ab"})
    said = scan.Words(words).nearest(data, start, start + length, reach)
    near, which = pattern._Automaton(words).nearest(data, start, start + length, reach)
    assert said[1] == which
    assert which < 0 or said[0] == near


@pytest.fixture(scope="module")
def respelt():
    places = load_places()
    slow = Respelt(places)
    slow._capitals = capitals
    return Respelt(places), slow


@given(text=st.one_of(TEXTS, MIXED))
def test_the_same_names_are_respelt(respelt, text):
    shaped = shapes(text)
    one, other = (
        [(start, end, said.first) for start, end, said in each.find(text, shaped, lambda at: False)]
        for each in respelt
    )
    assert one == other


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: scan.read("a", b""), "262144 bytes, got 0"),
        (lambda: scan.decoded("a", b""), "256 letters"),
        (lambda: scan.codes("a", b"abc"), "65536 bytes, got 3"),
        (lambda: scan.Words([b"a"]), "expected 2 to"),
        (lambda: scan.Words([b"ab", b"ab"]), "twice"),
        (lambda: scan.Words(["ab"]), "key 0"),
        (lambda: scan.Words([b"ab"]).nearest(b"ab", 5, 2, 1), "from 5 to 2"),
        (lambda: scan.Names([b"abc"], b"", [], b"", 6), "one byte for each"),
    ],
)
def test_what_does_not_fit_is_told(make, said):
    with pytest.raises(ValueError, match=said):
        make()


FIELDS = ("idlib", "Idlib", 3, 8, None, "area", "body", "a rule", 0.5, True)


def test_a_mention_is_made_as_by_its_class():
    made, usual = scan.Maker(Mention)(*FIELDS), Mention(*FIELDS)
    assert (made, hash(made), repr(made)) == (usual, hash(usual), repr(usual))
    assert dataclasses.replace(made, inside=None) == dataclasses.replace(usual, inside=None)
    assert pickle.loads(pickle.dumps(made)) == usual
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.zone = "south"


@pytest.mark.parametrize("fields", [(), FIELDS[:-1], (*FIELDS, 1)], ids=len)
def test_a_mention_is_made_of_all_its_fields_only(fields):
    told = "expected all 10 fields in order, none by name; got"
    with pytest.raises(TypeError, match=f"{told} {len(fields)}"):
        scan.Maker(Mention)(*fields)
    with pytest.raises(TypeError, match=told):
        scan.Maker(Mention)(*FIELDS[:-1], inside=None)


@dataclasses.dataclass(slots=True)
class Parent:
    one: int


@dataclasses.dataclass(slots=True)
class Child(Parent):
    other: int


@dataclasses.dataclass(slots=True)
class Checked:
    one: int

    def __post_init__(self):
        raise ValueError


@dataclasses.dataclass
class Open:
    one: int


class Bare:
    __slots__ = ("one",)


@pytest.mark.parametrize("made", [Child, Checked, Open, Bare, dict, Exception, type])
def test_only_what_keeps_its_own_slots_and_nothing_else_is_made(made):
    with pytest.raises(TypeError, match=f"{made.__name__}: expected a dataclass"):
        scan.Maker(made)


def test_a_maker_and_its_class_are_let_go():
    made = dataclasses.make_dataclass("Held", ["one"], slots=True)
    made.maker = scan.Maker(made)
    held = weakref.ref(made)
    del made
    gc.collect()
    assert held() is None


def test_no_argument_is_out_of_bounds():
    words = scan.Words([b"ab"])
    assert words.nearest(b"abc", sys.maxsize, sys.maxsize, 0)[1] == -1
    for start, end, reach in ((-1, 0, 1), (2, 1, 1), (0, 0, -1), (0, sys.maxsize, 1)):
        with pytest.raises(ValueError, match="a name from"):
            words.nearest(b"abc", start, end, reach)
    with pytest.raises(OverflowError):
        words.nearest(b"abc", 1 << 64, 1 << 64, "x")
    with pytest.raises(TypeError, match="by name"):
        scan.Words([b"ab"], other=1)


def test_more_letters_in_one_place_than_there_is_room_for_are_refused():
    most = [bytes([letter]) + b"a" for letter in range(256)]
    assert scan.Words(most[:255]).nearest(b"xx ba", 0, 0, 10)[1] == 98
    with pytest.raises(OverflowError, match="255"):
        scan.Words(most)


def test_names_within_names_are_found_in_order():
    keys = [b"a " * count for count in range(2, 60)]
    glue, prefixes = bytes(len(keys)), search._prefixes()
    found = scan.Names(keys, glue, list(prefixes), bytes(prefixes.values()), search.GLUED)
    text = b"a " * 300
    assert found.find(text) == search._Automaton(keys, glue, prefixes).find(text)


@pytest.mark.parametrize("name", ["Hawsh El\u03a9\u03a9\u03a9 Nasri", "El\u02bb\u02bb\u02bb Bab"])
def test_an_article_may_have_letters_that_are_not_read(name):
    assert max(map(len, _ARTICLES)) <= 4  # LONGEST_ARTICLE, in C
    text = f"{name} and {name}"
    found = Respelt(load_places())
    there = {start for start, _ in found._capitals(text, shapes(text))}
    known = found.find(text, shapes(text), lambda at: False)
    found._capitals = capitals
    assert known == found.find(text, shapes(text), lambda at: False)
    assert {start for start, *_ in known} <= there


def test_a_name_without_end_is_looked_for_nowhere():
    place = dataclasses.replace(load_places()[0], name_en="Kafr " + "x" * 1000)
    assert Linker.of([place]).link("Kafr Nabl") == Linker.of(load_places()[:1]).link("Kafr Nabl")
