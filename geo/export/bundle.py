"""A replication bundle: what a view shows, and all that is needed to make it again and check it."""

from __future__ import annotations

import hashlib
import json
import shlex
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geo.export.features import WHAT
from geo.export.files import staged
from geo.export.geojson import Collection, pieces
from geo.export.terms import made, program, terms
from geo.locales import text
from geo.paths import DATA
from geo.store import Store
from geo.summary import View

MANIFEST = "manifest.json"
SELECTION = "selection.json"
# The first time that a zip file can say; the same bytes come out whenever it is made.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write(path: Path, store: Store, view: View) -> str:
    """Write a bundle, its manifest last.

    The same view, data and ``SOURCE_DATE_EPOCH`` give the same bytes.

    Returns
    -------
    str
        What was written, in words.

    Raises
    ------
    FourzonesError
        If the file cannot be written.
    """
    moment = made()
    said: dict[str, Any] = {}
    entries: dict[str, dict[str, Any]] = {}
    with (
        staged(path) as place,
        zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
    ):

        def put(name: str, parts: Iterable[bytes]) -> None:
            entries[name] = _put(archive, name, parts)

        for what in WHAT:
            collection = Collection(store, view, what)
            put(f"{what}.geojson", pieces(collection))
            said = said or collection.about
        put(SELECTION, [_json({k: said[k] for k in ("selection", "sentence")})])
        put("CITATION.cff", [_citation(said, moment).encode()])
        put("README.txt", [_readme(said).encode()])
        for card in (*sorted(DATA.glob("*.source.json")), DATA / "LICENSE"):
            put(f"sources/{card.name}", [card.read_bytes()])
        manifest = {
            "format": "fourzones bundle 1",
            "made": moment,
            **terms(store),
            "files": dict(sorted(entries.items())),
        }
        put(MANIFEST, [_json(manifest)])
    return f"{len(entries)} files"


def _put(archive: zipfile.ZipFile, name: str, parts: Iterable[bytes]) -> dict[str, Any]:
    """Write a member while it is made; return its sha256 and size."""
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as member:
        for part in parts:
            member.write(part)
            digest.update(part)
            size += len(part)
    return {"sha256": digest.hexdigest(), "size": size}


def _citation(said: dict[str, Any], moment: str) -> str:
    """Write a citation (CFF 1.2); a JSON text is a YAML text, so that nothing needs escaping."""
    _, _, version = program().partition(" ")
    values = {
        "cff-version": "1.2.0",
        "message": "If you use this selection, please cite it as below.",
        "type": "dataset",
        "title": "Fourzones: the four Syrian de-escalation zones and the articles on them",
        "abstract": said["sentence"]["en"],
        "version": version or "unknown",
        "date-released": moment[:10],
        "license": "CC-BY-SA-4.0",
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    identifiers = [
        "identifiers:",
        "  - type: other",
        f"    value: {json.dumps('sha256:' + said['data_version'])}",
        '    description: "Version of the data"',
    ]
    return "\n".join([*lines, "authors:", '  - name: "Fourzones"', *identifiers, ""])


def _readme(said: dict[str, Any]) -> str:
    flags = " ".join(
        f"--{name}" if name in ("inside", "undated", "once") else f"--{name} {shlex.quote(value)}"
        for name, values in said["selection"].items()
        for value in values
    )
    parts = []
    for language in ("en", "ar"):
        parts.append(
            text(
                "bundle.readme", language,
                sentence=said["sentence"][language], version=said["data_version"],
                program=said["program"], rebuild=f"fourzones export bundle.zip {flags}",
                verify="fourzones verify bundle.zip", manifest=MANIFEST, selection=SELECTION,
                cards="sources/", licence=said["licence"], citation="CITATION.cff",
            )
        )  # fmt: skip
    return ("\n\n" + "-" * 72 + "\n\n").join(parts) + "\n"


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()
