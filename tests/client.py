"""A client that asks as it is told, and unpacks, follows and tidies nothing."""

from __future__ import annotations

import http.client
from collections.abc import Iterable, Mapping
from email.message import Message

Headers = Mapping[str, str] | Iterable[tuple[str, str]]


def ask(
    served: str, path: str, method: str = "GET", headers: Headers = ()
) -> tuple[int, Message, bytes]:
    """Return the status, the headers and the body of an answer."""
    connection = http.client.HTTPConnection(served.removeprefix("http://"), timeout=60)
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items() if isinstance(headers, Mapping) else headers:
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()
