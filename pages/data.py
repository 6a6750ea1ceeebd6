"""What is in here and what is missing: coverage, sources, accuracy of the links, the store."""

import altair as alt
import streamlit as st

from geo import overview
from geo.coverage import (
    UNSEEN,
    Coverage,
    Differing,
    accuracy,
    cards,
    coverage,
    differing,
    store_facts,
)
from geo.evaluation import Result
from geo.locales import language_name, text
from pages import state
from pages.head import head

GREY = "#6b7c85"  # no zone's colour

MOST_BARS = 12

language = state.language()
store = state.store()


def say(key: str, **values: object) -> str:
    """Return a string of the catalogue in the language of the page."""
    return text(key, language, **values)


def months(known: Coverage) -> None:
    """Draw the articles by month."""
    chart = (
        alt.Chart(alt.Data(values=overview.month_rows(known, language)), height=180)
        .mark_bar(color=GREY)
        .encode(
            alt.X("yearmonth(at):T", title=None, axis=alt.Axis(format="%Y", tickCount="year")),
            alt.Y("articles:Q", title=say("data.articles"),
                  axis=alt.Axis(tickMinStep=1, tickCount=4)),
            tooltip=[alt.Tooltip("month:N", title=say("data.month")),
                     alt.Tooltip("articles:Q", title=say("data.articles"))],
        )
    )  # fmt: skip
    st.altair_chart(chart, width="stretch")


@st.cache_data(show_spinner=False)
def measured() -> Result:
    """Measure the linker once for all visitors."""
    return accuracy()


@st.cache_data(show_spinner=False, max_entries=2)
def differences(epoch: str, revision: str) -> list[Differing]:
    """Look for them once for each state of the store."""
    return differing(state.store())


head(say("page.data"))
known, facts = coverage(store), store_facts(store)
st.subheader(say("data.months"))
st.caption(say("data.months.help"))
months(known)

missing, languages, publishers = st.columns([1.2, 1, 1.3], gap="medium")
with missing:
    st.subheader(say("data.missing"))
    st.html(overview.missing(known, language))
with languages:
    st.subheader(say("data.languages"))
    named = {language_name(code, language): n for code, n in known.counts.languages.items()}
    st.html(overview.bars(named))
with publishers:
    st.subheader(say("data.publishers"))
    named = {name or say("publisher.unknown"): n for name, n in known.counts.publishers.items()}
    st.html(overview.bars(named, MOST_BARS))
    if len(named) > MOST_BARS:
        with st.expander(say("data.publishers.all", count=len(named))):
            rows = [{say("articles.facet.publisher"): name, say("data.articles"): count}
                    for name, count in named.items()]  # fmt: skip
            st.dataframe(rows, hide_index=True)

st.subheader(say("data.accuracy"))
result = measured()
st.caption(say("data.accuracy.help", count=result.passages, **UNSEEN))
st.html(overview.rates(result, language))

st.subheader(say("about.differences"))
st.caption(say("about.differences.help"))
found = differences(store.fact("epoch") or "", facts["revision"])
st.dataframe(overview.differing_rows(found, language), hide_index=True)

st.subheader(say("data.cards"))
said = cards()
st.html(overview.card_rows(said, language))
with st.expander(say("data.cards.method"), icon=":material/menu_book:"):
    st.html("".join(map(overview.card, said)))

st.subheader(say("data.store"))
st.html(overview.fact_rows(facts, known, language))
