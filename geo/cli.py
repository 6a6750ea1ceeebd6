"""The command line: ``fourzones serve · ingest · relink · link · evaluate · export · …``."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.errors import FourzonesError
from geo.model import Interval

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
    return store


def main() -> None:
    """Run the command line; a user's mistake ends in one line on stderr and exit code 1."""
    try:
        app()
    except FourzonesError as error:
        print(f"fourzones: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        print("fourzones: stopped", file=sys.stderr)
        raise SystemExit(130) from None


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
def ingest(
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders or web addresses.", metavar="PATH...")
    ],
    published: Annotated[
        str | None,
        typer.Option(help="Date of articles that bear none: YYYY-MM-DD, YYYY-MM or YYYY."),
    ] = None,
    reader: Annotated[str, typer.Option(help="auto, html, feed, jsonl, csv or text.")] = "auto",
    strict: Annotated[bool, typer.Option(help="Exit 1 when anything was rejected.")] = False,
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Read articles from files or the web, link them to the zones and keep them."""
    from geo.ingest import MOST_TOLD, files_in
    from geo.ingest import ingest as keep
    from geo.readers import READERS
    from geo.web import is_address

    if reader not in ("auto", *READERS):
        raise FourzonesError(
            "unknown reader", where="--reader", expected="auto, " + ", ".join(READERS), got=reader
        )
    given = _interval(published)
    files = list(files_in(path if is_address(path) else Path(path) for path in paths))
    if not files:
        raise FourzonesError(
            "nothing to read",
            where=", ".join(paths),
            expected="a file or a folder of files",
        )
    into = opened(store, writes=True)
    told = 0

    def reject(line: str) -> None:
        nonlocal told
        told += 1
        if told <= MOST_TOLD:
            print(f"fourzones: {line}", file=sys.stderr)

    with _reading_bar(files, as_json) as progress:
        report = keep(into, files, given, reader, progress, reject)
    if report.rejects > MOST_TOLD:
        print(f"fourzones: and {report.rejects - MOST_TOLD:,} more rejected", file=sys.stderr)
    counts = report.as_dict()
    if as_json:
        print(json.dumps(counts, ensure_ascii=False))
    else:
        counts["rejected"] = counts.pop("rejects")
        print(", ".join(f"{name} {number}" for name, number in counts.items()))
    if report.failed:
        print(f"fourzones: {report.failed}; what is counted above is kept", file=sys.stderr)
        raise typer.Exit(1)
    if report.stopped:
        print("fourzones: stopped; what is counted above is kept", file=sys.stderr)
        raise typer.Exit(130)
    if report.rejects and (strict or not report.read):
        raise typer.Exit(1)


@contextlib.contextmanager
def _reading_bar(files: list[Path | str], quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Draw a bar by bytes, with articles per second and the time left, on a terminal."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Reading"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[articles]:,} articles, {task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(),
    )  # fmt: skip
    size = sum(path.stat().st_size for path in files if isinstance(path, Path) and path.is_file())
    begun = time.monotonic()
    shown = 0.0
    with Progress(*columns, disable=not sys.stderr.isatty() or quiet, transient=True) as bar:
        task = bar.add_task("", total=size or None, articles=0, rate=0)

        def progress(done: int, articles: int) -> None:
            nonlocal shown
            now = time.monotonic()
            if now - shown >= 0.1:
                shown = now
                rate = articles / max(now - begun, 0.001)
                bar.update(task, completed=done, articles=articles, rate=rate)

        yield progress


@app.command()
def watch(
    feeds: Annotated[
        list[str],
        typer.Argument(help="Addresses of feeds, or files with one a line.", metavar="FEEDS..."),
    ],
    every: Annotated[float, typer.Option(min=1, help="Minutes between polls.")] = 15,
    once: Annotated[bool, typer.Option("--once", help="Poll once and end.")] = False,
    store: StoreOption = None,
) -> None:
    """Ask feeds now and then whether they have news, and keep what is new, until Ctrl-C."""
    from geo.watch import Watch, feeds_in

    urls: list[str] = []
    for one in feeds_in(feeds):
        if isinstance(one, FourzonesError):
            print(f"fourzones: {one}", file=sys.stderr)
        else:
            urls.append(one)
    if not urls:
        raise FourzonesError("nothing to watch", expected="a feed's address (http or https)")
    into = opened(store, writes=True)
    told = Watch(into, urls, every * 60, lambda line: print(line, flush=True)).run(once)
    kept = f"added {told.done.added}, updated {told.done.updated}, links {told.done.links}"
    if told.stopped:
        print(f"fourzones: stopped; kept: {kept}", file=sys.stderr)
        raise typer.Exit(130)
    print(f"polls {told.polls}, failed {told.failed}, {kept}")
    if told.failed and told.failed == told.polls:
        raise typer.Exit(1)


@app.command()
def relink(
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Link all articles again, after names or rules changed, and say what changed."""
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    from geo.ingest import relink as again
    from geo.selection import Selection

    kept = opened(store, writes=True)
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, disable=not sys.stderr.isatty() or as_json, transient=True) as bar:
        task = bar.add_task("Linking", total=kept.answer(Selection()).total)
        told = again(kept, lambda count: bar.advance(task, count))
    if as_json:
        print(json.dumps(asdict(told), ensure_ascii=False))
        return
    print(f"read {told.read}, changed {told.changed}")
    for zone in sorted({*told.gained, *told.lost}):
        print(f"{zone}: gained {told.gained[zone]}, lost {told.lost[zone]}")


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


@app.command()
def link(
    file: Annotated[str, typer.Argument(help="A text or JSON Lines file, or - for stdin.")] = "-",
    explain: Annotated[
        bool, typer.Option("--explain", help="Also print what was rejected, and why.")
    ] = False,
) -> None:
    """Say which zones a text mentions, and where: JSON Lines, one per input."""
    from geo.linking import default_linker

    linker = default_linker()
    for record in _records(file):
        text, title = record["text"], record.get("title") or ""
        line: dict[str, Any] = {"id": record.get("id")}
        if explain:
            decisions = linker.explain(text, title=title)
            mentions = [one.mention for one in decisions if one.mention]
            rejected = [asdict(one) for one in decisions if not one.mention]
            for one in rejected:
                del one["mention"]
            line["rejected"] = rejected
        else:
            mentions = linker.link(text, title=title)
        line["zones"] = sorted({m.zone for m in mentions})
        line["mentions"] = [asdict(m) for m in mentions]
        for one in line["mentions"]:
            del one["inside"]  # it depends on a date, and a text alone has none
        print(json.dumps(line, ensure_ascii=False))


@app.command()
def evaluate(
    passages: Annotated[
        Path | None, typer.Option(help="Passages, JSON Lines; default data/gold.")
    ] = None,
    labels: Annotated[Path | None, typer.Option(help="Their labels, JSON Lines.")] = None,
    baselines: Annotated[
        bool, typer.Option(help="Also score plain substring search and spaCy's PhraseMatcher.")
    ] = True,
    errors: Annotated[
        bool, typer.Option("--errors", help="List the passages whose zones are wrong.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Measure the linker on labelled passages: precision, recall and F1 with 95 % intervals."""
    from geo import evaluation
    from geo.linking import default_linker

    if (passages is None) != (labels is None):
        raise FourzonesError("half a set", expected="both --passages and --labels")
    known = evaluation.load(passages, labels) if passages and labels else evaluation.load()
    finders = {"fourzones": evaluation.linked_spans(default_linker())}
    if baselines:
        finders["substring search"] = evaluation.substring_search()
        try:
            finders["spaCy PhraseMatcher"] = evaluation.phrase_matcher()
        except FourzonesError as error:
            print(f"left out: {error}", file=sys.stderr)
    results = {name: evaluation.evaluate(known, finder) for name, finder in finders.items()}
    if as_json:
        content = {name: asdict(result) for name, result in results.items()}
        if not errors:
            for result in content.values():
                del result["wrong"]
        print(json.dumps(content, ensure_ascii=False))
        return
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 110)
    for table in evaluation.tables(results):
        console.print(table)
    for wrong in results["fourzones"].wrong if errors else ():
        console.print(
            f"{wrong.id} ({wrong.language}): labelled {', '.join(wrong.labelled) or 'none'}; "
            f"found {', '.join(wrong.found) or 'none'}; on {', '.join(wrong.words)}\n  "
            f"{wrong.text[:300]}",
            markup=False, highlight=False,
        )  # fmt: skip


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
        return
    told = take(into, zones, places, extend=extend)
    for line in told.repairs:
        print(f"repaired: {line}", file=sys.stderr)
    for line in told.faults:
        print(f"fourzones: {line}", file=sys.stderr)
    if told.faults:
        raise typer.Exit(1)
    print(f"using {zones or 'the same zones'} and {places or 'the same places'}")


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


def _interval(published: str | None) -> Interval | None:
    if published is None:
        return None
    try:
        return Interval.parse(published)
    except ValueError:
        raise FourzonesError(
            "bad date", where="--published", expected="YYYY-MM-DD, YYYY-MM or YYYY", got=published
        ) from None


def _records(file: str) -> Iterator[dict[str, Any]]:
    from geo.readers.source import decode

    if file == "-":
        where, data = "standard input", sys.stdin.buffer.read()
    else:
        where = file
        try:
            data = Path(file).read_bytes()
        except OSError as error:
            raise FourzonesError(
                "cannot read", where=file, expected="a file", got=error.strerror or str(error)
            ) from error
    content = decode(data, where)
    if not content.lstrip().startswith("{"):
        yield {"id": None if file == "-" else Path(file).name, "text": content}
        return
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise FourzonesError(
                "not JSON", where=f"{where}, line {number}", expected="a JSON object", got=error.msg
            ) from error
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise FourzonesError(
                "no text",
                where=f"{where}, line {number}",
                expected="an object with a string in `text`",
                got=line[:60],
            )
        yield record
