"""A selection as an Atom feed (RFC 4287): its newest articles, with the words that link them."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit
from xml.sax.saxutils import escape, quoteattr

from geo.api.answers import Answer, Ask
from geo.api.pages import quoted
from geo.api.parameters import Problem, chosen
from geo.api.shelf import Shelf
from geo.export.terms import LICENCE
from geo.export.xml import xml_text
from geo.locales import text
from geo.model import ZONE_NAMES, LinkedArticle
from geo.selection import Selection

ATOM = "application/atom+xml; charset=utf-8"
NEWEST = 50
MOST_WORDS = 12

_AUTHORITY = "tag:fourzones.invalid,2017-05-04:"
_UNKNOWN = "1970-01-01T00:00:00Z"
"""When an undated article is said to have changed: the same each time that it is asked for."""


def answer(ask: Ask, shelf: Shelf) -> Answer:
    """Answer with the feed of a selection.

    Raises
    ------
    Problem
        If the selection cannot be read.
    """
    if ask.path != "/feed.atom":
        raise Problem(404, f"nothing is at {ask.path[:80]}; the feed is at {ask.base}/feed.atom")
    asked = chosen(ask.query, ("lang",))
    articles = shelf.store.articles(asked.selection, limit=NEWEST)
    return Answer(ATOM, feed(ask, asked.selection, asked.language or ask.language, articles))


def feed(ask: Ask, selection: Selection, language: str, articles: list[LinkedArticle]) -> bytes:
    """Write the feed."""
    params = selection.to_params()
    query = urlencode(sorted(params.items()), doseq=True)
    changed = max((_updated(linked) for linked in articles), default=_UNKNOWN)
    own = f"{ask.base}{ask.path}" + (f"?{ask.query}" if ask.query else "")
    page = f"{ask.base}/" + (f"?{query}" if query else "")
    told = "; ".join(f"{name}: {', '.join(values)}" for name, values in params.items())
    title = text("api.feed", language) + (f" ({told})" if told else "")
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        _element("id", f"{_AUTHORITY}feed?{query}"),
        _element("title", title),
        _element("updated", changed),
        _element("rights", LICENCE),
        "<author><name>Fourzones</name></author>",
        _link("self", own, "application/atom+xml"),
        _link("alternate", page, "text/html"),
        *(_entry(ask, linked, language) for linked in articles),
        "</feed>\n",
    ]
    return "\n".join(parts).encode("utf-8", "replace")


def _entry(ask: Ask, linked: LinkedArticle, language: str) -> str:
    article = linked.article
    here = f"{ask.base}/api/collections/articles/items/{quoted(article.id)}"
    zones = [
        f"{ZONE_NAMES[zone][language]}: {', '.join(_words(linked, zone)) or '–'}"
        for zone in linked.zones
    ]
    parts = [
        "<entry>",
        _element("id", f"{_AUTHORITY}article/{quoted(article.id)}"),
        _element("title", article.heading(language)),
        _element("updated", _updated(linked)),
        _link("alternate", article.url if _followed(article.url) else here),
        _link("related", here, "application/geo+json"),
        _element("summary", "; ".join(zones) or text("article.unlinked", language)),
        *(f"<category term={quoteattr(zone)}/>" for zone in linked.zones),
    ]
    if article.published:
        parts.append(_element("published", f"{article.published.start}T00:00:00Z"))
    if article.publisher:
        parts.append(f"<author>{_element('name', article.publisher)}</author>")
    return "\n".join([*parts, "</entry>"])


def _words(linked: LinkedArticle, zone: str) -> list[str]:
    words = dict.fromkeys(m.surface for m in linked.mentions if m.zone == zone)
    return list(words)[:MOST_WORDS]


def _updated(linked: LinkedArticle) -> str:
    published = linked.article.published
    return f"{published.start}T00:00:00Z" if published else _UNKNOWN


def _followed(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _element(name: str, said: str) -> str:
    return f"<{name}>{escape(xml_text(said))}</{name}>"


def _link(relation: str, href: str, kind: str = "") -> str:
    said = f" type={quoteattr(kind)}" if kind else ""
    return f"<link rel={quoteattr(relation)} href={quoteattr(xml_text(href))}{said}/>"
