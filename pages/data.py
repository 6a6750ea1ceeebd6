"""What is in here and what is missing: coverage, sources, accuracy of the links, the store."""

import streamlit as st

from geo import overview
from geo.coverage import (
    UNSEEN,
    Differing,
    accuracy,
    cards,
    coverage,
    differing,
    store_facts,
)
from geo.evaluation import Result
from geo.locales import language_name, text
from geo.sections import coverage_html
from pages import outdated, state
from pages.drawing import drawing
from pages.head import head

MOST_BARS = 12
MOST_LISTED = 1000

language = state.language()
store = state.store()


def say(key: str, **values: object) -> str:
    """Return a string of the catalogue in the language of the page."""
    return text(key, language, **values)


@st.cache_data(show_spinner=False)
def measured() -> Result:
    """Measure the linker once for all visitors."""
    return accuracy()


@st.cache_data(show_spinner=False, max_entries=2)
def differences(epoch: str, revision: str) -> list[Differing]:
    """Look for them once for each state of the store."""
    return differing(state.store())


head(say("page.data"))
outdated.notice()
known, facts = coverage(store), store_facts(store)
months, missing = st.columns([1.2, 1], gap="medium")
with months:
    st.subheader(say("data.months"), anchor=False)
    st.caption(say("data.months.help"))
    drawing(coverage_html(known, language), key="months")
with missing:
    st.subheader(say("data.missing"), anchor=False)
    st.html(overview.missing(known, language))
languages, publishers = st.columns([1, 1.2], gap="medium")
with languages:
    st.subheader(say("data.languages"), anchor=False)
    named = {language_name(code, language): n for code, n in known.counts.languages.items()}
    st.html(overview.bars(named))
with publishers:
    st.subheader(say("data.publishers"), anchor=False)
    named = {name or say("publisher.unknown"): n for name, n in known.counts.publishers.items()}
    st.html(overview.bars(named, MOST_BARS))
    if len(named) > MOST_BARS:
        with st.expander(say("data.publishers.all", count=len(named))):
            st.html(overview.bars(named, MOST_LISTED))

st.subheader(say("data.accuracy"), anchor=False)
result = measured()
st.caption(say("data.accuracy.help", count=result.passages, **UNSEEN))
st.html(overview.rates(result, language))

st.subheader(say("about.differences"), anchor=False)
st.caption(say("about.differences.help"))
found = differences(store.fact("epoch") or "", facts["revision"])
st.html(overview.differing_table(found, language))

st.subheader(say("data.cards"), anchor=False)
said = cards()
st.html(overview.card_rows(said, language))
with st.expander(say("data.cards.method"), icon=":material/menu_book:"):
    st.html("".join(overview.card(one, language) for one in said))

st.subheader(say("data.store"), anchor=False)
st.html(overview.fact_rows(facts, known, language))
