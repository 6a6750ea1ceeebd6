"""The addresses that are answered beside the dashboard."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from geo import mapping
from geo.errors import FourzonesError
from geo.export import WHAT, collection, dumps
from geo.html import DOWNLOAD_URL
from geo.ingest import open_store
from geo.locales import LANGUAGES
from geo.model import ZONES
from geo.paths import DATA
from geo.profile import profile
from geo.report import POLICY, REPORT_URL, report, report_name
from geo.selection import PARAMETERS, Selection
from geo.store import Store
from geo.summary import view

GEOJSON = "application/geo+json"
DAY = "public, max-age=86400"


def routes() -> list[BaseRoute]:
    """Return the routes to mount beside Streamlit's."""
    return [
        Route("/api", _landing),
        Route("/api/collections", _collections),
        Route("/api/collections/{name}/items", _items),
        Route(DOWNLOAD_URL + "/{name}.geojson", _items),
        Route(REPORT_URL + "/{zone}.html", _report),
        Route(mapping.BASE_URL, _base_layer),
        Mount(mapping.LEAFLET_URL, _Cached(directory=mapping.leaflet_folder())),
    ]


class _Cached(StaticFiles):
    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = DAY
        return response


@cache
def _store() -> Store:
    return open_store()


def _base_layer(_request: Request) -> Response:
    return FileResponse(DATA / "base.geojson", media_type=GEOJSON, headers={"Cache-Control": DAY})


def _link(request: Request, path: str, rel: str, kind: str = "application/json") -> dict[str, str]:
    return {"href": f"{str(request.base_url).rstrip('/')}{path}", "rel": rel, "type": kind}


def _landing(request: Request) -> Response:
    return JSONResponse(
        {
            "title": "Fourzones",
            "description": "The four Syrian de-escalation zones and the articles that mention them",
            "links": [
                _link(request, "/api", "self"),
                _link(request, "/api/collections", "data"),
            ],
        }
    )


def _collections(request: Request) -> Response:
    return JSONResponse(
        {
            "links": [_link(request, "/api/collections", "self")],
            "collections": [
                {
                    "id": name,
                    "title": name,
                    "links": [_link(request, f"/api/collections/{name}/items", "items", GEOJSON)],
                }
                for name in WHAT
            ],
        }
    )


def _items(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in WHAT:
        return _problem(404, f"no collection {name[:80]}; there are {', '.join(WHAT)}")
    known = {parameter.name for parameter in PARAMETERS}
    params = {key: request.query_params.getlist(key) for key in request.query_params}
    if unknown := sorted(set(params) - known):
        return _problem(
            400, f"unknown parameter {unknown[0][:80]}; known: {', '.join(sorted(known))}"
        )
    chosen, faults = Selection.from_params(params)
    if faults:
        return _problem(400, faults[0])
    headers = {"Access-Control-Allow-Origin": "*"}
    try:
        store = _store()
        shown = view(store, chosen)
        content = dumps(collection(store, shown, name))
    except FourzonesError as error:
        return _problem(500, str(error))
    if request.url.path.startswith(DOWNLOAD_URL):
        file = f"fourzones-{name}-{shown.date}.geojson"
        headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return Response(content, media_type=GEOJSON, headers=headers)


def _report(request: Request) -> Response:
    asked = {key: request.query_params.getlist(key) for key in ("on", "lang")}
    chosen, faults = Selection.from_params({"on": asked["on"]})
    language = (asked["lang"] or ["en"])[0]
    if faults or language not in LANGUAGES:
        return _problem(400, (faults or [f"lang: expected one of {', '.join(LANGUAGES)}"])[0])
    if (zone := request.path_params["zone"]) not in ZONES:
        return _problem(404, f"no zone {zone[:80]}; there are {', '.join(ZONES)}")
    try:
        known = profile(_store(), zone, chosen.map_date())
        content = report(known, language, dt.date.today())
    except FourzonesError as error:
        return _problem(500, str(error))
    name = report_name(known, language)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": POLICY,
    }
    return Response(content, media_type="text/html; charset=utf-8", headers=headers)


def _problem(status: int, detail: str) -> Response:
    return JSONResponse(
        {"title": "Bad request" if status == 400 else "Not found" if status == 404 else "Error",
         "status": status, "detail": detail},
        status_code=status, media_type="application/problem+json",
    )  # fmt: skip
