"""The results as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.table import Table

from geo.evaluation.scores import GROUPS, MEASURES, Rate, Result

_TITLES = {
    "zones": "Zones of each passage",
    "spans": "Spans: the same zone, a letter shared",
    "exact spans": "Spans: the same zone, the same ends",
}
_KINDS = (
    "Of a kind (area, place, zone), `labelled` counts what the labels call so, `found` what the"
    " linker does; either is right when the other has the same zone, whatever it calls it."
)


def tables(results: Mapping[str, Result]) -> Iterator[Table]:
    """Yield a table for each measure of the first result, and one that compares them all."""
    first, result = next(iter(results.items()))
    for measure in MEASURES:
        title = f"{_TITLES[measure]} · {first} · {result.passages} passages"
        table = Table(title=title, caption=_KINDS)
        for heading in ("", "labelled", "found", "precision", "recall", "F1"):
            table.add_column(heading, justify="left" if not heading else "right")
        for group in GROUPS:
            for row in result.rows:
                if (row.measure, row.group) == (measure, group):
                    rates = map(_said, (row.precision, row.recall, row.f1))
                    table.add_row(row.name, str(row.labelled), str(row.found), *rates)
            table.add_section()
        yield table
    table = Table(title="Beside search without context, on the same names · F1")
    for heading in ("", "language", "zones", "exact set", "spans", "exact spans"):
        table.add_column(heading, justify="left" if heading in ("", "language") else "right")
    for name, one in results.items():
        for language, exact in one.exact_sets.items():
            group = "all" if language == "all" else "language"
            cells = [f"{one.f1(measure, group, language):.3f}" for measure in MEASURES]
            table.add_row(name, language, cells[0], _said(exact), *cells[1:])
        table.add_section()
    yield table


def _said(rate: Rate | None) -> str:
    return f"{rate.value:.3f} ({rate.low:.3f}–{rate.high:.3f})" if rate else "–"
