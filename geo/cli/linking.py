"""Commands that try the linker on texts: `link`, `evaluate`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from geo.cli.app import app
from geo.errors import FourzonesError


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
        text, title = record["text"], record["title"]
        line: dict[str, Any] = {"id": record["id"]}
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


def _records(file: str) -> Iterator[dict[str, Any]]:
    from geo.readers.source import decode

    where = "standard input" if file == "-" else file
    content = decode(_read(file, where), where)
    if not content.lstrip().startswith("{"):
        yield {"id": None if file == "-" else Path(file).name, "text": content, "title": ""}
        return
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        yield _record(line, f"{where}, line {number}")


def _record(line: str, where: str) -> dict[str, Any]:
    """Return the text, the title and the id that a line of JSON holds."""
    from geo.readers.jsonl import parsed

    record = parsed(line, where, strict=True)
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise FourzonesError(
            "no text", where=where, expected="an object with a string in `text`", got=line[:60]
        )
    title = "" if record.get("title") is None else record["title"]
    if not isinstance(title, str):
        raise FourzonesError(
            "bad field", where=f"{where}, title", expected="a text", got=type(title).__name__
        )
    return {"id": record.get("id"), "text": record["text"], "title": title}


def _read(file: str, where: str) -> bytes:
    """Return the bytes of a file or of standard input, no more than one article may have."""
    from geo.readers.source import MAX_BYTES

    try:
        if file != "-":
            with Path(file).open("rb") as stream:
                return stream.read(MAX_BYTES + 1)
        if sys.stdin is None:
            raise FourzonesError("cannot read", where=where, expected="a text", got="it is closed")
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise FourzonesError(
            "cannot read", where=where, expected="a file", got=error.strerror or str(error)
        ) from error
