import pytest

from geo.html import ZONE_COLOURS
from geo.locales import LANGUAGES, catalogue
from geo.model import Article, Judgement, LinkedArticle, Mention
from geo.reading import (
    MOST_LETTERS,
    MOST_ROWS,
    body,
    heading,
    list_entry,
    rule_in_words,
    why_linked,
)
from geo.selection import Selection
from geo.words import terms


def named(zone, text, surface, **more):
    start = text.index(surface)
    fields = {"place": None, "kind": "zone", "where": "body", "rule": "zone-name",
              "confidence": 0.95, **more}  # fmt: skip
    return Mention(zone, surface, start, start + len(surface), **fields)


def test_mentions_and_hits_may_overlap():
    text = "Shells on eastern Ghouta today"
    linked = LinkedArticle(
        Article("x", text=text), (named("eastern-ghouta", text, "eastern Ghouta"),)
    )
    assert body(linked, "en", terms('"Ghouta today"')) == (
        '<div class="fz-text" lang=""><p dir="auto">Shells on '
        '<mark class="fz-eastern-ghouta">eastern </mark>'
        '<mark class="fz-eastern-ghouta"><u class="fz-hit">Ghouta</u></mark>'
        '<u class="fz-hit"> today</u></p></div>'
    )


def test_each_line_has_its_own_direction_and_a_mention_stays_in_it():
    text = "قصف على دوما\nShells on Douma"
    linked = LinkedArticle(Article("x", text=text), (named("eastern-ghouta", text, "Douma"),))
    assert body(linked, "ar").count('<p dir="auto">') == 2
    assert '<p dir="auto">Shells on <mark class="fz-eastern-ghouta">Douma</mark></p>' in body(
        linked, "ar"
    )


def test_a_long_text_is_cut_and_says_so():
    text = "a" * (MOST_LETTERS + 1)
    made = body(LinkedArticle(Article("x", text=text)), "en")
    assert len(made) < MOST_LETTERS + 500 and "Only the first 60,000" in made
    mentions = tuple(
        Mention("idlib", f"n{n}", n, n + 1, None, "place", "body", "place-name", 0.9)
        for n in range(MOST_ROWS + 7)
    )
    table = why_linked(LinkedArticle(Article("x", text=text), mentions), "en", {})
    assert table.count("<tr>") == MOST_ROWS + 1 and "7 more mentions" in table


def test_the_same_words_are_counted_in_one_row():
    text = "Idlib and Idlib"
    one = named("idlib", text, "Idlib")
    again = Mention("idlib", "Idlib", 10, 15, None, "zone", "title", "zone-name", 0.95)
    table = why_linked(LinkedArticle(Article("x", text=text), (one, again)), "en", {})
    assert table.count("<tr>") == 2 and "×2" in table and "(in the title)" in table


def test_an_entry_says_who_linked_what_no_word_names():
    said = (Judgement("south", "confirmed", "Rana", "2026-01-01T00:00:00+00:00"),)
    assert "linked by a person" in list_entry(LinkedArticle(Article("x"), (), said), "en")
    against = (Judgement("south", "rejected", "Rana", "2026-01-01T00:00:00+00:00"),)
    assert "rejected by a person" in list_entry(LinkedArticle(Article("x"), (), against), "en")


@pytest.mark.parametrize("worked", ["2026-11-20", "2026-11-20T10:00:00Z", "last <week>"])
def test_when_the_link_last_worked_is_said_whatever_was_written(worked):
    article = Article("x", url="https://example.org/", link_worked=worked)
    made = heading(LinkedArticle(article), "en")
    assert "20 November 2026" in made or "last &lt;week&gt;" in made


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_the_catalogue_is_said_in_words(shipped, language):
    rules = {m.rule for one in shipped.each(Selection()) for m in one.mentions}
    assert len(rules) > 10
    for rule in rules:
        assert rule not in rule_in_words(rule, language)
        assert ", with " not in rule_in_words(rule, language) or language == "en"
    for rule in rules:
        name, _, company = rule.partition(", with ")
        assert f"reader.rule.{name}" in catalogue(language), rule
        assert not company or f"reader.with.{company}" in catalogue(language), rule


def test_each_zone_has_a_colour():
    assert len(set(ZONE_COLOURS.values())) == 4
