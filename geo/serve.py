"""Dashboard and API in one process, under uvicorn."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import sys
import threading

from geo import permit
from geo.errors import FourzonesError
from geo.ingest import OUTDATED, is_current, open_store, shared_store
from geo.paths import ROOT
from geo.store import Store, store_url


def run(host: str, port: int, store: str | None) -> None:
    """Fill the store when it is new, then serve until stopped.

    Raises
    ------
    FourzonesError
        If the port is taken or the store cannot be opened.
    """
    url = store_url(store)
    print(f"Opening {Store(url).name} …", file=sys.stderr)  # without its password
    opened = open_store(url)
    current = is_current(opened)
    opened.close()
    if opened.read_only:
        print("It is read-only: nothing can be kept in it", file=sys.stderr)
    if not current:
        print(f"{OUTDATED.capitalize()} (see the page Data)", file=sys.stderr)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise FourzonesError(
                "cannot listen",
                where=f"{host}:{port}",
                expected="a free port (--port N)",
                got=error.strerror or str(error),
            ) from error
    os.environ["FOURZONES_STORE"] = url
    permit.settle(host)
    os.chdir(ROOT)  # Streamlit looks for .streamlit/config.toml here
    sys.path.insert(0, str(ROOT))
    import uvicorn

    logging.getLogger("uvicorn.access").disabled = True

    threading.Thread(target=_read, daemon=True).start()
    print(f"Fourzones is at http://localhost:{port}", file=sys.stderr, flush=True)
    # h11 bounds how long a request's line and headers may be; the faster reader does not.
    uvicorn.run("app:app", host=host, port=port, http="h11", log_config=None, access_log=False)


def _read() -> None:
    """Read the store into memory before the first visitor asks; they are told of what fails."""
    with contextlib.suppress(FourzonesError):
        shared_store().columns()
