"""The main page: zones as they stood, the articles that mention them, and time below."""

import streamlit as st
from streamlit_folium import st_folium

from geo import mapping, zones
from geo.facets import place_names
from geo.html import article_list, escape, isolated, map_table, zone_basis
from geo.locales import day, text
from geo.model import MEMORANDUM
from geo.summary import View, outline, sentence, with_articles
from pages import address, state
from pages.head import head
from pages.look import HEIGHT
from pages.parts import filters, time, tour

LIST_LIMIT = 30

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
        features += mapping.line_features(shown, places, language)
    if compared := address.compared():
        other = zones.on(store.versions(), compared)
        features += mapping.compare_features(other, compared, language)
    features += mapping.area_features(shown)
    # A base of its own for each run: a run that is cut short still draws for a moment while the
    # next one has begun, the component writes into what it draws, and any difference in the
    # base map is a new map to it.
    st_folium(
        mapping.base_map(),
        key="map",
        height=height,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=mapping.feature_group(features, language),
        on_change=clicked,
    )


shown = outline(store, state.selection())
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
shown = with_articles(store, shown, LIST_LIMIT)
with first_line:
    head(sentence(shown, language), sentence=True, selection=shown.selection, style="")
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
        filters.others(shown, place_names(store, language), language)
    with st.popover(say("filter.days"), icon=":material/date_range:", width="stretch"):
        filters.dates(shown, language)
    with st.popover(say("filter.layers"), icon=":material/layers:", width="stretch"):
        filters.layers(shown, language)
    filters.choices(shown, language)
with wide, st.container(height=HEIGHT + 14, border=False, key="articles"):
    st.html(article_list(shown, language, LIST_LIMIT))
time.draw(shown, language)
tour.draw(language)
keys = [say("map.key")]
if st.query_params.get("lines") == "1":
    keys.append(say("map.key.lines"))
if other := address.compared():
    keys.append(say("map.key.compare", day=day(other, language)))
st.html(f'<p class="fz-key">{escape(" ".join(keys))}</p>')
with st.expander(say("map.basis"), icon=":material/help_center:"):
    st.html(zone_basis(shown, language))
with st.expander(say("map.table"), icon=":material/table:"):
    st.html(map_table(shown, places, language))
