"""The main page: zones as they stood, the articles that mention them, and time below."""

import streamlit as st
from streamlit_folium import st_folium

from geo import mapping, zones
from geo.export import WHAT
from geo.html import (
    article_list,
    download_links,
    escape,
    isolated,
    label,
    map_table,
    zone_basis,
)
from geo.locales import text
from geo.model import MEMORANDUM
from geo.summary import View, sentence, view
from pages import state
from pages.parts import filters, time, tour

LIST_LIMIT = 40
HEIGHT = 452
ENDINGS_OF = dict.fromkeys(WHAT, ("geojson", "gpkg", "csv", "kml", "parquet"))
ENDINGS_OF |= {"map": ("svg", "png", "pdf"), "bundle": ("zip",)}

language = state.language()
store = state.store()
embedded = bool(st.context.is_embedded)


def say(key: str, **values: object) -> str:
    """Return a string of the catalogue in the language of the page."""
    return text(key, language, **values)


def clicked() -> None:
    """Take what was clicked or drawn on the map into the selection."""
    found = mapping.clicked(st.session_state.get("map"))
    if found.zone:
        state.toggle("zone", found.zone)
    elif found.place:
        state.toggle("place", found.place)
    elif found.bbox or found.area:
        state.change_params({"bbox": found.bbox, "area": found.area})


def draw_map(shown: View, places: dict[str, dict], height: int) -> None:
    """Draw the map."""
    features = mapping.zone_features(shown, language)
    features += mapping.place_features(shown, places, language)
    if st.query_params.get("lines") == "1":
        features += mapping.line_features(shown, language)
    if compared := state.compared():
        other = zones.on(store.versions(), compared)
        features += mapping.compare_features(other, compared, language)
    features += mapping.area_features(shown)
    if "base" not in st.session_state:
        st.session_state["base"] = mapping.base_map()
    with mapping.as_it_was(st.session_state["base"]) as base:
        st_folium(
            base,
            key="map",
            height=height,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
            feature_group_to_add=mapping.feature_group(features),
            on_change=clicked,
        )


def top(shown: View) -> None:
    """Draw the sentence that says what is shown, and what can be done with it."""
    said, side = st.columns([7.2, 4.8], vertical_alignment="center")
    said.html(
        f'<h1 class="fz-sentence" data-testid="sentence">{isolated(sentence(shown, language))}</h1>'
    )
    with side.container(horizontal=True, horizontal_alignment="right", gap="small"):
        with st.popover(say("share"), icon=":material/share:"):
            st.markdown(say("share.help"))
            st.code(state.address(), language=None, wrap_lines=True)
            st.markdown(say("share.embed"))
            st.code(f'<iframe src="{state.address(embed=True)}"></iframe>', language="html")
        with st.popover(say("export"), icon=":material/download:"):
            st.html(download_links(shown, language, ENDINGS_OF))
            st.caption(say("export.help"))
        st.button(say("filter.reset"), on_click=state.reset, icon=":material/restart_alt:")
        st.button(say("language.other"), on_click=state.swap_language, key="language-swap")


shown = view(store, state.selection(), LIST_LIMIT)
places = {place["id"]: place for place in store.gazetteer()}
if embedded:
    st.html(f'<p class="fz-key">{isolated(sentence(shown, language))}</p>')
    draw_map(shown, places, 520)
    st.stop()

# The map first: it takes longest to be seen, and is what a visitor waits for.
first_line = st.container()
narrow, middle, wide = st.columns([1.25, 3.2, 2.15])
with middle:
    draw_map(shown, places, HEIGHT)
state.take_breath()
with first_line:
    top(shown)
    for fault in st.session_state.pop("faults", []):
        st.warning(label(say("fault.parameter", fault=fault)))
    if shown.date < MEMORANDUM:
        st.info(say("map.before"))
with narrow, st.container(height=HEIGHT + 14, border=False, key="filters"):
    filters.zones(shown, language)
    filters.words(shown, language)
    # What is in these is built only when they are opened: the page is there the sooner.
    chosen = shown.selection
    several = len(chosen.place) + len(chosen.publisher) + len(chosen.language) + len(chosen.kind)
    more = say("filter.more") + (f" · {several}" if several else "")
    with st.popover(more, icon=":material/filter_list:", width="stretch"):
        filters.facets(shown, places, language)
    with st.popover(say("filter.days"), icon=":material/date_range:", width="stretch"):
        filters.dates(shown, language)
    with st.popover(say("filter.layers"), icon=":material/layers:", width="stretch"):
        filters.layers(language)
    filters.choices(shown, language)
with wide, st.container(height=HEIGHT + 14, border=False, key="articles"):
    st.html(article_list(shown, language, LIST_LIMIT))
time.draw(shown, language)
tour.draw(language)
st.html(f'<p class="fz-key">{escape(say("map.key"))}</p>')
with st.expander(say("map.basis"), icon=":material/help_center:"):
    st.html(zone_basis(shown, language))
with st.expander(say("map.table"), icon=":material/table:"):
    st.html(map_table(shown, places, language))
