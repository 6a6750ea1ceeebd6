"""Commands for what a store holds: `backup`, `restore`, `remove`, `bring`, `check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from geo.cli.app import PlacesOption, StoreOption, ZonesOption, app, opened, tell_outdated
from geo.errors import FourzonesError, on_one_line


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="New file to write.")], store: StoreOption = None
) -> None:
    """Copy the store to a file, also while it is in use."""
    opened(store).backup(file)
    print(f"{file}: {file.stat().st_size:,} bytes")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="File that `backup` wrote.")],
    store: StoreOption = None,
) -> None:
    """Put a backup in the place of the store."""
    from geo.selection import Selection

    kept = opened(store, writes=True)
    kept.restore(file)
    print(f"restored {kept.answer(Selection()).total} articles")
    tell_outdated(kept)


@app.command()
def remove(
    ids: Annotated[
        list[str], typer.Argument(help="Ids of articles, or - for a list of them.", metavar="ID...")
    ],
    store: StoreOption = None,
) -> None:
    """Take articles that you brought out of the store, with their links; all of them or none."""
    from geo.ingest import remove as take_out

    given = [line.strip() for line in sys.stdin if line.strip()] if ids == ["-"] else ids
    for taken in take_out(opened(store, writes=True), given):
        article = taken.article
        print(on_one_line(f"removed {article.id}: {article.heading('en')}"))


@app.command()
def bring(
    zones: ZonesOption = None,
    places: PlacesOption = None,
    extend: Annotated[
        bool, typer.Option(help="Keep the shipped places, and zones the file lacks.")
    ] = False,
    shipped: Annotated[bool, typer.Option(help="Go back to the shipped data.")] = False,
    store: StoreOption = None,
) -> None:
    """Use zones or places of your own, in place of the shipped data or beside it."""
    from geo.ingest import bring as take
    from geo.ingest import forget

    if not (zones or places or shipped):
        raise FourzonesError(
            "nothing to bring", expected="--zones FILE, --places FILE or --shipped"
        )
    into = opened(store, writes=True)
    if shipped:
        forget(into)
        print("using the shipped zones and places")
        tell_outdated(into)
        return
    told = take(into, zones, places, extend=extend)
    for line in told.repairs:
        print(f"repaired: {line}", file=sys.stderr)
    for line in told.faults:
        print(f"fourzones: {line}", file=sys.stderr)
    if told.faults:
        raise typer.Exit(1)
    print(f"using {zones or 'the same zones'} and {places or 'the same places'}")
    tell_outdated(into)


@app.command()
def check(zones: ZonesOption = None, places: PlacesOption = None) -> None:
    """Validate the shipped data, or files of your own; one line per fault."""
    from geo.audit import faults, own_faults

    count = 0
    for line in own_faults(zones, places) if zones or places else faults():
        print(line)
        count += 1
    if count:
        raise FourzonesError("the data has faults", got=str(count))
    print("all data is valid")
