"""Requests and answers as plain values, and what all answers have in common: how they are sent."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from geo.api.parameters import Problem
from geo.api.shelf import Shelf
from geo.locales import LANGUAGES, best_language

JSON = "application/json"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
HTML = "text/html; charset=utf-8"
PROBLEM = "application/problem+json"

SMALLEST = 500
"""Bytes below which packing does not pay."""

LEVEL = 4

BIG = 1 << 20
"""Bytes above which an answer is sent while it is made."""


CORS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Last-Modified, Link, Content-Disposition",
}
PREFLIGHT = {
    "allow": "GET, HEAD, OPTIONS",
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}
_VARY = {"vary": "Accept, Accept-Encoding, Accept-Language"}
_PLAIN = {"x-content-type-options": "nosniff"}
_STATIC = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}
_TITLES = {400: "Bad request", 404: "Not found", 405: "Method not allowed", 406: "Not acceptable",
           414: "Too long", 431: "Too long", 500: "Error", 503: "Busy"}  # fmt: skip
_HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?")


@dataclass(slots=True)
class Ask:
    """A request: what of it matters here.

    Attributes
    ----------
    path : str
        Decoded, without a slash at its end.
    base : str
        What stands before the path in links.
    """

    method: str
    path: str
    query: str
    base: str
    headers: dict[bytes, bytes] = field(default_factory=dict)

    @classmethod
    def read(cls, scope: Any) -> Ask:
        """Take it from an ASGI scope."""
        headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:  # one that comes twice is a list
            headers[name] = headers[name] + b", " + value if name in headers else value
        root = scope.get("root_path", "")
        host = headers.get(b"host", b"").decode("latin-1")
        if not _HOST.fullmatch(host):
            server = scope.get("server") or ("localhost", None)
            host = f"{server[0]}:{server[1]}" if server[1] else str(server[0])
        return cls(
            method=scope["method"],
            path=scope["path"].removeprefix(root).rstrip("/"),
            query=scope["query_string"].decode("latin-1"),
            base=f"{scope.get('scheme', 'http')}://{host}{root}",
            headers=headers,
        )

    def header(self, name: bytes) -> str:
        """Return a header, empty when it is not there."""
        return self.headers.get(name, b"").decode("latin-1")

    @property
    def language(self) -> str:
        """The language of what is read by people: of those spoken here, the one most wanted."""
        given = weights(self.header(b"accept-language"))
        spoken = [tag for tag in given if tag.partition("-")[0] in LANGUAGES and given[tag] > 0]
        return best_language(max(spoken, key=given.__getitem__, default=None))

    @property
    def packs(self) -> bool:
        """Whether the client unpacks gzip."""
        given = weights(self.header(b"accept-encoding"))
        return given.get("gzip", given.get("*", 0.0)) > 0

    def tag(self, state: str) -> str:
        """Return the ETag of what the request gets in a state of the store."""
        asked = "&".join(sorted(self.query.split("&")))
        accepts = self.headers.get(b"accept", b""), self.headers.get(b"accept-language", b"")
        key = repr((state, self.base, self.path, asked, *accepts)).encode()
        return f'W/"{hashlib.blake2b(key, digest_size=12).hexdigest()}"'

    def form(self, said: str = "") -> str:
        """Return the form of the answer, `json` or `html`: as the query says, else `Accept`.

        Raises
        ------
        Problem
            406, if the client takes neither.
        """
        if said:
            return said
        accept = self.header(b"accept")
        if not accept.strip():
            return "json"
        given = weights(accept)

        def wanted(form: str) -> float:
            # What is named itself counts before what is meant among others.
            named = [weight for kind, weight in given.items() if _NAMED[form].fullmatch(kind)]
            return max(named) if named else given.get(_AMONG[form], given.get("*/*", 0.0))

        best = max(_NAMED, key=wanted)
        if wanted(best) == 0:
            raise Problem(406, "expected to be asked for application/geo+json or text/html")
        return best


_NAMED = {
    "json": re.compile(r"application/([\w.\-]+\+)?json"),
    "html": re.compile(r"text/html|application/xhtml\+xml"),
}
_AMONG = {"json": "application/*", "html": "text/*"}
_MOST_READ = 2000


def weights(header: str) -> dict[str, float]:
    """Return what a header wants and how much, from 0 to 1 (RFC 9110, 12.4.2).

    Examples
    --------
    >>> weights("text/html, */*;q=0.5")
    {'text/html': 1.0, '*/*': 0.5}
    """
    found: dict[str, float] = {}
    for part in header[:_MOST_READ].split(","):
        kind, *rest = (one.strip().lower() for one in part.split(";"))
        if kind:
            weight = next((_weight(one[2:]) for one in rest if one.startswith("q=")), 1.0)
            found.setdefault(kind, weight)
    return found


def _weight(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0


@dataclass(slots=True)
class Answer:
    """What is sent back.

    Attributes
    ----------
    parts : iterator of bytes, optional
        The body, when it is made while it is sent; `body` is then empty.
    shrinks : bool
        Whether packing makes it smaller.
    packed : bool
        Whether it is packed.
    """

    kind: str
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    parts: Iterator[bytes] | None = None
    shrinks: bool = True
    packed: bool = False

    @property
    def size(self) -> int:
        """Bytes that it takes to keep it, about."""
        return len(self.body) + sum(map(len, self.headers.values())) + 500


def of_json(value: Any, kind: str = JSON) -> Answer:
    """Answer with JSON."""
    return Answer(kind, json.dumps(value, ensure_ascii=False, allow_nan=False).encode())


def of_html(page: str) -> Answer:
    """Answer with a page, which may load nothing and run nothing."""
    # What came in as half a surrogate pair cannot be written.
    return Answer(HTML, page.encode("utf-8", "replace"), headers=dict(_STATIC))


def of_parts(kind: str, parts: Iterator[bytes], shrinks: bool = True) -> Answer:
    """Answer with what is made while it is sent, if it is large."""
    held, size = [], 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size > BIG:
            return Answer(kind, parts=_again(held, parts), shrinks=shrinks)
    return Answer(kind, b"".join(held), shrinks=shrinks)


def _again(held: list[bytes], rest: Iterator[bytes]) -> Iterator[bytes]:
    yield from held
    held.clear()
    yield from rest


def of_problem(problem: Problem) -> Answer:
    """Answer with a sentence that says what is wrong (RFC 9457)."""
    said = {
        "type": "about:blank",
        "title": _TITLES.get(problem.status, "Error"),
        "status": problem.status,
        "detail": problem.detail.encode("utf-8", "replace").decode(),
    }
    made = of_json(said, PROBLEM)
    return Answer(PROBLEM, made.body, problem.status, dict(problem.headers))


def pack(answer: Answer, ask: Ask) -> Answer:
    """Pack the body, if the client takes it so."""
    small = answer.parts is not None or len(answer.body) < SMALLEST
    if ask.packs and answer.shrinks and not small:
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 31)
        answer.body = packer.compress(answer.body) + packer.flush()
        answer.packed = True
    return answer


def headers(answer: Answer, shelf: Shelf | None, tag: str) -> list[tuple[bytes, bytes]]:
    """Return all headers of an answer."""
    said = {"content-type": answer.kind, **CORS, **_VARY, **_PLAIN, **answer.headers}
    if answer.parts is None:
        said["content-length"] = str(len(answer.body))
    if answer.packed:
        said["content-encoding"] = "gzip"
    if shelf is not None and answer.status in (200, 304):
        said["etag"] = tag
        said["last-modified"] = format_datetime(shelf.since, usegmt=True)
        said.setdefault("cache-control", "no-cache")
    if answer.status in (204, 304):
        del said["content-type"]
        said.pop("content-length", None)
    return [(name.encode(), value.encode("latin-1", "replace")) for name, value in said.items()]


def known(ask: Ask, tag: str) -> bool:
    """Return whether the client has what it would get, by its ETag."""
    given = ask.header(b"if-none-match")
    return tag.removeprefix("W/") in re.findall(r'"[^"]*"', given)


def unchanged(ask: Ask, shelf: Shelf) -> bool:
    """Return whether the client has anything that is there at all, or has it by its date."""
    if b"if-none-match" in ask.headers:
        return ask.header(b"if-none-match").strip() == "*"
    try:
        return parsedate_to_datetime(ask.header(b"if-modified-since")) >= shelf.since
    except (TypeError, ValueError):
        return False
