"""The time axis under the map, as a component of the page itself."""

from pathlib import Path

import streamlit as st

from geo.time_axis import time_axis
from pages import state

_FOLDER = Path(__file__).parent
_HTML = """<div class="axis"><div class="bar"><button type="button"></button>
<select class="speed"><option value="2000">½×</option><option value="1000" selected>1×</option>
<option value="400">2×</option></select><select class="presets"></select>
<span class="date"></span><span class="range"></span><span class="chart"></span></div>
<svg></svg></div>"""
_axis = st.components.v2.component(
    "fourzones_time_axis",
    html=_HTML,
    css=(_FOLDER / "time_axis.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "time_axis.js").read_text(encoding="utf-8"),
)


def _chosen() -> None:
    asked = st.session_state["time"].get("chosen")
    if asked is not None:
        state.change_params({"from": asked.get("from"), "to": asked.get("to"), "on": None})


def _moved() -> None:
    if asked := st.session_state["time"].get("moved"):
        state.change_params({"on": asked})


def draw(shown, language: str) -> None:
    """Draw the axis for a view."""
    _axis(
        key="time",
        data=time_axis(state.store(), shown, language),
        on_chosen_change=_chosen,
        on_moved_change=_moved,
    )
