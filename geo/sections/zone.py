"""A zone's profile as HTML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from geo import charts
from geo.html import bdi, escape, foreign_isolated, safe_link, scrolling
from geo.locales import day, number, text
from geo.model import ZONE_NAMES
from geo.phrases import phrase
from geo.profile import Profile, Version, former
from geo.sections.pieces import (
    Address,
    date_link,
    days_of,
    details,
    event_list,
    framed,
    month_of,
    said_of,
    size_of,
    source_of,
    table,
    version_heads,
    version_row,
)


def profile_html(profile: Profile, language: str, address: Address | None = None) -> str:
    """Write a zone's profile but for its articles: status, maps, charts, events, sources.

    Parameters
    ----------
    address : callable, optional
        Where a date leads to; without it, dates are plain words, as in a report.
    """
    drawn = any(version.geometry is not None for version in profile.versions)
    parts = [
        _now(profile, language),
        *([_charts(profile, language), _maps(profile, language, address)] if drawn else []),
        _found(profile, language, address),
        _sure(profile, language),
    ]
    return framed("".join(parts), language)


def _now(profile: Profile, language: str) -> str:
    current = profile.current
    date = day(profile.date, language)
    if current is None:
        return f"<p>{escape(text('zone.before', language, day=date))}</p>"
    facts = [
        (text("zone.on", language, day=date), text(f"status.{current.status}", language)),
        (text("zone.dates", language), days_of(current, language)),
    ]
    if current.geometry is not None:
        facts.append((text("zone.area", language), f"{current.area_km2:,.0f}"))
    if current.accuracy_km is not None:
        facts.append((text("zone.accuracy", language), f"{current.accuracy_km:g}"))
    facts.append((text("zone.count", language), number(profile.articles)))
    said = "".join(f"<div><dt>{escape(k)}</dt><dd>{bdi(v)}</dd></div>" for k, v in facts)
    return f'<dl class="fz-now">{said}</dl><p>{foreign_isolated(current.change[language])}</p>'


def _charts(profile: Profile, language: str) -> str:
    own = profile.versions
    steps = [(v.valid_from, v.valid_to, v.area_km2) for v in own]
    drawn = [v for v in own if v.geometry is not None]
    area = charts.area_steps(
        profile.zone, steps, text("zone.area.title", language),
        text("zone.area.description", language, first=f"{drawn[0].area_km2:,.0f}",
             last=f"{drawn[-1].area_km2:,.0f}"),
        language, profile.date,
    )  # fmt: skip
    note = text("zone.coverage.help", language)
    if profile.unplaced:
        note += " " + text("zone.coverage.unplaced", language, count=profile.unplaced)
    first = min([own[0].valid_from, *(month for month, _ in profile.months)])
    last = max([own[-1].valid_from, *(month for month, _ in profile.months)])
    coverage = charts.month_bars(
        profile.zone, profile.months, first, last + dt.timedelta(days=32),
        text("zone.coverage.title", language), note, language,
    )  # fmt: skip
    rows = [[escape(month_of(month, language)), number(count)] for month, count in profile.months]
    heads = [text("timeline.month", language), text("zone.count", language)]
    return (
        f'<div class="fz-pair"><section><h2>{escape(text("zone.area.title", language))}</h2>'
        f"{scrolling(area)}</section>"
        f"<section><h2>{escape(text('zone.coverage.title', language))}</h2>"
        f"{scrolling(coverage)}"
        f'<p class="fz-quiet">{escape(note)}</p>'
        + details(text("zone.coverage.table", language), table(heads, rows, (1,)))
        + "</section></div>"
    )


def _maps(profile: Profile, language: str, address: Address | None) -> str:
    own = profile.versions
    extent = charts.extent_of(v.geometry for v in own if v.geometry is not None)
    bases = list(dict.fromkeys(version.basis[language] for version in own))
    figures = []
    for version in own:
        once = former(own, version)
        said = said_of(version, language)
        drawn = charts.small_map(
            profile.zone, version.status, version.geometry, once.geometry if once else None, extent,
            f"{ZONE_NAMES[profile.zone][language]}, {said}", version.change[language], language,
        )  # fmt: skip
        number = text(
            "zone.basis.number", language, number=bases.index(version.basis[language]) + 1
        )
        here = ' aria-current="date"' if version is profile.current else ""
        figures.append(
            f"<figure{here}>{drawn}<figcaption>"
            f"<span><b>{date_link(version, language, address)}</b></span>"
            f"<span>{escape(text('status.' + version.status, language))}</span>"
            f"<span>{escape(size_of(version, language))}</span>"
            f'<span class="fz-quiet" title="{escape(version.basis[language])}">'
            f"{escape(number)}</span></figcaption></figure>"
        )
    link = escape(text("zone.maps.link", language)) + " " if address else ""
    listed = "".join(f"<li>{foreign_isolated(basis)}</li>" for basis in bases)
    rows = [[*version_row(v, language, address), *_grounds(v, language)] for v in own]
    heads = [*version_heads(language), text("zone.change", language), text("zone.basis", language),
             text("zone.sources", language)]  # fmt: skip
    return (
        f"<h2>{escape(text('zone.maps', language, count=len(own)))}</h2>"
        f'<p class="fz-quiet">{link}{escape(text("zone.maps.help", language))}</p>'
        f'<ol class="fz-bases">{listed}</ol>'
        f'<div class="fz-maps">{"".join(figures)}</div>'
        + details(text("zone.table", language), table(heads, rows, (2, 3)), is_open=address is None)
    )


def _found(profile: Profile, language: str, address: Address | None) -> str:
    def counted(key: str, rows: Iterable[tuple[str, int]]) -> str:
        cells = [[bdi(name), number(count)] for name, count in rows]
        made = table(
            [text("zone.named", language), text("zone.count", language)],
            cells,
            (1,),
        )
        return f"<section><h2>{escape(text(key, language))}</h2>{made}</section>"

    return (
        f'<div class="fz-three"><section><h2>{escape(text("zone.events", language))}</h2>'
        f"{event_list(profile.events, language, address)}</section>"
        + counted("zone.places", ((p.name(language), p.articles) for p in profile.places))
        + counted("zone.publishers", ((p.name(language), p.articles) for p in profile.publishers))
        + "</div>"
    )


def _sure(profile: Profile, language: str) -> str:
    caveats = "".join(f"<p>{foreign_isolated(line)}</p>" for line in profile.caveats[language])
    methods = "".join(
        f"<p>{foreign_isolated(phrase(m, language) or m)}</p>" for m in profile.methods
    )
    sources = "".join(f"<li>{source_of(source)}</li>" for source in profile.sources)
    return (
        f"<h2>{escape(text('zone.sure', language))}</h2>"
        f"<p>{escape(text('map.reconstruction', language))}.</p>{caveats}{methods}"
        f"<h2>{escape(text('zone.sources', language))}</h2>"
        f'<ul class="fz-sources">{sources}</ul>'
    )


def _grounds(version: Version, language: str) -> list[str]:
    return [
        foreign_isolated(version.change[language]),
        foreign_isolated(version.basis[language]),
        " · ".join(
            safe_link(source["url"], source.get("publisher") or source["url"])
            for source in version.sources
        ),
    ]
