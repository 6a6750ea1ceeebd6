"""When two articles are the same one: the same canonical address, else the same words."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from geo.arabic import fold

LONGEST = 300
"""Letters of an id; PostgreSQL's index takes 2,700 bytes, a page's address not even that."""

_TRACKING = ("utm_", "fbclid", "gclid", "mc_", "igshid", "ref_src")


def canonical(url: str) -> str:
    """Return an address without what does not change the page; empty for no web address.

    Examples
    --------
    >>> canonical("HTTPS://Example.org:443/a/?utm_source=x&id=3#top")
    'https://example.org/a?id=3'
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not host:
        return ""
    if port and port != {"http": 80, "https": 443}[scheme]:
        host = f"{host}:{port}"
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not key.lower().startswith(_TRACKING)
    ]
    return urlunsplit((scheme, host, parts.path.rstrip("/"), urlencode(kept), ""))


def identify(url: str, text: str) -> str:
    """Return an article's id: from its canonical address, else from a hash of its folded words.

    Examples
    --------
    >>> identify("", "Shelling in  Douma") == identify("", "shelling in douma\\n")
    True
    """
    if address := canonical(url):
        return "u-" + hashlib.sha256(address.encode()).hexdigest()[:20]
    words = " ".join(fold(text).split())
    return "t-" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def own_id(said: str) -> str:
    """Return the id that a record has of itself; a hash of one too long for an index.

    Examples
    --------
    >>> own_id("acled-17"), len(own_id("x" * 5000))
    ('acled-17', 22)
    """
    if len(said) <= LONGEST:
        return said
    return "i-" + hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:20]
