"""The HTML of what the Data page says: bars, rates with their intervals, source cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.coverage import Coverage, Differing
from geo.evaluation import Result
from geo.evaluation.scores import Rate
from geo.html import bdi, escape, foreign_isolated, scrolling
from geo.locales import day, language_name, number, text
from geo.model import ZONE_NAMES


def bars(counted: Mapping[str, int], limit: int | None = None) -> str:
    """Make a table of names with bars as long as their counts.

    Examples
    --------
    >>> bars({"Reuters": 2}).count("100.0%")
    1
    """
    most = max(counted.values(), default=1)
    rows = "".join(
        f'<tr><td>{bdi(name)}</td><td class="fz-number">{number(count)}</td>'
        f'<td class="fz-bar"><div style="width:{100 * count / most:.1f}%"></div></td></tr>'
        for name, count in list(counted.items())[:limit]
    )
    return f'<table class="fz-table">{rows}</table>'


def table(head: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """Make a table of plain texts, each isolated in its direction."""
    heads = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = "".join(f"<tr>{''.join(f'<td>{bdi(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return scrolling(f'<table class="fz-table"><tr>{heads}</tr>{lines}</table>')


def missing(known: Coverage, language: str) -> str:
    """List what is not known of the articles, or not there; undated and rejected ones always."""
    counts = {
        "undated": known.counts.undated,
        "rejected": known.rejected,
        "wide": known.wide,
        "empty": known.empty,
        "groups": known.groups,
        "copies": known.copies,
        "nameless": known.nameless,
        "languageless": known.languageless,
    }
    lines = [
        text(f"data.{key}", language, count=count)
        for key, count in counts.items()
        if count or key in ("undated", "rejected")
    ]
    return f'<ul class="fz-plain">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'


def rates(result: Result, language: str) -> str:
    """Make the table of the linker's accuracy by language, with 95 % intervals."""

    def said(rate: Rate | None) -> str:
        return f"{rate.value:.2f} ({rate.low:.2f}–{rate.high:.2f})" if rate else "–"

    heads = ("language", "labelled", "precision", "recall", "f1", "exact")
    rows = [
        (
            text("data.accuracy.all", language)
            if row.group == "all"
            else language_name(row.name, language),
            str(row.labelled),
            said(row.precision),
            said(row.recall),
            said(row.f1),
            said(result.exact_sets.get(row.name)),
        )
        for row in sorted(result.rows, key=lambda row: (row.group != "all", -row.labelled))
        if row.measure == "zones" and row.group in ("all", "language")
    ]
    return table((text(f"data.accuracy.{head}", language) for head in heads), rows)


def card(said: Mapping[str, Any], language: str) -> str:
    """Make a source card: what it is, from where, by which method, and its caveats."""
    words = in_language(said, language)
    caveats = "".join(f"<li>{foreign_isolated(line)}</li>" for line in words["caveats"])
    lines = "".join(f"<p>{foreign_isolated(words[key])}</p>" for key in ("source", "method"))
    title = f"<p><strong>{bdi(said['dataset'])}</strong>: {foreign_isolated(words['title'])}</p>"
    return f'<div class="fz-plain" lang="{language}">{title}{lines}<ul>{caveats}</ul></div>'


def in_language(said: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """Return a source card in a language, as far as it was written in it."""
    return {**said, **(said.get("ar", {}) if language == "ar" else {})}


def card_rows(cards: Iterable[Mapping[str, Any]], language: str) -> str:
    """Make the table of datasets with licence and day of reading."""
    heads = (text(f"data.cards.{name}", language) for name in ("dataset", "licence", "accessed"))
    rows = (
        (
            one["dataset"],
            in_language(one, language)["licence"],
            day(dt.date.fromisoformat(one["accessed"]), language),
        )
        for one in cards
    )
    return table(heads, rows)


def fact_rows(facts: Mapping[str, str], known: Coverage, language: str) -> str:
    """Make the table of what the store says of itself."""
    told = {**facts, "articles": number(known.counts.total)}
    rows = [(text(f"data.store.{key}", language), value) for key, value in told.items() if value]
    lines = "".join(f"<tr><th>{escape(a)}</th><td>{bdi(b)}</td></tr>" for a, b in rows)
    return scrolling(f'<table class="fz-table fz-narrow">{lines}</table>')


def differing_table(articles: Iterable[Differing], language: str) -> str:
    """Make the table of the articles of which linker and reader say different zones."""

    def names(zones: Sequence[str]) -> str:
        comma = text("sentence.comma", language) + " "
        return comma.join(ZONE_NAMES[zone][language] for zone in zones) or "–"

    heads = [text(f"about.{name}", language) for name in ("article", "quoted", "linker", "reader")]
    rows = (
        (one.heading[language], one.quoted, names(one.linker), names(one.reader))
        for one in articles
    )
    return table(heads, rows)
