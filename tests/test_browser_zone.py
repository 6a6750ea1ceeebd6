"""Zones and timeline in a real Chromium, with every request that leaves the machine refused."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from browser import settled
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("svg.fz-chart").first.wait_for()
    settled(page)


def test_a_zone_is_chosen_by_the_address_and_its_report_needs_no_network(
    page, served, outside, chromium, tmp_path
):  # fmt: skip
    open_page(page, f"{served}/zone?of=eastern-ghouta&lang=ar&on=2018-03-16")
    expect(page.get_by_role("heading", level=1)).to_have_text("الغوطة الشرقية")
    expect(page.locator("figure[aria-current]")).to_have_count(1)
    assert page.locator("figure svg.fz-chart").count() == 18
    direction = "it => getComputedStyle(it).direction"
    assert page.locator("table.fz-table").last.evaluate(direction) == "rtl"
    assert page.locator("svg.fz-chart").first.evaluate(direction) == "ltr"
    with page.expect_download() as waiting:
        page.get_by_role("link", name="تنزيل التقرير").click()
    assert waiting.value.suggested_filename == "fourzones-eastern-ghouta-2018-03-16-ar.html"
    saved = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    asked: list[str] = []
    alone = chromium.new_context(offline=True).new_page()
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(saved.as_uri())
    assert alone.locator("html").get_attribute("dir") == "rtl"
    assert alone.locator("svg.fz-chart").first.is_visible()
    assert asked == [saved.as_uri()] and outside == []
    alone.context.close()
    # The address chose what this page shows; the map is not narrowed by it.
    open_page(page, f"{served}/zone?of=south&lang=en")
    page.get_by_test_id("stTopNav").get_by_role("link", name="Map").click()
    expect(page.get_by_test_id("sentence")).to_contain_text("269 of 269")


HEADS = {
    "en": ("Area over time", "Articles of the catalogue a month", "32 versions", "Events",
           "Sources", "Most named places", "Most frequent publishers", "Articles"),
    "ar": ("المساحة عبر الزمن", "مقالات الفهرس في كل شهر", "32 نسخة", "الأحداث",
           "المصادر", "أكثر الأماكن ذكراً", "أكثر الناشرين", "المقالات"),
}  # fmt: skip


@pytest.mark.parametrize("language", HEADS)
def test_a_zone_says_all_of_itself_and_prints(page, served, language):
    open_page(page, f"{served}/zone?of=south&lang={language}")
    heads = page.get_by_role("heading").all_inner_texts()
    for wanted in HEADS[language]:
        assert any(wanted in head for head in heads), (wanted, heads)
    assert page.locator(".fz-list article").count() >= 20
    page.emulate_media(media="print")
    for hidden in ("stHeader", "stButtonGroup"):
        expect(page.get_by_test_id(hidden)).to_be_hidden()
    expect(page.locator("svg.fz-chart").first).to_be_visible()
    pages = page.pdf(format="A4").count(b"/Type /Page\n") or page.pdf().count(b"/Type /Page")
    assert pages > 2  # all of it, not one screen


def test_lives_versions_and_coverage_stand_on_the_timeline(page, served):
    open_page(page, f"{served}/timeline?lang=en")
    for zone in ("idlib", "northern-homs", "eastern-ghouta", "south"):
        assert page.locator(f"g.fz-lane-{zone} a .fz-stretch").count() >= 4
    expect(page.locator("g.fz-bars")).to_have_count(4)
    assert page.locator(".fz-events li").count() >= 30


def test_a_click_on_the_timeline_moves_the_map_to_that_day(page, served, outside):
    open_page(page, f"{served}/timeline?lang=en&period=2018&words=Douma")
    lane = page.locator("g.fz-lane-south a")
    lane.first.locator(".fz-stretch").click()
    expect(page.get_by_test_id("sentence")).to_contain_text("Zones as on 1 January 2018")
    expect(page.get_by_test_id("sentence")).to_contain_text("with the words")
    expect(page).to_have_url(re.compile("on=2018-01-01"))
    open_page(page, f"{served}/timeline?lang=en&period=2018")
    page.locator("g.fz-moments a", has_text="Sochi memorandum").locator("text").click()
    expect(page.get_by_test_id("sentence")).to_contain_text("Zones as on 17 September 2018")
    assert outside == []


@pytest.mark.parametrize("query", ["lang=en", "lang=ar&period=2017", "lang=en&period=2018"])
def test_labels_as_drawn_do_not_cover_each_other(page, served, query):
    open_page(page, f"{served}/timeline?{query}")
    boxes = page.locator("g.fz-moments text").evaluate_all(
        "all => all.map(one => [one.getBBox().x, one.y.baseVal[0].value, one.getBBox().width])"
    )
    assert len(boxes) > 10
    for one, other in combinations(boxes, 2):
        apart = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
        assert apart or abs(one[1] - other[1]) >= 14, (one, other)  # of their baselines


@pytest.mark.parametrize("path", ["timeline?lang=ar", "zone?lang=ar&zone=idlib"])
def test_the_pages_fit_a_phone_and_scroll_only_their_charts(page, served, path):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, f"{served}/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    container = page.get_by_test_id("stMainBlockContainer")
    assert container.evaluate("it => it.scrollWidth <= it.clientWidth + 1")
