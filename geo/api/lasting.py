"""Files whose name changes with their content are kept by the browser, also those of components."""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NAMED_BY_CONTENT = re.compile(r"/component/.*[.-][0-9A-Za-z_-]{8}\.(?:js|css)")
YEAR = "public, max-age=31536000, immutable"


class Lasting:
    """Says of a component's files how long they last, which the framework leaves open."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not _NAMED_BY_CONTENT.search(scope["path"]):
            return await self.app(scope, receive, send)

        async def lasting(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message)["cache-control"] = YEAR
            await send(message)

        await self.app(scope, receive, lasting)
