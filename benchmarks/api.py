"""The API beside pygeoapi: the same features, machine, client and requests, in one run.

A thousand different requests by box, by time and by zone, in random order, one after the other on
one kept connection, packed with gzip and with CORS on. Before it measures, it checks that both
give the same features where the standard leaves no choice (zone versions by box).

Run: ``python benchmarks/api.py --pygeoapi VENV``, where VENV is a virtual environment of its own
with ``pip install pygeoapi gunicorn flask-cors`` (or ``PYGEOAPI`` in the environment). Without it
only Fourzones is measured, and it says so. pygeoapi reads GeoJSON files, or with ``--postgres URL``
indexed tables in PostGIS (an empty database; the environment also needs ``psycopg2-binary
geoalchemy2``): the fastest of its sources that was tried.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from api_peer import COLLECTIONS, prepare
from serving import free_port, serving

from geo.ingest import open_store
from geo.paths import ROOT

ACCEPTS = {"Accept": "application/geo+json", "Accept-Encoding": "gzip"}


def requests(count: int, seed: int) -> list[str]:
    """Return different requests in random order."""
    chance = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        kind = len(made) % 3
        what = chance.choice(COLLECTIONS)
        west, south = chance.uniform(35.5, 37.5), chance.uniform(32.3, 36)
        day = f"{chance.choice((2017, 2018, 2019))}-{chance.randint(1, 12):02}-01"
        zone = chance.choice(("idlib", "northern-homs", "eastern-ghouta", "south"))
        query = (
            f"bbox={west:.4f},{south:.4f},{west + 0.5:.4f},{south + 0.5:.4f}",
            f"datetime={day}/2020-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            f"zone={zone}&limit={chance.randint(1, 60)}",
        )[kind]
        made[f"/collections/{what}/items?{query}"] = None
    found = list(made)
    chance.shuffle(found)
    return found


def get(connection: http.client.HTTPConnection, path: str) -> tuple[int, Any, bytes]:
    """Ask once, and read the answer whole."""
    connection.request("GET", path, headers=ACCEPTS)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def measure(port: int, root: str, paths: list[str]) -> tuple[float, list[float], int]:
    """Return requests a second, the times of each in ms, and the bytes that came."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    times, size = [], 0
    begun = time.perf_counter()
    for path in paths:
        at = time.perf_counter()
        status, _, body = get(connection, root + path)
        times.append((time.perf_counter() - at) * 1000)
        size += len(body)
        assert status == 200, (status, path, body[:200])
    return len(paths) / (time.perf_counter() - begun), times, size


def matched(port: int, root: str, path: str) -> int:
    """Return how many features answer."""
    _, headers, body = get(http.client.HTTPConnection("127.0.0.1", port), root + path)
    if headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return int(json.loads(body)["numberMatched"])


def told(name: str, found: tuple[float, list[float], int]) -> None:
    """Print one line."""
    rate, times, size = found
    slow = statistics.quantiles(times, n=20)[-1]
    print(f"{name:10} {rate:8.0f} requests/s, median {statistics.median(times):.2f} ms, "
          f"95 % under {slow:.2f} ms, {size / 1e6:.1f} MB")  # fmt: skip


def main() -> None:
    """Run both."""
    reader = argparse.ArgumentParser()
    reader.add_argument("--pygeoapi", type=Path, default=os.environ.get("PYGEOAPI"))
    reader.add_argument("--postgres", help="postgresql:// address of an empty database")
    reader.add_argument("--requests", type=int, default=1000)
    reader.add_argument("--seed", type=int, default=1)
    given = reader.parse_args()
    paths = requests(given.requests, given.seed)
    if given.postgres:
        # A list is JSON there, by which pygeoapi cannot choose.
        paths = [path for path in paths if "/articles/" not in path or "zone=" not in path]
    with tempfile.TemporaryDirectory(prefix="fourzones-") as name:
        folder = Path(name)
        store = open_store(str(folder / "store.gpkg"))
        port, second = free_port(), free_port()
        command = [sys.executable, "-c", "from geo.cli import main; main()", "serve", "--port",
                   str(port), "--store", str(folder / "store.gpkg")]  # fmt: skip
        with serving(command, {"PYTHONPATH": str(ROOT)}, port, "/api"):
            if not given.pygeoapi or not (Path(given.pygeoapi) / "bin" / "gunicorn").exists():
                told("Fourzones", measure(port, "/api", paths))
                print("pygeoapi is not there (--pygeoapi VENV): nothing to compare with")
                return
            other, env = prepare(Path(given.pygeoapi), folder, store, second, given.postgres)
            with serving(other, env, second, "/"):
                boxes = [path for path in paths if "/versions/" in path and "bbox" in path][:40]
                if not given.postgres:  # whose source leaves out what has no geometry
                    # Not word for word what is measured later: answers are kept.
                    for path in (f"{path}&limit=11" for path in boxes):
                        assert matched(port, "/api", path) == matched(second, "", path), path
                    print(f"the same features by {len(boxes)} boxes")
                warm = [f"/collections/{what}/items?limit=3" for what in COLLECTIONS]
                measure(second, "", warm * 5)
                measure(port, "/api", warm * 5)
                theirs = measure(second, "", paths)
                ours = measure(port, "/api", paths)
        told("pygeoapi", theirs)
        told("Fourzones", ours)
        print(f"ratio {ours[0] / theirs[0]:.1f} over {len(paths)} requests")


if __name__ == "__main__":
    main()
