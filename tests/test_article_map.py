import base64
from dataclasses import replace

import pytest
from lxml import etree

from geo.article_map import article_map
from geo.locales import LANGUAGES
from geo.model import Article, Interval, LinkedArticle, Mention


def drawn(store, published, language="en", place="douma"):
    mention = Mention("eastern-ghouta", "Douma", 0, 5, place, "place", "body", "place-name", 0.95)
    article = Article("x", text="Douma", published=published and Interval.parse(published))
    return article_map(store, LinkedArticle(article, (mention,)), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_zones_are_those_of_the_articles_date(shipped, language):
    early, late = (drawn(shipped, day, language) for day in ("2017-10-01", "2018-12-01"))
    assert early.svg.count("#009e73") > 0 and late.svg.count("#009e73") == 0
    name = {"en": "Douma", "ar": "دوما"}[language]
    assert name in early.svg and name in early.caption
    assert len(early.svg) < 40_000
    etree.fromstring(early.svg)


def test_a_coarse_date_shows_its_last_day_and_none_says_so(shipped):
    assert "31 March 2018" in drawn(shipped, "2018-03").caption
    assert "no date" in drawn(shipped, None).caption
    assert "no zones yet" in drawn(shipped, "2016").caption


def test_the_image_can_run_nothing(shipped):
    made = drawn(shipped, "2017-10-01")
    hostile = replace(made, caption='"><script>alert(1)</script>')
    assert "<script" not in hostile.html
    packed = made.html.split("base64,")[1].split('"')[0]
    assert base64.b64decode(packed).decode() == made.svg
