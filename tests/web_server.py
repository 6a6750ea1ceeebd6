"""A real HTTP server on a local port, whose answers a test sets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]


class Site:
    """What a server answers by path, and what it was asked.

    `answers` holds ``(status, headers, body)``, a body alone, or a function of the handler.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self.answers: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def site(dress: Callable[[Any], None] = lambda server: None) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            own.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            answer = own.answers.get(self.path, (404, {}, b""))
            if callable(answer):
                answer = answer(self)
                if answer is None:
                    return
            if isinstance(answer, str | bytes):
                answer = (200, {"Content-Type": "text/html; charset=utf-8"}, answer)
            status, headers, body = answer
            data = body.encode() if isinstance(body, str) else body
            self.send_response(status)
            for name, value in {"Content-Length": str(len(data)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client: object) -> None:
            pass  # who asked has hung up, as the test wants

    server = Server(("127.0.0.1", 0), Handler)
    own = Site(server.server_address[1])
    dress(server)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield own
    finally:
        server.shutdown()
        server.server_close()
