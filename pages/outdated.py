"""Says that some links were made by earlier names, rules or places, and makes them anew."""

import threading

import streamlit as st

from geo.errors import FourzonesError
from geo.faults import told
from geo.ingest import is_current, relink
from geo.locales import number, text
from geo.permit import permitted
from geo.selection import Selection
from pages import state

MOST = 20_000
"""Articles that are linked again while the visitor waits; more is for the command line."""

_relinking = threading.Lock()


def hint() -> None:
    """Say so in a line that leads to where it is mended."""
    if not is_current(state.store()):
        said = text("outdated.hint", state.language())
        st.page_link("data.py", label=said, icon=":material/history:")


def notice() -> None:
    """Say so, with a button where this visitor may change the store."""
    store, language = state.store(), state.language()
    if is_current(store):
        if (changed := st.session_state.pop("relinked", None)) is not None:
            st.success(text("outdated.relinked", language, count=changed))
        return
    with st.container(key="outdated"):
        st.warning(text("outdated", language), icon=":material/history:")
        if store.read_only or not permitted("bring"):
            return
        if store.answer(Selection()).total <= MOST:
            st.button(text("outdated.relink", language), key="relink", on_click=_relink)
        else:
            st.caption(text("outdated.many", language, most=number(MOST),
                            command="fourzones relink"))  # fmt: skip


def _relink() -> None:
    """Link all articles again. A visitor who goes away ends it: what was done by then is kept."""
    store, language = state.store(), state.language()
    if not _relinking.acquire(blocking=False):
        state.tell(text("outdated.busy", language))
        return
    try:
        total, done = store.answer(Selection()).total, 0
        bar = st.progress(0.0)

        def progress(count: int) -> None:
            nonlocal done
            done += count
            said = text("outdated.done", language, count=done)
            bar.progress(min(1.0, done / max(1, total)), said)

        try:
            st.session_state["relinked"] = relink(store, progress).changed
        except FourzonesError as error:
            state.tell(told(error, language))
        bar.empty()
    finally:
        _relinking.release()
