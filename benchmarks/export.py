"""Export a million mentions to GeoJSON, beside `pyogrio.write_dataframe` of the same rows.

Run: ``python benchmarks/export.py STORE [--mentions 1000000]``. STORE is a file; it is filled with
made-up articles (`generate.py`) when it does not exist. Each side runs in a process of its own:

- ours: a store is opened and counted, as any command or server does once; then the export is
  written. Also timed whole, as ``fourzones export out.geojson --what mentions``.
- pyogrio: the same rows, read from our file, lie in a GeoDataFrame; then it is written
  (``driver="GeoJSON", RFC7946="YES"``), with the evidence as JSON text, which GDAL writes out as
  nested JSON like ours, and once without the evidence.

Limits: at most the time of pyogrio; no more memory for a million rows than for a hundred thousand
(a tenth is allowed for).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from geo.paths import ROOT

YEAR = ("2018-01-01", "2019-01-01")
"""A tenth of the days of the made-up articles."""

OTHERS = (".csv", ".gpkg", ".kml", ".parquet")


def peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(store: str, out: str, start: str, end: str) -> dict[str, Any]:
    """Write an export by the path that command, dashboard and API share."""
    from geo.export import write_as
    from geo.ingest import open_store
    from geo.selection import Selection
    from geo.summary import view

    opened = open_store(store)
    given = {"from": [start], "to": [end]} if start else {}
    chosen = Selection.from_flags(given)
    opened.answer(chosen)
    before = peak()
    begun = time.perf_counter()
    said = write_as(Path(out), opened, view(opened, chosen, limit=1), "mentions")
    return {"seconds": time.perf_counter() - begun, "counted": before, "peak": peak(),
            "rows": int(said.split()[0])}  # fmt: skip


def theirs(source: str, out: str) -> dict[str, Any]:
    """Write the same rows by pyogrio."""
    import geopandas
    import pyogrio
    import shapely

    rows: list[dict[str, Any]] = []
    points = []
    for feature in json.loads(Path(source).read_text(encoding="utf-8"))["features"]:
        said = feature["properties"]
        target = json.dumps(said.pop("target"), ensure_ascii=False)
        first, last = (feature["time"] or {"interval": (None, None)})["interval"]
        rows.append({"id": feature["id"], **said, "target": target, "time_start": first,
                     "time_end": last})  # fmt: skip
        drawn = feature["geometry"]
        points.append(drawn and shapely.Point(drawn["coordinates"]))
    frame = geopandas.GeoDataFrame(rows, geometry=points, crs=4326)
    del rows, points
    times = []
    for written in (frame, frame.drop(columns="target")):
        Path(out).unlink(missing_ok=True)
        begun = time.perf_counter()
        pyogrio.write_dataframe(written, out, driver="GeoJSON", RFC7946="YES")
        times.append(time.perf_counter() - begun)
    return {"seconds": times[0], "bare": times[1], "peak": peak(), "rows": len(frame)}


def child(*args: str) -> dict[str, Any]:
    """Run one side in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--side", *args], stdout=subprocess.PIPE, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Run all."""
    reader = argparse.ArgumentParser()
    reader.add_argument("store")
    reader.add_argument("--mentions", type=int, default=1_000_000)
    given = reader.parse_args()
    if not Path(given.store).exists():
        from store import fill

        fill(f"sqlite:///{given.store}", int(given.mentions / 2.5) + 1000)
    with tempfile.TemporaryDirectory(prefix="fourzones-", dir=Path(given.store).parent) as name:
        out = Path(name) / "out.geojson"
        part = child("ours", given.store, str(out), *YEAR)
        whole = child("ours", given.store, str(out), "", "")
        size = out.stat().st_size / 1e6
        peer = child("theirs", str(out), str(Path(name) / "peer.geojson"))
        assert peer["rows"] == whole["rows"]
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", "from geo.cli import main; main()", "export", str(out),
             "--what", "mentions", "--store", given.store],
            check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        command = time.perf_counter() - begun
        others = {
            ending: child("ours", given.store, str(out.with_suffix(ending)), "", "")
            for ending in OTHERS
        }
    print(f"{whole['rows']:,} mentions, {size:,.0f} MB of GeoJSON")
    print(f"fourzones   {whole['seconds']:6.1f} s, peak {whole['peak']:,.0f} MB "
          f"({whole['counted']:,.0f} MB once the store was counted); "
          f"the whole command {command:.1f} s")  # fmt: skip
    print(f"pyogrio     {peer['seconds']:6.1f} s, peak {peer['peak']:,.0f} MB; "
          f"without the evidence {peer['bare']:.1f} s")  # fmt: skip
    print(f"ratio {whole['seconds'] / peer['seconds']:.2f} of pyogrio, "
          f"{whole['seconds'] / peer['bare']:.2f} without the evidence (limit 1)")  # fmt: skip
    print(f"memory: {part['rows']:,} rows {part['peak']:,.0f} MB, {whole['rows']:,} rows "
          f"{whole['peak']:,.0f} MB: {whole['peak'] / part['peak']:.2f} (limit 1.1)")  # fmt: skip
    for ending, found in others.items():
        print(f"{ending:11} {found['seconds']:6.1f} s, peak {found['peak']:,.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--side"]:
        side = {"ours": ours, "theirs": theirs}[sys.argv[2]]
        print(json.dumps(side(*sys.argv[3:])))
    else:
        main()
