"""The launcher: the dashboard, the API and the map's own files in one process."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from geo import api
from geo.paths import ROOT

app = st.App(
    ROOT / "pages" / "shell.py",
    routes=api.routes(),
    middleware=[
        Middleware(api.Beside),
        Middleware(api.Embed),
        Middleware(api.Lasting),
        Middleware(GZipMiddleware, minimum_size=1000),
    ],
)
