"""GeoJSON by RFC 7946 (WGS 84, right-hand rule, no `crs`) with the `time` member of JSON-FG."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.export.features import Feature, features, known
from geo.export.files import staged
from geo.export.spans import Spans
from geo.export.terms import made, terms
from geo.store import Store
from geo.summary import View, sentence

CONFORMS_TO = ["http://www.opengis.net/spec/json-fg-1/1.0/conf/core"]

AT_ONCE = 256 << 10
"""Letters of text that are written together, about."""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


@dataclass(slots=True)
class Collection:
    """What a view shows, to be read from the store once, a few features at a time.

    Attributes
    ----------
    about : dict
        All members but the features: the selection as parameters and in words, whose it is.
    count : int
        How many features have been read.
    """

    store: Store
    view: View
    what: str
    about: dict[str, Any] = field(default_factory=dict)
    count: int = 0

    def __post_init__(self) -> None:
        known(self.what)
        self.about = {
            "selection": self.view.selection.replace(on=self.view.date).to_params(),
            "sentence": {code: sentence(self.view, code) for code in ("en", "ar")},
            "what": self.what,
            **terms(self.store),
            **self.about,
        }

    def features(self) -> Iterator[Feature]:
        """Yield the features."""
        self.count = 0
        for feature in features(self.store, self.view, self.what):
            self.count += 1
            yield feature

    def text(self) -> Iterator[str]:
        """Yield the features as JSON, by the same rules."""
        self.count = 0
        if self.what != "mentions":
            yield from map(_encode, self.features())
            return
        selection = self.view.selection
        for some in Spans(self.store, selection).written(self.store.each(selection)):
            self.count += len(some)
            yield from some


def stamped(store: Store, view: View, what: str = "zones") -> Collection:
    """Return a collection that says when it was made: for a file, not for an answer."""
    return Collection(store, view, what, {"made": made()})


def pieces(collection: Collection) -> Iterator[bytes]:
    """Write a collection piece by piece; Arabic stays readable, NaN is refused."""
    parts = collection.text()
    some = list(itertools.islice(parts, 1))
    head = {**_head(bool(some)), "features": []}
    yield from _joined(_encode(head)[:-2], itertools.chain(some, parts))
    yield f"], {_encode(collection.about)[1:]}".encode()


def _head(filled: bool) -> dict[str, Any]:
    # GDAL finds no layer at all in JSON-FG without features: that is plain GeoJSON.
    return {"type": "FeatureCollection"} | ({"conformsTo": CONFORMS_TO} if filled else {})


def _joined(begun: str, parts: Iterable[str]) -> Iterator[bytes]:
    """Join texts with commas, many to a piece."""
    held, size = [begun], 0
    comma = ""
    for part in parts:
        held.append(comma + part)
        comma = ", "
        size += len(part)
        if size >= AT_ONCE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def collection(store: Store, view: View, what: str = "zones") -> dict[str, Any]:
    """Make the FeatureCollection of what a view shows, whole.

    Parameters
    ----------
    what : {"zones", "versions", "articles", "mentions", "places"}
        `zones` are the four as they stood on the map date, each with its newest articles;
        `versions` all zone versions; the others are those of the articles in the selection.

    Returns
    -------
    dict
        Coordinates are lon, lat (EPSG:4326) with six decimals; dates ISO 8601. The members
        `selection`, `sentence`, `what`, `attribution`, `licence`, `program` and `data_version`
        say what it is.

    Raises
    ------
    FourzonesError
        If there is no such `what`.
    """
    told = Collection(store, view, what)
    found = list(told.features())
    return {**_head(bool(found)), "features": found, **told.about}


def dumps(features: dict[str, Any]) -> str:
    """Write a collection as text; Arabic stays readable, NaN is refused."""
    return _encode(features)


def write(path: Path, collection: Collection, language: str = "en") -> None:
    """Write a collection to a file, whole or not at all.

    Raises
    ------
    FourzonesError
        If the file cannot be written.
    """
    with staged(path) as place, place.open("wb") as file:
        file.writelines(pieces(collection))
