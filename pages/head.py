"""The first line of a page: what it shows, what can be done with it, and the other language."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.export import WHAT
from geo.html import download_links, isolated, label
from geo.locales import other_language, text
from geo.selection import Selection
from pages import address, state
from pages.look_reading import STYLE

TABLES = ("geojson", "gpkg", "csv", "csv-metadata.json", "kml", "parquet")
ENDINGS_OF = dict.fromkeys(WHAT, TABLES)
ENDINGS_OF |= {"map": ("svg", "png", "pdf"), "bundle": ("zip",)}


def head(
    said: str,
    *,
    sentence: bool = False,
    selection: Selection | None = None,
    reset: bool = True,
    style: str = STYLE,
) -> DeltaGenerator:
    """Draw the first line of a page, and tell what was wrong with the address.

    Parameters
    ----------
    said : str
        The title, or a sentence that says what is selected.
    sentence : bool
        Whether it is a sentence.
    selection : Selection, optional
        What the page shows, to be passed on and taken away.
    reset : bool
        Whether such a selection can be undone here.
    style : str
        The style sheet of the page, beside that of all pages.

    Returns
    -------
    DeltaGenerator
        Where the buttons stand; a page may add its own.
    """
    language = state.language()
    if style:
        st.html(style)
    first, side = st.columns([7.2, 4.8] if selection else [10, 2], vertical_alignment="center")
    mark = ' data-testid="sentence"' if sentence else ""
    first.html(f'<h1 class="fz-{"sentence" if sentence else "title"}"{mark}>{isolated(said)}</h1>')
    buttons = side.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"
    )
    with buttons:
        if selection:
            _take(selection, language)
            if reset:
                st.button(text("filter.reset", language), on_click=state.reset,
                          icon=":material/restart_alt:",
                          help=text("filter.reset.help", language))  # fmt: skip
        # The language is named, so that a second click changes nothing.
        st.button(text("language.other", language),
                  on_click=state.speak, args=(other_language(language),),
                  key="language-swap", help=text("language.help", language))  # fmt: skip
    if faults := st.session_state.pop("faults", []):
        st.warning("\n".join(f"- {label(fault)}" for fault in faults))
    return buttons


def _take(selection: Selection, language: str) -> None:
    """Draw the address to pass on, and the files to take away."""
    with st.popover(
        text("share", language), icon=":material/share:", help=text("share.button.help", language)
    ):
        st.markdown(text("share.help", language))
        st.code(address.share(), language=None, wrap_lines=True)
        st.markdown(text("share.embed", language))
        st.code(f'<iframe src="{address.share(embed=True)}"></iframe>', language="html")
        st.markdown(text("share.live", language))
        st.code(address.live("/api/collections/zones/items", selection), language=None,
                wrap_lines=True)  # fmt: skip
        st.markdown(text("share.feed", language))
        st.code(address.live("/feed.atom", selection), language=None, wrap_lines=True)
    with st.popover(
        text("export", language),
        icon=":material/download:",
        help=text("export.button.help", language),
    ):
        st.html(download_links(selection, language, ENDINGS_OF))
        st.caption(text("export.help", language))
