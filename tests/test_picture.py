import datetime as dt
import io
import json
import re
import sys
import urllib.request

import pyproj
import pytest
from lxml import etree
from PIL import Image

from geo.errors import FourzonesError
from geo.export import picture
from geo.export.svg import NAMESPACE, Pen, wrapped
from geo.html import ZONE_COLOURS
from geo.ingest import data_hash
from geo.locales import text
from geo.model import ZONE_NAMES
from geo.selection import Selection
from geo.summary import sentence, view

SPACE = {"s": NAMESPACE}
ISOLATES = dict.fromkeys(map(ord, "\u2067\u2068\u2069"))
DATES = [dt.date(2017, 4, 1), dt.date(2017, 5, 5), dt.date(2017, 9, 15), dt.date(2018, 8, 10),
         dt.date(2024, 12, 31)]  # fmt: skip


def drawn(store, tmp_path, chosen=None, language="en"):
    """Return a picture's root and the view it shows."""
    shown = view(store, chosen or Selection())
    path = tmp_path / "out.svg"
    picture.write(path, store, shown, language)
    return etree.parse(path).getroot(), shown


def texts(root) -> list[str]:
    return [(e.text or "").translate(ISOLATES).replace("\u00a0", " ") for e in root.iter(
        f"{{{NAMESPACE}}}text")]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("on", DATES)
def test_the_picture_is_well_formed_and_says_what_it_shows(shipped, tmp_path, on, language):
    root, shown = drawn(shipped, tmp_path, Selection(on=on), language)
    said = texts(root)
    whole = " ".join(said)
    words = sentence(shown, language).translate(ISOLATES)
    assert root.findtext("s:desc", namespaces=SPACE).translate(ISOLATES) == words
    assert words in whole
    for _, row in shown.zones.iterrows():
        assert said.count(ZONE_NAMES[row["zone"]][language]) == 2, "on the map and in the legend"
    for expected in ("CC BY-SA 4.0", data_hash()[:12], "Natural Earth", "EPSG:32637"):
        assert expected in whole
    names = {"en": {"Damascus", "Aleppo"}, "ar": {"دمشق", "حلب"}}[language]
    assert names <= set(said)
    metadata = json.loads(root.findtext("s:metadata", namespaces=SPACE))
    assert metadata["selection"] == {"on": [on.isoformat()]}
    assert metadata["data_version"] == data_hash() and metadata["made"].endswith("Z")


def test_arabic_lines_are_anchored_and_isolated_from_the_right(shipped, tmp_path):
    root, _ = drawn(shipped, tmp_path, language="ar")
    title = root.find("s:text", SPACE)
    assert title.text.startswith("\u2067مناطق") and title.text.endswith("\u2069")
    assert title.get("text-anchor") == "end" and float(title.get("x")) == 1000 - 36
    assert not root.xpath("//@direction"), "renderers disagree on it"
    for element in root.iter(f"{{{NAMESPACE}}}text"):
        opened = sum(element.text.count(mark) for mark in "\u2067\u2068")
        assert opened == element.text.count("\u2069")


def test_each_status_is_drawn_its_own_way(shipped, tmp_path):
    def path(on, kind, zone):
        root, _ = drawn(shipped, tmp_path, Selection(on=on))
        found = root.xpath(f"//*[@id='{kind}-{zone}']")
        return found[0].attrib if found else None

    announced = path(DATES[1], "zone", "idlib")
    agreed = path(DATES[2], "zone", "idlib")
    assert announced["stroke"] == agreed["stroke"] == ZONE_COLOURS["idlib"]
    assert "stroke-dasharray" in announced and "stroke-dasharray" not in agreed
    assert path(DATES[2], "former", "idlib") is None
    reduced, ghost = (path(DATES[3], kind, "idlib") for kind in ("zone", "former"))
    assert reduced["fill"] == ZONE_COLOURS["idlib"] and ghost["fill"] == "none"
    assert path(DATES[4], "zone", "south") is None
    assert path(DATES[4], "former", "south")["fill"] == "none"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_scale_bar_is_true(shipped, tmp_path, language):
    root, _ = drawn(shipped, tmp_path, language=language)
    metadata = json.loads(root.findtext("s:metadata", namespaces=SPACE))
    west, south, east, north = metadata["bounds"]
    _, _, wide, high = metadata["page"]
    assert wide / (east - west) == pytest.approx(high / (north - south))
    (bar,) = root.xpath("//*[@id='scale']/s:path/@d", namespaces=SPACE)
    long = float(re.search(r"h([\d.]+)", bar)[1])
    (label,) = root.xpath("//*[@id='scale']/s:text", namespaces=SPACE)
    km = float(re.search(r"\d+", label.text)[0])
    # On the ground: along the middle of the map, by the geodesic between the bar's ends.
    metres = long / wide * (east - west)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    plane = pyproj.Transformer.from_crs(32637, 4326, always_xy=True)
    ends = [plane.transform(middle_x + side * metres / 2, middle_y) for side in (-1, 1)]
    ground = pyproj.Geod(ellps="WGS84").inv(*ends[0], *ends[1])[2]
    assert ground == pytest.approx(km * 1000, rel=1e-4)


def test_the_frame_is_the_same_on_every_date(shipped, tmp_path):
    frames = {
        tuple(
            json.loads(drawn(shipped, tmp_path, Selection(on=on))[0].findtext(
                "s:metadata", namespaces=SPACE))["bounds"]
        )
        for on in DATES
    }  # fmt: skip
    assert len(frames) == 1


def test_hostile_words_stay_text(shipped, tmp_path):
    bad = "</text><script>alert(1)</script> ]]> \u202edesrever \x0b{{x}}"
    root, _ = drawn(shipped, tmp_path, Selection(publisher=(bad,), words="<b>x</b> &amp;"))
    tags = {etree.QName(e).localname for e in root.iter()}
    assert tags <= {
        "svg", "title", "desc", "metadata", "rect", "g", "defs", "clipPath", "path", "text",
        "circle",
    }  # fmt: skip
    whole = " ".join(texts(root))
    assert "<script>alert(1)</script>" in whole and "\u202e" not in whole and "\x0b" not in whole
    assert not root.xpath("//@href") and not root.xpath("//@style")


def test_lines_break_before_the_edge_and_keep_their_isolates():
    lines = wrapped("one \u2068two three four five\u2069 six", 60, 12)
    assert len(lines) > 2
    assert all(line.count("\u2068") == line.count("\u2069") for line in lines)
    assert " ".join(lines).translate(ISOLATES) == "one two three four five six"
    assert wrapped("", 60, 12) == [""]
    assert Pen(100, True).start(10, 20) == 70 and Pen(100, False).start(10, 20) == 10


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_png_is_not_blank_and_holds_its_letters(shipped, tmp_path, language):
    pytest.importorskip("typst")
    pytest.importorskip("pymupdf_fonts")
    shown = view(shipped, Selection())
    path = tmp_path / "out.png"
    picture.write(path, shipped, shown, language)
    image = Image.open(path).convert("RGB")
    assert image.width > 1900 and image.height > image.width
    assert len(image.getcolors(1 << 24)) > 200
    # The title stands on the side where reading begins: dark there, white on the other.
    strip = image.crop((0, int(0.025 * image.height), image.width, int(0.06 * image.height)))
    left, right = (
        strip.crop(box).convert("L").getextrema()[0]
        for box in ((70, 0, 300, strip.height), (image.width - 300, 0, image.width, strip.height))
    )
    assert (left < 60) == (language == "en") and (right < 60) == (language == "ar")
    wanted = tuple(int(ZONE_COLOURS["idlib"][i : i + 2], 16) for i in (1, 3, 5))
    assert any(colour == wanted for _, colour in image.getcolors(1 << 24))


def test_the_pdf_carries_its_own_letters(shipped, tmp_path):
    pytest.importorskip("typst")
    pytest.importorskip("pymupdf_fonts")
    path = tmp_path / "out.pdf"
    picture.write(path, shipped, view(shipped, Selection()), "ar")
    content = path.read_bytes()
    assert content.startswith(b"%PDF-") and content.count(b"/Type/Page\n") <= 1
    assert b"FiraGO" in content and b"/ToUnicode" in content


def test_without_the_extra_it_is_named_and_svg_still_works(shipped, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    shown = view(shipped, Selection())
    with pytest.raises(FourzonesError, match=r"fourzones\[picture\].*got no typst"):
        picture.write(tmp_path / "out.png", shipped, shown)
    assert not (tmp_path / "out.png").exists()
    picture.write(tmp_path / "out.svg", shipped, shown)
    assert io.BytesIO((tmp_path / "out.svg").read_bytes()).getvalue().startswith(b"<?xml")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_posts_and_strip_are_drawn_when_they_are_asked_for(shipped, language):
    def drawn(on, lines=True):
        shown = view(shipped, Selection(on=on), limit=1)
        page = picture.picture(shipped, shown, language, "2026-01-01T00:00:00Z", lines)
        group = page.find(f".//{{{NAMESPACE}}}g[@id='lines']")
        words = "".join(page.itertext())
        return len(group), text("picture.key.post", language) in words, words

    strip = {"en": "Demilitarised strip of Sochi", "ar": "الشريط منزوع السلاح"}[language]
    corridor = {"en": "M4 security corridor", "ar": "الممر الأمني"}[language]
    assert drawn(dt.date(2017, 9, 15))[:2] == (0, False)
    count, posts, words = drawn(dt.date(2018, 10, 1))
    assert count == 13 and posts and strip in words and corridor not in words
    count, posts, words = drawn(dt.date(2021, 1, 1))
    assert posts and strip not in words and corridor in words
    count, posts, words = drawn(dt.date(2018, 10, 1), lines=False)
    assert count == 0 and not posts and strip not in words


def test_the_command_and_the_address_ask_for_posts(fourzones, tmp_path, served):
    assert fourzones("export", "map.svg", "--on", "2018-10-01", "--lines").returncode == 0
    with urllib.request.urlopen(f"{served}/download/map.svg?on=2018-10-01&lines=1") as answer:
        for written in ((tmp_path / "map.svg").read_bytes(), answer.read()):
            group = etree.fromstring(written).find(f".//{{{NAMESPACE}}}g[@id='lines']")
            assert len(group) == 13
