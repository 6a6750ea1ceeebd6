"""Ingest one large file, and say how much memory it took, both its processes together.

Run: ``python benchmarks/large_file.py [GIGABYTES]``. The file is JSON Lines of articles of about
100 KB, made up as it is written. Limit: 500 MB in memory for 5 GB.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from generate import vocabulary

ROOT = Path(__file__).resolve().parent.parent
LIMIT_MB = 500
WORDS = 11_000


def write(path: Path, size: int) -> int:
    """Write articles until the file has so many bytes; return how many there are."""
    chance = np.random.default_rng(3)
    words = vocabulary()
    share = 1 / np.arange(1, len(words) + 1) ** 1.05
    bounds = np.cumsum(share / share.sum())
    names = ["دوما", "Idlib", "درعا", "Rastan"]
    count = 0
    with path.open("w", encoding="utf-8") as file:
        while file.tell() < size:
            body = words[np.searchsorted(bounds, chance.random(WORDS)).clip(0, len(words) - 1)]
            text = f"{' '.join(body)} {names[count % 4]}"
            file.write(json.dumps({"id": f"large-{count}", "language": "ar", "text": text},
                                  ensure_ascii=False) + "\n")  # fmt: skip
            count += 1
    return count


def taken(pid: int) -> float:
    """Return the megabytes that a process and those that it started have in memory (Linux)."""
    memory = 0.0
    with contextlib.suppress(OSError):  # it ended
        said = Path(f"/proc/{pid}/smaps_rollup").read_text()
        memory += int(said.partition("\nPss:")[2].split()[0]) / 1024
        for thread in Path(f"/proc/{pid}/task").iterdir():
            memory += sum(taken(int(child)) for child in (thread / "children").read_text().split())
    return memory


def main() -> None:
    """Print size, time and memory; exit 1 when the limit is missed."""
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else 5) * 1e9)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.jsonl"
        count = write(path, size)
        print(f"{path.stat().st_size / 1e9:.2f} GB, {count:,} articles", flush=True)
        begun = time.monotonic()
        command = [sys.executable, "-c", "from geo.cli import main; main()", "ingest", str(path)]
        process = subprocess.Popen(
            [*command, "--store", f"{folder}/store.gpkg"],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        memory = 0.0
        while process.poll() is None:
            memory = max(memory, taken(process.pid))
            time.sleep(0.2)
        took = time.monotonic() - begun
        assert process.stdout is not None
        print(process.stdout.read().strip())
    print(f"{took:.0f} s, {size / 1e6 / took:.1f} MB/s; at most {memory:.0f} MB, limit {LIMIT_MB}")
    sys.exit(memory > LIMIT_MB or process.returncode)


if __name__ == "__main__":
    main()
