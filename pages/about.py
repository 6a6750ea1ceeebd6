"""What this is, and what happened to the zones, in dates."""

import datetime as dt

import streamlit as st

from geo.html import bdi, safe_link
from geo.locales import day, text
from pages import state
from pages.head import head

language = state.language()
head(text("page.about", language))
st.markdown(text("about.what", language))
st.page_link("data.py", label=text("about.data", language), icon=":material/database:")

st.subheader(text("about.events", language), anchor=False)
rows = "".join(
    f"<li>{bdi(day(dt.date.fromisoformat(event['date']), language))}: "
    f"{bdi(event[f'title_{language}'])} "
    f"({safe_link(event['url'], event['publisher'] or event['url'])})</li>"
    for event in state.store().chronology()
)
st.html(f'<ul class="fz-plain">{rows}</ul>')
