import dataclasses
import datetime as dt
import re
import urllib.error
import urllib.request
from itertools import pairwise

import geopandas
import pytest
import shapely
from lxml import html

from geo.errors import FourzonesError
from geo.ingest import bring
from geo.locales import LANGUAGES, text
from geo.model import ZONES, Article, LinkedArticle, Mention
from geo.profile import chronicle, former, periods, profile
from geo.report import report, report_name
from geo.sections import timeline_html
from geo.selection import ALL_AGREED, Selection

HOSTILE = "</script><img src=https://example.org/x onerror=alert(1)>\u202eabc"


@pytest.mark.parametrize("zone", ZONES)
def test_a_profile_counts_what_the_store_has(shipped, zone):
    known = profile(shipped, zone, ALL_AGREED)
    assert known.articles == shipped.answer(Selection(zone=(zone,))).articles
    assert sum(count for _, count in known.months) + known.unplaced == known.articles
    assert known.current and known.current.status == "delineated"
    assert all(one.valid_to == other.valid_from for one, other in pairwise(known.versions))
    assert known.versions[-1].status == "ended" and known.versions[-1].geometry is None
    assert all(zone in event.zones for event in known.events)
    counts = [place.articles for place in known.places]
    assert counts == sorted(counts, reverse=True) and counts[0] <= known.articles
    assert known.caveats["en"] and known.caveats["ar"] and known.sources


def test_a_profile_before_the_memorandum_has_no_current_version(shipped):
    assert profile(shipped, "idlib", dt.date(2017, 5, 3)).current is None


def test_only_what_was_lessened_has_a_former_extent(shipped):
    own = chronicle(shipped).lives["south"]
    assert all(
        (former(own, one) is not None) == (one.status in ("reduced", "ended")) for one in own
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_zones_that_the_user_brought_are_shown_as_far_as_they_go(store, tmp_path, language):
    path = tmp_path / "own.geojson"
    own = geopandas.GeoDataFrame(
        [{"zone": "south", "valid_from": "2017-05-04"}],
        geometry=[shapely.box(36, 32.5, 36.5, 33)],
        crs=4326,
    )
    own.to_file(path)
    assert not bring(store, path, None, extend=False).faults
    told = chronicle(store)
    for zone in ZONES:
        known = profile(store, zone, ALL_AGREED)
        assert len(known.versions) == (zone == "south")
        page = html.document_fromstring(report(known, language, ALL_AGREED))
        assert len(page.xpath("//figure")) == (zone == "south")
    for span in periods(told).values():
        assert timeline_html(told, span, language, on=ALL_AGREED, address=str)


def test_no_such_zone_is_said_in_one_line(shipped):
    with pytest.raises(FourzonesError, match=r"no such zone: zone: expected idlib.*got atlantis"):
        profile(shipped, "atlantis", ALL_AGREED)


def test_periods_hold_all_that_happened_in_them(shipped):
    told = chronicle(shipped)
    spans = periods(told)
    assert list(spans) == ["all", "2017", "2018", "2019", "2020", "2024"]
    assert all(spans["all"][0] <= day < spans["all"][1] for day in told.days)
    for name, (first, end) in list(spans.items())[1:]:
        own = [day for day in told.days if str(day.year) == name]
        assert first.day == end.day == 1 and all(first <= day < end for day in own)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("zone", ZONES)
def test_a_report_needs_nothing_but_itself(shipped, zone, language):
    known = profile(shipped, zone, ALL_AGREED)
    made = report(known, language, dt.date(2026, 1, 2))
    page = html.document_fromstring(made)
    assert page.get("lang") == language and page.get("dir") == (
        "rtl" if language == "ar" else "ltr"
    )
    assert not page.xpath("//script|//img|//link|//iframe|//object|//*[@src]|//*[@srcset]")
    assert not re.search(r"url\((?!#)|@import", made)
    assert all(href.startswith(("https://", "http://")) for href in page.xpath("//a/@href"))
    assert "default-src 'none'" in page.xpath("//meta/@content")[0]
    assert len(page.xpath("//figure")) == len(known.versions)
    assert len(page.xpath("//article")) == known.articles
    assert text("map.reconstruction", language) in page.text_content()
    assert known.caveats[language][0] in page.text_content()
    assert report_name(known, language) == f"fourzones-{zone}-2017-09-15-{language}.html"


def test_hostile_words_in_events_sources_and_articles_stay_words(shipped):
    known = profile(shipped, "idlib", ALL_AGREED)
    mention = Mention("idlib", HOSTILE, 0, len(HOSTILE), None, "zone", "body", HOSTILE, 1.0)
    article = Article(id=HOSTILE, title=HOSTILE, text=HOSTILE, publisher=HOSTILE, url=HOSTILE)
    source = {"title": HOSTILE, "publisher": HOSTILE, "url": "javascript:alert(1)", "date": HOSTILE}
    event = dataclasses.replace(
        known.events[0], title_en=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)"
    )
    worse = dataclasses.replace(
        known,
        events=(event,),
        sources=(source,),
        places=(dataclasses.replace(known.places[0], name_en=HOSTILE),),
        publishers=(dataclasses.replace(known.publishers[0], name_en=HOSTILE),),
        versions=tuple(
            dataclasses.replace(version, change={"en": HOSTILE}, basis={"en": HOSTILE},
                                sources=(source,))
            for version in known.versions
        ),
        view=dataclasses.replace(known.view, articles=[LinkedArticle(article, (mention,))]),
    )  # fmt: skip
    made = report(worse, "en", ALL_AGREED)
    page = html.document_fromstring(made)
    assert not page.xpath("//script|//img|//*[@onerror]") and "\u202e" not in made
    assert not [href for href in page.xpath("//a/@href") if not href.startswith("http")]


def test_the_report_is_served_as_a_file_under_a_strict_policy(served):
    address = f"{served}/download/report/south.html?lang=ar&on=2018-07-01"
    with urllib.request.urlopen(address, timeout=60) as answer:
        assert "fourzones-south-2018-07-01-ar.html" in answer.headers["Content-Disposition"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("asked", "status"),
    [("atlantis.html", 404), ("idlib.html?lang=fr", 400), ("idlib.html?on=never", 400)],
)
def test_a_wrong_request_for_a_report_is_told(served, asked, status):
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(f"{served}/download/report/{asked}", timeout=60)
    assert told.value.code == status
