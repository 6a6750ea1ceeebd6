"""The four zones' lives on one axis of time; a click on a day opens the map there."""

import streamlit as st

from geo.locales import text
from geo.profile import chronicle, periods
from geo.sections import timeline_html
from geo.summary import map_date
from pages import address, state
from pages.drawing import drawing
from pages.head import head

language = state.language()
told = chronicle(state.store())
spans = periods(told)
asked = st.session_state.get("period") or st.query_params.get("period")
st.session_state["timeline-period"] = period = asked if asked in spans else "all"


def choose_period() -> None:
    """Keep the period while the visitor is on other pages."""
    st.session_state["period"] = st.session_state["timeline-period"]


if period != "all":
    address.put_beside(period=period)
head(text("page.timeline", language), style="")
st.segmented_control(
    text("timeline.period", language),
    list(spans),
    key="timeline-period",
    format_func=lambda one: text("timeline.period.all", language) if one == "all" else one,
    required=True,
    label_visibility="collapsed",
    on_change=choose_period,
)
drawing(
    timeline_html(
        told,
        spans[period],
        language,
        on=map_date(state.store(), state.selection()),
        address=address.of_map,
    ),
    key="timeline",
)
