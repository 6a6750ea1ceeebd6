import datetime as dt

import pytest

from geo.model import Article, Interval, LinkedArticle, Mention


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2017-05-04", "2017-05-04", "2017-05-05", "day"),
        ("2017-12", "2017-12-01", "2018-01-01", "month"),
        ("2017-02", "2017-02-01", "2017-03-01", "month"),
        ("2017", "2017-01-01", "2018-01-01", "year"),
    ],
)
def test_an_interval_is_as_wide_as_the_date_is_precise(text, start, end, precision):
    interval = Interval.parse(text)
    assert (interval.start.isoformat(), interval.end.isoformat()) == (start, end)
    assert interval.precision == precision
    assert interval.isoformat() == text


@pytest.mark.parametrize(
    "text", ["", "4 May 2017", "2017-13", "2017-02-30", "٢٠١٧-٠٥-٠٤", "17-05-04"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):
        Interval.parse(text)


def test_a_headline_goes_before_our_description():
    ours = Article(id="a", title_en="Ours", title_ar="لنا", described_by="fourzones")
    assert (ours.heading("en"), ours.heading("ar")) == ("Ours", "لنا")
    assert Article(id="a", title="Theirs", title_en="Ours").heading("ar") == "Theirs"
    assert Article(id="a", text="  First words of it").heading("en") == "First words of it"


def test_zones_of_an_article_come_in_the_order_of_the_atlas():
    def mention(zone: str) -> Mention:
        return Mention(zone, "x", 0, 1, None, "zone", "body", "rule", 1.0)

    linked = LinkedArticle(
        Article(id="a", published=Interval(dt.date(2017, 5, 4), dt.date(2017, 5, 5))),
        (mention("south"), mention("idlib"), mention("south")),
    )
    assert linked.zones == ("idlib", "south")
