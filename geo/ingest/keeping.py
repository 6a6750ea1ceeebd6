"""Files read, linked and kept, a batch at a time."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo.errors import FourzonesError
from geo.indexing import Indexed, Indexing
from geo.ingest.current import linker_version
from geo.ingest.meter import Meter
from geo.ingest.own import own_places
from geo.ingest.stopping import Asked
from geo.model import Article, Interval
from geo.readers import read
from geo.readers.archive import is_furniture
from geo.readers.source import mode_of
from geo.store import Added, Store

BATCH = 200
BATCH_LETTERS = 1_000_000
"""So many articles, or so much text, are kept in one transaction."""

MOST_TOLD = 1000


@dataclass(slots=True)
class Report:
    """What became of an ingest.

    Attributes
    ----------
    rejected : list of str
        Why articles were left out; only the first `MOST_TOLD`, `rejects` counts them all.
    stopped : bool
        Whether Ctrl-C ended it.
    failed : FourzonesError or None
        Why the store could take no more; what came before is kept.
    """

    read: int = 0
    undated: int = 0
    done: Added = field(default_factory=Added)
    rejected: list[str] = field(default_factory=list)
    rejects: int = 0
    stopped: bool = False
    failed: FourzonesError | None = None

    def as_dict(self) -> dict[str, object]:
        """Return the counts as the command line prints them."""
        return {
            "read": self.read,
            "added": self.done.added,
            "updated": self.done.updated,
            "unchanged": self.done.unchanged,
            "rejected": self.rejected,
            "rejects": self.rejects,
            "undated": self.undated,
            "links": self.done.links,
        }


def files_in(
    paths: Iterable[Path | str | FourzonesError],
) -> Iterator[Path | str | FourzonesError]:
    """Yield the files that paths name; a folder gives those in it, sorted.

    Hidden ones are left out, and what a browser saved beside a page (``page_files``). A `str` is a
    web address and stays as it is. What cannot be looked into, and links that lead out of a folder,
    are told as errors.
    """
    for path in paths:
        if not isinstance(path, Path) or not stat.S_ISDIR(mode_of(path)):
            yield path
            continue
        faults: list[OSError] = []
        walked = list(os.walk(path, onerror=faults.append))
        found = {Path(folder, name) for folder, _, names in walked for name in names}
        for fault in faults:
            yield FourzonesError(
                "cannot read", where=str(fault.filename), expected="a folder",
                got=fault.strerror or str(fault),
            )  # fmt: skip
        top = path.resolve()
        for file in sorted(found):
            if file.name.startswith(".") or is_furniture(file, found) or not _is_file(file):
                continue
            if file.is_symlink() and not file.resolve().is_relative_to(top):
                yield FourzonesError(
                    "refused", where=str(file), expected="a file of the folder",
                    got="a link that leads out of it",
                )  # fmt: skip
            else:
                yield file


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False
    except OSError:
        return True  # who reads it will say what is wrong


Progress = Callable[[int, int], None]


def ingest(
    store: Store,
    paths: Sequence[Path | str | FourzonesError],
    published: Interval | None = None,
    how: str = "auto",
    progress: Progress = lambda size, articles: None,
    reject: Callable[[str], None] = lambda line: None,
) -> Report:
    """Read files, link them and keep them; what cannot be read is listed and left out.

    Ctrl-C stops it: what was read until then is kept, and the report says that it was stopped.
    The same when the store can take no more: it says why.

    Parameters
    ----------
    paths : sequence of Path, str or FourzonesError
        Files and folders, web addresses as `str`, and what is to be told as rejected.
    published : Interval, optional
        The date to give to articles that carry none; without it they are kept as undated.
    how : str
        A key of `geo.readers.READERS`, or `auto`.
    progress : callable
        Called with the bytes and the articles that were read so far.
    reject : callable
        Called with a line for each article that is left out.

    Raises
    ------
    FourzonesError
        If the store is read-only; then nothing is read either.
    """
    store.must_take()
    report = Report()
    batch: list[Article] = []
    ready: list[Indexed] = []
    letters = 0
    meter = Meter()
    version = linker_version(store)

    def keep(more: list[Indexed]) -> None:
        ready.extend(more)
        if ready:
            report.done += store.add(ready, linked_by=version)
            ready.clear()

    with Asked() as asked, Indexing(own_places(store)) as indexing:
        try:
            for path in files_in(paths):
                found = (
                    [path]
                    if isinstance(path, FourzonesError)
                    else read(path, published, how, meter.watch)
                )
                for article in found:
                    asked.check()
                    if isinstance(article, FourzonesError):
                        report.rejects += 1
                        if report.rejects <= MOST_TOLD:
                            report.rejected.append(str(article))
                        reject(str(article))
                        continue
                    batch.append(article)
                    letters += len(article.text)
                    report.read += 1
                    report.undated += article.published is None
                    progress(meter.bytes(), report.read)
                    if len(batch) >= BATCH or letters >= BATCH_LETTERS:
                        given, batch, letters = batch, [], 0
                        keep(indexing.give(given))
                progress(meter.close(), report.read)
        except KeyboardInterrupt:
            report.stopped = True
        except FourzonesError as error:
            report.failed = error
        try:
            if not report.failed:
                keep(indexing.taken_back() if report.stopped else indexing.rest())
                keep(indexing.made(batch))
            if report.read and report.rejects:
                store.count_rejected(report.rejects)
        except FourzonesError as error:
            report.failed = error
    return report
