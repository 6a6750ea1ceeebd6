import dataclasses
import datetime as dt
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cli import showing
from geo.errors import FourzonesError
from geo.model import ZONES
from geo.selection import KINDS, PARAMETERS, Selection, day_after, last_day

days = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))
names = st.lists(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=20),
    unique=True,
    max_size=3,
)


@st.composite
def selections(draw):
    start, end = draw(st.none() | days), draw(st.none() | days)
    if start and end and end <= start:
        start, end = end, day_after(start)
    west, south = draw(st.floats(-180, 179)), draw(st.floats(-90, 89))
    return Selection(
        from_=start,
        to=end,
        on=draw(st.none() | days),
        zone=tuple(z for z in ZONES if z in draw(st.sets(st.sampled_from(ZONES)))),
        language=tuple(draw(names)),
        publisher=tuple(draw(names)),
        place=tuple(draw(names)),
        kind=tuple(draw(st.lists(st.sampled_from(KINDS), unique=True))),
        inside=draw(st.booleans()),
        words=" ".join(draw(names)),
        bbox=draw(st.none() | st.just((west, south, west + 0.5, south + 0.5))),
        area=draw(st.none() | st.just((west, south, west + 0.5, south, west, south + 0.5))),
        undated=draw(st.booleans()),
        once=draw(st.booleans()),
    )


@given(selections())
def test_the_address_says_the_whole_selection(selection):
    again, faults = Selection.from_params(selection.to_params())
    assert not faults
    assert again == selection


def test_every_field_has_a_parameter_and_a_flag_of_its_name():
    fields = [field.name for field in dataclasses.fields(Selection)]
    assert [parameter.field for parameter in PARAMETERS] and {
        parameter.field for parameter in PARAMETERS
    } == set(fields)
    flags = set(inspect.signature(showing.export).parameters)
    assert set(fields) <= flags


def test_a_selection_that_is_empty_has_no_parameters():
    assert Selection().to_params() == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "yesterday"),
        ("from", "٢٠١٧-٠٥-٠٤"),
        ("from", "2017-02-30"),
        ("to", "9999-01-01"),
        ("zone", "atlantis"),
        ("bbox", "37,35,36,36"),
        ("bbox", "nan,35,36,36"),
        ("bbox", "1,2,3"),
        ("kind", "rumour"),
        ("undated", "perhaps"),
        ("words", "x" * 201),
    ],
)
def test_what_cannot_be_read_is_named_and_left_out(name, value):
    selection, faults = Selection.from_params({name: [value]})
    assert selection == Selection()
    assert len(faults) == 1 and str(faults[0]).startswith(f"{name}: expected ")
    with pytest.raises(FourzonesError, match=f"--{name}: expected"):
        Selection.from_flags({name: [value]})


def test_an_end_before_the_start_is_left_out():
    selection, faults = Selection.from_params({"from": ["2018-01-01"], "to": ["2018-01-01"]})
    assert selection == Selection(from_=dt.date(2018, 1, 1))
    assert "to: expected a day after from" in str(faults[0])


@given(days)
def test_inclusive_and_half_open_ends_convert_both_ways(day):
    assert last_day(day_after(day)) == day


def test_the_map_date():
    day = dt.date
    assert Selection().map_date(day(2020, 1, 1)) == day(2017, 9, 15)
    assert Selection(to=day(2018, 1, 1)).map_date() == day(2017, 12, 31)
    assert Selection(from_=day(2018, 1, 1)).map_date(day(2020, 1, 1)) == day(2020, 1, 1)
    assert Selection(from_=day(2021, 1, 1)).map_date(day(2020, 1, 1)) == day(2021, 1, 1)
    assert Selection(from_=day(2021, 1, 1), on=day(2019, 1, 1)).map_date() == day(2019, 1, 1)
