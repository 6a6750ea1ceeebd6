"""The addresses under ``/api``, each as JSON or as a page."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from geo.api import collections, items, openapi, pages
from geo.api.answers import GEOJSON, HTML, OPENAPI, Answer, Ask, of_html, of_json
from geo.api.collections import link
from geo.api.items import Found
from geo.api.parameters import Asked, Problem, asked, form_of, moved
from geo.api.shelf import COLLECTIONS, Shelf, encode

BIG = 1 << 20
"""Bytes above which an answer is sent while it is made."""

_MANY = re.compile(r"limit=\d{3}")

HTML_MOST = 500
"""Features on one page of HTML, at most."""


def quick(ask: Ask, shelf: Shelf) -> bool:
    """Return whether a request is answered from memory in a blink, on the event loop itself."""
    path, query = ask.path, ask.query
    if shelf.articles is None or not path.startswith("/api/collections/") or "/zones" in path:
        return False
    return not any(part in query for part in ("words=", "html")) and not _MANY.search(query)


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
        return of_html(page(said, ask))
    return of_json(said)


def _definition(ask: Ask, shelf: Shelf) -> Answer:
    said = form_of(ask.query).form
    wants = "openapi" in ask.header(b"accept")
    definition = openapi.definition(ask.base)
    if not wants and ask.form(said) == "html":
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
    if form == "html":
        return of_html(pages.item(json.loads(found), what, ask))
    links = [
        link(here, "self", GEOJSON),
        link(f"{here}?f=html", "alternate", HTML),
        link(own, "collection"),
    ]
    return Answer(GEOJSON, found[:-1] + b', "links": ' + encode(links) + b"}")


def _items(ask: Ask, shelf: Shelf, what: str) -> Answer:
    wanted = asked(ask.query)
    form = ask.form(wanted.form)
    if form == "html":
        wanted = dataclasses.replace(wanted, limit=min(wanted.limit, HTML_MOST))
        wanted = dataclasses.replace(wanted, form=form)
        found = items.find(shelf, what, wanted)
        features = [json.loads(part) for part in found.parts]
        return of_html(pages.items(features, what, found.matched, _links(ask, wanted, found), ask))
    found = items.find(shelf, what, wanted)
    chunks = _body(ask, shelf, wanted, found)
    held, size = [], 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size > BIG:
            return Answer(GEOJSON, parts=_again(held, chunks))
    return Answer(GEOJSON, b"".join(held))


def _again(held: list[bytes], rest: Iterator[bytes]) -> Iterator[bytes]:
    yield from held
    held.clear()
    yield from rest


def _body(ask: Ask, shelf: Shelf, wanted: Asked, found: Found) -> Iterator[bytes]:
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
        "links": _links(ask, wanted, found),
        "selection": wanted.selection.to_params(),
        **shelf.terms,
    }
    yield b"\n], " + encode(said)[1:]


def _links(ask: Ask, wanted: Asked, found: Found) -> list[dict[str, str]]:
    here = f"{ask.base}{pages.quoted(ask.path)}"

    def to(rel: str, kind: str = GEOJSON, **changes: str) -> dict[str, str]:
        query = moved(ask.query, **changes)
        return link(f"{here}?{query}" if query else here, rel, kind)

    other = "json" if wanted.form == "html" else "html"
    links = [to("self"), to("alternate", HTML if other == "html" else GEOJSON, f=other)]
    if found.more:
        links.append(to("next", after=found.after(), offset=""))
    if found.start:
        before = max(0, found.start - wanted.limit)
        links.append(to("prev", offset=str(before) if before else "", after=""))
    links.append(link(here.removesuffix("/items"), "collection"))
    return links
