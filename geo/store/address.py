"""Where a store is: a file, or a database by its address."""

from __future__ import annotations

import os

from geo.errors import FourzonesError
from geo.paths import ROOT

DEFAULT_STORE = ROOT / "var" / "fourzones.gpkg"


def store_url(given: str | None = None) -> str:
    """Return the address of a store: the one given, else ``FOURZONES_STORE``, else the default.

    A bare path is a GeoPackage there.

    Raises
    ------
    FourzonesError
        If it is neither a path, a ``sqlite:///`` nor a ``postgresql://`` address.
    """
    address = given or os.environ.get("FOURZONES_STORE") or str(DEFAULT_STORE)
    if "://" not in address:
        return f"sqlite:///{address}"
    if not address.startswith(("sqlite:///", "postgresql://")):
        raise FourzonesError(
            "unknown kind of store",
            where="--store",
            expected="a path, sqlite:///PATH.gpkg or postgresql://HOST/NAME",
            got=address.split("://")[0] + "://",
        )
    return address
