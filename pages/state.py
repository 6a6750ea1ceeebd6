"""What one visitor is looking at: a `Selection` and a language, kept in step with the address."""

import datetime as dt
import re
import time
from urllib.parse import urlencode

import streamlit as st

from geo.ingest import shared_store
from geo.locales import LANGUAGES, best_language
from geo.model import ZONES
from geo.selection import PARAMETERS, Selection, read_date
from geo.store import Store

READING = ("article", "order", "page")
"""What the address of the articles says beside the selection and the language."""

_NAMES = {parameter.field: parameter.name for parameter in PARAMETERS}

BREATH = 0.18
"""Seconds; less than a map takes to load."""

# Parts of the address that say how the view is drawn, not what is in it.
_VIEW = {
    "map": re.compile(r"\d{1,2}(\.\d+)?/-?\d{1,3}(\.\d+)?/-?\d{1,3}(\.\d+)?"),
    "compare": re.compile(r"\d{4}-\d\d-\d\d"),
    "lines": re.compile("1"),
}


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
        st.session_state["faults"] = faults
        st.session_state["reading"] = {
            name: params[name][0][:200] for name in READING if params.get(name)
        }
        st.session_state["arriving"] = True
        asked = (params.get("lang") or [""])[0]
        st.session_state["language"] = (
            asked if asked in LANGUAGES else best_language(st.context.locale)
        )
    return str(st.session_state["language"])


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


def change_params(fields: dict[str, str | None]) -> None:
    """Change fields given as the address writes them; what cannot be read changes nothing."""
    params = selection().to_params()
    for name, value in fields.items():
        params.pop(name, None)
        if value is not None:
            params[name] = [str(value)]
    chosen, faults = Selection.from_params(params)
    if faults:
        st.session_state["faults"] = faults
    else:
        st.session_state["selection"] = chosen
        put("page")


def reset() -> None:
    """Look at everything again."""
    st.session_state["selection"] = Selection()
    put("page")


def swap_language() -> None:
    """Speak the other language; the selection stays."""
    st.session_state["language"] = "en" if language() == "ar" else "ar"


def compared() -> dt.date | None:
    """Return the date whose borders are drawn over those of the map date."""
    try:
        return read_date(st.query_params.get("compare", ""))
    except ValueError:
        return None


def compare() -> None:
    """Take the date to compare with into the address."""
    _keep("compare", st.session_state["compare"])


def lines() -> None:
    """Take into the address whether posts and lines are drawn."""
    _keep("lines", "1" if st.session_state["lines"] else None)


def _keep(name: str, value: object) -> None:
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = str(value)


def address(embed: bool = False) -> str:
    """Return the address of what is on the screen, to be passed on."""
    params = {**selection().to_params(), "lang": [language()]}
    for name in _VIEW:
        if name in st.query_params:
            params[name] = [st.query_params[name]]
    if embed:
        params["embed"] = ["1"]
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{urlencode(params, doseq=True, safe='/,:')}"


def own_zone() -> str:
    """Return the zone that the page of one zone shows, which does not narrow the other pages.

    In that page's address, `zone` names what it shows; elsewhere, it is the selection's. So on a
    first visit the zone is taken out of the selection again.
    """
    if "own_zone" not in st.session_state:
        chosen = selection().zone
        st.session_state["own_zone"] = chosen[0] if chosen else ZONES[0]
        if st.session_state.get("arriving"):
            change(zone=())
    return str(st.session_state["own_zone"])


def choose_zone(zone: str) -> None:
    """Show another zone on the page of one zone."""
    if zone in ZONES:
        st.session_state["own_zone"] = zone


def map_address(date: dt.date) -> str:
    """Return the address of the map on a day, the selection and the language kept."""
    params = {**selection().replace(on=date).to_params(), "lang": [language()]}
    return f"/?{urlencode(params, doseq=True)}"


def put_in_address(**params: str) -> None:
    """Put what only this page shows into the address, beside the selection."""
    st.session_state["beside"] = {name: [value] for name, value in params.items()}


def write_address() -> None:
    """Make the address say what is on the screen; the map itself keeps its position there."""
    st.session_state["arriving"] = False
    wanted = {**selection().to_params(), **st.session_state["beside"], "lang": [language()]}
    for name, pattern in _VIEW.items():
        kept = st.query_params.get(name, "")
        if pattern.fullmatch(kept):
            wanted[name] = [kept]
    if {key: st.query_params.get_all(key) for key in st.query_params} != wanted:
        st.query_params.from_dict(wanted)
