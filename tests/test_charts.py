"""Charts are well-formed, harmless and readable, whatever the words in them."""

import datetime as dt
import itertools

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from geo import charts
from geo.charts.svg import Span, tag, text, width_of
from geo.charts.timeline import Moment, Stretch
from geo.locales import LANGUAGES
from geo.model import STATUSES, ZONE_NAMES, ZONES
from geo.profile import chronicle, periods
from geo.sections import timeline_html

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "]]></text></svg><svg onload=alert(1)>",
    "\u202egnitirw esrever\u2066",
    '"><a href="javascript:alert(1)">',
    "bell \x07 and lone \ud800",
]
START, END = dt.date(2017, 5, 4), dt.date(2018, 4, 14)


def parse(svg: str) -> etree._Element:
    root = etree.fromstring(svg.encode())
    assert (
        root.tag == f"{SVG}svg"
        and root.get("role") in ("img", "group")
        and root.get("direction") == "ltr"
    )
    assert root[0].tag == f"{SVG}title" and root[0].text
    assert root[1].tag == f"{SVG}desc" and root[1].text
    return root


def draw(words: str) -> str:
    moments = [Moment(START, 1, ("south",), words, words)]
    life = {"south": [Stretch(START, END, "delineated", 10.0, words),
                      Stretch(END, None, "ended", 0.0, words)]}  # fmt: skip
    said = {"title": words, "description": words, "coverage": words}
    return charts.timeline(
        life, moments, {}, {"south": words}, dict.fromkeys(STATUSES, words), said,
        (START, dt.date(2018, 6, 1)), "en", on=START, address=lambda day: f"/?on={day}&x={words}",
    )  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words):
    box = shapely.box(36, 35, 37, 36)
    extent = charts.extent_of([box])
    for svg in (
        draw(words),
        charts.area_steps("south", [(START, END, 5.0), (END, None, 0.0)], words, words, "en"),
        charts.month_bars("south", [(START, 3)], START, END, words, words, "ar"),
        charts.small_map("south", "reduced", box, box, extent, words, words, "ar"),
    ):
        root = parse(svg)
        names = {etree.QName(one).localname for one in root.iter()}
        assert not names & {"script", "img", "foreignObject", "image", "use"}
        assert not [key for one in root.iter() for key in one.attrib if key.startswith("on")]
        assert all(a.get("href").startswith("/?") for a in root.iter(f"{SVG}a"))
        assert not set(svg) & set("\u202e\u2066\x07\ud800")


def test_words_are_isolated_from_their_surroundings():
    assert text(0, 0, "إدلب").count("\u2068") == text(0, 0, "إدلب").count("\u2069") == 1
    assert tag("rect", class_='a"b') == '<rect class="a&quot;b"/>'


labels = st.lists(
    st.builds(charts.Label, st.floats(0, 900), st.floats(4, 300)), max_size=40
).map(lambda found: sorted(found, key=lambda label: label.x))  # fmt: skip


@given(labels)
def test_stacked_labels_and_their_stems_never_cross(found):
    boxes = list(zip(found, charts.row_up(found), strict=True))
    for (one, row), (other, other_row) in itertools.combinations(boxes, 2):
        if row == other_row:
            assert one.x + one.width <= other.x
        if other.x < one.x + one.width:  # the later begins under the earlier: so it is lower
            assert other_row < row


@given(labels.filter(lambda found: sum(label.width for label in found) < 1000))
def test_labels_of_one_row_never_overlap_and_stay_in_the_drawing(found):
    edges = [
        (middle - label.width / 2, middle + label.width / 2)
        for label, middle in zip(found, charts.spread(found, 0, 1000), strict=True)
    ]
    assert all(left >= -1e-6 and right <= 1000 + 1e-6 for left, right in edges)
    assert all(one[1] <= other[0] + 1e-6 for one, other in itertools.pairwise(edges))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_event_of_the_timeline_covers_another(shipped, language):
    told = chronicle(shipped)
    for name, span in periods(told).items():
        html = timeline_html(told, span, language, on=START, address=lambda day: f"/?on={day}")
        root = parse(html[html.index("<svg") : html.index("</svg>") + 6])
        group = next(g for g in root.iter(f"{SVG}g") if g.get("class") == "fz-moments")
        boxes = []
        for one in group.iter(f"{SVG}text"):
            run = one.text.strip("\u2068\u2069")
            x, wide = float(one.get("x")), width_of(run)
            left = x - wide / 2 if one.get("text-anchor") == "middle" else x
            boxes.append((left, left + wide, float(one.get("y")), run))
        shown = [event for event in told.events if span[0] <= event.date < span[1]]
        assert len(boxes) == len(shown), name
        for one, other in itertools.combinations(boxes, 2):
            if abs(one[2] - other[2]) < 11:
                assert one[1] <= other[0] or other[1] <= one[0], (name, one, other)
        assert max(right for _, right, _, _ in boxes) <= float(root.get("width")) + 1


def test_every_version_of_the_period_is_in_the_chart_and_leads_to_its_day(shipped):
    told = chronicle(shipped)
    span = (dt.date(2018, 1, 1), dt.date(2019, 1, 1))
    html = timeline_html(told, span, "en", on=START, address=lambda day: f"/?on={day}")
    root = parse(html[html.index("<svg") : html.index("</svg>") + 6])
    for zone in ZONES:
        lane = next(g for g in root.iter(f"{SVG}g") if g.get("class") == f"fz-lane fz-lane-{zone}")
        days = [a.get("href").removeprefix("/?on=") for a in lane.iter(f"{SVG}a")]
        expected = [
            max(version.valid_from, span[0]).isoformat()
            for version in told.lives[zone]
            if version.valid_from < span[1] and (version.valid_to or span[1]) > span[0]
        ]
        assert days == expected
        assert ZONE_NAMES[zone]["en"] in html


def test_small_maps_of_a_zone_share_one_extent_and_ghost_what_was_lost():
    whole, rest = shapely.box(36, 35, 37, 36), shapely.box(36, 35, 36.5, 35.5)
    extent = charts.extent_of([whole, rest])
    maps = [
        parse(charts.small_map("idlib", status, drawn, ghost, extent, "t", "d", "en"))
        for status, drawn, ghost in (
            ("delineated", whole, None), ("reduced", rest, whole), ("ended", None, whole)
        )
    ]  # fmt: skip
    assert len({one.get("viewBox") for one in maps}) == 1
    kinds = [[p.get("class") for p in one.iter(f"{SVG}path") if p.get("class")] for one in maps]
    assert kinds == [["fz-extent"], ["fz-former", "fz-extent"], ["fz-former"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("days", [40, 200, 400, 900, 3000])
def test_no_word_of_an_axis_of_time_runs_into_the_next(language, days):
    span = Span(START, START + dt.timedelta(days=days), 0, 600)
    ticks = [(span.at(day), said) for day, said in span.ticks(language) if said]
    assert ticks
    for (x, said), (following, _) in itertools.pairwise(ticks):
        assert x + width_of(said, 10) < following
