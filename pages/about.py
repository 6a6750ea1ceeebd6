"""What is in here, where it comes from, and where it may be wrong."""

import datetime as dt
import json

import streamlit as st

from geo.html import bdi, escape, safe_link
from geo.locales import day, text
from geo.model import ZONE_NAMES
from geo.paths import DATA
from geo.selection import Selection
from pages import state

language = state.language()
st.title(text("page.about", language))
st.markdown(text("about.what", language))

st.subheader(text("about.sources", language))
for path in sorted(DATA.glob("*.source.json")):
    card = json.loads(path.read_text(encoding="utf-8"))
    with st.expander(card["dataset"]):
        caveats = "".join(f"<li>{escape(line)}</li>" for line in card["caveats"])
        said = "".join(f"<p>{escape(card[key])}</p>" for key in ("source", "method", "licence"))
        st.html(f'<div dir="ltr" lang="en">{said}<ul>{caveats}</ul></div>')

st.subheader(text("about.events", language))
rows = "".join(
    f"<li>{bdi(day(dt.date.fromisoformat(event['date']), language))}: "
    f"{bdi(event[f'title_{language}'])} "
    f"({safe_link(event['url'], event['publisher'] or event['url'])})</li>"
    for event in state.store().chronology()
)
st.html(f"<ul>{rows}</ul>")

st.subheader(text("about.differences", language))
st.markdown(text("about.differences.help", language))
differing = [
    linked
    for linked in state.store().articles(Selection())
    if linked.article.labelled is not None and set(linked.article.labelled) != set(linked.zones)
]


def names(zones: tuple[str, ...]) -> str:
    """Name zones in the language of the page."""
    return ", ".join(ZONE_NAMES[zone][language] for zone in zones) or "–"


st.dataframe(
    [
        {
            text("about.article", language): linked.article.heading(language),
            text("about.quoted", language): linked.article.text,
            text("about.linker", language): names(linked.zones),
            text("about.reader", language): names(linked.article.labelled or ()),
        }
        for linked in differing
    ],
    hide_index=True,
)
