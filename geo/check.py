"""JSON Schema faults as lines that a person can act on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any


def schema_faults(
    rows: Iterable[Mapping[str, Any]], schema_path: Path, where: str, *, first: int = 2
) -> Iterator[str]:
    """Yield one line per fault of rows against a schema: file, row, field, expected, got.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of a table, or features; a feature is named by its `id`.
    schema_path : Path
        JSON Schema (2020-12) of one row.
    where : str
        Name of the file, as it is to be told.
    first : int
        Number of the first row; 2 in a CSV with a heading.
    """
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(json.loads(schema_path.read_text(encoding="utf-8")))
    for number, row in enumerate(rows, start=first):
        name = f"feature {row['id']}" if "id" in row and "type" in row else f"row {number}"
        for error in validator.iter_errors(dict(row)):
            field = ".".join(str(part) for part in error.absolute_path) or "(whole)"
            expected = f"{error.validator} {json.dumps(error.validator_value, ensure_ascii=False)}"
            got = json.dumps(error.instance, ensure_ascii=False, default=str)
            yield f"{where}: {name}: {field}: expected {expected[:120]}, got {got[:80]}"
