"""Articles linked again, after names, rules or places changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from geo.ingest.current import linker_version
from geo.ingest.own import reader_of
from geo.store import Store


@dataclass(slots=True)
class Relinked:
    """What linking again changed: articles, and zones that articles gained and lost."""

    read: int = 0
    changed: int = 0
    gained: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)


def relink(store: Store, progress: Callable[[int], None] = lambda count: None) -> Relinked:
    """Link all articles of a store again, after names, rules or places changed.

    Each batch is one transaction: an article has its old mentions or its new ones.

    Parameters
    ----------
    progress : callable
        Called with the number of articles of each batch that is done.

    Raises
    ------
    FourzonesError
        If the store is read-only.
    """
    store.must_take()
    told = Relinked()
    reader, version = reader_of(store), linker_version(store)
    for batch in store.every():
        # What people said of its links stays with an article, and so in what is told of it.
        again = [replace(reader.link(old.article), judgements=old.judgements) for old in batch]
        changed = [new for new, old in zip(again, batch, strict=True) if new != old]
        store.add(changed, unless_changed=True)
        told.read += len(batch)
        told.changed += len(changed)
        for new, old in zip(again, batch, strict=True):
            told.gained.update(set(new.zones) - set(old.zones))
            told.lost.update(set(old.zones) - set(new.zones))
        progress(len(batch))
    store.mark_linked(version)
    return told
