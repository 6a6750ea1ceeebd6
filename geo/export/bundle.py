"""A replication bundle: what a view shows, and all that is needed to make it again and check it."""

from __future__ import annotations

import hashlib
import io
import json
import shlex
import zipfile
from pathlib import Path
from typing import Any

from geo.export.files import write_whole
from geo.export.geojson import WHAT, collection, dumps
from geo.export.terms import about, made, program, terms
from geo.locales import text
from geo.paths import DATA
from geo.store import Store
from geo.summary import View

MANIFEST = "manifest.json"
SELECTION = "selection.json"
# The first time that a zip file can say; the same bytes come out whenever it is made.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write(path: Path, store: Store, view: View) -> str:
    """Write a bundle; the same view, data and ``SOURCE_DATE_EPOCH`` give the same bytes.

    Returns
    -------
    str
        What was written, in words.

    Raises
    ------
    FourzonesError
        If the file cannot be written.
    """
    members = contents(store, view)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, members[name])
    write_whole(path, out.getvalue())
    return f"{len(members)} files"


def contents(store: Store, view: View) -> dict[str, bytes]:
    """Return the files of a bundle by name, the manifest with their sha256 and size among them."""
    moment = made()
    collections = {what: collection(store, view, what) for what in WHAT}
    said = about(collections["zones"])
    members = {f"{what}.geojson": dumps(made_of) for what, made_of in collections.items()}
    members[SELECTION] = _json({k: said[k] for k in ("selection", "sentence")})
    members["CITATION.cff"] = _citation(said, moment)
    members["README.txt"] = _readme(said)
    files = {name: content.encode() for name, content in members.items()}
    for card in sorted(DATA.glob("*.source.json")):
        files[f"sources/{card.name}"] = card.read_bytes()
    files["sources/LICENSE"] = (DATA / "LICENSE").read_bytes()
    manifest = {
        "format": "fourzones bundle 1",
        "made": moment,
        **terms(store),
        "files": {
            name: {"sha256": hashlib.sha256(files[name]).hexdigest(), "size": len(files[name])}
            for name in sorted(files)
        },
    }
    return {**files, MANIFEST: _json(manifest).encode()}


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
        f"--{name}" if name in ("inside", "undated") else f"--{name} {shlex.quote(value)}"
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


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
