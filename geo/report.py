"""One zone as one HTML file: no script, no asset of another address, ready for A4."""

from __future__ import annotations

import datetime as dt

from geo.html import article_list, escape
from geo.locales import day, text
from geo.model import ZONE_NAMES
from geo.profile import Profile
from geo.sections import profile_html
from geo.sheet import report_sheet

REPORT_URL = "/download/report"
MOST_ARTICLES = 500

# Even if a text from outside became markup, a browser would neither run nor fetch anything.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def report(profile: Profile, language: str, made: dt.date) -> str:
    """Write a zone's profile and its articles as a whole HTML document.

    Parameters
    ----------
    language : {"en", "ar"}
    made : date
        The day to print on it.
    """
    title = text("report.title", language, zone=ZONE_NAMES[profile.zone][language])
    said = text("report.made", language, day=day(made, language), date=day(profile.date, language))
    direction = "rtl" if language == "ar" else "ltr"
    return (
        f'<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{report_sheet()}</style></head><body>"
        f'<h1>{escape(title)}</h1><p class="fz-facts">{escape(said)}</p>'
        f'<p class="fz-facts">{escape(text("about.what", language))}</p>'
        f"{profile_html(profile, language)}"
        f'<div class="fz-profile"><h2>{escape(text("list.title", language))}</h2></div>'
        f"{article_list(profile.view, language, MOST_ARTICLES, reader=False)}</body></html>"
    )


def report_name(profile: Profile, language: str) -> str:
    """Name the file of a report."""
    return f"fourzones-{profile.zone}-{profile.date}-{language}.html"
