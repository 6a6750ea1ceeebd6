"""The one way from data to HTML: everything from outside is escaped here."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlencode, urlsplit

from geo import zones
from geo.locales import catalogue, day, interval, isolate, language_name, number, text
from geo.model import ZONE_NAMES, LinkedArticle, Mention
from geo.selection import Selection, last_day
from geo.summary import View, advice

DOWNLOAD_URL = "/download"

CONTEXT = 60
"""Code points shown on either side of the words that link."""

MOST_WORDS = 6

MOST_ROWS = 40

ZONE_COLOURS = {
    "idlib": "#0072b2",
    "northern-homs": "#d55e00",
    "eastern-ghouta": "#009e73",
    "south": "#cc79a7",
}
"""Four colours of Okabe and Ito that the colour-blind tell apart; used for nothing else."""

OTHER_COLOUR = "#555555"
"""Of a zone of the user's own, and of what belongs to none."""

# Marks that would reorder the text around them when they come in from outside.
_BIDI_CONTROLS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))

_ISOLATED = re.compile("\u2068(.*?)\u2069", re.DOTALL)
_ARABIC = re.compile("[\u0621-\u064a]")
_LATIN = re.compile(r"([A-Za-z][\w./*:-]*(?: [\w./*:-]*[\w*])*)", re.ASCII)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def escape(run: object) -> str:
    """Escape a text for an element or a quoted attribute, and defuse template and bidi marks.

    Examples
    --------
    >>> escape('<img onerror="x">`${1}`')
    '&lt;img onerror=&quot;x&quot;&gt;&#96;$&#123;1&#125;&#96;'
    """
    escaped = html.escape(str(run).translate(_BIDI_CONTROLS), quote=True)
    for mark in "`{}":
        escaped = escaped.replace(mark, f"&#{ord(mark)};")
    return escaped.replace("\\", "&#92;")


def bdi(run: object) -> str:
    """Escape a text and isolate its direction from the text around it."""
    return f"<bdi>{escape(run)}</bdi>"


def isolated(said: str) -> str:
    """Escape a sentence of ours; the runs that `geo.locales.isolate` wrapped stay isolated.

    Examples
    --------
    >>> isolated("with the words “\u2068<b>\u2069”.")
    'with the words “<bdi>&lt;b&gt;</bdi>”.'
    """
    parts = _ISOLATED.split(said)
    return "".join(bdi(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def foreign_isolated(run: str) -> str:
    """Escape a text; names in Latin letters within an Arabic text are isolated.

    Examples
    --------
    >>> foreign_isolated("خسائر: Al-Jisr Checkpoint، حيط")
    'خسائر: <bdi>Al-Jisr Checkpoint</bdi>، حيط'
    """
    if not _ARABIC.search(run):
        return escape(run)
    parts = _LATIN.split(run)
    return "".join(bdi(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def label(run: object) -> str:
    """Write a text where Streamlit reads Markdown, so that all of it is shown as it is.

    Examples
    --------
    >>> label("*a* <b> [c](d)")
    '\u2068\\\\*a\\\\* \\\\<b\\\\> \\\\[c\\\\]\\\\(d\\\\)\u2069'
    """
    plain = " ".join(str(run).translate(_BIDI_CONTROLS).split())
    # A word joiner behind each colon: `:name:` would become a picture even when escaped.
    return isolate(_PUNCTUATION.sub(r"\\\1", plain).replace(":", ":\u2060"))


def safe_link(url: str, label: str) -> str:
    """Make a link to another site; only http and https are followed, all else is plain text."""
    try:
        good = urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).hostname)
    except ValueError:
        good = False
    if not good:
        return bdi(label)
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{bdi(label)}</a>'


def scrolling(content: str, classes: str = "") -> str:
    """Return what may be wider than the page, to be scrolled by keyboard, too."""
    return f'<div class="fz-scroll {classes}" tabindex="0" role="group">{content}</div>'


def download_links(selection: Selection, language: str, endings: dict[str, tuple[str, ...]]) -> str:
    """Make the links that take away what a selection shows: a row for each thing, a link a format.

    Parameters
    ----------
    endings : dict of str to tuple of str
        The endings of file names in which each thing can be had.
    """
    query = escape(urlencode({**selection.to_params(), "lang": [language]}, doseq=True))
    rows = []
    for what, formats in endings.items():
        links = " ".join(
            f'<a download href="{DOWNLOAD_URL}/{what}.{ending}?{query}">'
            f"{escape(ending.removesuffix('.json'))}</a>"
            for ending in formats
        )
        rows.append(f"<tr><th>{escape(text(f'what.{what}', language))}</th><td>{links}</td></tr>")
    return f'<table class="fz-take">{"".join(rows)}</table>'


def article_list(view: View, language: str, limit: int, *, reader: bool = True) -> str:
    """Make the list of a view's articles, newest first, with the words that link each.

    Parameters
    ----------
    language : {"en", "ar"}
    limit : int
        The most articles to write out; the list says when there are more.
    reader : bool
        Whether each leads to the page where it can be read.
    """
    parts = []
    if any(linked.article.described_by == "fourzones" for linked in view.articles):
        parts.append(f'<p class="fz-note">{escape(text("article.ours", language))}</p>')
    selection = view.selection if reader else None
    parts += [_article(linked, language, selection) for linked in view.articles[:limit]]
    if not view.articles:
        parts.append(f'<p class="fz-empty">{escape(advice(view.selection, language))}</p>')
    if view.counts.articles > limit:
        more = text("list.more", language, count=view.counts.articles - limit)
        parts.append(f'<p class="fz-empty">{escape(more)}</p>')
    if view.undated:
        parts.append(f"<h4>{text('list.undated', language)}</h4>")
        parts += [_article(linked, language, selection) for linked in view.undated[:limit]]
    title = escape(text("list.title", language))
    return f'<section class="fz-list" aria-label="{title}">{"".join(parts)}</section>'


def map_table(view: View, places: dict[str, dict[str, Any]], language: str) -> str:
    """Say in a table what the map shows: the zones as they stand, and the places mentioned."""
    heads = ("zone", "status", "since", "area", "accuracy", "articles")
    head = "".join(f"<th>{escape(text(f'table.{name}', language))}</th>" for name in heads)
    rows = []
    for _, row in view.zones.iterrows():
        ended, accuracy = row["status"] == "ended", zones.accuracy(row)
        cells = (
            row[f"name_{language}"],
            text(f"status.{row['status']}", language),
            day(row["valid_from"], language),
            "–" if ended else f"{row['area_km2']:,.0f}",
            "–" if accuracy is None else f"{accuracy:g}",
            number(int(row["articles"])),
        )
        rows.append("<tr>" + "".join(f"<td>{bdi(cell)}</td>" for cell in cells) + "</tr>")
    named = [
        f"<tr><td>{bdi(places[key][f'name_{language}'])}</td><td>{number(count)}</td></tr>"
        for key, count in list(view.counts.places.items())[:MOST_ROWS]
        if key in places
    ]
    return (
        f'<table class="fz-table"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody>'
        f'</table><table class="fz-table"><thead><tr><th>{escape(text("table.place", language))}'
        f"</th><th>{escape(text('table.articles', language))}</th></tr></thead>"
        f"<tbody>{''.join(named)}</tbody></table>"
    )


def zone_basis(view: View, language: str) -> str:
    """Say for each zone shown how it stood, on what basis it is drawn, how sure and from what."""
    parts = []
    for _, row in view.zones.iterrows():
        first = day(row["valid_from"], language)
        until = day(last_day(row["valid_to"]), language) if row["valid_to"] else ""
        parts += [
            f'<h4><mark class="fz-{row["zone"]}">{escape(row[f"name_{language}"])}</mark> '
            f"{escape(text('status.' + row['status'], language))}: "
            f"{bdi(f'{first} – {until}' if until else first)}</h4>",
            f"<p>{escape(row[f'basis_{language}'])}</p>",
            f"<p>{escape(row[f'caveats_{language}'])}</p>",
        ]
        sources = [
            safe_link(source["url"], source["title"] or source["publisher"])
            for source in row["sources"]
        ]
        parts.append(f"<p>{' · '.join(sources)}</p>")
    return f'<section class="fz-list fz-basis">{"".join(parts)}</section>'


def rule_in_words(rule: str, language: str) -> str:
    """Say what a rule accepted, and by what company of words.

    Examples
    --------
    >>> rule_in_words("place-name, with head", "en")
    'name of a place, beside a word such as town or countryside'
    >>> rule_in_words("a rule of tomorrow", "en")
    'a rule of tomorrow'
    """
    name, _, company = rule.partition(", with ")
    known = catalogue(language)
    said = text(f"reader.rule.{name}", language) if f"reader.rule.{name}" in known else name
    if company and company != name:
        key = f"reader.with.{company}"
        said += text("sentence.comma", language) + " "
        said += text(key, language) if key in known else company
    return said


def _article(linked: LinkedArticle, language: str, selection: Selection | None) -> str:
    article = linked.article
    read = ""
    if selection:
        query = {**selection.to_params(), "lang": [language], "article": [article.id]}
        address = f"/articles?{escape(urlencode(query, doseq=True))}"
        read = f'<a href="{address}" target="_self">{escape(text("article.read", language))}</a>'
    facts = [
        bdi(article.publisher) if article.publisher else text("publisher.unknown", language),
        bdi(interval(article.published, language)),
        bdi(language_name(article.language, language)),
        safe_link(article.url, text("article.source", language)) if article.url else "",
        read,
    ]
    theirs = article.described_by == "publisher" and article.title
    note = f'<span class="fz-note">{text("article.theirs", language)}</span>' if theirs else ""
    differs = ""
    if article.labelled is not None and set(article.labelled) != set(linked.zones):
        comma = text("sentence.comma", language) + " "
        names = comma.join(ZONE_NAMES[zone][language] for zone in article.labelled)
        label = text("article.label", language, names=names or text("article.no_zone", language))
        differs = f'<p class="fz-differs">{escape(label)}</p>'
    words = _evidence(linked, language) or f"<em>{text('article.unlinked', language)}</em>"
    return (
        f'<article data-article="{escape(article.id)}">'
        f'<h3 dir="auto">{escape(article.heading(language))}</h3>'
        f'<p class="fz-facts">{" · ".join(fact for fact in facts if fact)}</p>'
        f'<p class="fz-words">{words}</p>{note}{differs}</article>'
    )


def _evidence(linked: LinkedArticle, language: str) -> str:
    """Write out the words that link: each zone's first words always, a few at most."""
    unique = {(m.zone, m.surface): m for m in reversed(linked.mentions)}
    mentions = sorted(unique.values(), key=linked.mentions.index)
    # A zone that a person linked may have no words of its own.
    firsts = [m for zone in linked.zones for m in [m for m in mentions if m.zone == zone][:1]]
    others = [m for m in mentions if m not in firsts]
    kept = firsts + others[: MOST_WORDS - len(firsts)]
    return " ".join(_words(m, linked, language) for m in sorted(kept, key=linked.mentions.index))


def _words(mention: Mention, linked: LinkedArticle, language: str) -> str:
    article = linked.article
    said = [
        f"{ZONE_NAMES[mention.zone][language]}: {rule_in_words(mention.rule, language)}; "
        f"{mention.confidence:.2f}",
        *(
            []
            if mention.inside is None
            else [text("mention.inside" if mention.inside else "mention.outside", language)]
        ),
    ]
    outside = " fz-outside" if mention.inside is False else ""
    mark = (
        f'<mark class="fz-{mention.zone}{outside}" title="{escape("; ".join(said))}">'
        f"{bdi(mention.surface)}</mark>"
    )
    if article.described_by == "fourzones":
        return mark  # the catalogue keeps only the names themselves, so there is no context
    field = article.title if mention.where == "title" else article.text
    before = field[max(0, mention.start - CONTEXT) : mention.start]
    after = field[mention.end : mention.end + CONTEXT]
    return f'<span dir="auto">…{escape(before)}{mark}{escape(after)}…</span>'
