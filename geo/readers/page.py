"""A saved web page: the body without what stands around it, and what the page says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from geo.model import Article, Interval
from geo.readers.costly import must_be_cheap
from geo.readers.dates import settled, with_calendar
from geo.readers.identity import canonical, identify
from geo.readers.mhtml import is_mhtml, page_in
from geo.readers.source import Source, decode
from geo.readers.text import language_of, no_text

# Internet Explorer, and Chrome after it, write where they saved a page from.
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
# What old pages put around a script so that older browsers would not show it.
_AROUND = re.compile(r"^\s*(?://)?\s*<!(?:--|\[CDATA\[)|(?://)?\s*(?:--|\]\])>\s*$")

SHORTEST = 40
"""Letters that a body must have: less is a login page, a redirect or a menu."""

_ARTICLES = ("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting")


def read_page(source: Source, published: Interval | None = None) -> Iterator[Article]:
    """Read a saved HTML page as one article.

    Title, date, publisher, language and address are those of schema.org, Open Graph or the page's
    own elements, in this order; `date_source` says which. A date is never guessed from the body.

    Raises
    ------
    FourzonesError
        If the page holds no article.
    """
    data, address = source.whole(), ""
    if is_mhtml(data):
        data, address = page_in(data)
    yield article_from_page(decode(data, source.name), source.name, published, address)


def article_from_page(
    html: str, where: str, published: Interval | None = None, saved_from: str = ""
) -> Article:
    """Return the article of a page.

    Parameters
    ----------
    saved_from : str
        The address of a page that states none itself.
    """
    import trafilatura
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    must_be_cheap(html, where)
    try:
        tree = document_fromstring(html.encode("utf-8", "replace"), HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError) as error:
        raise no_text(where, "no HTML") from error
    body = trafilatura.extract(
        html, include_comments=False, include_tables=False, favor_precision=True, deduplicate=False
    )
    if not body or sum(letter.isalpha() for letter in body) < SHORTEST:
        raise no_text(where, "a page without an article (a login page, a menu?)")
    said, meta = _schema(tree), _meta(tree)
    comment = _SAVED_FROM.search(html[:4096])
    addresses = (
        meta.get("canonical"), meta.get("og:url"), _one(said.get("url")), saved_from,
        comment[1] if comment else "",
    )  # fmt: skip
    url = next(filter(None, (canonical(address or "") for address in addresses)), "")
    date, date_source = settled(*_date(tree, said, meta), published, url)
    name = _one(said.get("publisher"), "name")
    language = _one(said.get("inLanguage"), "alternateName")
    title = _one(said.get("headline")) or meta.get("og:title") or tree.findtext(".//h1")
    return Article(
        id=identify(url, body),
        url=url,
        publisher=str(name or meta.get("og:site_name") or ""),
        published=date,
        date_source=date_source,
        language=language_of(body, language or tree.get("lang") or meta.get("og:locale") or ""),
        title=" ".join(str(title or tree.findtext(".//title") or "").split()),
        text=body,
    )


def _date(tree: Any, said: dict[str, Any], meta: dict[str, str]) -> tuple[Interval | None, str]:
    times = tree.xpath("//time[@datetime]/@datetime")
    times = times or [one.text_content() for one in tree.xpath("//time[not(@datetime)]")]
    for source, value in (
        ("schema.org", _one(said.get("datePublished"))),
        ("open-graph", meta.get("article:published_time", "")),
        ("meta", meta.get("date", "") or meta.get("pubdate", "") or meta.get("dc.date", "")),
        ("time-element", times[0] if len(set(times)) == 1 else ""),
    ):
        if value:
            date, where = with_calendar(value, source)
            if date:
                return date, where
    return None, ""


def _one(value: Any, name: str = "@id") -> str:
    """Return the first text of what schema.org lets be one, a list, or a thing with a name."""
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get(name)
    return value if isinstance(value, str) else ""


def _schema(tree: Any) -> dict[str, Any]:
    """Return the first schema.org article of a page's JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            content = json.loads(_AROUND.sub("", script))
        except (ValueError, RecursionError):
            continue
        waiting = [content]
        for _ in range(200):
            if not waiting:
                break
            one = waiting.pop(0)
            if isinstance(one, list):
                waiting += one
            elif isinstance(one, dict):
                kinds = one.get("@type")
                if set(kinds if isinstance(kinds, list) else [kinds]) & set(_ARTICLES):
                    return one
                waiting.append(one.get("@graph"))
    return {}


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if key:
            found.setdefault(key.lower(), element.get("content"))
    for link in tree.xpath("//link[@rel='canonical']/@href"):
        found.setdefault("canonical", link)
    return found


def plain(html: str) -> str:
    """Return the text of a piece of HTML, paragraphs apart."""
    from lxml import etree
    from lxml.html import fromstring

    if "<" not in html:
        return html.strip()
    try:
        tree = fromstring(f"<div>{html}</div>")
    except (etree.ParserError, ValueError):
        return ""
    for unwanted in tree.xpath("//script|//style"):
        unwanted.drop_tree()
    for block in tree.xpath("//p|//br|//div|//li|//h1|//h2|//h3"):
        block.tail = "\n" + (block.tail or "")
    return "\n".join(line.strip() for line in tree.text_content().splitlines() if line.strip())
