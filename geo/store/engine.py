"""What a store needs of the database beneath it; each engine has a module of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from sqlalchemy import Connection
from sqlalchemy import Engine as Database

from geo.words import Term

LOCK_SECONDS = 30
"""How long one process waits for another that is writing."""


class Engine(Protocol):
    """A database that can hold a store.

    Attributes
    ----------
    name : str
        Where it is, without secrets, as errors say it.
    kind : str
        What it is, as errors say it.
    database : sqlalchemy.Engine
    read_only : bool
        Whether it is known beforehand that nothing can be written.
    """

    name: str
    kind: str
    database: Database
    read_only: bool

    @property
    def path(self) -> Path | None:
        """The file, when it is one."""

    def exists(self) -> bool:
        """Say whether a store, or anything else of its name, is there."""

    def prepare(self) -> None:
        """Make what a connection needs before anything is created."""

    def create(self, connection: Connection) -> None:
        """Make the tables, and what only this engine has beside them."""

    def lock(self, connection: Connection) -> None:
        """Wait until no other process writes; called at the start of a transaction."""

    def still(self, connection: Connection) -> None:
        """See everything in this transaction as it is now, whatever others write meanwhile."""

    def index(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        """Take rows of the table of articles, just written, into the search index."""

    def hits(self, connection: Connection, term: Term) -> np.ndarray:
        """Return the row numbers of the articles that have a term, in any order."""

    def ranked(self, connection: Connection, wanted: Iterable[Term]) -> np.ndarray:
        """Return the row numbers of the articles that have all terms, best first."""

    def faults(self, connection: Connection) -> list[str]:
        """Return what is wrong with the database itself."""


def numbers(text: str | None) -> np.ndarray:
    """Read row numbers joined by commas: one value from the database in place of many rows.

    Examples
    --------
    >>> numbers("3,17").tolist(), numbers(None).tolist()
    ([3, 17], [])
    """
    return np.fromstring(text or "", sep=",", dtype=np.int64)
