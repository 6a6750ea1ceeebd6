"""The addresses under ``/api``, each as JSON or as a page."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from geo.api import collections, items, openapi, pages
from geo.api.answers import GEOJSON, HTML, OPENAPI, Answer, Ask, of_html, of_json, of_parts
from geo.api.collections import link
from geo.api.items import Found
from geo.api.parameters import Asked, Problem, asked, form_of, moved
from geo.api.shelf import COLLECTIONS, Shelf, encode

_HEAVY = re.compile(r"words=|html|limit=\d{3}|%[3-7]", re.IGNORECASE)
"""What takes longer, also when it is written with letters and digits by their codes."""

MOST_LINKS = 4096
"""Letters that a header of links may have; the document has them in any case."""

HTML_MOST = 500
"""Features on one page of HTML, at most."""


def quick(ask: Ask, shelf: Shelf) -> bool:
    """Return whether a request is answered from memory in a blink, on the event loop itself."""
    path = ask.path
    if shelf.articles is None or not path.startswith("/api/collections/") or "/zones" in path:
        return False
    return not _HEAVY.search(ask.query)


def answer(ask: Ask, shelf: Shelf) -> Answer:
    """Answer what is asked for under ``/api``."""
    steps = ask.path.split("/", 5)[2:]
    match steps:
        case []:
            return _document(ask, collections.landing(ask.base), pages.landing)
        case ["conformance"]:
            return _document(ask, collections.conformance(), pages.conformance)
        case ["api"]:
            return _definition(ask, shelf)
        case ["collections"]:
            return _document(ask, collections.collections(ask.base, shelf), pages.collections)
        case ["collections", what]:
            _known(what)
            return _document(ask, collections.collection(ask.base, shelf, what), pages.collection)
        case ["collections", what, "items"]:
            _known(what)
            return _items(ask, shelf, what)
        case ["collections", what, "items", identifier]:
            _known(what)
            return _item(ask, shelf, what, identifier)
    raise Problem(404, f"nothing is at {ask.path[:80]}; {ask.base}/api says what there is")


def _known(what: str) -> None:
    if what not in COLLECTIONS:
        raise Problem(404, f"no collection {what[:80]}; there are {', '.join(COLLECTIONS)}")


def _document(ask: Ask, said: dict[str, Any], page: Any) -> Answer:
    if ask.form(form_of(ask.query).form) == "html":
        return _linked(of_html(page(said, ask)), said.get("links", []))
    return _linked(of_json(said), said.get("links", []))


def _linked(made: Answer, links: list[dict[str, str]]) -> Answer:
    """Say the links in the header as well, for what is not read by programs (RFC 8288)."""
    said = ", ".join(f'<{one["href"]}>; rel="{one["rel"]}"; type="{one["type"]}"' for one in links)
    if said and len(said) <= MOST_LINKS:
        made.headers["link"] = said
    return made


def _definition(ask: Ask, shelf: Shelf) -> Answer:
    definition = openapi.definition(ask.base)
    if ask.form(form_of(ask.query).form) == "html":
        return of_html(pages.definition(definition, ask))
    return of_json(definition, OPENAPI)


def _item(ask: Ask, shelf: Shelf, what: str, identifier: str) -> Answer:
    form = ask.form(form_of(ask.query).form)
    brief = form == "html" and what == "zones"
    found = items.feature(shelf, "versions" if brief else what, identifier)
    if found is None:
        raise Problem(404, f"no feature {identifier[:80]} in {what}")
    own = f"{ask.base}/api/collections/{what}"
    here = f"{own}/items/{pages.quoted(identifier)}"
    links = [
        link(here, "self", GEOJSON),
        link(f"{here}?f=html", "alternate", HTML),
        link(own, "collection"),
    ]
    if form == "html":
        return _linked(of_html(pages.item(json.loads(found), what, links, ask)), links)
    made = Answer(GEOJSON, found[:-1] + b', "links": ' + encode(links) + b"}")
    return _linked(made, links)


def _items(ask: Ask, shelf: Shelf, what: str) -> Answer:
    wanted = asked(ask.query)
    form = ask.form(wanted.form)
    if form == "html":
        wanted = dataclasses.replace(wanted, limit=min(wanted.limit, HTML_MOST))
        wanted = dataclasses.replace(wanted, form=form)
        found = items.find(shelf, what, wanted)
        features = [json.loads(part) for part in found.parts]
        links = _links(ask, wanted, found)
        return _linked(of_html(pages.items(features, what, found.matched, links, ask)), links)
    found = items.find(shelf, what, wanted)
    links = _links(ask, wanted, found)
    return _linked(of_parts(GEOJSON, _body(shelf, wanted, found, links)), links)


def _body(
    shelf: Shelf, wanted: Asked, found: Found, links: list[dict[str, str]]
) -> Iterator[bytes]:
    """Yield a collection piece by piece."""
    yield b'{"type": "FeatureCollection", "features": [\n'
    comma = b""
    for part in found.parts:
        yield comma + part
        comma = b",\n"
    said: dict[str, Any] = {
        "numberMatched": found.matched,
        "numberReturned": found.returned,
        "timeStamp": dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "links": links,
        "selection": wanted.selection.to_params(),
        **shelf.terms,
    }
    yield b"\n], " + encode(said)[1:]


def _links(ask: Ask, wanted: Asked, found: Found) -> list[dict[str, str]]:
    here = f"{ask.base}{pages.quoted(ask.path)}"

    def to(rel: str, kind: str = GEOJSON, **changes: str) -> dict[str, str]:
        query = moved(ask.query, **changes)
        return link(f"{here}?{query}" if query else here, rel, kind)

    kinds = {"json": GEOJSON, "html": HTML}
    form, other = ("html", "json") if wanted.form == "html" else ("json", "html")
    links = [to("self", kinds[form]), to("alternate", kinds[other], f=other)]
    if found.more:
        links.append(to("next", after=found.after(), offset=""))
    if found.start:
        before = max(0, found.start - wanted.limit)
        links.append(to("prev", offset=str(before) if before else "", after=""))
    links.append(link(here.removesuffix("/items"), "collection"))
    return links
