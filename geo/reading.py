"""The HTML of one article to read: its text with what links it, and why each mention counts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from geo.html import bdi, escape, rule_in_words, safe_link, scrolling
from geo.locales import day, interval, language_name, text
from geo.model import ZONE_NAMES, Article, Judgement, LinkedArticle, Mention
from geo.words import Term, hits

MOST_LETTERS = 60_000
"""Code points of a text that are written out."""

MOST_TITLE = 500
MOST_ROWS = 80
WORDS_IN_LIST = 4

Span = tuple[int, int]
_Same = tuple[str, str, str | None, bool | None, str, float]


def chip(zone: str, language: str) -> str:
    """Name a zone in its colour."""
    return f'<mark class="fz-{zone} fz-chip">{escape(ZONE_NAMES[zone][language])}</mark>'


def list_entry(linked: LinkedArticle, language: str, copies: int = 0) -> str:
    """Make what stands below a title in the list: facts, and for each zone the words that link.

    Parameters
    ----------
    copies : int
        How many other articles have the same text.
    """
    article = linked.article
    facts = [
        bdi(article.publisher or text("publisher.unknown", language)),
        bdi(interval(article.published, language)),
        bdi(language_name(article.language, language)),
    ]
    if copies:
        facts.append(
            f'<span class="fz-copies">{escape(text("reader.copies", language, count=copies))}'
            "</span>"
        )
    words = []
    for zone in linked.zones:
        said = list(dict.fromkeys(m.surface for m in linked.mentions if m.zone == zone))
        shown = (
            text("sentence.comma", language).join(
                f" {bdi(surface)}" for surface in said[:WORDS_IN_LIST]
            )
            or f" <em>{escape(text('reader.by_person', language))}</em>"
        )
        more = f" +{len(said) - WORDS_IN_LIST}" if len(said) > WORDS_IN_LIST else ""
        words.append(f"<span>{chip(zone, language)}{shown}{more}</span>")
    if not words:
        key = "reader.all_rejected" if linked.judgements else "article.unlinked"
        words = [f"<em>{escape(text(key, language))}</em>"]
    return (
        f'<div class="fz-entry" data-article="{escape(article.id)}">'
        f'<p class="fz-facts">{" · ".join(facts)}</p>'
        f'<p class="fz-links">{" ".join(words)}</p></div>'
    )


def heading(linked: LinkedArticle, language: str, wanted: Sequence[Term] = ()) -> str:
    """Make the head of the reader: title, facts, links to the page and its archived copy.

    Parameters
    ----------
    wanted : sequence of Term
        What is searched for, to be underlined.
    """
    article = linked.article
    own = article.heading(language)
    code = article.language if article.title else language
    facts = [
        bdi(article.publisher or text("publisher.unknown", language)),
        bdi(interval(article.published, language)),
        bdi(language_name(article.language, language)),
    ]
    links = []
    if article.url:
        links.append(safe_link(article.url, text("article.source", language)))
    if article.archive_url:
        links.append(safe_link(article.archive_url, text("reader.archive", language)))
    if article.url:
        links.append(escape(_worked(article, language)))
    there = [m for m in linked.mentions if m.where == "title"] if own == article.title else []
    shown = own[:MOST_TITLE]
    title = _marked(shown, 0, len(shown), there, wanted)
    title = f'<h2 dir="auto" lang="{escape(code)}">{title}</h2>'
    return (
        f'<header class="fz-reader" data-reading="{escape(article.id)}">{title}'
        f'<p class="fz-facts">{" · ".join(facts)}</p>'
        f'<p class="fz-facts">{" · ".join(links)}</p></header>'
    )


def _worked(article: Article, language: str) -> str:
    if not article.link_worked:
        return text("reader.worked.unknown", language)
    try:
        when = day(dt.datetime.fromisoformat(article.link_worked).date(), language)
    except ValueError:
        when = article.link_worked[:40]
    return text("reader.worked", language, day=when)


def body(linked: LinkedArticle, language: str, wanted: Sequence[Term] = ()) -> str:
    """Make the text with its mentions in the colours of their zones and what was searched for.

    Of an article of the catalogue there is no full text: it gives our summary and the names
    quoted from it.
    """
    article = linked.article
    ours = article.described_by == "fourzones"
    parts = []
    if ours:
        summary = article.summary_ar if language == "ar" else article.summary_en
        parts.append(f'<p class="fz-note">{escape(text("reader.no_text", language))}</p>')
        if summary:
            parts.append(
                f'<p dir="auto" lang="{language}">{_marked(summary, 0, len(summary), [], wanted)}'
                f"</p>"
            )
        parts.append(f"<h4>{escape(text('reader.quoted', language))}</h4>")
    own = [m for m in linked.mentions if m.where != "title"]
    shown = article.text[:MOST_LETTERS]
    parts += _lines(shown, own, wanted)
    if len(article.text) > MOST_LETTERS:
        cut = text("reader.cut", language, count=f"{MOST_LETTERS:,}")
        parts.append(f'<p class="fz-note">{escape(cut)}</p>')
    if not article.text.strip():
        parts.append(f'<p class="fz-note">{escape(text("reader.empty", language))}</p>')
    return f'<div class="fz-text" lang="{escape(article.language)}">{"".join(parts)}</div>'


def _lines(shown: str, mentions: Sequence[Mention], wanted: Sequence[Term]) -> Iterator[str]:
    found = list(hits(wanted, shown)) if wanted else []
    at = 0
    for line in shown.split("\n"):
        end = at + len(line)
        if line.strip():
            inside = [m for m in mentions if m.start < end and m.end > at]
            spans = [(s, e) for s, e in found if s < end and e > at]
            yield f'<p dir="auto">{_runs(shown, at, end, inside, spans)}</p>'
        at = end + 1


def _marked(
    field: str, start: int, end: int, mentions: Sequence[Mention], wanted: Sequence[Term]
) -> str:
    return _runs(field, start, end, mentions, list(hits(wanted, field)) if wanted else [])


def _runs(
    field: str, start: int, end: int, mentions: Sequence[Mention], found: Sequence[Span]
) -> str:
    """Write ``field[start:end]``, cut wherever a mention or a hit begins or ends."""
    cuts = {start, end}
    for one, other in (*((m.start, m.end) for m in mentions), *found):
        cuts |= {min(max(one, start), end), min(max(other, start), end)}
    parts = []
    for left, right in pairwise(sorted(cuts)):
        run = escape(field[left:right])
        if any(s <= left and right <= e for s, e in found):
            run = f'<u class="fz-hit">{run}</u>'
        over = next((m for m in mentions if m.start <= left and right <= m.end), None)
        if over:
            outside = " fz-outside" if over.inside is False else ""
            run = f'<mark class="fz-{over.zone}{outside}">{run}</mark>'
        parts.append(run)
    return "".join(parts)


def why_linked(linked: LinkedArticle, language: str, places: Mapping[str, str]) -> str:
    """Make the table of the mentions: words, zone, rule, confidence, place, inside or outside."""
    if not linked.mentions:
        return f'<p class="fz-note">{escape(text("article.unlinked", language))}</p>'
    counted: Counter[_Same] = Counter()
    fields: dict[_Same, set[str]] = {}
    for m in linked.mentions:
        key = (m.zone, m.surface, m.place, m.inside, m.rule, m.confidence)
        counted[key] += 1
        fields.setdefault(key, set()).add(m.where)
    rows = []
    placed = any(m.place for m in linked.mentions)
    for key, times in list(counted.items())[:MOST_ROWS]:
        zone, surface, place, inside, rule, sure = key
        words = bdi(surface) + (f" ×{times}" if times > 1 else "")
        for where in ("title", "dateline"):
            if where in fields[key]:
                said = escape(text(f"reader.where.{where}", language))
                words += f' <span class="fz-note">({said})</span>'
        side = {True: "inside", False: "outside", None: "unknown"}[inside]
        at = (
            bdi(places.get(place, place)) if place else "–",
            escape(text(f"reader.side.{side}", language)) if place else "–",
        )
        cells = (
            chip(zone, language),
            words,
            *(at if placed else ()),
            escape(rule_in_words(rule, language)),
            f'<span class="fz-number">{sure:.2f}</span>',
        )
        rows.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    heads = "".join(
        f"<th>{escape(text(f'reader.column.{name}', language))}</th>"
        for name in ("zone", "words", *(("place", "side") if placed else ()), "rule", "confidence")
    )
    more = ""
    if len(counted) > MOST_ROWS:
        told = text("reader.rows", language, count=len(counted) - MOST_ROWS)
        more = f'<p class="fz-note">{escape(told)}</p>'
    reasons = (
        f'<table class="fz-table"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
    return scrolling(reasons, "" if placed else "fz-few") + more


def verdict(linked: LinkedArticle, zone: str, language: str) -> str:
    """Say how the link to a zone stands: found in how many places, and what a person said of it."""
    found = sum(m.zone == zone for m in linked.mentions)
    said = [text("reader.found", language, count=found) if found
            else text("reader.not_found", language)]  # fmt: skip
    if zone in (linked.article.labelled or ()):
        said.append(text("reader.labelled", language))
    judged = judgement_of(linked, zone)
    line = f"{chip(zone, language)} {escape(' · '.join(said))}"
    if judged:
        line += f'<br><strong class="fz-{judged.verdict}">{_judged(judged, language)}</strong>'
    return f'<p class="fz-verdict" data-zone="{zone}">{line}</p>'


def judgement_of(linked: LinkedArticle, zone: str) -> Judgement | None:
    """Return what a person said of the link to a zone."""
    return next((one for one in linked.judgements if one.zone == zone), None)


def _judged(judged: Judgement, language: str) -> str:
    try:
        at = dt.datetime.fromisoformat(judged.at)
        when = f"{day(at.date(), language)} {at:%H:%M} UTC"
    except ValueError:
        when = judged.at
    known = text(f"reader.{judged.verdict}", language, name="\0", when="\1")
    return escape(known).replace("\0", bdi(judged.by)).replace("\1", bdi(when))
