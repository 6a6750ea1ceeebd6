"""The map alone, for the frame of another page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class Embed:
    """Leads ``/?embed=1`` to the dashboard's own way of saying it, ``embed=true``."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and b"embed=1" in scope["query_string"]:
            asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            if ("embed", "1") in asked:
                kept = [(name, value) for name, value in asked if name != "embed"]
                query = urlencode([*kept, ("embed", "true")])
                # Without the path: `//elsewhere/` would lead elsewhere.
                answer = RedirectResponse(f"?{query}", status_code=307)
                return await answer(scope, receive, send)
        return await self.app(scope, receive, send)
