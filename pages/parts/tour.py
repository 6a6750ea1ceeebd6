"""A short tour of the main page, for the first visit."""

from pathlib import Path

import streamlit as st

from geo.locales import text

_STEPS = {
    "sentence": "[data-testid=sentence]",
    "map": "iframe[title*=st_folium]",
    "filters": ".st-key-filters",
    "articles": ".st-key-articles",
    "time": ".st-key-time",
}
_HTML = """<aside class="tour" role="dialog" hidden><p></p><div><span class="at" dir="ltr"></span>
<button type="button" class="close"></button><button type="button" class="next"></button></div>
</aside>"""
_CSS = """.tour { position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 1000;
width: min(21rem, calc(100vw - 2rem)); padding: .8rem 1rem; border-radius: .5rem;
font: 14px/1.45 var(--st-font, system-ui, sans-serif); color: var(--st-text-color, #222);
background: var(--st-background-color, #fff); border: 1px solid rgba(128, 128, 128, .6);
box-shadow: 0 4px 18px rgba(0, 0, 0, .25); }
.tour.above { inset-block: 1rem auto; }
.tour[hidden] { display: none; }
.tour p { margin: 0 0 .6rem; }
.tour div { display: flex; gap: .5rem; align-items: center; }
.tour .at { margin-inline-end: auto; opacity: .8; }
.tour button { font: inherit; color: inherit; background: transparent; padding: .15rem .7rem;
border: 1px solid rgba(128, 128, 128, .6); border-radius: .4rem; cursor: pointer; }
.tour button:focus-visible { outline: 2px solid var(--st-primary-color, #06c); }"""
_tour = st.components.v2.component(
    "fourzones_tour",
    html=_HTML,
    css=_CSS,
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def draw(language: str) -> None:
    """Offer the tour to a browser that has not seen it."""
    _tour(
        key="tour",
        data={
            "steps": [
                [selector, text(f"tour.{name}", language)] for name, selector in _STEPS.items()
            ],
            "title": text("tour.title", language),
            "next": text("tour.next", language),
            "done": text("tour.done", language),
            "close": text("tour.close", language),
            "language": language,
            "direction": "rtl" if language == "ar" else "ltr",
        },
    )
