"""What narrows a list of articles: dates, and facets with counts that write into the selection."""

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from geo.facets import Facet, facets, option
from geo.html import label
from geo.locales import number, text
from geo.selection import day_after, last_day
from geo.store import Answered
from pages import state

LIMITS = {"min_value": dt.date(2011, 1, 1), "max_value": dt.date(2035, 12, 31)}


def _dates() -> None:
    first, last = st.session_state["from-day"], st.session_state["last-day"]
    if first and last and last < first:
        state.tell(text("filter.order", state.language()))
        return
    state.change(from_=first, to=day_after(last) if last else None, on=None)


def dates() -> None:
    """Draw the first and the last day."""
    language, chosen = state.language(), state.selection()
    st.session_state["from-day"] = chosen.from_
    st.session_state["last-day"] = last_day(chosen.to) if chosen.to else None
    first, last = st.columns(2)
    first.date_input(
        text("filter.first", language), key="from-day", on_change=_dates, format="YYYY-MM-DD",
        help=text("filter.dates.help", language), **LIMITS,
    )  # fmt: skip
    last.date_input(
        text("filter.last", language), key="last-day", on_change=_dates, format="YYYY-MM-DD",
        **LIMITS,
    )  # fmt: skip


def _take(field: str) -> None:
    if value := st.session_state[f"more-{field}"]:
        state.toggle(field, value)
    st.session_state[f"more-{field}"] = None


def _facet(facet: Facet) -> None:
    language = state.language()
    if not facet.top:
        return
    help_ = text(f"filter.{facet.field}.help", language)
    st.markdown(f"**{text(f'articles.facet.{facet.field}', language)}**", help=help_)
    for choice in facet.top:
        # The key of a zone is what gives it its colour (pages/look.py).
        key = f"{facet.field}-{choice.value}"
        state.show(key, choice.chosen)
        st.checkbox(
            f"{label(choice.name)} · {number(choice.count)}",
            key=key,
            on_change=state.hold,
            args=(facet.field, choice.value, key),
        )
    if facet.rest:
        named = {choice.value: option(choice) for choice in facet.rest}
        more = text("articles.more", language, count=len(facet.rest))
        st.selectbox(
            more, list(named), index=None, key=f"more-{facet.field}", placeholder=more,
            format_func=named.__getitem__, label_visibility="collapsed", on_change=_take,
            args=(facet.field,),
        )  # fmt: skip


def narrow(counts: Answered, places: Mapping[str, str]) -> None:
    """Draw all that narrows the list."""
    language, chosen = state.language(), state.selection()

    def flag(field: str, said: str, help_: str | None = None) -> None:
        st.session_state[f"only-{field}"] = getattr(chosen, field)
        st.checkbox(
            said, key=f"only-{field}", help=help_,
            on_change=lambda: state.change(**{field: st.session_state[f"only-{field}"]}),
        )  # fmt: skip

    st.html('<div id="narrow"></div>')  # where a phone's link leads
    dates()
    if chosen.has_dates and counts.undated:
        flag("undated", text("filter.undated", language, count=counts.undated))
    for facet in facets(state.store(), chosen, counts, language, places):
        _facet(facet)
    flag("inside", text("filter.inside", language), text("filter.inside.help", language))
    flag("once", text("articles.once", language), text("articles.once.help", language))
    if chosen.bbox or chosen.area:
        st.button(text("articles.bbox", language), icon=":material/close:",
                  on_click=lambda: state.change(bbox=None, area=None))  # fmt: skip
