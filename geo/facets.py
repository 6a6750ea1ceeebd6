"""What an article list can be narrowed by, with counts: zone, place, language, publisher, kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.locales import isolate, language_name, number, other_language, text
from geo.model import KINDS, ZONE_NAMES, ZONES
from geo.selection import Selection
from geo.store import Answered, Store

TOP = 8
"""Values of a facet that stand open; the others are found by their name."""

MOST = 3_000
"""Values of a facet that can be found by their name: the most frequent."""

FIELDS = ("zone", "place", "language", "publisher", "kind")
_COUNTS = {
    "zone": "zones",
    "place": "places",
    "language": "languages",
    "publisher": "publishers",
    "kind": "kinds",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how it is named, and how many articles have it."""

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A field of the `Selection` with what can be chosen in it.

    Attributes
    ----------
    top : tuple of Choice
        The chosen ones, then the most frequent; zones and kinds in their own order.
    rest : tuple of Choice
        All others, by name.
    """

    field: str
    top: tuple[Choice, ...]
    rest: tuple[Choice, ...]


def place_names(store: Store, language: str) -> dict[str, str]:
    """Return the names of the places by their ids, in one language."""
    other = other_language(language)
    return {
        str(place["id"]): place[f"name_{language}"] or place[f"name_{other}"]
        for place in store.gazetteer()
    }


def facets(
    store: Store,
    selection: Selection,
    counts: Answered,
    language: str,
    places: Mapping[str, str],
    most: int = MOST,
) -> list[Facet]:
    """Return the facets of a selection.

    The values of one facet add to one another, so that a facet with something chosen counts as
    if it did not narrow: each count says how many articles the value has or would bring. Zones
    count as on the map: of the articles shown, those that mention the zone.

    Parameters
    ----------
    counts : Answered
        What the store answers to the selection.
    places : mapping of str to str
        As `place_names` gives it.
    most : int
        Values of a facet that are kept, the most frequent.

    Examples
    --------
    >>> from geo.ingest import open_store
    >>> store = open_store(":memory:")  # doctest: +SKIP
    >>> facets(store, Selection(), store.answer(Selection()), "en", {})  # doctest: +SKIP
    """
    made = []
    for field in FIELDS:
        chosen: tuple[str, ...] = getattr(selection, field)
        free = field != "zone" and bool(chosen)
        told = store.answer(selection.replace(**{field: ()})) if free else counts
        known: dict[str, int] = getattr(told, _COUNTS[field])
        values = list(dict.fromkeys([*chosen, *known]))
        if field in ("zone", "kind"):
            values = list(ZONES if field == "zone" else KINDS)
        choices = [
            Choice(value, _name(field, value, language, places), known.get(value, 0),
                   value in chosen)
            for value in values
            if value
        ]  # fmt: skip
        open_ = max(TOP, len(chosen))
        rest = sorted(choices[open_:most], key=lambda choice: choice.name.casefold())
        made.append(Facet(field, tuple(choices[:open_]), tuple(rest)))
    return made


def _name(field: str, value: str, language: str, places: Mapping[str, str]) -> str:
    if field == "zone":
        return ZONE_NAMES[value][language]
    if field == "kind":
        return text(f"kind.{value}", language)
    if field == "language":
        return language_name(value, language)
    return places.get(value, value) if field == "place" else value


def option(choice: Choice) -> str:
    """Write a choice into a list that reads no markup: its name, isolated, and its count."""
    return f"{isolate(choice.name)} · {number(choice.count)}"
