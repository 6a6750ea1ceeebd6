"""Which addresses may be asked: http and https, in the public network unless a setting allows."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from geo.errors import FourzonesError

SETTING = "FOURZONES_ALLOW_PRIVATE"
LONGEST = 4000

_PORTS = {"http": 80, "https": 443}
_UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
_KINDS = (
    "loopback", "link_local", "site_local", "multicast", "unspecified", "reserved", "private",
)  # fmt: skip
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(FourzonesError):
    """An address that is not asked at all."""


@dataclass(frozen=True, slots=True)
class Address:
    """A checked web address in its parts.

    Attributes
    ----------
    url : str
        The whole, without its fragment.
    host : str
        In ASCII letters, without brackets.
    target : str
        Path and query, as a request names them.
    """

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt holds for."""
        return f"{self.scheme}://{self.authority}"


def is_address(said: str) -> bool:
    """Say whether a user means an address and not a file.

    Examples
    --------
    >>> is_address("https://example.org/feed"), is_address("ftp://x"), is_address("a/b.txt")
    (True, True, False)
    """
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", said) is not None


def shown(url: str) -> str:
    """Return an address as it may be printed: no password, no control characters, not endless.

    Examples
    --------
    >>> shown("http://user:secret@example.org/a")
    'http://…@example.org/a'
    """
    clean = _UNFIT.sub("�", url.strip())[:300]
    return re.sub(r"^([^/]*//)[^/?#]*@", r"\1…@", clean)


def parse(url: str) -> Address:
    """Take an address apart.

    Raises
    ------
    Refused
        If it is none of http or https, holds a user's name, or is no address at all.

    Examples
    --------
    >>> parse("HTTP://Example.org:80/أ?q=1#top").target
    '/%D8%A3?q=1'
    """
    url = url.strip()

    def refused(expected: str, got: str = "") -> Refused:
        return Refused("address refused", where=shown(url), expected=expected, got=got)

    if len(url) > LONGEST or _UNFIT.search(url):
        raise refused("an address without spaces or control characters")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        if not host.isascii() or not re.fullmatch(r"[\w.:%~-]+", host):
            raise ValueError("no host")
    except ValueError as error:  # UnicodeError is one
        if _scheme(url) not in ("http", "https"):
            raise refused("http or https", f"{_scheme(url)}://") from None
        raise refused("http://HOST/ or https://HOST/", str(error)[:80]) from None
    if parts.scheme not in ("http", "https"):
        raise refused("http or https", f"{parts.scheme}://")
    if "@" in parts.netloc:
        raise refused("an address without a user's name")
    if port == 0:
        raise refused("a port from 1 to 65535", "0")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    target = f"{path}?{query}" if query else path
    made = Address("", parts.scheme, host, port or _PORTS[parts.scheme], target)
    return Address(made.origin + target, made.scheme, host, made.port, target)


def resolve(address: Address, seconds: float) -> list[str]:
    """Return the numeric addresses of a host; every one of them is allowed.

    Whoever connects must connect to one of these, not to the name: a name may be told to mean
    another machine the next time it is asked.

    Raises
    ------
    Refused
        If one of its addresses is not in the public network.
    FourzonesError
        If the name is unknown.
    """
    found: list[str] = []
    fault: list[Exception] = []

    def ask() -> None:
        try:
            infos = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(info[4][0]) for info in infos))
        except (OSError, UnicodeError) as error:
            fault.append(error)

    # The resolver of the system has no time limit of its own that could be given to it.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    where = shown(address.url)
    if not found:
        got = getattr(fault[0], "strerror", None) or str(fault[0]) if fault else "no answer in time"
        raise FourzonesError("cannot fetch", where=where, expected="a known host", got=got)
    if os.environ.get(SETTING) != "1":
        for one in found:
            if kind := not_public(one):
                raise Refused(
                    "address refused", where=where,
                    expected=f"a host in the public network (or {SETTING}=1)",
                    got=f"{one}, {kind}",
                )  # fmt: skip
    return found


def not_public(numeric: str) -> str:
    """Return what is private about a numeric address; empty for a public one.

    An IPv4 address inside an IPv6 one is looked at as well.

    Examples
    --------
    >>> not_public("127.0.0.1"), not_public("::ffff:10.0.0.1"), not_public("93.184.216.34")
    ('a loopback address', 'a private address', '')
    """
    ip = ipaddress.ip_address(numeric)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return not_public(str(inner))
    for kind in _KINDS:
        if getattr(ip, f"is_{kind}", False):
            return f"a {kind.replace('_', '-')} address"
    if ip in _PROTOCOLS:
        return "an address of a protocol"
    return "" if ip.is_global else "not a global address"


def _scheme(url: str) -> str:
    return url.split(":", 1)[0].lower()[:20]
