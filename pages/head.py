"""The first line of a page: what it shows, and the button that speaks the other language."""

import streamlit as st

from geo.html import isolated, label
from geo.locales import text
from pages import state
from pages.look_reading import STYLE


def head(said: str, *, sentence: bool = False) -> None:
    """Draw the style and the first line of a page, and tell what was wrong with the address.

    Parameters
    ----------
    said : str
        The title, or a sentence that says what is selected.
    sentence : bool
        Whether it is a sentence.
    """
    language = state.language()
    st.html(STYLE)
    top, swap = st.columns([10, 1], vertical_alignment="center")
    if sentence:
        top.html(f'<h1 class="fz-sentence" data-testid="sentence">{isolated(said)}</h1>')
    else:
        top.title(label(said))
    swap.button(text("language.other", language), on_click=state.swap_language,
                key="language-swap")  # fmt: skip
    for fault in st.session_state.pop("faults", []):
        st.warning(label(text("fault.parameter", language, fault=fault) if sentence else fault))
