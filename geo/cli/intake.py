"""Commands that take articles in: `ingest`, `watch`, `relink`."""

from __future__ import annotations

import contextlib
import json
import stat
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from geo.cli.app import StoreOption, app, opened, tell_outdated
from geo.errors import FourzonesError
from geo.model import Interval


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
    tell_outdated(into)
    if report.failed:
        print(f"fourzones: {report.failed}; what is counted above is kept", file=sys.stderr)
        raise typer.Exit(1)
    if report.stopped:
        print("fourzones: stopped; what is counted above is kept", file=sys.stderr)
        raise typer.Exit(130)
    if report.rejects and (strict or not report.read):
        raise typer.Exit(1)


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
    tell_outdated(into)
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


@contextlib.contextmanager
def _reading_bar(
    files: list[Path | str | FourzonesError], quiet: bool
) -> Iterator[Callable[[int, int], None]]:
    """Draw a bar by bytes, with articles per second and the time left, on a terminal."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from geo.readers.source import mode_of

    columns = (
        TextColumn("Reading"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[articles]:,} articles, {task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(),
    )  # fmt: skip
    paths = (path for path in files if isinstance(path, Path))
    size = sum(path.stat().st_size for path in paths if stat.S_ISREG(mode_of(path)))
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


def _interval(published: str | None) -> Interval | None:
    if published is None:
        return None
    try:
        return Interval.parse(published)
    except ValueError:
        raise FourzonesError(
            "bad date", where="--published", expected="YYYY-MM-DD, YYYY-MM or YYYY", got=published
        ) from None
