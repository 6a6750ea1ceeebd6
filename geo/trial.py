"""Files and texts tried out before they are kept: which zones they mention, and why."""

from __future__ import annotations

import dataclasses
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from geo.errors import FourzonesError
from geo.ingest import BATCH, BATCH_LETTERS, linker_version, reader_of
from geo.model import Article, Interval, LinkedArticle
from geo.readers import read
from geo.store import Added, Store

MOST_MB = 20
"""Megabytes of one file; a page of one's own machine is no place for archives."""

MOST_BYTES = 100_000_000
MOST_ARTICLES = 5_000
MOST_LETTERS = 30_000_000
"""What one trial may hold; more is for ``fourzones ingest``."""

MOST_REJECTS = 500
MOST_PASTED = 200_000
KINDS = ("txt", "html", "htm", "xhtml", "mhtml", "xml", "rss", "atom", "jsonl", "ndjson", "csv",
         "tsv", "zip", "gz")  # fmt: skip

Progress = Callable[[float, int], None]


@dataclass(slots=True)
class Trial:
    """What was read and linked, none of it stored.

    Attributes
    ----------
    rejected : list of FourzonesError
        Why articles were left out; only the first `MOST_REJECTS`, `rejects` counts them all.
    linked_by : str
        The version of what made the links.
    """

    linked_by: str = ""
    linked: list[LinkedArticle] = field(default_factory=list)
    rejected: list[FourzonesError] = field(default_factory=list)
    rejects: int = 0

    @property
    def undated(self) -> int:
        """How many articles bear no date."""
        return sum(one.article.published is None for one in self.linked)

    @property
    def zones(self) -> Counter[str]:
        """How many articles mention each zone; those that mention none under the empty name."""
        return Counter(zone for one in self.linked for zone in one.zones or ("",))


def try_files(
    store: Store,
    files: Iterable[tuple[str, bytes]],
    published: Interval | None = None,
    publisher: str = "",
    progress: Progress = lambda share, articles: None,
) -> Trial:
    """Read and link files as an ingest would, and keep nothing.

    Parameters
    ----------
    files : iterable of (name, bytes)
        As a browser sent them; only the ending of a name tells what it is.
    published : Interval, optional
        The date of articles that say none themselves.
    publisher : str
        The publisher of articles that say none themselves.
    progress : callable
        Called with the share that is done (0 to 1) and the articles that were read.
    """
    trial, reader = Trial(linked_by=linker_version(store)), reader_of(store)
    given = list(files)
    whole = sum(len(data) for _, data in given) or 1
    done = letters = 0
    open_: list[BinaryIO] = []

    def share() -> float:
        try:
            return min(1.0, (done + (open_[-1].tell() if open_ else 0)) / whole)
        except ValueError:  # it was closed
            return min(1.0, done / whole)

    with tempfile.TemporaryDirectory(prefix="fourzones-") as folder:
        for number, (name, data) in enumerate(given):
            home = Path(folder) / str(number)
            home.mkdir()
            path = home / _safe(name)
            if done + len(data) > MOST_BYTES:
                _reject(trial, _too_much(path.name))
                break
            path.write_bytes(data)
            for article in read(path, published, watch=open_.append):
                if isinstance(article, FourzonesError):
                    _reject(trial, _without(article, f"{home}/"))
                    continue
                letters += len(article.text)
                if len(trial.linked) >= MOST_ARTICLES or letters > MOST_LETTERS:
                    _reject(trial, _too_much(path.name))
                    return trial
                trial.linked.append(reader.link(_given(article, publisher)))
                if len(trial.linked) % 20 == 0:
                    progress(share(), len(trial.linked))
            path.unlink()
            open_.clear()
            done += len(data)
            progress(share(), len(trial.linked))
    return trial


def try_text(
    store: Store, text: str, published: Interval | None = None, publisher: str = ""
) -> Trial:
    """Link a pasted text, and keep nothing.

    Examples
    --------
    >>> from geo.ingest import open_store
    >>> try_text(open_store(), "Shells fell on Douma.").zones  # doctest: +SKIP
    Counter({'eastern-ghouta': 1})
    """
    data = text[:MOST_PASTED].encode("utf-8", "replace")
    return try_files(store, [("text.txt", data)], published, publisher)


def keep(store: Store, trial: Trial, progress: Progress = lambda share, articles: None) -> Added:
    """Put what was tried out into the store, exactly as it was shown.

    Raises
    ------
    FourzonesError
        If the store can take no more; what came before is kept.
    """
    told, done = Added(), 0
    for batch in _batches(trial.linked):
        told += store.add(batch, linked_by=trial.linked_by)
        done += len(batch)
        progress(done / len(trial.linked), done)
    if trial.rejects:
        store.count_rejected(trial.rejects)
    return told


def read_interval(said: str) -> Interval | None:
    """Read a day, month or year that a person typed; None for nothing.

    Raises
    ------
    FourzonesError
        If it is anything else.
    """
    if not said.strip():
        return None
    try:
        return Interval.parse(said.strip())
    except ValueError:
        raise FourzonesError(
            "bad date", expected="YYYY-MM-DD, YYYY-MM or YYYY", got=said[:40]
        ) from None


def _given(article: Article, publisher: str) -> Article:
    if article.publisher or not publisher:
        return article
    return dataclasses.replace(article, publisher=publisher[:200])


def _batches(linked: list[LinkedArticle]) -> Iterator[list[LinkedArticle]]:
    batch: list[LinkedArticle] = []
    letters = 0
    for one in linked:
        batch.append(one)
        letters += len(one.article.text)
        if len(batch) >= BATCH or letters >= BATCH_LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def _without(fault: FourzonesError, folder: str) -> FourzonesError:
    """Return a fault that names a file as the visitor does."""
    named = FourzonesError(
        fault.what, where=fault.where.replace(folder, ""), expected=fault.expected,
        got=fault.got.replace(folder, ""),
    )  # fmt: skip
    named.__cause__ = fault.__cause__
    return named


def _reject(trial: Trial, fault: FourzonesError) -> None:
    trial.rejects += 1
    if trial.rejects <= MOST_REJECTS:
        trial.rejected.append(fault)


def _too_much(name: str) -> FourzonesError:
    return FourzonesError(
        "too much at once: the rest was left out", where=name,
        expected=f"at most {MOST_ARTICLES:,} articles and {MOST_BYTES:,} bytes here; "
        "`fourzones ingest` takes more",
    )  # fmt: skip


def _safe(name: str) -> str:
    """Return a file's name without anything that leads elsewhere; its ending stays."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = re.sub(r"[^\w.() -]", "_", last).lstrip(". ")
    return kept[-80:] or "file"


__all__ = ["KINDS", "MOST_MB", "Trial", "keep", "read_interval", "try_files", "try_text"]
