"""The API as plain HTML: lists, tables and links that need no script, no picture and no font."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from geo.api.answers import GEOJSON, JSON, OPENAPI, Ask
from geo.html import bdi, escape, safe_link
from geo.locales import text
from geo.model import ZONE_NAMES

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:70rem;margin:1rem auto;padding:0 1rem}"
    "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2rem .5rem;"
    "text-align:start;vertical-align:top}nav a{margin-inline-end:1rem}"
)
_RELATIONS = {
    "prev": "api.previous", "next": "api.next", "items": "api.items", "data": "api.collections",
    "conformance": "api.conformance", "service-desc": "api.definition",
    "service-doc": "api.definition", "collection": "api.collection",
}  # fmt: skip
_IN_FORMS = ("self", "alternate", "items", "service-desc", "service-doc")
"""Relations to what there is in several forms."""

_FORMATS = {"text/html": "HTML", JSON: "JSON", GEOJSON: "GeoJSON", OPENAPI: "OpenAPI"}


def quoted(path: str) -> str:
    """Return a path, or an id in one, as it stands in an address."""
    return quote(path, safe="/:@,", errors="replace")


def landing(said: dict[str, Any], ask: Ask) -> str:
    """Make the first page."""
    language = ask.language
    places = [
        ("/api/collections", text("api.collections", language)),
        ("/api/api?f=html", text("api.definition", language)),
        ("/api/conformance", text("api.conformance", language)),
        ("/feed.atom", text("api.feed", language)),
    ]
    rows = "".join(f"<li>{_anchor(ask.base + path, label)}</li>" for path, label in places)
    about = f"<p>{escape(text('api.about', language))}</p><ul>{rows}</ul>"
    rights = f'<p lang="en" dir="ltr">{escape(said["attribution"])}</p>'
    return _page(ask, text("api.title", language), about + rights, said["links"])


def conformance(said: dict[str, Any], ask: Ask) -> str:
    """Make the page of what the API conforms to."""
    rows = "".join(f"<li>{safe_link(one, one)}</li>" for one in said["conformsTo"])
    return _page(ask, text("api.conformance", ask.language), f"<ul>{rows}</ul>")


def collections(said: dict[str, Any], ask: Ask) -> str:
    """Make the list of the collections."""
    rows = "".join(f"<dt>{_collection(one['id'], ask)}</dt><dd>{_told(one, ask)}</dd>"
                   for one in said["collections"])  # fmt: skip
    return _page(ask, text("api.collections", ask.language), f"<dl>{rows}</dl>", said["links"])


def collection(said: dict[str, Any], ask: Ask) -> str:
    """Make the page of a collection."""
    what = said["id"]
    return _page(ask, text(f"api.what.{what}", ask.language), _told(said, ask), (), what)


def _told(said: dict[str, Any], ask: Ask) -> str:
    """Write what a collection says of itself, and where it leads."""
    extent = [
        *(str(box) for box in said["extent"].get("spatial", {}).get("bbox", [])),
        *(" / ".join(day or ".." for day in span)
          for span in said["extent"]["temporal"]["interval"]),
        *said["crs"],
    ]  # fmt: skip
    rows = "".join(f"<li>{bdi(one)}</li>" for one in extent)
    about = escape(text(f"api.about.{said['id']}", ask.language))
    return f"<p>{about}</p><ul>{rows}</ul>{_ways(said['links'], ask)}"


def items(
    features: list[dict[str, Any]],
    what: str,
    matched: int,
    links: list[dict[str, str]],
    ask: Ask,
) -> str:
    """Make the table of a page of features."""
    language = ask.language
    heads = "".join(f"<th>{escape(text(f'api.{name}', language))}</th>"
                    for name in ("name", "zone", "time"))  # fmt: skip
    rows = "".join(_row(feature, what, ask) for feature in features)
    count = f"<p>{escape(text('api.count', language, count=matched))}</p>"
    body = f"{count}<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return _page(ask, text(f"api.what.{what}", language), body, links, what)


def _row(feature: dict[str, Any], what: str, ask: Ask) -> str:
    said = feature["properties"]
    names = [said["name_ar"], said["name_en"]] if ask.language == "ar" else [
        said["name_en"], said["name_ar"]]  # fmt: skip
    shown = list(dict.fromkeys(name for name in names if name)) or [feature["id"]]
    zones = said["zone"] if isinstance(said["zone"], list) else [said["zone"]]
    own = f"{ask.base}/api/collections/{what}/items/{quoted(feature['id'])}"
    name = f"{_anchor(own, shown[0])}" + "".join(f"<br>{bdi(one)}" for one in shown[1:])
    comma = escape(text("sentence.comma", ask.language)) + " "
    named = comma.join(bdi(ZONE_NAMES.get(zone, {}).get(ask.language, zone)) for zone in zones)
    cells = [name, named, bdi(_time(feature))]
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _time(feature: dict[str, Any]) -> str:
    first, last = (feature["time"] or {"interval": ("", "")})["interval"]
    return first if first == last else f"{first} / {last}"


def item(feature: dict[str, Any], what: str, links: list[dict[str, str]], ask: Ask) -> str:
    """Make the page of one feature: all that is known of it."""
    said = {"id": feature["id"], **feature["properties"], "time": _time(feature)}
    drawn = feature["geometry"]
    if drawn and drawn["type"] == "Point":
        said["lon, lat"] = drawn["coordinates"]
    rows = "".join(f"<tr><th>{bdi(name)}</th><td>{_value(value)}</td></tr>"
                   for name, value in said.items())  # fmt: skip
    name = said.get(f"name_{ask.language}") or said["id"]
    return _page(ask, str(name), f"<table>{rows}</table>", links, what)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"<ul>{''.join(f'<li>{_value(one)}</li>' for one in value)}</ul>"
    if isinstance(value, dict):
        rows = "".join(f"<dt>{bdi(k)}</dt><dd>{_value(v)}</dd>" for k, v in value.items())
        return f"<dl>{rows}</dl>"
    if value is None:
        return "–"
    said = str(value)
    return safe_link(said, said) if said.startswith(("https://", "http://")) else bdi(said)


def definition(said: dict[str, Any], ask: Ask) -> str:
    """Make the page that describes the API to people."""
    parts = [f"<p>{escape(said['info']['description'])}</p>"]
    for path, methods in said["paths"].items():
        rows = "".join(
            f"<tr><th><code>{escape(one['name'])}</code></th>"
            f"<td>{escape(one.get('description', ''))}</td></tr>"
            for one in methods["get"].get("parameters", [])
        )
        table = f"<table>{rows}</table>" if rows else ""
        summary = escape(methods["get"]["summary"])
        parts.append(f"<h2><code>{escape(path)}</code></h2><p>{summary}</p>{table}")
    body = f'<div lang="en" dir="ltr">{"".join(parts)}</div>'
    return _page(ask, text("api.definition", ask.language), body)


def _collection(what: str, ask: Ask) -> str:
    label = text(f"api.what.{what}", ask.language)
    return _anchor(f"{ask.base}/api/collections/{what}", label)


def _ways(links: Iterable[dict[str, str]], ask: Ask) -> str:
    """Write the links of a document, each by what it leads to and in which form."""
    made = []
    for one in links:
        key, title = _RELATIONS.get(one["rel"]), one.get("title", "")
        form = _FORMATS[one["type"]] if one["rel"] in _IN_FORMS else ""
        label = " – ".join(part for part in (text(key, ask.language) if key else "", form) if part)
        # Where nothing is said, a browser gets HTML.
        said = "" if form in ("", "HTML") or "?" in one["href"] else "?f=json"
        made.append(_anchor(one["href"] + said, label or title, one["rel"]))
    return f"<nav>{''.join(made)}</nav>" if made else ""


def _anchor(href: str, label: str, relation: str = "") -> str:
    rel = f' rel="{escape(relation)}"' if relation else ""
    return f'<a href="{escape(href)}"{rel}>{bdi(label)}</a>'


def _page(
    ask: Ask, title: str, body: str, links: Iterable[dict[str, str]] = (), what: str = ""
) -> str:
    language = ask.language
    ways = [_anchor(f"{ask.base}/api", text("api.title", language)),
            _anchor(f"{ask.base}/api/collections", text("api.collections", language))]  # fmt: skip
    if what:
        ways.append(_collection(what, ask))
    return (
        f'<!doctype html><html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">'
        f'<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><nav>{''.join(ways)}</nav><h1>{bdi(title)}</h1>{body}"
        f"{_ways(links, ask)}</body></html>"
    )
