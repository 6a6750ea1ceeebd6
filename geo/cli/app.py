"""What all commands share: the program, options of one name, the store that is opened."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geo.store import Store


app = typer.Typer(
    name="fourzones",
    help="The four Syrian de-escalation zones and the articles that mention them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        help="A path or postgresql://HOST/NAME; the default is in FOURZONES_STORE.",
    ),
]
ZonesOption = Annotated[
    Path | None, typer.Option("--zones", help="GeoJSON, GeoPackage or Shapefile of zone versions.")
]
PlacesOption = Annotated[
    Path | None,
    typer.Option("--places", help="Places: the same, a GeoNames dump or an OCHA table (CSV)."),
]


def opened(given: str | None, writes: bool = False) -> Store:
    """Open the store of a command; of one that is read-only say so, or refuse it to write.

    Raises
    ------
    FourzonesError
    """
    from geo.ingest import open_store

    store = open_store(given)
    if writes:
        store.must_take()
    elif store.read_only:
        print(f"fourzones: {store.name} is read-only: it is shown as it is", file=sys.stderr)
    if not writes:
        tell_outdated(store)
    return store


def tell_outdated(store: Store) -> None:
    """Say so where some links are not those that would be made today."""
    from geo.ingest import OUTDATED, is_current

    if not is_current(store):
        how = "" if store.read_only else "; `fourzones relink` makes them anew"
        print(f"fourzones: {OUTDATED}{how}", file=sys.stderr)
