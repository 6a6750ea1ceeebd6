"""One article to read: its text, why it is linked, its map, and a person's word on each link."""

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from geo.article_map import article_map
from geo.errors import FourzonesError
from geo.faults import told
from geo.html import escape, label
from geo.locales import text
from geo.model import ZONES, Judgement, LinkedArticle
from geo.permit import permitted
from geo.reading import body, heading, judgement_of, verdict, why_linked
from geo.words import terms
from pages import removal, state

MOST_OTHERS = 8
MAX_NAME = 80


def say(key: str, **values: object) -> str:
    """Return a string of the catalogue in the language of the page."""
    return text(key, state.language(), **values)


def _judge(article: str, zone: str, decision: str | None) -> None:
    try:
        if decision is None:
            state.store().unjudge(article, zone)
            return
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        state.store().judge(article, Judgement(zone, decision, st.session_state["judge"], now))
    except FourzonesError as error:
        state.tell(told(error, state.language()))


def _name() -> bool:
    """Ask once for the name that is kept with a judgement; say whether it is known.

    The box stays where it is: buttons that move under a pointer get the wrong click.
    """

    def take() -> None:
        st.session_state["judge"] = " ".join(st.session_state["judge-name"].split())

    st.session_state["judge-name"] = st.session_state.get("judge", "")
    st.text_input(say("reader.name"), key="judge-name", max_chars=MAX_NAME, on_change=take,
                  help=say("reader.name.help"), placeholder=say("reader.name.first"))  # fmt: skip
    return bool(st.session_state.get("judge"))


def _links(linked: LinkedArticle) -> None:
    """Draw how each link stands, with the buttons that confirm, reject and undo."""
    allowed = permitted("judge")
    known = allowed and _name()
    article = linked.article
    found = {m.zone for m in linked.mentions} | {one.zone for one in linked.judgements}
    shown = [z for z in ZONES if allowed or z in found | set(article.labelled or ())]
    for zone in shown:
        judged = judgement_of(linked, zone)
        line = st.container(horizontal=True, wrap=False, vertical_alignment="center",
                            key=f"link-{zone}")  # fmt: skip
        line.html(verdict(linked, zone, state.language()))
        if not allowed:
            continue
        for decision, name, icon in (
            ("confirmed", "confirm", "check"), ("rejected", "reject", "close")
        ):  # fmt: skip
            if judged or (decision == "rejected" and zone not in linked.zones):
                continue
            line.button(say(f"reader.{name}"), key=f"{name}-{zone}", icon=f":material/{icon}:",
                        disabled=not known, on_click=_judge,
                        args=(article.id, zone, decision))  # fmt: skip
        if judged:
            line.button(say("reader.undo"), key=f"undo-{zone}", icon=":material/undo:",
                        on_click=_judge, args=(article.id, zone, None))  # fmt: skip


def _bar(ids: list[str]) -> None:
    """Draw the way to the articles before and after, and out."""
    here = state.reading("article")
    at = ids.index(here) if here in ids else -1
    with st.container(horizontal=True, horizontal_alignment="right", key="reader-bar"):
        for step, name, icon in (
            (-1, "previous", "keyboard_arrow_up"), (1, "next", "keyboard_arrow_down")
        ):  # fmt: skip
            to = at + step
            known = at >= 0 and 0 <= to < len(ids)
            said = say(f"reader.{name}")
            st.button(said, icon=f":material/{icon}:", help=said,
                      key=f"reader-{name}", disabled=not known, on_click=state.put,
                      args=("article", ids[to] if known else ""))  # fmt: skip
        said = say("reader.close")
        st.button(said, icon=":material/close:", help=said, key="reader-close",
                  on_click=state.put, args=("article",))  # fmt: skip


def read(ids: list[str], places: Mapping[str, str]) -> None:
    """Draw the article that the address names.

    Parameters
    ----------
    ids : list of str
        The articles of the list, to go on from one to the next.
    """
    language, store, chosen = state.language(), state.store(), state.selection()
    _bar(ids)
    linked = store.article(state.reading("article"))
    if linked is None:
        st.warning(label(say("reader.gone", id=state.reading("article")[:80])))
        return
    wanted = terms(chosen.words)
    st.html(heading(linked, language, wanted))
    st.html(body(linked, language, wanted))
    st.html(f"<h3>{escape(say('reader.why'))}</h3>{why_linked(linked, language, places)}")
    st.html(f"<h3>{escape(say('reader.links'))}</h3>")
    _links(linked)
    others = [one for one in store.copies(linked.group) if one.article.id != linked.article.id]
    if linked.group and others:
        st.html(f"<h3>{escape(say('reader.others'))}</h3>")
        for number, other in enumerate(others[:MOST_OTHERS]):
            name = other.article.publisher or other.article.heading(language)
            st.button(label(name), key=f"other-{number}", type="tertiary",
                      on_click=state.put, args=("article", other.article.id))  # fmt: skip
    st.html(article_map(store, linked, language).html)
    removal.offer(linked)
