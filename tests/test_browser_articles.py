"""Reading, judging and bringing in a real Chromium, with every outside request refused."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import settled
from conftest import serving
from playwright.sync_api import Locator, Page, expect
from test_pages_articles import COPY, HOSTILE

from geo.ingest import ingest, open_store
from geo.locales import LANGUAGES, text

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DUPLICATES = [
    {"id": "one", "publisher": "Agency One", "published": "2017-09-01", "text": COPY},
    {"id": "two", "publisher": "Agency Two", "published": "2017-09-02", "text": COPY},
]
ARABIC = {
    "id": "ghouta", "url": "https://example.org/ghouta", "published": "2017-08-03",
    "archive_url": "https://archive.example.org/ghouta", "link_worked": "2026-11-20",
    "title": "قصف على دوما في الغوطة الشرقية",
    "text": "قصفت الطائرات مدينة دوما صباح اليوم.\nوشهدت الرستن في ريف حمص الشمالي هدوءًا.",
}  # fmt: skip
UNDATED = {
    "id": "undated",
    "publisher": "Agency One",
    "text": "A zwilk near Douma in Eastern Ghouta.",
}
BAD = {
    "id": "hostile", "url": "javascript:alert(1)", "archive_url": "javascript:alert(2)",
    "publisher": HOSTILE, "published": "2018-04-10", "title": HOSTILE,
    "text": f"Shells fell on Douma. {HOSTILE}",
}  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[str]:
    """A server of these tests' own, with some articles in full beside the catalogue."""
    folder = tmp_path_factory.mktemp("reading")
    lines = folder / "articles.jsonl"
    lines.write_text("\n".join(map(json.dumps, [*DUPLICATES, ARABIC, UNDATED, BAD])))
    own = folder / "own.gpkg"
    shutil.copy(filled, own)
    opened = open_store(str(own))
    assert ingest(opened, [lines]).read == 5
    opened.close()
    with serving(own) as address:
        yield address


def open_articles(page: Page, served: str, query: str) -> None:
    page.goto(f"{served}/articles?{query}")
    page.locator(".fz-entry").first.wait_for()
    settled(page)


def entries(page: Page) -> Locator:
    return page.locator(".fz-entry")


def facet(page: Page, name: str) -> Locator:
    return page.locator(".st-key-narrow").get_by_role("checkbox", name=re.compile(name))


def test_a_facet_narrows_the_list_and_the_address(page, served, outside):
    open_articles(page, served, "lang=en")
    expect(entries(page)).to_have_count(50)
    facet(page, "French").check(force=True)
    expect(page.get_by_test_id("sentence")).to_contain_text("in French")
    expect(entries(page)).to_have_count(19)
    expect(page).to_have_url(re.compile("language=fr"))
    page.reload()
    expect(entries(page)).to_have_count(19)
    expect(facet(page, "French")).to_be_checked()
    assert outside == []


def test_an_article_is_read_rejected_and_taken_back(page, served, outside):
    open_articles(page, served, "lang=en&words=warplanes+artillery")
    expect(entries(page).first).to_contain_text("same text as 1 other")
    label = facet(page, "Idlib").locator("xpath=ancestor::label")
    expect(label).to_contain_text("· 2")
    page.locator(".st-key-open-0 button").click()
    reader = page.locator(".st-key-reader")
    expect(reader.locator("[data-reading=two]")).to_be_visible()
    expect(page).to_have_url(re.compile("article=two"))
    expect(reader.locator("mark.fz-idlib", has_text="Saraqib")).to_be_visible()
    expect(reader.locator("u.fz-hit").first).to_have_text("Warplanes")
    expect(reader.locator("figure img")).to_have_js_property("complete", True)
    assert reader.locator("figure img").evaluate("it => it.naturalWidth") > 0
    name = reader.get_by_role("textbox", name="Your name")
    name.fill("Rana")
    name.press("Enter")
    page.locator(".st-key-reject-idlib button").click()
    expect(reader).to_contain_text(re.compile("Rejected by .*Rana"))
    expect(label).to_contain_text("· 1")
    page.locator(".st-key-undo-idlib button").click()
    expect(label).to_contain_text("· 2")
    expect(reader).not_to_contain_text("Rejected by")
    page.set_viewport_size({"width": 1366, "height": 420})
    long = page.locator("[class*='st-key-reading-']")
    long.evaluate("it => it.scrollTo(0, 9999)")
    assert long.evaluate("it => it.scrollTop") > 100
    page.locator(".st-key-open-1 button").click()
    expect(reader.locator("[data-reading=one]")).to_be_in_viewport()
    expect(long).to_have_js_property("scrollTop", 0)
    reader.get_by_role("button", name="Previous article").first.click()
    expect(reader.locator("[data-reading=two]")).to_be_visible()
    assert outside == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_is_removed_and_put_back(page, served, outside, language):
    open_articles(page, served, f"lang={language}&article=two&words=warplanes+artillery")
    page.get_by_role("button", name=text("reader.remove", language), exact=True).click()
    page.get_by_role("button", name=text("reader.remove.confirm", language), exact=True).click()
    told = page.locator(".st-key-removed")
    expect(told).to_be_in_viewport()  # although the reader was scrolled to its end
    expect(page.locator(".st-key-reader")).to_have_count(0)
    expect(entries(page)).to_have_count(1)
    told.get_by_role("button", name=text("articles.put_back", language)).click()
    expect(entries(page)).to_have_count(2)
    expect(told).to_have_count(0)
    assert outside == []


def test_an_arabic_article_reads_from_the_right_on_an_english_page(page, served):
    open_articles(page, served, "lang=en&article=ghouta")
    reader = page.locator(".st-key-reader")
    direction = "it => getComputedStyle(it).direction"
    assert reader.locator("h2").evaluate(direction) == "rtl"
    assert reader.locator(".fz-text p").first.evaluate(direction) == "rtl"
    assert reader.locator(".fz-facts").first.evaluate(direction) == "ltr"
    links = reader.locator(".fz-facts a").evaluate_all("all => all.map(it => it.href)")
    assert links == [ARABIC["url"], ARABIC["archive_url"]]
    expect(reader).to_contain_text("link last worked 20 November 2026")
    page.get_by_role("button", name="عربي").click()
    expect(reader).to_contain_text("لماذا رُبط")
    expect(page).to_have_url(re.compile("article=ghouta.*lang=ar|lang=ar.*article=ghouta"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_hostile_article_is_text(page, served, outside, language):
    open_articles(page, served, f"lang={language}&article=hostile&words=shells+window")
    shown = page.locator(".st-key-open-0 button")
    expect(shown).to_contain_text("</script><script>window.hacked=1</script>")
    expect(shown).to_contain_text("*b* :")
    expect(shown).to_contain_text("[l](javascript:")
    expect(page.locator(".fz-reader h2")).to_contain_text('<img src=x onerror="window.hacked=1">')
    expect(page.get_by_test_id("sentence").locator("bdi")).to_have_text("shells window")
    assert page.evaluate("window.hacked") is None
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator("img[src=x]").count() == 0
    assert outside == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_hostile_article_is_text_on_every_page(page, served, outside, language):
    shown = '<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>'
    places = {
        f"/?words=Shells&lang={language}": ".fz-list article",
        f"/?embed=1&lang={language}&publisher=%3Cimg%20onerror%3D1%3E": ".fz-key",
        f"/data?lang={language}": ".fz-table",
        f"/zone?of=eastern-ghouta&lang={language}": ".fz-list article",
        f"/articles?publisher={quote(HOSTILE)}&lang={language}": "[data-testid=sentence]",
        f"/download/report/eastern-ghouta.html?lang={language}": "body",
    }
    for path, where in places.items():
        if path.startswith("/download"):
            page.set_content(page.request.get(f"{served}{path}").text())
        else:
            page.goto(f"{served}{path}")
        said = page.locator(where).filter(has_text="onerror").first
        expect(said).to_contain_text("<img onerror=1>" if "embed" in path else shown)
        # Nothing of it became an element, and no link of it leads anywhere.
        assert page.locator("img[onerror], a[href^='javascript'], [src=x]").count() == 0
        assert page.evaluate("window.hacked") is None
        assert "\u202e" not in page.locator(where).first.inner_text()
    assert outside == []


def test_a_text_is_tried_out_kept_and_found(page, served, outside):
    page.goto(f"{served}/bring?lang=en")
    page.get_by_role("textbox", name="Text of an article").fill(
        f"Zarquon reports shells on Saraqib in Idlib. {HOSTILE}"
    )
    page.get_by_role("textbox", name="Publisher, if it names none").first.fill("Our notes")
    page.get_by_role("button", name="Show what it mentions").first.click()
    expect(page.get_by_test_id("trial")).to_contain_text("nothing is stored yet")
    expect(page.locator(".fz-text mark.fz-idlib").first).to_have_text("Saraqib")
    page.get_by_role("button", name="Keep 1 article").click()
    expect(page.get_by_text("Kept: 1 new")).to_be_visible()
    page.get_by_role("link", name="See the list of articles").click()
    box = page.get_by_role("textbox", name="Search words")
    box.fill("zarquon")
    box.press("Enter")
    expect(entries(page)).to_have_count(1)
    expect(entries(page)).to_contain_text("Our notes")
    assert page.evaluate("window.hacked") is None
    assert outside == []


def test_a_file_is_uploaded_and_what_cannot_be_read_is_listed(
    page, served, tmp_path
):  # fmt: skip
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("قصف على سراقب في إدلب", encoding="windows-1256")
    bad.write_bytes(b"\x00\x01\x02")
    page.goto(f"{served}/bring?lang=ar")
    page.get_by_role("tab").nth(1).click()
    page.locator("input[type=file]").set_input_files([good, bad])
    expect(page.get_by_text("good.txt")).to_be_visible()
    page.get_by_role("button", name="أظهر ما يذكره").last.click()
    expect(page.get_by_test_id("trial")).to_contain_text("قُرئ مقال واحد")
    expect(page.get_by_test_id("rejects")).to_contain_text("ليس نصاً: bad.txt")
    expect(page.locator(".fz-text mark.fz-idlib").first).to_be_visible()
    page.locator(".st-key-drop button").click()
    expect(page.get_by_test_id("trial")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        ("Rastan", "place=rastan", "that mention Rastan"),
        ("Al Jazeera Arabic", "publisher=Al", "published by Al Jazeera Arabic"),
        ("zone by name", "kind=zone", "zone by name"),
        ("The South", "zone=south", "that mention The South"),
        ("Count near-duplicates once", "once=1", "near-duplicates counted once"),
        ("Places inside on the date only", "inside=1", "inside"),
    ],
)
def test_each_facet_narrows(page, served, name, address, said):
    open_articles(page, served, "lang=en")
    before = page.get_by_test_id("sentence").inner_text()
    facet(page, name).first.dispatch_event("click")
    expect(page.get_by_test_id("sentence")).to_contain_text(said)
    expect(page).to_have_url(re.compile(address))
    facet(page, name).first.dispatch_event("click")
    expect(page.get_by_test_id("sentence")).to_have_text(before)


def test_undated_articles_are_counted_and_can_be_included(page, served):
    open_articles(page, served, "lang=en&from=2017-05-04&to=2019-01-01")
    # Other tests bring articles into the same store, one of them without a date.
    expect(page.get_by_test_id("sentence")).to_contain_text(re.compile(r"\d more ha(s|ve) no date"))
    total = page.locator(".st-key-pager .fz-facts")
    shown = total.inner_text()
    box = facet(page, r"^Include \d undated article")
    box.dispatch_event("click")
    expect(page).to_have_url(re.compile("undated=1"))
    expect(total).not_to_have_text(shown)
    page.goto(f"{served}/?lang=en&words=zwilk&from=2017-05-04")
    expect(page.locator("article[data-article=undated]")).to_be_visible()
    expect(page.get_by_text("Without a date, so outside any range")).to_be_visible()


def test_the_list_is_sorted(page, served):
    open_articles(page, served, "lang=en")
    newest = entries(page).first.get_attribute("data-article")
    for order, first in (("Oldest first", "a"), ("Newest first", newest)):
        page.locator(".st-key-sort").get_by_role("combobox").click()
        page.get_by_role("option", name=order).click()
        if order == "Oldest first":
            expect(page).to_have_url(re.compile("order=oldest"))
            expect(entries(page).first).not_to_have_attribute("data-article", newest)
            expect(entries(page).first).to_contain_text(re.compile("201[67]"))
        else:
            expect(entries(page).first).to_have_attribute("data-article", first)


def test_a_link_is_confirmed_by_name_and_kept_with_the_time(page, served):
    open_articles(page, served, "lang=en&article=ghouta")
    reader = page.locator(".st-key-reader")
    name = reader.get_by_role("textbox", name="Your name")
    name.fill(f"Rana {HOSTILE}"[:80])
    name.press("Enter")
    page.locator(".st-key-confirm-northern-homs button").click()
    expect(reader).to_contain_text(re.compile(r"Confirmed by .*Rana .*<img src=x"))
    page.reload()
    expect(reader).to_contain_text(
        re.compile(r"Confirmed by .*Rana.*, .*\d\d:\d\d|Confirmed by .*20\d\d")
    )
    assert page.locator("img[src=x]").count() == 0
    page.locator(".st-key-undo-northern-homs button").click()
    expect(reader).not_to_contain_text("Confirmed by")


def test_a_large_file_shows_how_far_it_is(page, served, tmp_path):
    many = tmp_path / "many.jsonl"
    text = "Shells fell on Saraqib in Idlib. " + "word " * 300
    lines = [json.dumps({"id": f"n{at}", "text": f"{text} {at}"}) for at in range(1500)]
    many.write_text("\n".join([*lines, "no json"]))
    page.add_init_script(
        "window.bars = 0; new MutationObserver(() => {"
        " window.bars += document.querySelectorAll('[data-testid=stProgress]').length; })"
        ".observe(document, {subtree: true, childList: true});"
    )
    page.goto(f"{served}/bring?lang=en")
    page.get_by_role("tab").nth(1).click()
    page.locator("input[type=file]").set_input_files(many)
    expect(page.get_by_role("button", name="Remove many.jsonl")).to_be_visible()
    settled(page)  # the button has moved down
    page.locator("[data-testid=stFormSubmitButton] button:visible").click()
    expect(page.get_by_test_id("trial")).to_contain_text("1,500 articles were read")
    assert page.evaluate("window.bars") > 0
    expect(page.get_by_test_id("rejects")).to_contain_text("line 1501")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src=x]").count() == 0
    page.locator(".st-key-drop button").click()


def test_the_data_page_says_what_is_missing(page, served):
    page.goto(f"{served}/data?lang=en")
    missing = page.locator("ul.fz-plain").first
    # Other tests bring articles into the same store, one of them without a date.
    for said in (r"\d articles? ha(s|ve) no date", "could not be read", "dated to no month",
                 "have no article", "stands in more than one article"):  # fmt: skip
        expect(missing).to_contain_text(re.compile(said))
    for title in ("Articles by month", "By language", "By source", "How well links are found",
                  "Sources and licences", "This store"):  # fmt: skip
        expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.locator("tr", has_text="zones.geojson").first).to_contain_text("CC BY-SA 4.0")
    expect(page.locator("tr", has_text="All languages").first).to_contain_text("0.9")


@pytest.mark.parametrize("path", ["articles", "articles?article=ghouta", "bring", "data"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_fit_a_phone(page, served, path, language):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{served}/{path}{'&' if '?' in path else '?'}lang={language}")
    page.locator(".fz-entry, .fz-bar, textarea").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.get_by_test_id("stMain").evaluate("it => it.scrollWidth - it.clientWidth") <= 0


def test_the_data_page_draws_its_chart_without_a_network(page, served, outside):
    page.goto(f"{served}/data?lang=ar")
    page.locator("svg.fz-chart").first.wait_for()
    expect(page.locator(".fz-bar div").first).to_be_visible()
    assert outside == []


def test_tables_of_an_arabic_page_begin_at_its_right(page, served):
    page.goto(f"{served}/data?lang=ar")
    page.locator("tr", has_text="zones.geojson").last.wait_for()  # a table below the figures
    tables = page.locator("table.fz-table")
    directions = tables.evaluate_all("all => all.map(it => getComputedStyle(it).direction)")
    assert len(directions) >= 5 and set(directions) == {"rtl"}
