import pytest

from geo.html import article_list, escape, isolated, safe_link
from geo.locales import isolate
from geo.model import Article, LinkedArticle, Mention
from geo.selection import Selection
from geo.summary import View, view

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "`${alert(1)}`",
    "\u202egnitirw esrever",
    "{{ 7 * 7 }}",
    '"><svg onload=alert(1)>',
    "\\x3cimg\\x3e",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_from_outside_is_markup(text):
    made = escape(text)
    assert not set(made) & set("<>\"'`{}\\\u202e")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.y", "http:///", "x", "http://[::1"]
)
def test_only_web_addresses_are_links(url):
    assert "href" not in safe_link(url, "label")
    assert safe_link("https://example.org/?a=1&b=2", "go").startswith(
        '<a href="https://example.org/?a=1&amp;b=2"'
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_article_is_shown_as_text(shipped, text):
    mention = Mention("idlib", text, 0, len(text), None, "zone", "body", text, 1.0)
    article = Article(id=text, title=text, text=text, publisher=text, url=text, language=text)
    shown = view(shipped, Selection())
    fields = {name: getattr(shown, name) for name in View.__slots__}
    made = article_list(
        View(**{**fields, "articles": [LinkedArticle(article, (mention,))]}), "en", 10
    )
    for word in ("<img", "<script", "<svg", "`$", "\u202e", "{{"):
        assert word not in made


@pytest.mark.parametrize("text", [*HOSTILE, "a\u2069</h1>\u2068b"])
def test_a_sentence_keeps_what_it_isolates_apart_and_escaped(text):
    made = isolated(f"words “{isolate(text)}”.")
    assert made.startswith("words “<bdi>") and "</bdi>" in made
    assert not set(made.replace("<bdi>", "").replace("</bdi>", "")) & set("<>\"'`{}\u2068\u202e")
