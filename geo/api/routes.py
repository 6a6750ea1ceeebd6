"""What is answered beside the dashboard, in the same process: the API, feeds, downloads, files."""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from geo import mapping
from geo.api import answers, documents, download, feed
from geo.api.answers import Answer, Ask
from geo.api.keeper import Keeper
from geo.api.parameters import Problem
from geo.api.shelf import Shelf
from geo.errors import FourzonesError
from geo.paths import DATA

DAY = "public, max-age=86400"
KEPT = 32 << 20
"""Bytes of answers that are kept, packed as they were sent."""

KEPT_EACH = 256 << 10

MOST_PATH, MOST_QUERY, MOST_HEADERS = 1000, 8 << 10, 32 << 10
"""Letters of a path, and bytes of a query and of all headers, that are read."""

AT_ONCE = 2
"""Files that are made at once."""

WAIT = 30.0
"""Seconds after which someone whom others keep waiting is asked to come again."""

MOST_STREAMS = 8
"""Large answers that are sent at once: each may keep a connection to the store until its end."""

PATIENCE = 60.0
"""Seconds that a client has for a piece of a large answer before it is given up."""

_PIECE = 256 << 10
_LOG = logging.getLogger(__name__)

Handler = Callable[[Ask, Shelf], Answer]
HANDLERS: dict[str, Handler] = {
    "/api": documents.answer,
    "/download": download.answer,
    "/feed.atom": feed.answer,
}


def routes() -> list[BaseRoute]:
    """Return the routes of the map's own files, to mount beside Streamlit's."""
    return [
        Route(mapping.BASE_URL, _base_layer),
        Mount(mapping.LEAFLET_URL, _Cached(directory=mapping.leaflet_folder())),
    ]


class _Cached(StaticFiles):
    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = DAY
        return response


def _base_layer(_request: Request) -> Response:
    kind = answers.GEOJSON
    return FileResponse(DATA / "base.geojson", media_type=kind, headers={"Cache-Control": DAY})


class Beside:
    """Answers what is the API's, and hands all else to the dashboard.

    A middleware and not routes, so that no session is looked up for an answer that has none, and
    that whatever is asked for below these addresses is answered in one manner.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.keeper = Keeper()
        self.kept: OrderedDict[tuple[str, bool], Answer] = OrderedDict()
        self.size = 0
        self.streams = 0
        self.making = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        handler = HANDLERS.get("/" + path[1:].partition("/")[0])
        if handler is None:
            return await self.app(scope, receive, send)
        ask = Ask.read(scope)
        made, shelf, tag = await self._reply(handler, ask)
        if made.parts is None or ask.method == "HEAD":
            await _send(made, ask, send, shelf, tag)
        elif self.streams >= MOST_STREAMS:
            await _send(answers.of_problem(_busy("large answers are being sent")), ask, send)
        else:
            self.streams += 1
            try:
                await _stream(made, ask, send, receive, shelf, tag)
            finally:
                self.streams -= 1

    async def _reply(self, handler: Handler, ask: Ask) -> tuple[Answer, Shelf | None, str]:
        """Return what is sent in any case, the state that it is of, and its tag."""
        shelf: Shelf | None = None
        tag = ""
        try:
            _check(ask)
            if ask.method == "OPTIONS":
                return Answer("", status=204, headers=answers.PREFLIGHT), None, ""
            ready = self.keeper.fresh()
            if ready is None:
                ready = await run_in_threadpool(self.keeper.shelf)
            shelf, tag = ready, ask.tag(ready.state)
            if answers.known(ask, tag):
                made = Answer("", status=304)
            else:
                made = await self._answer(handler, ask, ready, tag)
        except Problem as problem:
            made = answers.of_problem(problem)
        except FourzonesError as error:
            # Its message names files of this machine.
            _LOG.error("cannot answer %r: %s", ask.path, error)
            made = answers.of_problem(Problem(500, "this cannot be made here; the log says why"))
        except Exception:
            _LOG.exception("cannot answer")
            made = answers.of_problem(Problem(500, "something is wrong here, not with the request"))
        return made, shelf, tag

    async def _answer(self, handler: Handler, ask: Ask, shelf: Shelf, tag: str) -> Answer:
        key = tag, ask.packs
        if found := self.kept.get(key):
            self.kept.move_to_end(key)
            made = found
        elif documents.quick(ask, shelf):
            made = answers.pack(handler(ask, shelf), ask)
        else:
            # Who waits for a file holds no thread, so that all else goes on.
            async with self._turn() if handler is download.answer else nullcontext():
                made = await run_in_threadpool(lambda: answers.pack(handler(ask, shelf), ask))
        if made.status == 200 and answers.unchanged(ask, shelf):
            return Answer("", status=304)
        if found is None and made.parts is None and 0 < len(made.body) <= KEPT_EACH:
            self._keep(key, made)
        return made

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Wait for one's turn to have a file made."""
        try:
            await asyncio.wait_for(self.making.acquire(), WAIT)
        except TimeoutError:
            raise _busy("files are being made") from None
        try:
            yield
        finally:
            self.making.release()

    def _keep(self, key: tuple[str, bool], made: Answer) -> None:
        if key in self.kept:
            return
        self.kept[key] = made
        self.size += made.size
        while self.size > KEPT:
            _, dropped = self.kept.popitem(last=False)
            self.size -= dropped.size


def _busy(why: str) -> Problem:
    return Problem(503, f"too many {why}; come again", {"retry-after": str(int(WAIT))})


def _check(ask: Ask) -> None:
    if ask.method not in ("GET", "HEAD", "OPTIONS"):
        allow = {"allow": answers.PREFLIGHT["allow"]}
        raise Problem(405, f"expected GET, HEAD or OPTIONS, got {ask.method[:20]}", allow)
    if sum(len(name) + len(value) for name, value in ask.headers.items()) > MOST_HEADERS:
        raise Problem(431, f"the headers are too long: at most {MOST_HEADERS} bytes are read")
    if len(ask.path) > MOST_PATH:
        raise Problem(414, f"the path is too long: at most {MOST_PATH} characters")
    if len(ask.query) > MOST_QUERY:
        raise Problem(414, f"the query is too long: at most {MOST_QUERY} bytes are read")


async def _send(
    made: Answer, ask: Ask, send: Send, shelf: Shelf | None = None, tag: str = ""
) -> None:
    said = answers.headers(made, shelf, tag)
    await send({"type": "http.response.start", "status": made.status, "headers": said})
    body = b"" if ask.method == "HEAD" else made.body
    await send({"type": "http.response.body", "body": body})


async def _stream(
    made: Answer, ask: Ask, send: Send, receive: Receive, shelf: Shelf | None, tag: str
) -> None:
    """Send an answer while it is made, to who takes it."""
    assert made.parts is not None
    packer = None
    if ask.packs and made.shrinks:
        packer = zlib.compressobj(answers.LEVEL, zlib.DEFLATED, 31)
        made.packed = True
    said = answers.headers(made, shelf, tag)
    await send({"type": "http.response.start", "status": made.status, "headers": said})
    gone = asyncio.ensure_future(_gone(receive))
    pieces = _pieces(made.parts, packer)
    more = True
    try:
        while more and not gone.done():
            piece = await run_in_threadpool(next, pieces, b"")
            more = bool(piece)
            taken = send({"type": "http.response.body", "body": piece, "more_body": more})
            await asyncio.wait_for(taken, PATIENCE)
    except TimeoutError:
        _LOG.warning("gave up sending %r: nobody took it", ask.path)
    finally:
        gone.cancel()
        await run_in_threadpool(pieces.close)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _pieces(parts: Iterator[bytes], packer: Any) -> Any:
    """Join parts to pieces worth sending, packed on the way."""
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(packer.compress(part) if packer else part)
        size += len(held[-1])
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    held.append(packer.flush() if packer else b"")
    if last := b"".join(held):
        yield last
