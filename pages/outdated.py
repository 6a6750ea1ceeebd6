"""Says that some links were made by earlier names, rules or places, and makes them anew."""

import streamlit as st

from geo.errors import FourzonesError
from geo.faults import told
from geo.ingest import is_current, relink
from geo.locales import text
from geo.permit import permitted
from geo.selection import Selection
from pages import state


def hint() -> None:
    """Say so in a line that leads to where it is mended."""
    if not is_current(state.store()):
        st.page_link(
            "data.py", label=text("outdated.hint", state.language()), icon=":material/history:"
        )


def notice() -> None:
    """Say so, with a button where this visitor may change the store."""
    store, language = state.store(), state.language()
    if is_current(store):
        if (changed := st.session_state.pop("relinked", None)) is not None:
            st.success(text("outdated.relinked", language, count=changed))
        return
    with st.container(key="outdated"):
        said = text("outdated", language, command="fourzones relink")
        st.warning(said, icon=":material/history:")
        if permitted("bring") and not store.read_only:
            st.button(text("outdated.relink", language), key="relink", on_click=_relink)


def _relink() -> None:
    store, language = state.store(), state.language()
    total, done = store.answer(Selection()).total, 0
    bar = st.progress(0.0)

    def progress(count: int) -> None:
        nonlocal done
        done += count
        bar.progress(min(1.0, done / max(1, total)), text("outdated.done", language, count=done))

    try:
        st.session_state["relinked"] = relink(store, progress).changed
    except FourzonesError as error:
        state.tell(told(error, language))
    bar.empty()
