"""What a visitor sees while a store is read into memory: once, when the process has just begun."""

import contextlib
import threading

import streamlit as st

from geo.errors import FourzonesError
from geo.locales import text
from pages import state

PAUSE = 0.3
"""Seconds; a store that is read sooner is not spoken of."""


def until_read(language: str) -> None:
    """Say how far it is, until all is there; a store that fails is the page's to tell."""
    store = state.store()
    if store.share_read() == 1:
        return

    def read() -> None:
        with contextlib.suppress(FourzonesError):
            store.columns()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(PAUSE)
    if not reader.is_alive():
        return
    place = st.empty()
    while reader.is_alive():
        share = store.share_read()
        place.progress(share, text("waiting.reading", language, share=int(share * 100)))
        reader.join(PAUSE)
    place.empty()
    if store.share_read() == 1:
        st.rerun()  # from a page on which nothing stands yet, so that nothing moves later
