"""The main page: zones as they stood, and the articles that mention them."""

import datetime as dt

import streamlit as st
from streamlit_folium import st_folium

from geo import mapping
from geo.html import article_list, download_link, escape, zone_basis
from geo.locales import text
from geo.model import MEMORANDUM, ZONE_NAMES, ZONES
from geo.selection import MAX_WORDS, day_after, last_day
from geo.summary import View, sentence, view
from pages import state

LIST_LIMIT = 100
HEIGHT = 560

language = state.language()
store = state.store()


def say(key: str, **values: object) -> str:
    """Return a string of the catalogue in the language of the page."""
    return text(key, language, **values)


def dates_changed() -> None:
    """Take both ends of the range, the last day included on the screen."""
    first, last = st.session_state["first"], st.session_state["last"]
    if first and last and last < first:
        st.session_state["faults"] = [say("filter.order")]
        return
    state.change(from_=first, to=day_after(last) if last else None, on=None)


def filters(shown: View) -> None:
    """Draw what narrows the selection."""
    chosen = shown.selection
    st.session_state["first"] = chosen.from_
    st.session_state["last"] = last_day(chosen.to) if chosen.to else None
    limits = {"min_value": dt.date(2011, 1, 1), "max_value": dt.date(2035, 12, 31)}
    st.date_input(say("filter.first"), key="first", on_change=dates_changed,
                  format="YYYY-MM-DD", help=say("filter.dates.help"), **limits)  # fmt: skip
    st.date_input(say("filter.last"), key="last", on_change=dates_changed,
                  format="YYYY-MM-DD", **limits)  # fmt: skip
    st.session_state["words"] = chosen.words
    st.text_input(
        say("filter.words"),
        key="words",
        max_chars=MAX_WORDS,
        placeholder=say("filter.words.example"),
        help=say("filter.words.help"),
        on_change=lambda: state.change(words=st.session_state["words"].strip()),
    )
    st.markdown(f"**{say('filter.zones')}**")
    for zone in ZONES:
        key = f"zone-{zone}"
        st.session_state[key] = zone in chosen.zone
        label = f"{ZONE_NAMES[zone][language]} · {shown.counts.zones.get(zone, 0)}"
        st.checkbox(label, key=key, on_change=state.toggle_zone, args=(zone,))
    st.session_state["inside"] = chosen.inside
    st.checkbox(
        say("filter.inside"),
        key="inside",
        help=say("filter.inside.help"),
        on_change=lambda: state.change(inside=st.session_state["inside"]),
    )
    st.session_state["undated"] = chosen.undated
    if chosen.has_dates and shown.counts.undated:
        st.checkbox(
            say("filter.undated", count=shown.counts.undated),
            key="undated",
            on_change=lambda: state.change(undated=st.session_state["undated"]),
        )
    st.checkbox(say("map.lines"), key="lines", help=say("map.lines.help"))
    st.button(say("filter.reset"), on_click=state.reset, icon=":material/restart_alt:")
    st.html(download_link(shown, language))


def clicked() -> None:
    """Take a click on a zone of the map into the selection."""
    zone = mapping.clicked_zone(st.session_state.get("map"))
    if zone:
        state.toggle_zone(zone)


def draw_map(shown: View) -> None:
    """Draw the map and its key."""
    layers = [mapping.zone_layer(shown, language)]
    if st.session_state.get("lines"):
        layers.append(mapping.line_layer(shown, language))
    st_folium(
        mapping.base_map(),  # anew each time: the component writes the feature groups into it
        key="map",
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_active_drawing", "last_object_clicked_count"],
        feature_group_to_add=layers,
        on_change=clicked,
    )
    st.html(f'<p class="fz-key">{escape(say("map.key"))}</p>')
    with st.expander(say("map.basis"), icon=":material/help_center:"):
        st.html(zone_basis(shown, language))


shown = view(store, state.selection())
top, swap = st.columns([10, 1], vertical_alignment="center")
top.html(f'<h1 class="fz-sentence" data-testid="sentence">{escape(sentence(shown, language))}</h1>')
swap.button(say("language.other"), on_click=state.swap_language, key="language-swap")
for fault in st.session_state.pop("faults", []):
    st.warning(say("fault.parameter", fault=fault))
if shown.date < MEMORANDUM:
    st.info(say("map.before"))

narrow, middle, wide = st.columns([1.15, 3.3, 2.1])
with narrow:
    filters(shown)
with middle:
    draw_map(shown)
with wide, st.container(height=HEIGHT + 30, border=False, key="articles"):
    st.html(article_list(shown, language, LIST_LIMIT))
