"""Ingest 100,000 articles, beside a bare insert of the same rows and the linker alone.

Run: ``python benchmarks/ingest.py [ARTICLES]``. The peer is `sqlite3.executemany` of finished rows
into a file with the same tables, indexes and full-text index, in transactions of the same size.
Limit: twice the time of the peer, plus the linker's own time.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from generate import articles, record

from geo.ingest import BATCH, ingest, open_store, reader_of
from geo.selection import Selection
from geo.store import Store

TABLES = ("articles", "mentions", "likeness")


def clock(ask) -> float:
    """Return how many seconds it takes."""
    begun = time.perf_counter()
    ask()
    return time.perf_counter() - begun


def rows_of(path: Path, shipped: int) -> dict[str, list[tuple]]:
    """Return the rows that the ingest wrote, by table."""
    with sqlite3.connect(path) as raw:
        return {
            table: raw.execute(
                f"SELECT * FROM {table} WHERE {key} > ? ORDER BY {key}", (shipped,)
            ).fetchall()
            for table, key in zip(TABLES, ("fid", "article_fid", "article_fid"), strict=True)
        }


def bare(path: Path, rows: dict[str, list[tuple]]) -> None:
    """Insert finished rows in as many transactions as the ingest used."""
    with sqlite3.connect(path, isolation_level=None) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        batches = -(-len(rows["articles"]) // BATCH)
        for number in range(batches):
            raw.execute("BEGIN IMMEDIATE")
            for table, all_rows in rows.items():
                size = -(-len(all_rows) // batches)
                part = all_rows[number * size : (number + 1) * size]
                if part:
                    marks = ",".join("?" * len(part[0]))
                    raw.executemany(f"INSERT INTO {table} VALUES ({marks})", part)
            raw.execute("COMMIT")


def main() -> None:
    """Print the three times and their ratio; exit 1 when the limit is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        made = [linked.article for linked in articles(count)]
        with file.open("w", encoding="utf-8") as out:
            out.writelines(record(article) + "\n" for article in made)
        print(f"{count:,} articles, {file.stat().st_size / count:,.0f} bytes each")
        store = open_store(str(Path(folder) / "ours.gpkg"))
        shipped = store.answer(Selection()).total
        reader = reader_of(store)
        linking = clock(lambda: [reader.link(article) for article in made])
        ours = clock(lambda: ingest(store, [file]))
        store.close()
        rows = rows_of(Path(folder) / "ours.gpkg", shipped)
        empty = Store(f"sqlite:///{folder}/bare.gpkg")
        empty.create()
        empty.close()
        theirs = clock(lambda: bare(Path(folder) / "bare.gpkg", rows))
    limit = 2 * theirs + linking
    print(f"ingest            {ours:7.1f} s  {count / ours:8,.0f}/s")
    print(f"linker alone      {linking:7.1f} s")
    print(f"bare insert       {theirs:7.1f} s")
    print(f"limit             {limit:7.1f} s  ingest is {ours / limit:.2f} of it")
    sys.exit(ours > limit)


if __name__ == "__main__":
    main()
