"""Articles to read and to check: facets, a search, the list, and one article in full."""

import streamlit as st

from geo.facets import place_names
from geo.html import escape, label
from geo.locales import text
from geo.model import LinkedArticle
from geo.page_address import READING
from geo.reading import list_entry
from geo.selection import MAX_WORDS
from geo.store.store import RANKED
from geo.summary import advice, asked_names, map_date, said
from geo.words import terms
from pages import address, outdated, reader, removal, state
from pages.head import head
from pages.narrow import narrow

ORDERS = ("newest", "oldest", "relevance")
AT_ONCE = 50

language = state.language()
store = state.store()
chosen = state.selection()


def say(key: str, **values: object) -> str:
    """Return a string of the catalogue in the language of the page."""
    return text(key, language, **values)


@st.cache_data(max_entries=4, show_spinner=False)
def names(reference: str, language: str) -> dict[str, str]:
    """Return the names of the places, as long as the store keeps these places."""
    return place_names(state.store(), language)


@st.cache_data(max_entries=5000, show_spinner=False)
def others(group: str, epoch: str, revision: str) -> int:
    """Count the other articles of a group, as long as the store stays as it is."""
    return len(state.store().copies(group)) - 1


def search(order: str) -> None:
    """Draw the search box and the order of the list."""
    box, sort = st.columns([2.1, 1.3])
    st.session_state["search"] = chosen.words
    box.text_input(
        say("articles.words"),
        key="search",
        max_chars=MAX_WORDS,
        placeholder=say("articles.words.example"),
        help=say("articles.words.help"),
        on_change=lambda: state.change(words=st.session_state["search"].strip()),
    )

    def reorder() -> None:
        wanted = st.session_state["sort"]
        state.put("order", "" if wanted == ORDERS[0] else wanted)
        state.put("page")

    st.session_state["sort"] = order
    sort.selectbox(say("articles.sort"), ORDERS, key="sort", on_change=reorder,
                   help=say("articles.sort.help"),
                   format_func=lambda one: say(f"articles.sort.{one}"))  # fmt: skip


def pager(page: int, total: int) -> None:
    """Draw which articles are shown, and the way to the others."""
    last = max(0, total - 1) // AT_ONCE
    said = say("articles.shown", first=min(total, page * AT_ONCE + 1),
               last=min(total, (page + 1) * AT_ONCE), total=total)  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", key="pager"):
        st.html(f'<p class="fz-facts">{escape(said)}</p>')
        icons = ("chevron_left", "chevron_right")
        for name, icon, to, known in (
            ("previous", icons[language == "ar"], page, page > 0),
            ("next", icons[language != "ar"], page + 2, page < last),
        ):
            said = say(f"articles.{name}")
            st.button(said, icon=f":material/{icon}:", help=said, key=f"page-{name}",
                      disabled=not known, on_click=state.put, args=("page", to))  # fmt: skip


def entries(shown: list[LinkedArticle]) -> None:
    """Draw the list; a title opens its article."""
    groups = {one.group for one in shown if one.group}
    version = (store.fact("epoch") or "", store.fact("revision") or "")
    copies = {group: others(group, *version) for group in groups}
    for number, linked in enumerate(shown):
        article = linked.article
        here = article.id == state.reading("article")
        with st.container(key=f"entry-{'here' if here else number}", gap=None):
            st.button(
                label(article.heading(language)) or "–", key=f"open-{number}", type="tertiary",
                on_click=state.put, args=("article", article.id),
            )  # fmt: skip
            st.html(list_entry(linked, language, copies.get(linked.group, 0)))


order = state.reading("order") if state.reading("order") in ORDERS else ORDERS[0]
counts = store.answer(chosen)
places = names(store.fact("reference") or "", language)
asked = state.reading("page")
page = int(asked) - 1 if asked.isascii() and asked.isdigit() and len(asked) < 8 else 0
page = max(0, min(page, (counts.articles - 1) // AT_ONCE))
found = store.page(chosen, order=order, limit=AT_ONCE, offset=page * AT_ONCE)

sentence = said(chosen, map_date(store, chosen), counts, asked_names(store, chosen), language)
address.put_beside(**{name: state.reading(name) for name in READING if state.reading(name)})
head(sentence, sentence=True, selection=chosen)
reading = bool(state.reading("article"))
columns = st.columns([1.2, 2, 2.5] if reading else [1.2, 4.5], gap="medium")
with columns[0], st.container(key="narrow"):
    narrow(counts, places)
with columns[1], st.container(key="articles-list"):
    st.html(f'<a class="fz-phone" href="#narrow">{escape(say("articles.narrow"))}</a>')
    search(order)
    outdated.hint()
    removal.told_of()
    if found.order != order:
        wordless = not any(not term.absent for term in terms(chosen.words))
        why = "no_words" if wordless else "too_many"
        st.caption(say(f"articles.sort.{why}", count=f"{RANKED:,}"))
    if found.articles:
        pager(page, counts.articles)
    else:
        st.html(f'<p class="fz-empty">{escape(advice(chosen, language))}</p>')
    entries(found.articles)
if reading:
    # Another key for each article, so that it begins at its top.
    with columns[2], st.container(key="reader"), st.container(key=f"reading-{state.turn():d}"):
        reader.read([one.article.id for one in found.articles], places)
