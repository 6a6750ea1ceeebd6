"""Fetch what stands at an address: bounded in time and size, redirects followed by hand."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from geo.errors import FourzonesError
from geo.web.address import Address, Refused, parse, resolve, shown
from geo.web.robots import LARGEST as ROBOTS_BYTES
from geo.web.robots import Rules

_REDIRECTS = (301, 302, 303, 307, 308)
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one address may cost.

    Attributes
    ----------
    seconds : float
        In total, with redirects and robots.txt.
    pause : float
        Without a byte.
    bytes : int
        Of the answer, as it was sent and as it is unpacked.
    redirects : int
    """

    seconds: float = 60
    pause: float = 15
    bytes: int = 20_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address that gave it in the end, its status, headers (small keys), bytes."""

    url: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    data: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """The media type without parameters, in small letters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


class Web:
    """Fetches addresses, and remembers what each host's robots.txt says.

    Environment variables that name a proxy are not heeded: a proxy would resolve names itself.

    Parameters
    ----------
    limits : Limits
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._rules: dict[str, Rules] = {}

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """Fetch an address; any status but a redirect is an answer.

        Raises
        ------
        FourzonesError
            If the address, one that it leads to, or robots.txt refuses; or there is no answer
            within the limits.
        """
        ends = time.monotonic() + self.limits.seconds
        address = parse(url)
        been = [address.url]
        while True:
            self._ask_robots(address, ends)
            answer = self._once(address, ends, headers or {})
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer
            address = self._next(been, answer)
            been.append(address.url)

    def _next(self, been: list[str], answer: Fetched) -> Address:
        where = shown(been[0])
        try:
            address = parse(urljoin(answer.url, answer.headers["location"].split("#")[0]))
        except ValueError as error:
            raise FourzonesError(
                "cannot follow", where=where, expected="an address", got=str(error)
            ) from None
        if address.url in been:
            raise FourzonesError(
                "cannot follow", where=where, expected="a page",
                got=f"redirects in a circle, back to {shown(address.url)}",
            )  # fmt: skip
        if len(been) > self.limits.redirects:
            raise FourzonesError(
                "cannot follow", where=where,
                expected=f"at most {self.limits.redirects} redirects", got="more",
            )  # fmt: skip
        return address

    def _ask_robots(self, address: Address, ends: float) -> None:
        rules = self._rules.get(address.origin)
        if rules is None or rules.stale:
            rules = self._rules[address.origin] = self._read_robots(address, ends)
        rules.check(address.url)

    def _read_robots(self, address: Address, ends: float) -> Rules:
        """Fetch robots.txt: 4xx means that all is allowed, no answer that nothing is."""
        robots = parse(f"{address.origin}/robots.txt")
        been = [robots.url]
        while True:
            try:
                answer = self._once(robots, ends, {}, most=ROBOTS_BYTES, cut=True)
                if answer.status not in _REDIRECTS or "location" not in answer.headers:
                    return Rules.of(answer.status, answer.data)
                robots = self._next(been, answer)
            except Refused:
                raise
            except FourzonesError as error:
                return Rules.unreachable(str(error))
            been.append(robots.url)

    def _once(
        self,
        address: Address,
        ends: float,
        headers: Mapping[str, str],
        most: int = 0,
        cut: bool = False,
    ) -> Fetched:
        most = most or self.limits.bytes
        with self._errors(address, ends), self._connected(address, ends) as connection:
            connection.request(
                "GET",
                address.target,
                headers={
                    "Host": address.authority,
                    "User-Agent": user_agent(),
                    "Accept": "text/html, application/xhtml+xml, application/rss+xml,"
                    " application/atom+xml, application/xml;q=0.9, text/*;q=0.8, */*;q=0.1",
                    "Accept-Encoding": "gzip, deflate",
                    "Connection": "close",
                    **headers,
                },
                preload_content=False,
            )
            response = connection.getresponse()
            found = {k.lower(): v.strip() for k, v in response.headers.items()}
            leads = response.status in _REDIRECTS and "location" in found
            data = b"" if leads else _body(response, most, cut, address)
            if time.monotonic() >= ends:
                raise TimeoutError  # the line was cut, and the data may be
            return Fetched(address.url, response.status, found, data)

    @contextlib.contextmanager
    def _connected(self, address: Address, ends: float) -> Iterator[HTTPConnection]:
        """Connect to one of the checked addresses of a host, and cut the line when time is up."""
        fault: Exception | None = None
        for numeric in resolve(address, max(0.001, ends - time.monotonic()))[:4]:
            patience = max(0.001, min(self.limits.pause, ends - time.monotonic()))
            connection: HTTPConnection
            if address.scheme == "https":
                connection = HTTPSConnection(
                    numeric, address.port, timeout=patience, server_hostname=address.host
                )
            else:
                connection = HTTPConnection(numeric, address.port, timeout=patience)
            try:
                connection.connect()
            except (HTTPError, OSError) as error:
                fault = error
                connection.close()
                continue
            line = connection.sock
            # A server that sends a byte now and then keeps each single wait short.
            alarm = threading.Timer(max(0, ends - time.monotonic()), _hang_up, [line])
            alarm.daemon = True
            alarm.start()
            try:
                yield connection
            finally:
                alarm.cancel()
                connection.close()
            return
        raise fault or OSError("no address")

    @contextlib.contextmanager
    def _errors(self, address: Address, ends: float) -> Iterator[None]:
        try:
            yield
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            where = shown(address.url)
            if time.monotonic() >= ends:
                expected, got = f"an answer within {self.limits.seconds:g} s", "none or half of one"
            elif isinstance(error, TimeoutError) or "timed out" in str(error):
                expected, got = "a server that answers", f"nothing for {self.limits.pause:g} s"
            else:
                expected, got = "a whole answer", _reason(error)
            raise FourzonesError("cannot fetch", where=where, expected=expected, got=got) from error


def _body(response: BaseHTTPResponse, most: int, cut: bool, address: Address) -> bytes:
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FourzonesError(
            "cannot fetch", where=shown(address.url), expected="gzip, deflate or nothing",
            got=f"Content-Encoding: {packed[:40]}",
        )  # fmt: skip
    pieces: list[bytes] = []
    size = 0
    while size <= most and (piece := response.read(_PIECE, decode_content=True)):
        pieces.append(piece)
        size += len(piece)
    if max(size, response.tell()) > most and not cut:  # also as sent: nothing can be packed large
        raise FourzonesError(
            "too large", where=shown(address.url), expected=f"at most {most:,} bytes", got="more"
        )
    return b"".join(pieces)[:most]


def _hang_up(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        # Not the method of an encrypted socket: it takes the encryption away first.
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _reason(error: Exception) -> str:
    """Return why, in one short piece, without the addresses of objects."""
    cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
    said = getattr(cause, "strerror", None) or getattr(cause, "reason", None) or str(cause)
    return str(said).split(">: ")[-1][:120] or type(error).__name__


@cache
def user_agent() -> str:
    """Return the name that Fourzones gives itself."""
    try:
        return f"Fourzones/{version('fourzones')}"
    except PackageNotFoundError:
        return "Fourzones/0"


@cache
def default_web() -> Web:
    """Return the one that is shared, so that a host's robots.txt is read once."""
    return Web()
