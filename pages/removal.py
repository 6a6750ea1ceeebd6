"""An article taken out of the store again, and put back."""

import streamlit as st

from geo.errors import FourzonesError
from geo.faults import told
from geo.html import escape
from geo.ingest import put_back, removable, remove
from geo.locales import text
from geo.model import LinkedArticle
from geo.permit import permitted
from pages import state


def say(key: str, **values: object) -> str:
    """Return a string of the catalogue in the language of the page."""
    return text(key, state.language(), **values)


def offer(linked: LinkedArticle) -> None:
    """Draw what takes an article out of the store again, for those who may bring some."""
    if not permitted("bring") or not removable(linked.article.id):
        return

    def take_out() -> None:
        try:
            st.session_state["removed"] = remove(state.store(), [linked.article.id])[0]
        except FourzonesError as error:
            state.tell(told(error, state.language()))
        state.put("article")

    with st.popover(say("reader.remove"), icon=":material/delete:", type="tertiary",
                    key="remove"):  # fmt: skip
        st.markdown(say("reader.remove.help"))
        st.button(say("reader.remove.confirm"), key="remove-confirm", icon=":material/delete:",
                  on_click=take_out)  # fmt: skip


def told_of() -> None:
    """Say which article was taken out last, with the way to put it back."""
    taken: LinkedArticle | None = st.session_state.get("removed")
    if taken is None:
        return

    def forget(again: bool) -> None:
        st.session_state.pop("removed")
        if again:
            try:
                put_back(state.store(), taken)
            except FourzonesError as error:
                state.tell(told(error, state.language()))

    with st.container(horizontal=True, vertical_alignment="center", key="removed"):
        title = taken.article.heading(state.language()) or taken.article.id
        st.html(f'<p class="fz-facts">{escape(say("articles.removed", title=title))}</p>')
        st.button(say("articles.put_back"), key="put-back", icon=":material/undo:",
                  on_click=forget, args=(True,))  # fmt: skip
        said = say("reader.close")
        st.button(said, key="removed-close", icon=":material/close:", help=said,
                  on_click=forget, args=(False,))  # fmt: skip
