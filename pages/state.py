"""What one visitor is looking at: a `Selection` and a language, kept in step with the address."""

import streamlit as st

from geo.ingest import open_store
from geo.locales import LANGUAGES, best_language
from geo.selection import Selection
from geo.store import Store


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """Return the store that all visitors share."""
    return open_store()


def begin() -> str:
    """Read the address on a first visit; return the language to speak."""
    if "selection" not in st.session_state:
        params = {key: st.query_params.get_all(key) for key in st.query_params}
        chosen, faults = Selection.from_params(params)
        st.session_state["selection"] = chosen
        st.session_state["faults"] = faults
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


def change(**fields: object) -> None:
    """Change some fields of the selection."""
    st.session_state["selection"] = selection().replace(**fields)


def toggle_zone(zone: str) -> None:
    """Put a zone into the selection, or take it out."""
    chosen, _ = Selection.from_params({"zone": list(set(selection().zone) ^ {zone})})
    change(zone=chosen.zone)


def reset() -> None:
    """Look at everything again."""
    st.session_state["selection"] = Selection()


def swap_language() -> None:
    """Speak the other language; the selection stays."""
    st.session_state["language"] = "en" if language() == "ar" else "ar"


def write_address() -> None:
    """Make the address say what is on the screen."""
    wanted = {**selection().to_params(), "lang": [language()]}
    if {key: st.query_params.get_all(key) for key in st.query_params} != wanted:
        st.query_params.from_dict(wanted)
