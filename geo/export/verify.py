"""Check a replication bundle: is it whole, and does the store still say the same?"""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from geo.errors import FourzonesError
from geo.export.bundle import MANIFEST, SELECTION
from geo.export.features import WHAT
from geo.export.geojson import collection, dumps
from geo.readers.archive import MOST_TIMES, SMALL
from geo.selection import PARAMETERS, Selection
from geo.store import Store
from geo.summary import view

MOST_FILES = 100
MOST_BYTES = 1 << 30
"""Of all files together, unpacked."""

MOST_NAMED = 5
"""How many features of a collection are named where they differ."""


def verify(path: Path, store: Store) -> list[str]:
    """Check every file of a bundle by its hash, then make the same view from a store and compare.

    Returns
    -------
    list of str
        One line for each difference; none when all is the same.

    Raises
    ------
    FourzonesError
        If it is no bundle, or one that no honest program writes: names that climb out, links,
        too many files, files that swell.
    """
    files = _read(path)
    manifest = _object(files, MANIFEST, path)
    faults = list(_damages(files, manifest, path))
    return faults or list(_differences(files, store, path))


def _read(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            _refuse(infos, path)
            found = {}
            for info in infos:
                with archive.open(info) as member:
                    # A member may be larger than it says: read no more than that, and one.
                    found[info.filename] = member.read(info.file_size + 1)
            return found
    except OSError as error:
        raise FourzonesError(
            "cannot read", where=str(path), expected="a file", got=error.strerror or str(error)
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise FourzonesError(
            "cannot read", where=str(path), expected="a whole zip file", got=str(error)
        ) from error


def _refuse(infos: list[zipfile.ZipInfo], path: Path) -> None:
    if len(infos) > MOST_FILES:
        raise FourzonesError(
            "too many files", where=str(path), expected=f"at most {MOST_FILES}", got=str(len(infos))
        )
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise FourzonesError("too large", where=str(path), expected=f"at most {MOST_BYTES:,} bytes")
    seen = set()
    for info in infos:
        name = PurePosixPath(info.filename)
        swells = info.file_size > SMALL and info.file_size > MOST_TIMES * info.compress_size
        wrong = (
            "a name that stays inside"
            if name.is_absolute() or ".." in name.parts or set("\\:") & set(info.filename)
            else "a file, no link or folder"
            if info.is_dir() or stat.S_ISLNK(info.external_attr >> 16)
            else f"at most {MOST_TIMES} times its packed size"
            if swells
            else "no password"
            if info.flag_bits & 1
            else "stored or deflated"
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            else "each name once"
            if info.filename in seen
            else ""
        )
        if wrong:
            raise FourzonesError(
                "refused", where=str(path), expected=wrong, got=ascii(info.filename)
            )
        seen.add(info.filename)


def _object(files: dict[str, bytes], name: str, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(files[name])
    except (KeyError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise FourzonesError("no bundle", where=str(path), expected=f"a JSON object in {name}")
    return found


def _damages(files: dict[str, bytes], manifest: dict[str, Any], path: Path) -> Iterator[str]:
    listed = manifest.get("files")
    if not isinstance(listed, dict):
        raise FourzonesError("no bundle", where=str(path), expected=f"`files` in {MANIFEST}")
    needed = {SELECTION, *(f"{what}.geojson" for what in WHAT)}
    for name in sorted({*listed, *needed}):
        entry = listed.get(name)
        if name not in files:
            yield f"{name!a}: missing"
        elif not isinstance(entry, dict):
            yield f"{name!a}: not in {MANIFEST}"
        elif (hashlib.sha256(files[name]).hexdigest(), len(files[name])) != (
            entry.get("sha256"),
            entry.get("size"),
        ):
            yield f"{name!a}: changed since the bundle was made"
    for name in sorted(set(files) - set(listed) - needed - {MANIFEST}):
        yield f"{name!a}: not in {MANIFEST}"


def _differences(files: dict[str, bytes], store: Store, path: Path) -> Iterator[str]:
    said = _object(files, SELECTION, path).get("selection")
    if not isinstance(said, dict) or not all(
        isinstance(values, list) and all(isinstance(v, str) for v in values)
        for values in said.values()
    ):
        raise FourzonesError("no bundle", where=str(path), expected=f"`selection` in {SELECTION}")
    unknown = set(said) - {parameter.name for parameter in PARAMETERS}
    if unknown:
        raise FourzonesError(
            "a selection that this version cannot make", where=str(path),
            got=", ".join(ascii(name) for name in sorted(unknown)),
        )  # fmt: skip
    shown = view(store, Selection.from_flags(said))
    for what in WHAT:
        kept = _object(files, f"{what}.geojson", path)
        now = json.loads(dumps(collection(store, shown, what)))
        if kept.get("data_version") != now["data_version"] and what == "zones":
            yield (
                f"data: version {str(kept.get('data_version'))[:12]} in the bundle, "
                f"{now['data_version'][:12]} here"
            )
        if kept.get("own_data") != now.get("own_data") and what == "zones":
            yield "data: other zones or places of the user's own"
        old, new = _by_id(kept, what, path), _by_id(now, what, path)
        yield from _told(what, "not in the store", [i for i in old if i not in new])
        yield from _told(what, "not in the bundle", [i for i in new if i not in old])
        yield from _told(what, "differ", [i for i in old if i in new and old[i] != new[i]])


def _by_id(features: dict[str, Any], what: str, path: Path) -> dict[str, Any]:
    try:
        return {str(one["id"]): _rounded(one) for one in features["features"]}
    except (KeyError, TypeError) as error:
        raise FourzonesError(
            "no bundle", where=str(path), expected=f"features with ids in {what}.geojson"
        ) from error


def _rounded(value: Any) -> Any:
    """Round numbers to six decimals, so that another machine's arithmetic is no difference."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return value


def _told(what: str, how: str, identifiers: list[str]) -> Iterator[str]:
    if identifiers:
        named = ", ".join(ascii(one)[1:-1] for one in identifiers[:MOST_NAMED])
        more = ", …" if len(identifiers) > MOST_NAMED else ""
        yield f"{what}: {len(identifiers)} {how}: {named}{more}"
