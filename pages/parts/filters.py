"""What narrows the selection: each widget shows the selection and writes into it."""

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from geo.facets import Facet, facets, option
from geo.locales import number, text
from geo.model import ZONE_NAMES, ZONES
from geo.selection import EARLIEST, LATEST, MAX_VALUES, MAX_WORDS, day_after, last_day
from geo.summary import View
from pages import address, state

MOST_OFFERED = 150
# The last day of a range may be the one before the earliest that an address names.
_LIMITS = {"min_value": EARLIEST - dt.timedelta(days=1), "max_value": LATEST}


def _dates_changed() -> None:
    first, last = st.session_state["first"], st.session_state["last"]
    if first and last and last < first:
        state.tell(text("filter.order", state.language()))
        return
    # The map follows the last day; until there is one, it stays where it was.
    on = None if last else state.selection().on
    state.change(from_=first, to=day_after(last) if last else None, on=on)


def _take(field: str) -> None:
    state.change(**{field: tuple(st.session_state[f"filter-{field}"][:MAX_VALUES])})


def _several(facet: Facet, language: str) -> None:
    """Draw a list to choose from, with the articles of each; what is chosen stays on offer."""
    key = f"filter-{facet.field}"
    st.session_state[key] = [choice.value for choice in facet.top if choice.chosen]
    named = {choice.value: option(choice) for choice in (*facet.top, *facet.rest)}
    st.multiselect(
        text(f"filter.{facet.field}", language),
        list(named),
        key=key,
        format_func=named.__getitem__,
        placeholder=text("filter.any", language),
        help=text(f"filter.{facet.field}.help", language),
        on_change=_take,
        args=(facet.field,),
    )


def dates(view: View, language: str) -> None:
    """Draw both ends of the range; the last day is included on the screen."""
    chosen = view.selection
    st.session_state["first"] = chosen.from_
    st.session_state["last"] = last_day(chosen.to) if chosen.to else None
    for end in ("first", "last"):
        st.date_input(
            text(f"filter.{end}", language),
            key=end,
            format="YYYY-MM-DD",
            help=text("filter.dates.help", language),
            on_change=_dates_changed,
            **_LIMITS,
        )


def words(view: View, language: str) -> None:
    """Draw the box of the search."""
    st.session_state["words"] = view.selection.words
    st.text_input(
        text("filter.words", language),
        key="words",
        max_chars=MAX_WORDS,
        placeholder=text("filter.words.example", language),
        help=text("filter.words.help", language),
        on_change=lambda: state.change(words=st.session_state["words"].strip()),
    )


def zones(view: View, language: str) -> None:
    """Draw the four zones, each with its colour and its articles."""
    st.markdown(f"**{text('filter.zones', language)}**", help=text("filter.zone.help", language))
    for zone in ZONES:
        key = f"zone-{zone}"
        state.show(key, zone in view.selection.zone)
        label = f"{ZONE_NAMES[zone][language]} · {number(view.counts.zones.get(zone, 0))}"
        st.checkbox(label, key=key, on_change=state.hold, args=("zone", zone, key))


def others(view: View, places: Mapping[str, str], language: str) -> None:
    """Draw place, publisher, language and kind, each with the articles behind a choice."""
    made = facets(state.store(), view.selection, view.counts, language, places, MOST_OFFERED)
    for facet in made:
        if facet.field != "zone":  # these stand open beside the map
            _several(facet, language)


def choices(view: View, language: str) -> None:
    """Draw the choices that are on or off."""
    chosen = view.selection
    flags = [("inside", {}, True), ("once", {}, bool(view.counts.copies) or chosen.once)]
    flags.append(
        ("undated", {"count": view.counts.undated}, chosen.has_dates and view.counts.undated > 0)
    )
    for name, values, offered in flags:
        state.show(name, getattr(chosen, name))
        if offered:
            st.checkbox(
                text(f"filter.{name}", language, **values),
                key=name,
                help=text(f"filter.{name}.help", language),
                on_change=lambda name=name: state.change(**{name: st.session_state[name]}),
            )
    if chosen.bbox or chosen.area:
        st.button(
            text("filter.area.clear", language),
            on_click=lambda: state.change(bbox=None, area=None),
            icon=":material/close:",
        )


def layers(view: View, language: str) -> None:
    """Draw what the map shows: its date, posts and lines, and the borders of another date."""
    state.show("map-date", view.date)
    st.date_input(
        text("time.label", language),
        key="map-date",
        help=text("map.date.help", language),
        format="YYYY-MM-DD",
        **_LIMITS,
        on_change=lambda: state.change(on=st.session_state["map-date"]),
    )
    st.session_state["lines"] = st.query_params.get("lines") == "1"
    st.checkbox(
        text("map.lines", language),
        key="lines",
        help=text("map.lines.help", language),
        on_change=address.lines,
    )
    st.session_state["compare"] = address.compared()
    st.date_input(
        text("map.compare", language),
        key="compare",
        help=text("map.compare.help", language),
        format="YYYY-MM-DD",
        min_value=EARLIEST,
        max_value=LATEST,
        on_change=address.compare,
    )
