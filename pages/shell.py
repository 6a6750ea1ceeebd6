"""The frame around every page: language, navigation, style, and the address of the view."""

from pathlib import Path

import streamlit as st

from geo.locales import text
from pages import address, state
from pages.look import style
from pages.parts import history, waiting, words

language = state.begin()
st.set_page_config(
    page_title="Fourzones", page_icon=str(Path(__file__).parent / "icon.png"), layout="wide"
)
st.html(style(language, bool(st.context.is_embedded)))

page = st.navigation(
    [
        st.Page("map.py", title=text("page.map", language), icon=":material/map:", default=True),
        st.Page("articles.py", title=text("page.articles", language), icon=":material/article:"),
        st.Page("timeline.py", title=text("page.timeline", language), icon=":material/timeline:"),
        st.Page("zone.py", title=text("page.zone", language), icon=":material/layers:"),
        st.Page("bring.py", title=text("page.bring", language), icon=":material/upload_file:"),
        st.Page("data.py", title=text("page.data", language), icon=":material/database:"),
        st.Page("about.py", title=text("page.about", language), icon=":material/info:"),
    ],
    position="hidden" if st.context.is_embedded else "top",
)
waiting.until_read(language)
page.run()
words.draw(language)
history.draw()
address.write()
