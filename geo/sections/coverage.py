"""The articles of each month as a chart, and as a table behind it."""

from __future__ import annotations

import datetime as dt

from geo import charts
from geo.charts.svg import next_month
from geo.coverage import Coverage
from geo.html import escape, scrolling
from geo.locales import number, text
from geo.sections.pieces import details, framed, month_of, table


def coverage_html(known: Coverage, language: str) -> str:
    """Draw how many articles of each month a store holds, whatever zone they mention."""
    months = [(dt.date.fromisoformat(f"{month}-01"), count) for month, count in known.months]
    if not months:
        return ""
    title = text("data.months", language)
    drawn = charts.month_bars(
        "", months, months[0][0], next_month(months[-1][0]), title,
        text("data.months.help", language), language,
    )  # fmt: skip
    rows = [[escape(month_of(month, language)), number(count)] for month, count in months if count]
    heads = [text("data.month", language), text("data.articles", language)]
    return framed(
        scrolling(drawn) + details(text("zone.coverage.table", language), table(heads, rows, (1,))),
        language,
    )
