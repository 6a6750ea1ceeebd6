"""Ask a store of a million articles for counts and pages: how long, and in how much memory.

Run: ``python benchmarks/store.py STORE [--articles 1000000]``. STORE is a file or a
``postgresql://`` address; it is filled with made-up articles (`generate.py`) when it does not
exist. The questions are those of `selections.jsonl`, each asked once of a process that has not
heard it before; a quarter of them hold a word that at least a tenth of the articles have.

Limits: counts in at most 100 ms at the 95th percentile; a ranked page in at most 150 ms up to
10,000 hits, newest first beyond; at most 1 GB in memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
from generate import articles, vocabulary

from geo.ingest import open_store
from geo.model import ZONES
from geo.selection import Selection
from geo.store import Store, store_url
from geo.words import stems

SELECTIONS = Path(__file__).with_name("selections.jsonl")
COUNTS_MS, PAGE_MS, MEMORY_MB = 100, 150, 1024


def fill(url: str, count: int) -> None:
    """Make a store of made-up articles, beside the shipped ones."""
    store = open_store(url)
    begun, batch = time.monotonic(), []
    for number, linked in enumerate(articles(count), start=1):
        batch.append(linked)
        if len(batch) == 500 or number == count:
            store.add(batch)
            batch = []
        if number % 20_000 == 0:
            print(f"{number:,} articles, {number / (time.monotonic() - begun):,.0f}/s", flush=True)
    store.close()


def write_selections(count: int = 200) -> None:
    """Draw the committed list of questions; done once, with a fixed seed."""
    chance = np.random.default_rng(5)
    words = vocabulary()
    lines = []
    for number in range(count):
        params: dict[str, list[str]] = {}
        if number % 4 == 0:  # a word that at least a tenth of the articles have
            params["words"] = [str(words[chance.integers(0, 100)])]
        elif number % 4 == 1:
            params["words"] = [str(words[chance.integers(300, 30_000)])]
        if chance.random() < 0.6:
            first = np.datetime64("2015-01-01") + int(chance.integers(0, 3000))
            params["from"] = [str(first)]
            params["to"] = [str(first + int(chance.integers(1, 600)))]
        if chance.random() < 0.4:
            params["zone"] = [str(chance.choice(ZONES))]
        if chance.random() < 0.2:
            params["kind"] = ["place"]
        if chance.random() < 0.2:
            params["inside"] = ["1"]
        if chance.random() < 0.2:
            params["publisher"] = [f"publisher-{chance.integers(1, 40)}.example"]
        if chance.random() < 0.2:
            west, south = 35.7 + chance.random(), 32.5 + 3 * chance.random()
            params["bbox"] = [f"{west:.2f},{south:.2f},{west + 0.6:.2f},{south + 0.6:.2f}"]
        if chance.random() < 0.1:
            params["once"] = ["1"]
        lines.append(json.dumps(params, ensure_ascii=False))
    SELECTIONS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def questions() -> list[Selection]:
    """Return the committed list of selections."""
    lines = SELECTIONS.read_text(encoding="utf-8").splitlines()
    return [Selection.from_flags(json.loads(line)) for line in lines]


def timed(ask) -> tuple[float, object]:
    """Return milliseconds and the answer."""
    begun = time.perf_counter()
    answer = ask()
    return 1000 * (time.perf_counter() - begun), answer


def main() -> None:
    """Print the figures beside their limits; exit 1 when one is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("store")
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--answers", type=Path, help="write all counts here, to compare engines")
    given = parser.parse_args()
    url = store_url(given.store)
    if not Store(url).exists:
        fill(given.store, given.articles)
    store = Store(url)
    opening, everything = timed(lambda: store.answer(Selection()))
    print(f"{everything.total:,} articles; read into memory in {opening / 1000:.1f} s")
    counts, frequent, ranked, newest, answers = [], 0, [], [], []
    for chosen in questions():
        took, answer = timed(lambda chosen=chosen: store.answer(chosen))
        counts.append(took)
        answers.append([chosen.to_params(), answer.articles, answer.zones, answer.months])
        if stems(chosen.words):
            having = store.answer(Selection(words=chosen.words)).articles
            frequent += having >= everything.total / 10
    again = Store(url)  # one that remembers no words
    again.answer(Selection())
    for chosen in questions():
        took, page = timed(lambda chosen=chosen: again.page(chosen, order="relevance", limit=50))
        (ranked if page.order == "relevance" else newest).append(took)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [
        ("counts, p50 (ms)", np.percentile(counts, 50), None),
        ("counts, p95 (ms)", np.percentile(counts, 95), COUNTS_MS),
        ("counts, slowest (ms)", max(counts), None),
        (f"ranked page, p95 of {len(ranked)} (ms)", np.percentile(ranked, 95), PAGE_MS),
        (f"page newest first, p95 of {len(newest)} (ms)", np.percentile(newest, 95), PAGE_MS),
        ("memory at most (MB)", memory, MEMORY_MB),
    ]
    print(f"{len(counts)} selections, {frequent} of them with a word in a tenth of the articles")
    missed = False
    for name, figure, limit in rows:
        share = "" if limit is None else f"  limit {limit:,}  = {figure / limit:.2f} of it"
        missed |= limit is not None and figure > limit
        print(f"{name:42} {figure:9.1f}{share}")
    if given.answers:
        given.answers.write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
