"""What one visitor is looking at: a `Selection` and a language, kept in step with the address."""

import streamlit as st

from geo.ingest import open_store
from geo.locales import LANGUAGES, best_language
from geo.selection import PARAMETERS, Selection
from geo.store import Store

READING = ("article", "order", "page")
"""What the address of the articles says beside the selection and the language."""

_NAMES = {parameter.field: parameter.name for parameter in PARAMETERS}


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """Return the store that all visitors share."""
    return open_store()


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
        asked = (params.get("lang") or [""])[0]
        st.session_state["language"] = (
            asked if asked in LANGUAGES else best_language(st.context.locale)
        )
    return str(st.session_state["language"])


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


def toggle_zone(zone: str) -> None:
    """Put a zone into the selection, or take it out."""
    chosen, _ = Selection.from_params({"zone": list(set(selection().zone) ^ {zone})})
    change(zone=chosen.zone)


def reset() -> None:
    """Look at everything again."""
    st.session_state["selection"] = Selection()
    put("page")


def swap_language() -> None:
    """Speak the other language; the selection stays."""
    st.session_state["language"] = "en" if language() == "ar" else "ar"


def put_in_address(**params: str) -> None:
    """Put what only this page shows into the address, beside the selection."""
    st.session_state["beside"] = {name: [value] for name, value in params.items()}


def write_address() -> None:
    """Make the address say what is on the screen."""
    wanted = {**selection().to_params(), **st.session_state["beside"], "lang": [language()]}
    if {key: st.query_params.get_all(key) for key in st.query_params} != wanted:
        st.query_params.from_dict(wanted)
