"""The browser's Back and Forward, which take back a step of the work."""

from pathlib import Path

import streamlit as st

_history = st.components.v2.component(
    "fourzones_history",
    html="<span hidden></span>",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def draw() -> None:
    """Have the browser open what was gone back to."""
    _history(key="history")
