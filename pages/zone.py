"""One zone at a time: how it stood, what happened in it, what was written, how sure we are."""

from urllib.parse import urlencode

import streamlit as st

from geo.html import article_list, escape
from geo.locales import text
from geo.model import ZONE_NAMES, ZONES
from geo.profile import profile
from geo.report import REPORT_URL
from geo.sections import profile_html
from geo.summary import map_date
from pages import state
from pages.drawing import drawing

LIST_LIMIT = 60

language = state.language()
zone = state.own_zone()

choice, download, swap = st.columns([6, 2, 1], vertical_alignment="center")
st.session_state["profile-zone"] = zone
choice.segmented_control(
    text("zone.choose", language),
    ZONES,
    key="profile-zone",
    format_func=lambda one: ZONE_NAMES[one][language],
    required=True,
    label_visibility="collapsed",
    on_change=lambda: state.choose_zone(st.session_state["profile-zone"]),
)
known = profile(state.store(), zone, map_date(state.store(), state.selection()))
query = urlencode({"on": known.date, "lang": language})
download.html(
    f'<a class="fz-download" download title="{escape(text("report.help", language))}" '
    f'href="{REPORT_URL}/{zone}.html?{escape(query)}">{escape(text("report.download", language))}'
    "</a>"
)
swap.button(text("language.other", language), on_click=state.swap_language, key="language-swap")
st.html(f'<h1 class="fz-sentence">{escape(ZONE_NAMES[zone][language])}</h1>')
drawing(profile_html(known, language, state.map_address), key="profile")
st.html(
    f'<h2 class="fz-sentence">{escape(text("list.title", language))}</h2>'
    + article_list(known.view, language, LIST_LIMIT)
)
state.put_in_address(zone=zone)
