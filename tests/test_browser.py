"""The dashboard in a real Chromium, with every request that leaves the machine refused."""

from __future__ import annotations

import json
import re
import urllib.request

import pytest
from browser import WAIT, axis, drawn, listed, open_map, sentence, settled
from cable import Cable
from playwright.sync_api import expect

from geo.model import ZONES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_four_zones_are_visible_without_a_network(page, served, outside):
    frame = open_map(page, served)
    assert drawn(frame) == set(ZONES)
    expect(page.get_by_test_id("sentence")).to_contain_text("269 of 269 articles")
    # The base layer is there as well: governorates, fetched from the app itself.
    frame.locator(".leaflet-base-pane path").nth(13).wait_for(state="attached")
    frame.locator(".leaflet-control-scale").wait_for()
    assert [url for url in outside if "openstreetmap" in url] == []


def test_a_date_change_alters_zones_and_list_but_not_the_map_itself(page, served):
    frame = open_map(page, served)
    frame.evaluate("window.marked = 'the same map'; window.map.setView([33.5, 36.4], 9)")
    page.wait_for_timeout(600)
    before = listed(page)
    page.get_by_role("button", name="Days").click()
    page.get_by_test_id("stDateInput").nth(1).get_by_role("spinbutton").first.click()
    page.keyboard.type("20181001")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("sentence")).to_contain_text("up to 1 October 2018")
    shown = page.frame_locator("iframe[title*='st_folium']")
    for zone in ("south", "eastern-ghouta", "northern-homs"):
        expect(shown.locator(f"path.fz-{zone}:not(.ghost)")).to_have_count(0)
    expect(shown.locator("path.fz-eastern-ghouta.ghost")).to_have_count(1)
    first = page.locator("article[data-article]").first
    expect(first).not_to_have_attribute("data-article", before[0])
    assert frame.evaluate("window.marked") == "the same map"
    assert frame.evaluate("window.map.getZoom()") == 9
    expect(page).to_have_url(re.compile("to=2018-10-02"))


def test_a_click_on_a_zone_shows_its_articles(page, served):
    frame = open_map(page, served)
    frame.locator("path.fz-south").first.dispatch_event("click")
    expect(page.get_by_test_id("sentence")).to_contain_text("that mention The South")
    expect(page.get_by_role("checkbox", name="The South")).to_be_checked()
    expect(page.locator("article[data-article]:not(:has(mark.fz-south))")).to_have_count(0)
    settled(page)
    assert listed(page)
    for article in page.locator("article[data-article]").all():
        assert article.locator("mark.fz-south").count() >= 1
    dates = page.locator("article[data-article] .fz-facts").count()
    assert dates == len(listed(page))
    frame.locator("path.fz-south").first.dispatch_event("click")
    expect(page.get_by_test_id("sentence")).not_to_contain_text("that mention")


def test_a_zone_is_reached_by_keyboard(page, served):
    open_map(page, served)
    box = page.get_by_role("checkbox", name="Eastern Ghouta")
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_test_id("sentence")).to_contain_text("that mention Eastern Ghouta")


def test_an_article_links_to_its_original_and_says_who_described_it(page, served):
    open_map(page, served)
    first = page.locator("article[data-article]").first
    assert first.get_by_role("link", name="original").get_attribute("href").startswith("http")
    assert first.get_by_role("link", name="original").get_attribute("rel") == "noopener noreferrer"
    expect(page.locator("section.fz-list:not(.fz-basis)").first).to_contain_text(
        "described by Fourzones, not the publisher's headline"
    )


def test_the_download_is_what_the_page_shows(page, served, tmp_path):
    open_map(page, served, "lang=en&from=2017-05-01&to=2017-07-01&zone=idlib")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Export").click()
        page.get_by_role("link", name="geojson").first.click()
    assert waiting.value.suggested_filename == "fourzones-zones-2017-06-30.geojson"
    path = tmp_path / "download.geojson"
    waiting.value.save_as(path)
    features = json.loads(path.read_text(encoding="utf-8"))
    shown = listed(page)
    in_file = {
        article["article"]
        for feature in features["features"]
        for article in feature["properties"]["article_list"]
    }
    assert shown and in_file == set(shown)
    assert [f["properties"]["zone"] for f in features["features"]] == list(ZONES)
    assert features["sentence"]["en"] == sentence(page)


def test_what_the_page_gives_to_pass_on_answers_what_it_shows(page, served):
    open_map(page, served, "lang=ar&zone=south&words=هدنة")
    page.get_by_role("button", name="مشاركة").click()
    page.get_by_text("/feed.atom").wait_for()
    settled(page)
    view, frame, live, feed = page.locator("[data-testid='stCode'] code").all_inner_texts()
    assert view.startswith(f"{served}/?") and f'src="{view}&embed=1"' in frame
    count = int(re.match(r"\D*(\d+)", sentence(page))[1])
    with urllib.request.urlopen(live) as answer:
        zones = {
            one["properties"]["zone"]: one["properties"] for one in json.load(answer)["features"]
        }
    assert zones["south"]["articles"] == count > 0
    with urllib.request.urlopen(feed) as answer:
        assert answer.read().count(b"<entry>") == min(count, 50)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="تصدير").click()
    links = page.locator(".fz-take a").evaluate_all("all => all.map(one => one.href)")
    assert len(links) == 5 * 6 + 4 and all("lang=ar" in link for link in links)
    for link in links:
        with urllib.request.urlopen(link, timeout=60) as answer:
            assert answer.status == 200 and answer.read(1)


def test_arabic_is_right_to_left_and_the_map_is_not(page, served):
    open_map(page, served, "lang=ar")
    container = page.get_by_test_id("stMainBlockContainer")
    assert container.evaluate("it => getComputedStyle(it).direction") == "rtl"
    iframe = page.locator("iframe[title*='st_folium']")
    assert iframe.evaluate("it => getComputedStyle(it).direction") == "ltr"
    expect(page.get_by_test_id("sentence")).to_contain_text("من أصل 269")
    # The first column, which narrows, stands to the right of the list.
    narrow = page.locator(".st-key-filters").bounding_box()
    articles = page.locator("section.fz-list:not(.fz-basis)").bounding_box()
    assert narrow["x"] > articles["x"]
    arabic = page.locator("article h3[dir=auto]").first
    assert arabic.evaluate("it => getComputedStyle(it).direction") == "rtl"


def test_the_other_language_keeps_map_and_selection(page, served):
    frame = open_map(page, served, "lang=en&zone=idlib")
    frame.evaluate("window.marked = 'the same map'")
    page.get_by_role("button", name="عربي").click()
    expect(page.get_by_test_id("sentence")).to_contain_text("تذكر إدلب")
    assert frame.evaluate("window.marked") == "the same map"
    expect(page).to_have_url(re.compile("zone=idlib.*lang=ar"))


def test_failing_tiles_break_nothing(page, served, outside):
    frame = open_map(page, served)
    frame.locator(".leaflet-control-layers").hover()
    frame.get_by_text("OpenStreetMap (online)").click()
    page.wait_for_timeout(1500)
    assert any("openstreetmap" in url for url in outside)
    assert drawn(frame) == set(ZONES)
    page.get_by_role("checkbox", name="Idlib").check(force=True)
    expect(page.get_by_test_id("sentence")).to_contain_text("that mention Idlib")


def test_before_the_memorandum_the_page_says_so(page, served):
    page.goto(f"{served}/?lang=en&to=2017-01-01")
    expect(page.get_by_text("Before 4 May 2017 there were no zones.")).to_be_visible()


def test_the_page_fits_a_phone(page, served):
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, served)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


def test_a_projector_gives_its_room_to_the_map_and_the_list(page, served):
    page.set_viewport_size({"width": 1920, "height": 1080})
    frame = open_map(page, served)
    box = page.locator("iframe[title*='st_folium']").bounding_box()
    assert box["height"] > 700 and box["y"] + box["height"] < 1080
    assert frame.locator("#map_div").bounding_box()["height"] == box["height"]
    assert page.locator(".st-key-articles").bounding_box()["height"] > 700
    axis = page.locator("svg[role=slider]").bounding_box()
    assert axis["y"] + axis["height"] <= 1080


def test_words_narrow_the_list(page, served):
    open_map(page, served, "lang=en")
    box = page.get_by_role("textbox", name="Words")
    box.fill("Saraqib -Idlib")
    box.press("Enter")
    expect(page.get_by_test_id("sentence")).to_contain_text("with the words")
    page.wait_for_url("**words=Saraqib**")
    box.fill("")
    box.press("Enter")
    expect(page.get_by_test_id("sentence")).to_contain_text("269 of 269")


def test_a_range_is_dragged_on_the_time_axis(page, served):
    frame = open_map(page, served)
    frame.evaluate("window.marked = 'the same map'")
    bar = axis(page)
    july = bar.locator("rect[data-month='2017-07-01']").first.bounding_box()
    may = bar.locator("rect[data-month='2017-09-01']").first.bounding_box()
    page.mouse.move(july["x"] + 2, july["y"] - 3)
    page.mouse.down()
    page.mouse.move(may["x"] + 2, july["y"] - 3, steps=5)
    page.mouse.up()
    expect(page.get_by_test_id("sentence")).to_contain_text("1 July 2017 to 30 September 2017")
    expect(page).to_have_url(re.compile("from=2017-07-01&to=2017-10-01"))
    assert frame.evaluate("window.marked") == "the same map"


def test_the_time_axis_works_by_keyboard_and_plays(page, served):
    open_map(page, served, "lang=en&from=2017-06-01&to=2018-01-01")
    bar = axis(page)
    bar.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_test_id("sentence")).to_contain_text("Zones as on 30 November 2017")
    expect(bar).to_be_focused()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.get_by_test_id("sentence")).to_contain_text("to 30 November 2017")
    page.get_by_role("button", name="Play month by month").click()
    expect(page.get_by_test_id("sentence")).to_contain_text(re.compile("as on .* August 2017"))
    page.get_by_role("button", name="Pause").click()
    page.keyboard.press("Tab")
    bar.focus()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("sentence")).to_contain_text("of any date")


def test_what_is_asked_of_the_time_axis_before_it_has_its_answer_counts(page, served):
    open_map(page, served, "lang=en&from=2017-06-01&to=2018-01-01")
    bar = axis(page)
    bar.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.get_by_test_id("sentence")).to_contain_text("Zones as on 30 September 2017")
    page.keyboard.press("Shift+ArrowLeft")
    # At the end of a range the page has not even heard of yet: play begins at its start.
    page.get_by_role("button", name="Play month by month").click()
    expect(page.get_by_test_id("sentence")).to_contain_text("to 30 November 2017")
    expect(page.get_by_test_id("sentence")).to_contain_text(re.compile("on 1 (June|July) 2017"))
    page.get_by_role("button", name="Pause").click()


def test_play_walks_inside_a_range_that_was_chosen_elsewhere(page, served):
    open_map(page, served, "lang=en&from=2017-06-01&to=2017-12-01&on=2018-03-01")
    page.get_by_role("button", name="Play month by month").click()
    expect(page.get_by_test_id("sentence")).to_contain_text("as on 1 July 2017")
    page.get_by_role("button", name="Pause").click()


def test_a_period_is_chosen_by_its_name(page, served):
    open_map(page, served)
    page.get_by_label("Periods").select_option("Life of the zone: Eastern Ghouta")
    expect(page.get_by_test_id("sentence")).to_contain_text("4 May 2017 to 13 April 2018")


def test_a_place_is_chosen_by_a_click_and_let_go_by_another(page, served):
    frame = open_map(page, served)
    place = frame.locator("path.fz-place").first
    place.dispatch_event("click")
    expect(page.get_by_test_id("sentence")).to_contain_text("that mention", use_inner_text=True)
    expect(page).to_have_url(re.compile("place="))
    frame.locator("path.fz-place[stroke='#111']").first.dispatch_event("click")
    expect(page).not_to_have_url(re.compile("place="))


def test_a_rectangle_and_a_polygon_narrow_to_places_inside(page, served):
    frame = open_map(page, served)
    page.frame_locator("iframe[title*='st_folium']").get_by_role(
        "button", name="Draw a rectangle"
    ).click()
    box = page.locator("iframe[title*='st_folium']").bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 250)
    page.mouse.down()
    page.mouse.move(box["x"] + 330, box["y"] + 340, steps=6)
    page.mouse.up()
    expect(page.get_by_test_id("sentence")).to_contain_text("with a place inside")
    expect(page).to_have_url(re.compile("bbox="))
    frame.locator("path.fz-area").first.wait_for(state="attached")
    page.frame_locator("iframe[title*='st_folium']").get_by_role(
        "button", name="Draw a polygon"
    ).click()
    for x, y in ((200, 60), (350, 60), (350, 200)):
        page.mouse.click(box["x"] + x, box["y"] + y)
    page.mouse.dblclick(box["x"] + 200, box["y"] + 200)
    expect(page).to_have_url(re.compile("area="))
    expect(page.get_by_test_id("sentence")).to_contain_text("an area drawn with")
    page.get_by_role("button", name="Drop the drawn area").click()
    expect(page.get_by_test_id("sentence")).not_to_contain_text("inside")


def test_the_borders_of_another_date_are_drawn_over(page, served):
    frame = open_map(page, served, "lang=en&on=2019-09-01&compare=2017-09-15")
    frame.locator("path.fz-compare-south").first.wait_for(state="attached")
    frame.locator("path.fz-compare").nth(3).wait_for(state="attached")
    assert frame.locator("path.fz-compare").count() == 4
    expect(page).to_have_url(re.compile("compare=2017-09-15"))


def test_the_address_keeps_the_position_of_the_map(page, served):
    frame = open_map(page, served)
    frame.evaluate("window.map.setView([33.5, 36.4], 9)")
    expect(page).to_have_url(re.compile(r"map=9/33\.5\d*/36\.4"))
    page.get_by_role("checkbox", name="Eastern Ghouta").check(force=True)
    expect(page).to_have_url(re.compile(r"zone=eastern-ghouta.*map=9/33\.5"))
    page.goto(page.url)
    again = page.frame_locator("iframe[title*='st_folium']")
    again.locator("path.fz-eastern-ghouta").first.wait_for()
    assert again.locator("body").evaluate("window.map.getZoom()") == 9


def test_thirty_changes_leave_the_map_where_it_is(page, served):
    frame = open_map(page, served)
    frame.evaluate("window.marked = 'the same map'; window.map.setView([33.5, 36.4], 9)")
    iframe = page.locator("iframe[title*='st_folium']").element_handle()
    app = page.get_by_test_id("stApp")
    for number in range(15):
        page.get_by_role("checkbox").nth(number % 4).dispatch_event("click")
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        page.get_by_test_id("stButton").last.get_by_role("button").click()
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
    assert iframe.evaluate("it => it.isConnected")
    assert frame.evaluate("window.marked") == "the same map"
    centre = frame.evaluate("[window.map.getCenter().lat, window.map.getZoom()]")
    assert abs(centre[0] - 33.5) < 0.01 and centre[1] == 9


IMPATIENT = """async () => {
    for (let n = 0; n < 90; n++) {
        const boxes = document.querySelectorAll('[data-testid=stCheckbox] input')
        boxes[n % 4].click()
        await new Promise(done => setTimeout(done, 15 + n))
    }
}"""


def test_clicks_faster_than_the_page_leave_the_map_and_show_what_is_ticked(page, served):
    frame = open_map(page, served)
    frame.evaluate("window.marked = 'the same map'; window.map.setView([33.5, 36.4], 9)")
    iframe = page.locator("iframe[title*='st_folium']").element_handle()
    page.evaluate(IMPATIENT)
    expect(page).to_have_url(re.compile("zone=.*map=9/33.5"))
    settled(page)
    ticked = page.get_by_role("checkbox").evaluate_all("all => all.map(one => one.checked)")
    zones = [zone for zone, on in zip(ZONES, ticked, strict=False) if on]
    expect(page).to_have_url(
        re.compile("[?]" + "".join(f"zone={zone}&" for zone in zones) + "lang")
    )
    assert iframe.evaluate("it => it.isConnected")
    assert frame.evaluate("window.marked") == "the same map"


def test_the_map_alone_for_a_frame(page, served):
    page.goto(f"{served}/?embed=1&lang=en&zone=south")
    frame = page.frame_locator("iframe[title*='st_folium']")
    frame.locator("path.fz-south").first.wait_for()
    assert page.get_by_test_id("sentence").count() == 0
    assert page.get_by_role("link", name="Timeline").count() == 0


def test_a_first_visit_is_shown_around_once(chromium, served):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="ar")
    page = context.new_page()
    page.goto(f"{served}/?lang=ar")
    card = page.get_by_role("dialog", name="جولة قصيرة")
    card.wait_for(timeout=WAIT)
    for _ in range(4):
        card.get_by_role("button", name="التالي").click()
    card.get_by_role("button", name="تم").click()
    expect(card).to_be_hidden()
    page.reload()
    page.get_by_test_id("sentence").wait_for(timeout=WAIT)
    page.locator("svg[role=slider]").wait_for(timeout=WAIT)
    expect(page.locator("aside.tour")).to_be_hidden()
    context.close()


def test_a_dark_page_is_for_those_who_prefer_it(chromium, served):
    context = chromium.new_context(color_scheme="dark", locale="en-GB")
    page = context.new_page()
    page.goto(f"{served}/?lang=en")
    page.get_by_test_id("sentence").wait_for(timeout=WAIT)
    colour = page.get_by_test_id("stApp").evaluate("it => getComputedStyle(it).backgroundColor")
    assert sum(map(int, re.findall(r"\d+", colour)[:3])) < 150
    context.close()


def test_the_same_view_returns_after_the_connection_was_lost(page, served):
    cable = Cable(int(served.rsplit(":", 1)[1]))
    frame = open_map(page, f"http://127.0.0.1:{cable.port}")
    page.get_by_role("checkbox", name="Idlib").dispatch_event("click")
    expect(page.get_by_test_id("sentence")).to_contain_text("that mention Idlib")
    frame.evaluate("window.marked = 'the same map'; window.map.setView([35.5, 36.6], 9)")
    expect(page).to_have_url(re.compile("zone=idlib.*map=9/35.5"))
    cable.cut()
    page.wait_for_timeout(61_000)  # a minute without connection
    expect(page.get_by_test_id("sentence")).to_contain_text("that mention Idlib")
    cable.mend()
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
    page.get_by_role("checkbox", name="The South").dispatch_event("click")
    expect(page.get_by_test_id("sentence")).to_contain_text("that mention Idlib or The South")
    assert frame.evaluate("[window.marked, window.map.getZoom()]") == ["the same map", 9]


def test_what_does_not_change_is_not_fetched_again(chromium, served):
    # A context without routes, which would switch the browser's cache off.
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    moved = []
    for _ in range(2):
        page = context.new_page()
        sizes: dict[str, int] = {}
        names: dict[str, str] = {}
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on(
            "Network.requestWillBeSent",
            lambda event, names=names: names.update({event["requestId"]: event["request"]["url"]}),
        )
        devtools.on(
            "Network.loadingFinished",
            lambda event, names=names, sizes=sizes: sizes.update(
                {names.get(event["requestId"], ""): event["encodedDataLength"]}
            ),
        )
        open_map(page, served)
        axis(page)
        loaded = -1
        while loaded < len(sizes):  # "networkidle" may never come on a busy machine
            loaded = len(sizes)
            page.wait_for_timeout(1_500)
        moved.append(sizes)
        page.close()
    context.close()
    assert sum(moved[0].values()) > 500_000
    assert {url: size for url, size in moved[1].items() if size > 2_000} == {}
