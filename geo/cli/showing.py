"""Commands that show what a store holds: `serve`, `status`, `export`, `verify`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from geo.cli.app import StoreOption, app, opened


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    store: StoreOption = None,
) -> None:
    """Serve the dashboard and the API."""
    from geo.serve import run

    run(host, port, store)


@app.command()
def status(
    on: Annotated[str | None, typer.Option(help="Date, YYYY-MM-DD; default today.")] = None,
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Say how the four zones stood on a date."""
    from geo.selection import Selection
    from geo.summary import status as stood

    chosen = Selection.from_flags({"on": [on] if on else []})
    date = chosen.on or dt.date.today()
    rows = stood(opened(store).versions(), date)
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
    elif not rows:
        print(f"{date}: before the memorandum of 2017-05-04 there were no zones")
    else:
        from rich.console import Console
        from rich.table import Table

        table = Table(title=f"The four zones on {date} (reconstructions, not official borders)")
        for heading in ("zone", "status", "from", "to (not included)", "area km²", "accuracy km"):
            table.add_column(heading)
        for row in rows:
            table.add_row(*("–" if value is None else str(value) for value in row.values()))
        Console(width=None if sys.stdout.isatty() else 100).print(table)


@app.command()
def export(
    out: Annotated[
        str, typer.Argument(help="File to write; its ending is the format. - for stdout (GeoJSON).")
    ],
    what: Annotated[
        str, typer.Option(help="zones, versions, articles, mentions or places.")
    ] = "zones",
    from_: Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")] = None,
    to: Annotated[str | None, typer.Option(help="Day after the last, YYYY-MM-DD.")] = None,
    on: Annotated[str | None, typer.Option(help="Map date, YYYY-MM-DD.")] = None,
    zone: Annotated[list[str] | None, typer.Option(help="Zone id; may be repeated.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Language code.")] = None,
    publisher: Annotated[list[str] | None, typer.Option(help="Publisher.")] = None,
    place: Annotated[list[str] | None, typer.Option(help="Id of a place.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="zone, area or place.")] = None,
    inside: Annotated[
        bool, typer.Option(help="Only by places inside the zone on the article's date.")
    ] = False,
    words: Annotated[str | None, typer.Option(help="Words in titles and texts.")] = None,
    bbox: Annotated[str | None, typer.Option(help="west,south,east,north.")] = None,
    area: Annotated[str | None, typer.Option(help="lon,lat,lon,lat,… of a polygon.")] = None,
    undated: Annotated[bool, typer.Option(help="Keep undated articles in a range.")] = False,
    once: Annotated[bool, typer.Option(help="Count near-duplicates once.")] = False,
    lang: Annotated[str, typer.Option(help="en or ar: of a picture, and of names in KML.")] = "en",
    lines: Annotated[
        bool, typer.Option("--lines", help="Draw posts, strip and corridor in a picture.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Write what a selection shows: data, a picture or a bundle, by the file's ending.

    Data: .geojson, .json, .gpkg, .csv, .kml, .parquet. Picture: .svg, .png, .pdf. All of it with
    its sources, to be made again and checked: .zip.
    """
    from geo.export import check_name, pieces, stamped, write_as
    from geo.selection import Selection
    from geo.summary import view

    single = {"from": from_, "to": to, "on": on, "words": words, "bbox": bbox, "area": area}
    params: dict[str, list[str]] = {name: [v] for name, v in single.items() if v is not None}
    params |= {
        "zone": zone or [],
        "language": language or [],
        "publisher": publisher or [],
        "place": place or [],
        "kind": kind or [],
        "inside": ["1"] if inside else [],
        "undated": ["1"] if undated else [],
        "once": ["1"] if once else [],
    }
    chosen = Selection.from_flags(params)
    check_name(out, lang)
    kept = opened(store)
    shown = view(kept, chosen, limit=1)  # what is written is read a few articles at a time
    if out == "-":
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces(stamped(kept, shown, what)))
        sys.stdout.buffer.write(b"\n")
    else:
        told = write_as(Path(out), kept, shown, what, lang, lines)
        print(f"{out}: {told}", file=sys.stderr)


@app.command()
def verify(
    bundle: Annotated[Path, typer.Argument(help="Bundle that `export NAME.zip` wrote.")],
    store: StoreOption = None,
) -> None:
    """Check a bundle: is it whole, and does the store still say the same? Exit 1 if not."""
    from geo.export.verify import verify as differences

    found = differences(bundle, opened(store))
    for line in found:
        print(line)
    if found:
        raise typer.Exit(1)
    print(f"{bundle}: whole, and the store says the same")
