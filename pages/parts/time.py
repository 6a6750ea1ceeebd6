"""The time axis under the map, as a component of the page itself."""

from pathlib import Path

import streamlit as st

from geo.time_axis import time_axis
from pages import state

_FOLDER = Path(__file__).parent
_HTML = """<div class="axis"><div class="bar" hidden><button type="button"></button>
<select class="speed"><option value="2000">½×</option><option value="1000" selected>1×</option>
<option value="400">2×</option></select><select class="presets"></select>
<span class="date"></span><span class="range"></span><span class="chart"></span></div>
<svg></svg></div>"""
_axis = st.components.v2.component(
    "fourzones_time_axis",
    html=_HTML,
    css=(_FOLDER / "time_axis.css").read_text(encoding="utf-8"),
    js="\n".join(
        (_FOLDER / name).read_text(encoding="utf-8") for name in ("time_asking.js", "time_axis.js")
    ),
)


def _asked() -> None:
    """Take what the axis asks for: `from`, `to`, `on`, and the number of the asking."""
    asked = dict(st.session_state["time"].get("asked") or {})
    st.session_state["time-answered"] = asked.pop("number", 0)
    state.change_params(asked)


def draw(shown, language: str) -> None:
    """Draw the axis for a view."""
    _axis(
        key="time",
        data={
            **time_axis(state.store(), shown, language),
            "answered": st.session_state.get("time-answered", 0),
        },
        on_asked_change=_asked,
    )
