"""Addresses, first visits, keys, poor networks and states, in a real Chromium without a network."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from browser import WAIT, listed, open_map, sentence, settled
from conftest import serving
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = ("", "articles", "timeline", "zone", "bring", "data", "about")
VIEW = (
    "lang=ar&from=2017-05-04&to=2018-06-01&on=2018-04-10&zone=idlib&zone=eastern-ghouta"
    "&language=ar&kind=place&inside=1&words=%D8%AF%D9%88%D9%85%D8%A7&lines=1&compare=2017-09-15"
    "&map=8/33.900/36.500"
)


@pytest.mark.parametrize(("locale", "said"), [("ar-JO", "مقال"), ("fr-FR", "articles")])
def test_a_first_visit_speaks_the_language_of_the_browser(chromium, served, locale, said):
    context = chromium.new_context(locale=locale)
    first = context.new_page()
    first.set_default_timeout(WAIT)
    first.goto(served)
    expect(first.get_by_test_id("sentence")).to_contain_text(said)
    expect(first).to_have_url(re.compile(f"lang={'ar' if locale == 'ar-JO' else 'en'}"))
    context.close()


def test_the_address_is_the_whole_view_and_opens_elsewhere(page, served, chromium):
    page.goto(f"{served}/?{VIEW}")
    first = page.frame_locator("iframe[title*='st_folium']")
    expect(first.locator("path.fz-compare")).to_have_count(4)
    settled(page)
    said = sentence(page)
    found = len(listed(page))
    assert found
    page.get_by_role("button", name="مشاركة").click()
    address = page.get_by_test_id("stCode").first.inner_text().strip()
    for part in VIEW.split("&"):
        assert part.replace("zone=eastern-ghouta", "eastern-ghouta") in address, part
    elsewhere = chromium.new_context(locale="en-GB").new_page()
    elsewhere.set_default_timeout(WAIT)
    elsewhere.goto(address)
    expect(elsewhere.get_by_test_id("sentence")).to_have_text(said)
    expect(elsewhere.locator("article[data-article]")).to_have_count(found)
    frame = elsewhere.frame_locator("iframe[title*='st_folium']")
    expect(frame.locator("path.fz-compare")).to_have_count(4)
    expect(frame.locator(".fz-crossing").first).to_be_attached()
    assert frame.locator("body").evaluate("window.map.getZoom()") == 8
    elsewhere.context.close()


def test_back_and_forward_take_back_one_step_each(page, served):
    open_map(page, served)
    said = page.get_by_test_id("sentence")
    everything = sentence(page)
    page.locator(".st-key-zone-idlib label").first.click()
    expect(page).to_have_url(re.compile(r"/\?.*zone=idlib"))
    settled(page)
    narrowed = sentence(page)
    page.get_by_role("link", name="Articles").first.click()
    expect(page).to_have_url(re.compile(r"/articles\?.*zone=idlib"))
    settled(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/\?.*zone=idlib"))
    expect(said).to_have_text(narrowed)
    settled(page)
    page.go_back()
    expect(said).to_have_text(everything)
    expect(page.locator(".st-key-zone-idlib input")).not_to_be_checked()
    settled(page)
    page.go_forward()
    expect(said).to_have_text(narrowed)
    expect(page.locator(".st-key-zone-idlib input")).to_be_checked()


@pytest.mark.parametrize("path", ["", "articles"])
def test_what_is_wrong_in_an_address_is_told_and_left_out(page, served, path):
    hostile = "%3Cimg%20src=x%20onerror=alert(1)%3E%60%E2%80%AE"
    page.goto(f"{served}/{path}?lang=en&from=never&zone={hostile}&{hostile}=1&to=2018-01-01")
    notice = page.get_by_test_id("stAlert")
    expect(notice.locator("li")).to_have_count(3)
    expect(notice).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.get_by_test_id("sentence")).to_contain_text("up to 31 December 2017")
    assert page.locator("img[src=x]").count() == 0
    assert "\u202e" not in notice.inner_text()


def test_an_unknown_page_is_told_in_the_language_and_the_map_comes(page, served):
    page.goto(f"{served}/nowhere?lang=ar")
    expect(page.get_by_role("dialog")).to_contain_text("لا توجد صفحة بالعنوان المطلوب")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("sentence")).to_contain_text("من أصل 269")


@pytest.mark.parametrize("path", ["", "articles"])
def test_an_empty_selection_says_what_to_do(page, served, path):
    page.goto(f"{served}/{path}?lang=en&words=zzzzz&from=2017-05-04&zone=idlib")
    said = page.get_by_text("No article in this selection. To see more, search for fewer words "
                            "or widen the dates or take out a filter, or reset.")  # fmt: skip
    expect(said).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_test_id("sentence")).to_contain_text("269 of 269")
    expect(said).to_have_count(0)


# The style may come a moment after the page.
IN_A_ROW = """width => {
    const links = ':is([data-testid=stSidebarNav], [data-testid=stTopNav]) a'
    const boxes = [...document.querySelectorAll(links)].map(link => link.getBoundingClientRect())
    const fits = box => box.left >= 0 && box.right <= width && box.top < 48
    return boxes.length === 7 && boxes.every(fits)
}"""


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [390, 700, 768])
def test_a_narrow_window_has_its_pages_in_a_row(page, served, width, language):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{served}/about?lang={language}")
    settled(page)
    row = page.get_by_test_id("stSidebarNav").get_by_role("link")
    if width == 768 and not page.get_by_test_id("stSidebarNav").count():
        row = page.get_by_test_id("stTopNav").get_by_role("link")
    expect(row).to_have_count(7)
    page.wait_for_function(IN_A_ROW, arg=width)
    row.nth(1).click()
    page.locator(".fz-entry").first.wait_for()
    row.nth(0).click()
    expect(page.get_by_test_id("sentence")).to_contain_text("269")
    expect(row.nth(0)).to_have_attribute("aria-current", "page")


FOCUS = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body || at.tagName === "IFRAME") return ["", true];
  const near = [at, ...at.querySelectorAll("*"), at.parentElement, at.parentElement.parentElement,
    ...at.parentElement.children];
  const seen = near.some((one) => {
    const look = getComputedStyle(one);
    return (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0)
      || look.boxShadow !== "none" || one.matches("[data-focused], :focus-within > div");
  });
  return [`${at.tagName} ${at.ariaLabel ?? ""} ${at.textContent.slice(0, 30)}`, seen];
}"""


@pytest.mark.parametrize("path", ["", "articles", "bring"])
def test_every_stop_of_the_tab_key_is_seen(page, served, path):
    page.goto(f"{served}/{path}?lang=en")
    page.locator(".fz-entry, svg[role=slider], textarea").first.wait_for()
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        name, seen = page.evaluate(FOCUS)
        stops.append(name)
        assert seen, name
    assert any("Map" in stop for stop in stops)


def test_the_page_is_used_by_keys_alone(page, served):
    open_map(page, served)

    def reach(wanted: str) -> None:
        for _ in range(150):  # each article of the list has two links
            page.keyboard.press("Tab")
            if wanted in page.evaluate(FOCUS)[0]:
                return
        raise AssertionError(f"no way to {wanted}")

    page.get_by_role("checkbox", name="Idlib").focus()
    page.keyboard.press("Space")
    expect(page.get_by_test_id("sentence")).to_contain_text("that mention Idlib")
    reach("More filters")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stMultiSelect").first).to_be_visible()
    page.keyboard.press("Escape")
    reach("Map date")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_test_id("sentence")).to_contain_text("Zones as on 15 August 2017")


def test_less_motion_is_shown_to_those_who_want_less(chromium, served):
    for wish, moving in (("reduce", False), ("no-preference", True)):
        context = chromium.new_context(reduced_motion=wish)
        calm = context.new_page()
        calm.set_default_timeout(WAIT)
        frame = open_map(calm, served)
        pane = frame.locator(".leaflet-zoom-animated").first
        pane.evaluate("it => it.closest('.leaflet-map-pane').classList.add('leaflet-zoom-anim')")
        styles = "it => getComputedStyle(it).transitionDuration"
        assert (pane.evaluate(styles) not in ("0s", "")) == moving
        button = calm.get_by_test_id("stBaseButton-secondary").first
        if not moving:
            assert button.evaluate(styles) == "0s"
        context.close()


@pytest.mark.parametrize("path", ["", "articles"])
def test_each_control_has_its_help(page, served, path):
    page.goto(f"{served}/{path}?lang=en")
    page.locator(".fz-entry, svg[role=slider]").first.wait_for()
    # Help is loaded after what it belongs to.
    page.wait_for_function(
        """(helped) => [...document.querySelectorAll(
            "[data-testid=stMainBlockContainer] :is([data-testid=stTextInput],"
            + "[data-testid=stSelectbox], .st-key-first, .st-key-from-day, .st-key-language-swap)")]
            .every((one) => one.querySelector(helped) || one.closest("[class*=st-key-more-]"))""",
        arg="[data-testid=stTooltipIcon], [data-testid=stTooltipHoverTarget]",
    )
    for name in ("Share", "Export", "Reset"):
        page.get_by_role("button", name=name).first.hover()
        expect(page.get_by_role("tooltip")).to_be_visible()
        page.mouse.move(5, 5)
        expect(page.get_by_role("tooltip")).to_have_count(0)


def test_without_the_bundle_lists_and_files_are_there(chromium, served):
    context = chromium.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(f"{served}/api/collections/articles/items?f=html&zone=idlib&limit=20")
    bare.locator("a[href*='items/']").nth(19).wait_for()
    bare.get_by_role("link", name="Next page").click()
    expect(bare).to_have_url(re.compile("after="))
    bare.locator("a[href*='items/']").nth(19).wait_for()
    answer = context.request.get(f"{served}/download/articles.csv?zone=idlib")
    assert answer.ok and answer.text().count("\n") > 100
    context.close()


def test_bringing_and_judging_are_off_on_a_shared_server(page, filled, tmp_path: Path):
    own = tmp_path / "own.gpkg"
    shutil.copy(filled, own)
    with serving(own, "--host", "0.0.0.0") as address:
        page.goto(f"{address}/bring?lang=en")
        expect(page.get_by_text("Bringing articles is switched off")).to_be_visible()
        assert page.locator("textarea, input[type=file]").count() == 0
        page.goto(f"{address}/articles?lang=en&article=a001")
        page.locator("[data-reading=a001]").wait_for()
        assert page.get_by_role("button", name="Confirm").count() == 0
        assert page.get_by_role("textbox", name="Your name").count() == 0


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("", "Articles of the catalogue by month, not events."),
        ("timeline", "Articles of the catalogue in each month (not events)"),
        ("zone", "Counts articles of this catalogue that mention the zone, not events."),
        ("data", "Articles in this store, not events"),
    ],
)
def test_each_chart_says_that_it_counts_articles(page, served, path, said):
    page.goto(f"{served}/{path}?lang=en")
    expect(page.get_by_text(said).locator("visible=true").first).to_be_visible()
