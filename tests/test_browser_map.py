"""What the main page draws, map and axis of time, in a real Chromium without a network."""

from __future__ import annotations

import re

import pytest
from browser import axis, open_map
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DASHES = "it => it.getAttribute('stroke-dasharray')"


@pytest.mark.parametrize(
    ("on", "drawn", "dashed", "ghosts"),
    [
        ("2017-05-04", 4, True, 0),  # announced
        ("2017-05-10", 4, False, 0),  # in force
        ("2017-09-15", 4, False, 0),  # borders agreed
        ("2018-04-20", 3, False, 3),  # Eastern Ghouta ended, Idlib and Northern Homs reduced
        ("2024-12-01", 0, False, 4),  # all ended
    ],
)
def test_each_status_has_its_look(page, served, on, drawn, dashed, ghosts):
    frame = open_map(page, served, f"lang=en&on={on}")
    zones = frame.locator("path.fz-zone:not(.ghost)")
    expect(zones).to_have_count(drawn)
    for zone in zones.all():
        assert bool(zone.evaluate(DASHES)) == dashed
        assert float(zone.get_attribute("fill-opacity")) > 0.1
    expect(frame.locator("path.fz-zone.ghost")).to_have_count(ghosts)
    for ghost in frame.locator("path.fz-zone.ghost").all():  # an outline only
        assert ghost.evaluate(DASHES) == "2 5"
        assert ghost.get_attribute("fill") == "none"
    for status in ("Dashed: announced", "Dotted: former extent of a reduced or ended zone"):
        expect(page.get_by_text(status)).to_be_visible()


def test_places_are_larger_for_more_articles(page, served):
    frame = open_map(page, served)
    frame.locator("path.fz-place").first.wait_for(state="attached")
    widths = frame.locator("path.fz-place").evaluate_all("all => all.map(it => it.getBBox().width)")
    assert len(widths) > 50
    assert widths == sorted(widths, reverse=True)  # drawn from the most often named on
    assert widths[0] > 2 * widths[-1]


def test_posts_and_crossings_are_a_layer_of_their_own(page, served):
    frame = open_map(page, served, "lang=en&on=2018-12-01")
    box = page.get_by_role("checkbox", name="Posts, crossings, strip and corridor")
    page.get_by_role("button", name="On the map").click()
    box.check(force=True)
    expect(frame.locator("path.fz-post")).to_have_count(12)
    expect(frame.locator(".fz-crossing")).to_have_count(15)
    expect(frame.locator("path.fz-line")).to_have_count(1)  # the strip of Sochi
    expect(
        page.get_by_text("White dots: Turkish posts. White diamonds: crossings.")
    ).to_be_visible()
    expect(page).to_have_url(re.compile("lines=1"))
    box.uncheck(force=True)
    expect(frame.locator("path.fz-post")).to_have_count(0)
    expect(frame.locator(".fz-crossing")).to_have_count(0)


def test_another_date_is_chosen_to_compare_with(page, served):
    frame = open_map(page, served, "lang=en&on=2019-09-01")
    page.get_by_role("button", name="On the map").click()
    compared = page.get_by_test_id("stDateInput").filter(has_text="Compare")
    compared.get_by_role("spinbutton").first.click()
    page.keyboard.type("20170915")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(frame.locator("path.fz-compare")).to_have_count(4)
    expect(page.get_by_text("Black dashes: borders of 15 September 2017.")).to_be_visible()
    expect(page).to_have_url(re.compile("compare=2017-09-15"))


def test_the_map_fills_the_screen_and_goes_back(page, served):
    frame = open_map(page, served)
    button = frame.get_by_role("button", name="Full screen")
    before = frame.locator("#map_div").bounding_box()["height"]
    button.click()
    frame.wait_for_function("() => document.fullscreenElement && innerHeight > 600")
    assert frame.locator("#map_div").bounding_box()["height"] > before
    button.click()
    frame.wait_for_function(f"() => !document.fullscreenElement && innerHeight == {before:.0f}")


@pytest.mark.parametrize(("language", "said"), [("en", "Skip the map"), ("ar", "تخطي الخريطة")])
def test_the_map_is_passed_by_keyboard(page, served, language, said):
    frame = open_map(page, served, f"lang={language}")
    frame.locator("#map_div").focus()
    page.keyboard.press("Tab")
    button = frame.get_by_role("button", name=said)
    expect(button).to_be_focused()
    expect(button).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.wait_for_function("() => document.activeElement.tagName !== 'IFRAME'")


def test_everything_of_the_main_page_stands_on_one_screen(page, served):
    open_map(page, served, "lang=en&from=2017-05-04&to=2018-01-01&zone=eastern-ghouta")
    shown = ["[data-testid=stTopNav]", "[data-testid=sentence]", ".st-key-language-swap",
             ".st-key-zone-south", "iframe[title*=st_folium]", ".st-key-articles",
             "svg[role=slider]", ".fz-key"]  # fmt: skip
    for one in shown:
        box = page.locator(one).first.bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= 768, one
        assert box["x"] >= 0 and box["x"] + box["width"] <= 1366, one
    expect(page.get_by_test_id("sentence")).to_have_text(re.compile("^65 of 269 articles, 4 May"))


def test_events_and_periods_are_on_the_axis(page, served):
    open_map(page, served)
    bar = axis(page)
    events = bar.locator("path.event title").all_text_contents()
    assert len(events) > 12
    assert any("4 May 2017: Astana memorandum" in event for event in events)
    counts = bar.locator("text.scale").all_text_contents()
    assert counts[-1] == "0" and int(counts[0]) > 50
    periods = page.get_by_label("Periods").locator("option").all_text_contents()
    assert periods == [
        "Periods", "All dates", "Memorandum to Astana-6", "The year 2018",
        "Life of the zone: Idlib", "Life of the zone: Northern Homs",
        "Life of the zone: Eastern Ghouta", "Life of the zone: The South",
        "Offensive of November 2024",
    ]  # fmt: skip
    expect(page.get_by_text("Articles of the catalogue by month, not events.")).to_be_visible()


def test_the_speed_of_play_is_chosen(page, served):
    page.add_init_script(
        "window.pauses = []; const plain = window.setTimeout;"
        "window.setTimeout = (act, pause, ...rest) =>"
        " { window.pauses.push(pause); return plain(act, pause, ...rest); };"
    )
    open_map(page, served, "lang=en&from=2017-06-01&to=2018-01-01")
    page.get_by_label("Speed").select_option("½×")
    page.get_by_role("button", name="Play month by month").click()
    page.wait_for_function("() => window.pauses.includes(2000)")
    page.get_by_role("button", name="Pause").click()
    page.get_by_label("Speed").select_option("2×")
    page.evaluate("window.pauses.length = 0")
    page.get_by_role("button", name="Play month by month").click()
    page.wait_for_function("() => window.pauses.includes(400)")
    page.get_by_role("button", name="Pause").click()


def test_the_table_says_what_the_map_shows(page, served):
    open_map(page, served, "lang=en&on=2018-12-01")
    page.get_by_text("What the map shows, as a table").click()
    rows = page.locator("table.fz-table tbody tr")
    expect(rows.first).to_contain_text("Idlib")
    expect(rows.first).to_contain_text("reduced")
    expect(rows.filter(has_text="Eastern Ghouta").first).to_contain_text("ended")
    expect(rows.filter(has_text="Douma").first).to_contain_text("22")
