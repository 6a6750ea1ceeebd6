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
from pages import address, state
from pages.drawing import drawing
from pages.head import head

LIST_LIMIT = 60

language = state.language()
zone = state.own_zone()

address.put_beside(of=zone)
known = profile(state.store(), zone, map_date(state.store(), state.selection()))
buttons = head(ZONE_NAMES[zone][language], selection=known.view.selection, reset=False, style="")
st.session_state["profile-zone"] = zone
st.segmented_control(
    text("zone.choose", language),
    ZONES,
    key="profile-zone",
    format_func=lambda one: ZONE_NAMES[one][language],
    required=True,
    label_visibility="collapsed",
    on_change=lambda: state.choose_zone(st.session_state["profile-zone"]),
)
query = urlencode({"on": known.date, "lang": language})
buttons.html(
    f'<a class="fz-download" download title="{escape(text("report.help", language))}" '
    f'href="{REPORT_URL}/{zone}.html?{escape(query)}">{escape(text("report.download", language))}'
    "</a>",
    width="content",
)
drawing(profile_html(known, language, address.of_map), key="profile")
st.html(
    f'<h2 class="fz-sentence">{escape(text("list.title", language))}</h2>'
    + article_list(known.view, language, LIST_LIMIT)
)
