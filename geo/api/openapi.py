"""The API described to programs: an OpenAPI 3.0 document, made of the parameters as they are."""

from __future__ import annotations

from typing import Any

from geo.api.answers import GEOJSON, JSON, OPENAPI, PROBLEM
from geo.api.parameters import FORMS, LIMIT, MOST, MOST_LIMIT, MOST_OFFSET
from geo.api.shelf import COLLECTIONS
from geo.export.terms import ATTRIBUTION, LICENCE, LICENCE_NAME, program
from geo.locales import text
from geo.model import KINDS, ZONES
from geo.selection import MAX_VALUES, MAX_WORDS, PARAMETERS

_SCHEMAS: dict[str, dict[str, Any]] = {
    "zone": {"type": "string", "enum": list(ZONES)},
    "kind": {"type": "string", "enum": list(KINDS)},
    **{name: {"type": "string", "format": "date", "description": "From 1900 to 2100"}
       for name in ("from", "to", "on")},
    **{name: {"type": "string", "enum": ["0", "1"]} for name in ("inside", "undated", "once")},
    **{name: {"type": "string", "minLength": 1, "maxLength": MAX_WORDS, "pattern": r"\S"}
       for name in ("language", "publisher", "place", "words")},
    "area": {"type": "string", "maxLength": 1000, "example": "36,33,37,33,37,34",
             "pattern": r"^-?\d{1,2}(\.\d+)?(,-?\d{1,2}(\.\d+)?){5}((,-?\d{1,2}(\.\d+)?){2})*$"},
}  # fmt: skip
_SAID = {
    "from": "First day of the articles' range",
    "to": "The day after the last of the articles' range",
    "on": "The day whose zones are shown",
    "zone": "Only articles that mention one of these zones",
    "language": "Only articles in one of these languages, by code",
    "publisher": "Only articles of one of these publishers",
    "place": "Only articles that mention one of these places, by id",
    "kind": "Only mentions of these kinds count",
    "inside": "1: only mentions of a place that lay in the zone on the article's date count",
    "words": "Only articles with these words; quotes for phrases, - for words left out",
    "area": "Only articles that mention a place in this polygon: lon,lat,lon,lat,…",
    "undated": "1: with a range, undated articles too",
    "once": "1: of near-duplicates only the earliest",
    "bbox": "Only features in this box: west,south,east,north in degrees, or six numbers with "
    "heights, which are of no matter. What is drawn nowhere is in any box, but for articles, "
    "which are in by the places they mention",
    "datetime": "Only features of this time (RFC 3339): a day or moment, or two with a slash, the "
    "last included, .. for open. What bears no date is of any time",
    "limit": f"How many features, at most; more than {MOST} are answered as {MOST}",
    "offset": "How many features are passed over first",
    "after": "The features after this one, as a link to the next page says it",
    "f": "The form of the answer, in place of Accept",
}


def definition(base: str) -> dict[str, Any]:
    """Return the OpenAPI document."""
    paths = {
        "/": _get("The landing page", "getLandingPage", {"type": "object"}),
        "/conformance": _get("What the API conforms to", "getConformance", _CONFORMANCE),
        "/api": _get("This document", "getDefinition", {"type": "object"}, kind=OPENAPI),
        "/collections": _get("The collections", "getCollections", _COLLECTIONS),
        "/collections/{collectionId}": _get(
            "A collection", "describeCollection", _COLLECTION, [_WHAT], missing=True
        ),
        "/collections/{collectionId}/items": _get(
            "The features of a collection", "getFeatures", _FEATURES,
            [_WHAT, *_filters()], kind=GEOJSON, missing=True,
        ),
        "/collections/{collectionId}/items/{featureId}": _get(
            "A feature", "getFeature", _FEATURE, [_WHAT, _IDENTIFIER], kind=GEOJSON, missing=True
        ),
    }  # fmt: skip
    return {
        "openapi": "3.0.3",
        "info": {
            "title": text("api.title", "en"),
            "description": f"{text('api.about', 'en')} {ATTRIBUTION}",
            "version": program().rpartition(" ")[2],
            "license": {"name": LICENCE_NAME, "url": LICENCE},
        },
        "servers": [{"url": f"{base}/api"}],
        "paths": paths,
    }


def _filters() -> list[dict[str, Any]]:
    made = [
        _query("bbox", {"type": "array", "minItems": 4, "maxItems": 6,
                        "oneOf": [{"minItems": n, "maxItems": n} for n in (4, 6)],
                        "items": {"type": "number"},
                        "example": [36, 33, 37.5, 36]}, explode=False),
        _query("datetime", {"type": "string", "example": "2017-05-04/2017-12-31"}, explode=False),
        _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST_LIMIT, "default": LIMIT},
               explode=False),
        _query("offset", {"type": "integer", "minimum": 0, "maximum": MOST_OFFSET, "default": 0}),
        _query("after", {"type": "string", "maxLength": 500}),
    ]  # fmt: skip
    for parameter in PARAMETERS:
        if parameter.name != "bbox":
            schema = _SCHEMAS[parameter.name]
            if parameter.repeats:
                schema = {"type": "array", "items": schema, "maxItems": MAX_VALUES}
            made.append(_query(parameter.name, schema, explode=True))
    return made


def _query(name: str, schema: dict[str, Any], explode: bool = True) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "style": "form", "explode": explode,
            "description": _SAID[name], "schema": schema}  # fmt: skip


_WHAT = {"name": "collectionId", "in": "path", "required": True, "description": "A collection",
         "example": "versions",
         "schema": {"type": "string", "enum": list(COLLECTIONS)}}  # fmt: skip
_IDENTIFIER = {"name": "featureId", "in": "path", "required": True,
               "description": "The id of a feature", "example": "idlib/2017-05-04",
               "schema": {"type": "string"}}  # fmt: skip
_LINKS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["href", "rel"],
        "properties": {"href": {"type": "string"}, "rel": {"type": "string"}},
    },
}
_CONFORMANCE = {
    "type": "object", "required": ["conformsTo"],
    "properties": {"conformsTo": {"type": "array", "items": {"type": "string"}}},
}  # fmt: skip
_COLLECTION: dict[str, Any] = {
    "type": "object", "required": ["id", "links"],
    "properties": {
        "id": {"type": "string"}, "title": {"type": "string"}, "description": {"type": "string"},
        "links": _LINKS, "extent": {"type": "object"}, "itemType": {"type": "string"},
        "crs": {"type": "array", "items": {"type": "string"}},
    },
}  # fmt: skip
_COLLECTIONS = {
    "type": "object", "required": ["links", "collections"],
    "properties": {"links": _LINKS, "collections": {"type": "array", "items": _COLLECTION}},
}  # fmt: skip
_FEATURE: dict[str, Any] = {
    "type": "object", "required": ["type", "geometry", "properties"],
    "properties": {
        "type": {"type": "string", "enum": ["Feature"]}, "id": {"type": "string"},
        "geometry": {"type": "object", "nullable": True}, "properties": {"type": "object"},
        "time": {"type": "object", "nullable": True}, "links": _LINKS,
    },
}  # fmt: skip
_FEATURES = {
    "type": "object", "required": ["type", "features"],
    "properties": {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "features": {"type": "array", "items": _FEATURE},
        "links": _LINKS, "timeStamp": {"type": "string", "format": "date-time"},
        "numberMatched": {"type": "integer", "minimum": 0},
        "numberReturned": {"type": "integer", "minimum": 0},
    },
}  # fmt: skip
_PROBLEM = {
    "type": "object", "required": ["title", "status", "detail"],
    "properties": {"title": {"type": "string"}, "status": {"type": "integer"},
                   "detail": {"type": "string"}},
}  # fmt: skip


def _get(
    summary: str,
    operation: str,
    schema: dict[str, Any],
    parameters: list[dict[str, Any]] | None = None,
    kind: str = JSON,
    missing: bool = False,
) -> dict[str, Any]:
    fails = {"400": "Not understood", "406": "Neither form is taken", "414": "Too long",
             "500": "The store cannot be read"}  # fmt: skip
    if missing:
        fails["404"] = "Not there"
    form = _query("f", {"type": "string", "enum": list(FORMS)})
    good = {kind: {"schema": schema}, "text/html": {"schema": {"type": "string"}}}
    return {
        "get": {
            "summary": summary,
            "operationId": operation,
            "parameters": [*(parameters or []), form],
            "responses": {
                "200": {"description": summary, "content": good},
                "304": {"description": "Unchanged"},
                **{
                    status: {"description": said, "content": {PROBLEM: {"schema": _PROBLEM}}}
                    for status, said in sorted(fails.items())
                },
            },
        }
    }
