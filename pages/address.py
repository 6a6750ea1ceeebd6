"""The address of a page: it says all of the view, so that it can be passed on and come back to."""

import datetime as dt
from urllib.parse import urlencode

import streamlit as st

from geo.page_address import VIEW
from geo.selection import read_date
from pages import state


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


def _view() -> dict[str, list[str]]:
    """Return what the map itself keeps in the address."""
    kept = {name: st.query_params.get(name, "") for name in VIEW}
    return {name: [said] for name, said in kept.items() if VIEW[name].fullmatch(said)}


def share(embed: bool = False) -> str:
    """Return the address of what is on the screen, to be passed on."""
    params = {**state.selection().to_params(), **beside(), "lang": [state.language()], **_view()}
    if embed:
        params["embed"] = ["1"]
    base = (st.context.url or "").split("?")[0]
    if base.count("/") == 2:
        base += "/"
    return f"{base}?{urlencode(params, doseq=True, safe='/,:')}"


def of_map(date: dt.date) -> str:
    """Return the address of the map on a day, the selection and the language kept."""
    params = {**state.selection().replace(on=date).to_params(), "lang": [state.language()]}
    return f"/?{urlencode(params, doseq=True)}"


def put_beside(**params: str) -> None:
    """Put what only this page shows into the address, beside the selection."""
    st.session_state["beside"] = {name: [value] for name, value in params.items()}


def beside() -> dict[str, list[str]]:
    """Return what only this page shows."""
    kept: dict[str, list[str]] = st.session_state["beside"]
    return kept


def write() -> None:
    """Make the address say what is on the screen; the map itself keeps its position there."""
    st.session_state["arriving"] = False
    wanted = {**state.selection().to_params(), **beside(), "lang": [state.language()], **_view()}
    if {key: st.query_params.get_all(key) for key in st.query_params} != wanted:
        st.query_params.from_dict(wanted)
