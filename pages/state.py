"""What one visitor is looking at: a `Selection` and a language, kept in step with the address."""

import time

import streamlit as st

from geo.errors import FourzonesError
from geo.faults import told
from geo.ingest import shared_store
from geo.locales import LANGUAGES, best_language, text
from geo.model import ZONES
from geo.page_address import READING, not_understood
from geo.selection import PARAMETERS, Selection
from geo.store import Store

_NAMES = {parameter.field: parameter.name for parameter in PARAMETERS}

BREATH = 0.18
"""Seconds; less than a map takes to load."""


def store() -> Store:
    """Return the store that all visitors share."""
    return shared_store()


def begin() -> str:
    """Read the address on a first visit; return the language to speak."""
    st.session_state["beside"] = {}
    if "selection" not in st.session_state:
        params = {key: st.query_params.get_all(key) for key in st.query_params}
        chosen, faults = Selection.from_params(params)
        st.session_state["selection"] = chosen
        st.session_state["reading"] = {
            name: params[name][0][:200] for name in READING if params.get(name)
        }
        if (params.get("of") or [""])[0] in ZONES:
            st.session_state["own_zone"] = params["of"][0]
        st.session_state["arriving"] = True
        asked = (params.get("lang") or [""])[0]
        st.session_state["language"] = (
            asked if asked in LANGUAGES else best_language(st.context.locale)
        )
        _left_out([*faults, *not_understood(params)])
    return str(st.session_state["language"])


def _left_out(faults: list[FourzonesError]) -> None:
    for fault in faults:
        tell(text("fault.parameter", language(), fault=told(fault, language())))


def tell(said: str) -> None:
    """Have the page say, once, what could not be done."""
    st.session_state.setdefault("faults", []).append(said)


def take_breath() -> None:
    """On a first visit, let the browser begin with what it was sent before it is sent the rest.

    Without this it receives the whole page at once, and begins to load the map last of all.
    """
    if st.session_state.get("arriving"):
        time.sleep(BREATH)


def language() -> str:
    """Return the language of the interface."""
    return str(st.session_state["language"])


def selection() -> Selection:
    """Return what the visitor is looking at."""
    chosen: Selection = st.session_state["selection"]
    return chosen


def reading(name: str) -> str:
    """Return which article is read, the order or the page of the list; empty when not chosen."""
    return str(st.session_state["reading"].get(name, ""))


def put(name: str, value: object = "") -> None:
    """Choose the article that is read, the order or the page of the list."""
    st.session_state["reading"][name] = str(value)
    if name == "article":
        st.session_state["turn"] = not turn()


def turn() -> bool:
    """Return what changes with each article that is opened."""
    return bool(st.session_state.get("turn"))


def change(**fields: object) -> None:
    """Change some fields of the selection; a list then begins on its first page."""
    st.session_state["selection"] = selection().replace(**fields)
    put("page")


def toggle(field: str, value: str) -> None:
    """Put a value into a field of the selection that takes several, or take it out."""
    held = getattr(selection(), field)
    wanted = [one for one in held if one != value] if value in held else [*held, value]
    chosen, _ = Selection.from_params({_NAMES[field]: wanted})
    change(**{field: getattr(chosen, field)})


def hold(field: str, value: str, key: str) -> None:
    """Have a field of the selection hold a value as long as a checkbox is ticked.

    What the box says counts, not that it was clicked: of clicks that follow one another quickly,
    some reach the server together.
    """
    if (value in getattr(selection(), field)) != bool(st.session_state[key]):
        toggle(field, value)


def show(key: str, value: object) -> None:
    """Have a widget show a value.

    One that does so already is left alone: what a script writes is sent to the browser, where it
    would undo a click that was made meanwhile.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def change_params(fields: dict[str, str | None]) -> None:
    """Change fields given as the address writes them; what cannot be read changes nothing."""
    params = selection().to_params()
    for name, value in fields.items():
        params.pop(name, None)
        if value is not None:
            params[name] = [str(value)]
    chosen, faults = Selection.from_params(params)
    if faults:
        _left_out(faults)
    else:
        st.session_state["selection"] = chosen
        put("page")


def reset() -> None:
    """Look at everything again."""
    st.session_state["selection"] = Selection()
    put("page")


def speak(chosen: str) -> None:
    """Speak a language from now on; the selection stays."""
    st.session_state["language"] = chosen


def own_zone() -> str:
    """Return the zone that the page of one zone shows, which does not narrow the other pages.

    In that page's address `of` names it; without that, it is the first zone of the selection.
    """
    return str(st.session_state.setdefault("own_zone", [*selection().zone, ZONES[0]][0]))


def choose_zone(zone: str) -> None:
    """Show another zone on the page of one zone."""
    if zone in ZONES:
        st.session_state["own_zone"] = zone
