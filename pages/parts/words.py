"""Streamlit's own words, which know English only, in the language of the page."""

from pathlib import Path

import streamlit as st

from geo.locales import framework_words, text

_words = st.components.v2.component(
    "fourzones_words",
    html="<span hidden></span>",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def draw(language: str) -> None:
    """Have the words that are no part of a page of ours said in a language."""
    _words(
        key="framework-words",
        data={
            "language": language,
            "phrases": framework_words(language),
            "map": text("map.name", language),
        },
    )
