"""No page says a word of ours in the other language; what comes from data is isolated."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import settled
from conftest import serving
from playwright.sync_api import Page, expect
from test_pages_articles import COPY

from geo.ingest import ingest, open_store
from geo.locales import LANGUAGES, catalogue

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = {
    "map": "?zone=idlib&from=2017-05-04&to=2018-01-01&place=douma&lines=1&compare=2018-04-01&x=y",
    "timeline": "timeline?",
    "zone": "zone?of=south&on=2018-07-20",
    "articles": "articles?article=a001&from=2017-05-04&zone=south&kind=place&once=1&inside=1",
    "read": "articles?article=two",
    "bring": "bring?",
    "data": "data?",
    "about": "about?",
}
ALLOWED = {
    *("Fourzones", "OpenStreetMap", "Leaflet", "UTC"),
    *("GeoJSON", "JSON", "CSV", "zip", "RSS", "Atom", "UTF", "ISO", "windows"),
}
"""Names that are the same in every language; ours are formats."""

# Every text that a reader sees or hears, but for what is data: isolated, or an address to copy.
SAID = """() => {
  const found = [];
  const data = "bdi, [dir=auto], code, pre, a[download], script, style, noscript, canvas, "
    + "[data-testid=stIconMaterial], .leaflet-control-attribution, [data-testid^=stExpanderIcon]";
  const outer = (node) => node.parentElement ?? node.getRootNode().host;
  const isData = (node) => {
    for (let at = node; at; at = outer(at)) if (at.matches?.(data)) return true;
    return false;
  };
  const take = (text, at) => { if (text?.trim() && !isData(at)) found.push(text.trim()); };
  const walk = (root) => {
    for (const one of root.querySelectorAll("*")) {
      if (one.shadowRoot) walk(one.shadowRoot);
      for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"]) {
        if (name !== "title" || !one.ariaLabel) take(one.getAttribute?.(name), one);
      }
      for (const node of one.childNodes) if (node.nodeType === 3) take(node.data, one);
    }
  };
  walk(document.body);
  return found;
}"""
SWITCH = {"عربي", "English"}
"""The button that speaks the other language."""

OTHER = {"ar": re.compile("[A-Za-z]{2,}"), "en": re.compile("[\u0621-\u064a]{2,}")}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[str]:
    """A server with two articles of one text beside the catalogue, where everything is allowed."""
    folder = tmp_path_factory.mktemp("language")
    lines = folder / "articles.jsonl"
    lines.write_text("\n".join(json.dumps({"id": one, "text": COPY}) for one in ("one", "two")))
    own = folder / "own.gpkg"
    shutil.copy(filled, own)
    opened = open_store(str(own))
    assert ingest(opened, [lines]).read == 2
    opened.close()
    with serving(own) as address:
        yield address


def settled_in(page: Page, language: str) -> None:
    page.wait_for_function(f"document.documentElement.lang === '{language}'")
    settled(page)


def foreign(said: list[str], language: str) -> list[str]:
    found = []
    for line in said:
        bare = re.sub("\u2068.*?\u2069", "", line, flags=re.DOTALL)
        words = [one for one in OTHER[language].findall(bare) if one not in ALLOWED]
        found += [f"{words}: {line[:90]}"] if words else []
    return sorted(set(found))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_no_word_of_a_page_is_in_the_other_language(page, served, name, language):
    page.goto(f"{served}/{PAGES[name]}&lang={language}")
    settled_in(page, language)
    if name == "map":
        page.frame_locator("iframe").first.locator("path.fz-zone").first.wait_for()
        page.locator("svg[role=slider]").wait_for()
        frame = page.locator("iframe[title*='st_folium']").element_handle().content_frame()
        words = frame.evaluate(SAID)
        assert len(words) > 8  # buttons, scale, layers
        assert foreign(words, language) == []
        page.get_by_test_id("stPopover").nth(2).get_by_role("button").click()
        page.get_by_test_id("stMultiSelect").first.wait_for()
    if name == "data":
        page.locator("details summary").last.click()
    said = page.evaluate(SAID)
    assert len(said) > 10
    other = "en" if language == "ar" else "ar"
    assert foreign([one for one in said if one not in SWITCH], language) == []
    # Nor does a whole string of ours stand where data is expected.
    same = set(map(str, catalogue(language).values())) | SWITCH
    ours = {one for one in catalogue(other).values() if isinstance(one, str) and len(one) > 6}
    assert set(page.locator("body").inner_text().split("\n")) & (ours - same) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_reject_is_in_the_other_language(page, served, language):
    page.goto(f"{served}/bring?lang={language}")
    settled_in(page, language)
    page.get_by_role("tab").nth(1).click()
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "a.jsonl", "mimeType": "text/plain", "buffer": b'{"x": 1}\nnot json\n[]\n'},
            {"name": "b.csv", "mimeType": "text/csv", "buffer": b"colour\nred\n"},
            {"name": "c.zip", "mimeType": "application/zip", "buffer": b"PK but no zip"},
            {"name": "d.xml", "mimeType": "text/xml", "buffer": b"<a>no feed</a>"},
            {"name": "e.txt", "mimeType": "text/plain", "buffer": b"\x00\x01\x02"},
        ]
    )
    page.locator("[data-testid=stFormSubmitButton] button:visible").click()
    rejects = page.get_by_test_id("rejects").locator("li")
    expect(rejects).to_have_count(7)
    said = [re.sub(r"\b[a-e]\.\w+", "", one) for one in page.evaluate(SAID)]  # names of files
    assert foreign([one for one in said if one not in SWITCH], language) == []


def test_the_words_of_the_framework_follow_the_language(page, served):
    page.goto(f"{served}/?lang=en")
    settled_in(page, "en")
    navigation = page.get_by_role("navigation")
    label = navigation.get_attribute("aria-label")
    frame = page.locator("iframe[title*='st_folium']")
    for _ in range(2):
        page.get_by_role("button", name="عربي").click()
        expect(navigation).to_have_attribute("aria-label", "صفحات التطبيق")
        expect(frame).to_have_attribute("aria-label", "خريطة المناطق")
        page.get_by_role("button", name="English").click()
        expect(navigation).to_have_attribute("aria-label", label)
        expect(frame).to_have_attribute("aria-label", "Map of the zones")
