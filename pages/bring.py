"""Your data: try texts and files out, see which zones they mention and why, then keep them."""

import streamlit as st

from geo.errors import FourzonesError
from geo.facets import place_names
from geo.faults import told
from geo.html import escape, isolated, label
from geo.locales import isolate, text
from geo.model import ZONES
from geo.permit import permitted
from geo.reading import body, chip, heading, why_linked
from geo.trial import (
    KINDS,
    MOST_MB,
    MOST_PASTED,
    Trial,
    keep,
    read_interval,
    try_files,
    try_text,
)
from pages import state
from pages.head import head

MOST_SHOWN = 200

language = state.language()


def say(key: str, **values: object) -> str:
    """Return a string of the catalogue in the language of the page."""
    return text(key, language, **values)


def drop() -> None:
    """Forget what was tried out."""
    st.session_state.pop("trial", None)


def given() -> None:
    """Draw what takes texts and files, and try out what comes."""
    first, second = st.tabs([say("bring.paste"), say("bring.files")])
    with first, st.form("paste", border=False):
        pasted = st.text_area(say("bring.text"), height=180, max_chars=MOST_PASTED, key="pasted")
        date, publisher = _said("paste")
        if st.form_submit_button(say("bring.try"), icon=":material/search:"):
            if pasted.strip():
                _try(lambda when, _: try_text(state.store(), pasted, when, publisher), date)
            else:
                st.warning(say("bring.paste.empty"))
    with second, st.form("files", border=False):
        files = st.file_uploader(
            say("bring.files"), list(KINDS), accept_multiple_files=True,
            max_upload_size=MOST_MB, help=say("bring.files.help"), key="uploaded",
        )  # fmt: skip
        date, publisher = _said("files")
        if st.form_submit_button(say("bring.try"), icon=":material/search:"):
            if files:
                sent = [(file.name, file.getvalue()) for file in files]
                _try(lambda when, told: try_files(state.store(), sent, when, publisher, told), date)
            else:
                st.warning(say("bring.files.empty"))


def _said(form: str) -> tuple[str, str]:
    left, right = st.columns(2)
    date = left.text_input(say("bring.date"), key=f"date-{form}", max_chars=10,
                           help=say("bring.date.help"))  # fmt: skip
    publisher = right.text_input(say("bring.publisher"), key=f"publisher-{form}", max_chars=200)
    return date, publisher.strip()


def _try(trying, date: str) -> None:
    drop()
    try:
        when = read_interval(date)
    except FourzonesError:
        st.error(say("bring.date.bad"))
        return
    bar = st.progress(0.0)
    try:
        st.session_state["trial"] = trying(
            when, lambda share, count: bar.progress(share, say("bring.reading", count=count))
        )
        st.session_state.pop("kept", None)
    except FourzonesError as error:
        st.error(label(told(error, language)))
    bar.empty()


def result(trial: Trial) -> None:
    """Draw what was found, and the choice to keep it."""
    count = len(trial.linked)
    said = [say("bring.read", count=count) if count else say("bring.nothing")]
    if trial.undated:
        said.append(say("bring.undated", count=trial.undated))
    found = trial.zones
    zones = [f"{chip(zone, language)} {found[zone]}" for zone in ZONES if found[zone]]
    if found[""]:
        zones.append(f"{escape(say('bring.none'))} {found['']}")
    st.html(f'<div class="fz-part"><h3 data-testid="trial">{escape(" ".join(said))}</h3>'
            f'<p class="fz-verdict">{" · ".join(zones)}</p></div>')  # fmt: skip
    with st.container(horizontal=True):
        if count:
            st.button(say("bring.keep", count=count), key="keep", type="primary",
                      icon=":material/save:", on_click=_keep)  # fmt: skip
        st.button(say("bring.drop"), key="drop", on_click=drop)
    if trial.rejects:
        with st.expander(say("bring.rejects", count=trial.rejects), expanded=True,
                         icon=":material/block:"):  # fmt: skip
            lines = "".join(f"<li>{isolated(told(one, language))}</li>" for one in trial.rejected)
            st.html(f'<ul class="fz-facts" data-testid="rejects">{lines}</ul>')
    if not count:
        return
    shown = range(min(count, MOST_SHOWN))
    at = 0
    if count > 1:
        heads = [trial.linked[one].article.heading(language)[:120] for one in shown]
        at = st.selectbox(say("bring.show"), shown, key="trial-at",
                          format_func=lambda one: f"{one + 1}. {isolate(heads[one])}")  # fmt: skip
    linked = trial.linked[at]
    places = place_names(state.store(), language)
    st.html(heading(linked, language))
    st.html(body(linked, language))
    st.html(f'<div class="fz-part"><h3>{escape(say("reader.why"))}</h3>'
            f"{why_linked(linked, language, places)}</div>")  # fmt: skip


def _keep() -> None:
    trial = st.session_state.pop("trial")
    bar = st.progress(0.0)
    try:
        st.session_state["kept"] = keep(
            state.store(), trial,
            lambda share, count: bar.progress(share, say("bring.keeping", count=count)),
        )  # fmt: skip
    except FourzonesError as error:
        state.tell(told(error, language))
    bar.empty()


head(say("page.bring"))
if not permitted("bring"):
    st.info(say("bring.off"))
    st.stop()
st.markdown(say("bring.what"))
left, right = st.columns([1, 1.25], gap="large")
with left:
    given()
with right:
    if kept := st.session_state.get("kept"):
        counts = {"added": kept.added, "updated": kept.updated, "unchanged": kept.unchanged}
        st.success(say("bring.kept", **counts))
        st.page_link("articles.py", label=say("bring.see"), icon=":material/article:")
    if trial := st.session_state.get("trial"):
        result(trial)
    elif not kept:
        st.html(f'<p class="fz-empty">{escape(say("bring.empty"))}</p>')
