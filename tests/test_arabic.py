import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.arabic import fold, squeeze


@given(st.text())
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_squeezed_offsets_point_into_the_text(text):
    folded, offsets = squeeze(text)
    if offsets is None:
        assert len(folded) == len(text)
    else:
        assert len(offsets) == len(folded) + 1
        assert offsets == sorted(offsets)
        assert all(0 <= at <= len(text) for at in offsets)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أإآا", "اااا"),
        ("حماة", "حماه"),
        ("نوى", "نوي"),
        ("٢٠١٧", "2017"),
        ("İDLİB", "idlib"),
        ("Dar\u2019a", "dar'a"),
        ("al\u2011Rastan", "al rastan"),
        ("Идлиб", "идлиб"),
        ("Dūmā", "duma"),
        ("Türkmendağı", "turkmendagi"),
    ],
)
def test_ways_to_write_a_name_fall_together(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    "text", ["إِدْلِب", "إدلــب", "\ufe87\ufea9\ufedf\ufe90", "إدل\u200dب", "إ\u202bدلب"]
)
def test_marks_and_drawn_letters_are_seen_through(text):
    folded, offsets = squeeze(text)
    assert folded == "ادلب" and offsets is not None
