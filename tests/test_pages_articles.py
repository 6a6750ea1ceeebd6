"""The pages for reading, bringing and data through Streamlit's own test harness."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from geo.html import escape, label
from geo.ingest import ingest, open_store
from geo.locales import LANGUAGES, text
from geo.model import LinkedArticle
from geo.paths import DATA, ROOT
from geo.selection import Selection

HOSTILE = (
    '<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script> '
    "*b* :smile: [l](javascript:alert(1)) `${1}` \u202eIdlib"
)
COPY = (
    "Warplanes struck the town of Saraqib in Idlib on Friday morning and killed three people, "
    "rescue workers said, while artillery shells fell on villages around Khan Sheikhoun."
)


@pytest.fixture
def own(store, tmp_path):
    """A store with a hostile article and two near-duplicates beside the catalogue."""
    path = tmp_path / "own.jsonl"
    records = [
        {"id": "hostile", "url": "javascript:alert(1)", "archive_url": "javascript:alert(2)",
         "publisher": HOSTILE, "published": "2017-08-01", "title": HOSTILE,
         "text": f"Shells fell on Douma. {HOSTILE}"},
        {"id": "one", "publisher": "Agency One", "published": "2017-09-01", "text": COPY},
        {"id": "two", "publisher": "Agency Two", "published": "2017-09-02", "text": COPY},
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, records)))
    assert ingest(store, [path]).rejected == []
    return store


@pytest.fixture
def page(own, monkeypatch):
    monkeypatch.setenv("FOURZONES_STORE", own.url)
    monkeypatch.setenv("FOURZONES_JUDGE", "1")
    monkeypatch.setenv("FOURZONES_BRING", "1")

    def run(name: str, **params: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=60)
        for key, value in params.items():
            test.query_params[key] = value
        test.run()
        test.switch_page(f"{name}.py").run()
        assert not test.exception
        return test

    yield run


def html(test: AppTest) -> str:
    return "\n".join(element.proto.body for element in test.get("html"))


def asked(test: AppTest, name: str) -> str:
    """What the address says; the harness gives one value alone or in a list."""
    value = test.query_params[name]
    return value if isinstance(value, str) else " ".join(value)


def tries(test: AppTest, language: str) -> list:
    """The buttons that try out a text and files."""
    return [b for b in test.button if b.label == text("bring.try", language)]


def listed(test: AppTest) -> list[str]:
    return re.findall('data-article="([^"]+)"', html(test))


@pytest.mark.parametrize("language", LANGUAGES)
def test_facets_narrow_the_list_and_the_address(page, own, language):
    test = page("articles", lang=language)
    assert len(listed(test)) == 50
    douma = test.checkbox(key="place-douma")
    name = {"en": "Douma", "ar": "دوما"}[language]
    count = own.answer(Selection()).places["douma"]
    assert douma.label == f"{label(name)} · {count}"
    douma.check().run()
    assert len(listed(test)) == count
    assert asked(test, "place") == "douma"
    assert name in html(test).split("</h1>")[0]  # the sentence names it, not its id
    # Another place would widen the list: its count is of all articles, not of Douma's.
    assert test.checkbox(key="place-rastan").label.endswith(
        str(own.answer(Selection()).places["rastan"])
    )
    test.checkbox(key="language-ar").check().run()
    assert len(listed(test)) == own.answer(Selection(place=("douma",), language=("ar",))).articles
    next(b for b in test.button if b.label == text("filter.reset", language)).click().run()
    assert set(test.query_params) == {"lang"}


def test_a_rare_place_is_found_by_its_name(page):
    test = page("articles", lang="en")
    rare = test.selectbox(key="more-place").options[0]
    test.selectbox(key="more-place").select_index(0).run()
    chosen = test.checkbox(key=f"place-{asked(test, 'place')}")
    assert chosen.value and re.sub("[\u2066-\u2069]", "", rare) in re.sub(
        r"[\u2066-\u2069\\]", "", chosen.label
    )


def test_the_list_is_paged_and_ordered_and_says_when_it_cannot_rank(page, monkeypatch):
    test = page("articles", lang="en", order="oldest")
    first = listed(test)
    test.button(key="page-next").click().run()
    assert not set(listed(test)) & set(first) and asked(test, "page") == "2"
    test.selectbox(key="sort").set_value("relevance").run()
    assert text("articles.sort.no_words", "en") in [one.value for one in test.caption]
    assert "page" not in test.query_params
    test.text_input(key="search").set_value("Saraqib -Turkish").run()
    assert asked(test, "words") == "Saraqib -Turkish"
    assert text("articles.sort.no_words", "en") not in [one.value for one in test.caption]
    monkeypatch.setattr("geo.store.store.RANKED", 1)
    test.run()
    assert any("too many to rank" in one.value for one in test.caption)


def test_near_duplicates_are_marked_and_can_be_counted_once(page):
    test = page("articles", lang="en", words="warplanes artillery")
    assert listed(test) == ["two", "one"]
    assert html(test).count("same text as 1 other") == 2
    test.checkbox(key="only-once").check().run()
    assert listed(test) == ["one"] and asked(test, "once") == "1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_of_the_catalogue_says_that_it_has_no_full_text(page, language):
    test = page("articles", lang=language, article="a001")
    said = html(test)
    assert escape(text("reader.no_text", language)) in said
    assert text("reader.rule.zone-name", language) in said
    assert "image/svg+xml" in said
    assert asked(test, "article") == "a001"
    test.button(key="reader-close").click().run()
    assert "article" not in test.query_params


def test_an_unknown_article_is_told(page):
    assert "nowhere" in page("articles", lang="en", article="nowhere").warning[0].value


def test_a_link_is_rejected_and_taken_back(page, own):
    before = own.answer(Selection()).zones["idlib"]
    test = page("articles", lang="en", article="one", words="warplanes")
    assert test.button(key="reject-idlib").disabled
    test.text_input(key="judge-name").set_value("Rana <b>Q</b>").run()
    test.button(key="reject-idlib").click().run()
    assert own.answer(Selection()).zones["idlib"] == before - 1
    assert "Rejected by <bdi>Rana &lt;b&gt;Q" in html(test)
    assert listed(test) and listed(test)[-1] == "one"
    test.button(key="undo-idlib").click().run()
    assert own.answer(Selection()).zones["idlib"] == before
    # A zone that is not in its words can be linked; map and list bear it.
    test.button(key="confirm-south").click().run()
    assert own.article("one").zones == ("idlib", "south")
    assert text("reader.by_person", "en") in html(test)
    test.switch_page("map.py").run()
    assert not test.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_is_removed_and_put_back_with_what_was_said_of_it(page, own, language):
    total = own.answer(Selection()).total
    test = page("articles", lang=language, article="one", words="warplanes artillery")
    test.text_input(key="judge-name").set_value("Rana").run()
    test.button(key="reject-idlib").click().run()
    test.button(key="remove-confirm").click().run()
    assert listed(test) == ["two"] and own.answer(Selection()).total == total - 1
    assert "article" not in test.query_params and "same text as" not in html(test)
    said = text("articles.removed", language, title=COPY[:77].rpartition(" ")[0])
    assert said[:40] in html(test)
    test.button(key="put-back").click().run()
    assert listed(test) == ["two", "one"] and own.answer(Selection()).total == total
    assert own.article("one").zones == ()
    assert not [b for b in test.button if b.key == "put-back"]


def test_only_what_was_brought_is_removed_and_only_by_those_who_may(page, monkeypatch):
    def offered(**params) -> bool:
        return any(b.key == "remove-confirm" for b in page("articles", **params).button)

    assert not offered(article="a001") and offered(article="one")
    monkeypatch.setenv("FOURZONES_BRING", "0")
    assert not offered(article="one")


def test_judging_can_be_switched_off(page, monkeypatch):
    monkeypatch.setenv("FOURZONES_JUDGE", "0")
    test = page("articles", lang="en", article="one")
    assert not [b for b in test.button if str(b.key).startswith(("reject-", "confirm-"))]
    assert "3 mentions" in html(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_article_is_text_everywhere(page, language):
    test = page("articles", lang=language, article="hostile", words="shells")
    said = html(test)
    for bad in ("<img src=x", "<script", "\u202e", "`$", 'href="javascript'):
        assert bad not in said
    assert '<u class="fz-hit">Shells</u>' in said
    for button in test.button:
        assert "\u202e" not in button.label and "<img" not in button.label.replace("\\<", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_tried_out_and_kept(page, own, language):
    total = own.answer(Selection()).total
    test = page("bring", lang=language)
    test.text_area(key="pasted").set_value("قُصفت مدينة دوما، and shells fell on Saraqib.")
    test.text_input(key="date-paste").set_value("2018-03")
    test.text_input(key="publisher-paste").set_value("Notes")
    tries(test, language)[0].click().run()
    assert not test.exception
    assert '<mark class="fz-eastern-ghouta">دوما</mark>' in html(test)
    assert own.answer(Selection()).total == total
    test.button(key="keep").click().run()
    assert own.answer(Selection()).total == total + 1
    [kept] = own.articles(Selection(publisher=("Notes",)))
    assert kept.zones == ("idlib", "eastern-ghouta")
    assert kept.article.published.isoformat() == "2018-03"
    assert test.success[0].value == text("bring.kept", language, added=1, updated=0, unchanged=0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_try_out_is_said(page, language):
    for number, said in enumerate(("bring.paste.empty", "bring.files.empty")):
        test = page("bring", lang=language)
        tries(test, language)[number].click().run()
        assert [one.value for one in test.warning] == [text(said, language)]


def test_files_are_tried_out_and_rejects_listed(page, own):
    test = page("bring", lang="en")
    test.file_uploader(key="uploaded").set_value(
        [("a.txt", b"Shells fell on Douma.", "text/plain"), ("b.csv", b"\x00\x01", "text/csv")]
    )
    tries(test, "en")[1].click().run()
    assert not test.exception
    assert "not a text: <bdi>b.csv</bdi>: expected UTF-8" in html(test)
    assert "/tmp" not in html(test)
    test.session_state["language"] = "ar"
    test.run()
    assert "ليس نصاً: <bdi>b.csv</bdi>: المطلوب UTF-8" in html(test)
    test.button(key="drop").click().run()
    assert "b.csv" not in html(test) and not [b for b in test.button if b.key == "keep"]


def test_bringing_is_off_unless_allowed(page, monkeypatch):
    monkeypatch.setenv("FOURZONES_BRING", "")
    test = page("bring", lang="en")
    assert test.info[0].value == text("bring.off", "en") and not test.text_area


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_page_says_what_is_there_and_what_is_missing(page, own, language):
    test = page("data", lang=language)
    assert text("page.data", language) in html(test)
    said = html(test)
    assert escape(text("data.copies", language, count=1)) in said
    assert escape(text("data.groups", language, count=1)) in said
    assert own.fact("data") in said
    for path in DATA.glob("*.source.json"):
        assert escape(json.loads(path.read_text())["dataset"]) in said
    assert escape(text("about.quoted", language)) in said


@pytest.mark.parametrize("name", ["articles", "bring", "data", "about"])
def test_every_page_speaks_the_other_language_at_a_click(page, name):
    test = page(name, lang="en", zone="idlib")
    test.button(key="language-swap").click().run()
    assert not test.exception
    assert asked(test, "lang") == "ar" and asked(test, "zone") == "idlib"
    assert test.button(key="language-swap").label == "English"


def test_the_store_opens_again_with_what_people_said(page, own):
    test = page("articles", lang="en", article="two")
    test.text_input(key="judge-name").set_value("Rana").run()
    test.button(key="confirm-idlib").click().run()
    [said] = open_store(own.url).article("two").judgements
    assert (said.verdict, said.by) == ("confirmed", "Rana") and said.at.endswith("+00:00")


@pytest.mark.parametrize("language", LANGUAGES)
def test_older_links_are_told_and_made_anew_by_who_may(page, own, language, monkeypatch):
    def labels(test: AppTest) -> list[str]:
        return [link.proto.label for link in test.get("page_link")]

    hint = text("outdated.hint", language)
    assert hint not in labels(page("articles", lang=language))
    own.add([LinkedArticle(own.article("hostile").article, ())])
    own.mark_linked("older rules")
    assert hint in labels(page("articles", lang=language))
    monkeypatch.setenv("FOURZONES_BRING", "0")
    test = page("data", lang=language)
    assert [one.value for one in test.warning] == [text("outdated", language)]
    assert not [one for one in test.button if one.key == "relink"]
    monkeypatch.setenv("FOURZONES_BRING", "1")
    test = page("data", lang=language)
    test.button(key="relink").click().run()
    assert set(own.article("hostile").zones) == {"eastern-ghouta", "idlib"}
    assert [one.value for one in test.success] == [text("outdated.relinked", language, count=1)]
    assert not test.warning and hint not in labels(page("articles", lang=language))
