"""Watch feeds: ask each now and then whether it has news, politely, and keep what is new."""

from __future__ import annotations

import datetime as dt
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path

from geo.errors import FourzonesError
from geo.ingest import BATCH, linker_version, reader_of
from geo.model import Article
from geo.readers import read_answer
from geo.store import Added, Store
from geo.web import Fetched, Web, default_web, is_address, shown
from geo.web.address import parse

DAY = 24 * 3600.0
LONGEST = 7 * DAY
"""The longest that a server may ask to be left alone."""

GONE = 30 * DAY
"""How long a feed that said it is gone for good is not asked."""

MOST_LISTED = 1_000_000


def pause(every: float, failures: int, asked: float = 0) -> float:
    """Return after how many seconds to ask a feed again.

    Parameters
    ----------
    every : float
        Seconds between polls that go well.
    failures : int
        How many polls in a row have failed: each doubles the pause, up to a day.
    asked : float
        What the server asked for (Retry-After); never less than that, up to a week.

    Examples
    --------
    >>> [pause(900, failures) / 900 for failures in (0, 1, 2, 3, 50)]
    [1.0, 2.0, 4.0, 8.0, 96.0]
    >>> pause(900, 1, asked=7200)
    7200
    """
    return max(min(every * 2.0 ** min(failures, 20), max(every, DAY)), min(asked, LONGEST))


def retry_after(said: str, now: float) -> float:
    """Return how many seconds a Retry-After header asks for: a number or a date; 0 for neither.

    Examples
    --------
    >>> retry_after("120", 0), retry_after("Thu, 01 Jan 1970 01:00:00 GMT", 600), retry_after("", 0)
    (120.0, 3000.0, 0.0)
    """
    said = said.strip()[:60]
    if said.isascii() and said.isdigit():
        return min(float(said), LONGEST)
    try:
        return min(max(0.0, parsedate_to_datetime(said).timestamp() - now), LONGEST)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0


def feeds_in(given: Sequence[str]) -> Iterator[str | FourzonesError]:
    """Yield the addresses of feeds: those given, and those in files, one a line, `#` a comment."""
    for said in given:
        if is_address(said):
            lines = [("", said)]
        else:
            try:
                with Path(said).open(encoding="utf-8-sig", errors="replace") as file:
                    content = file.read(MOST_LISTED)
            except OSError as error:
                yield FourzonesError(
                    "cannot read", where=said, expected="a list of addresses",
                    got=error.strerror or str(error),
                )  # fmt: skip
                continue
            lines = [
                (f"{said}, line {number}", line.split(" #")[0].strip())
                for number, line in enumerate(content.splitlines(), start=1)
                if line.strip() and not line.lstrip().startswith("#")
            ]
        for where, line in lines:
            try:
                yield parse(line).url
            except FourzonesError as error:
                yield FourzonesError(f"{where}: {error}" if where else str(error))


@dataclass(slots=True)
class Feed:
    """What is remembered of a feed between polls, also in the store.

    Attributes
    ----------
    etag, modified : str
        What its server calls the state that was kept last.
    failures : int
        Polls in a row that failed.
    due : float
        When to ask again, in seconds since 1970.
    gone : str
        The day on which its server said that it is gone for good.
    """

    url: str
    etag: str = ""
    modified: str = ""
    failures: int = 0
    due: float = 0
    gone: str = ""


@dataclass(slots=True)
class Watched:
    """What became of a watch."""

    polls: int = 0
    failed: int = 0
    done: Added = field(default_factory=Added)
    stopped: bool = False


class Watch:
    """Polls feeds and keeps their new entries.

    Parameters
    ----------
    store : Store
    urls : sequence of str
        Addresses of feeds.
    every : float
        Seconds between polls that go well.
    say : callable
        Takes a line for each poll that brought something or failed.
    clock, sleep, chance : callable
        The time, how to wait, and a number from 0 to 1 that spreads the polls.
    """

    def __init__(
        self,
        store: Store,
        urls: Sequence[str],
        every: float = 900,
        say: Callable[[str], None] = print,
        web: Web | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._store, self._web, self._every = store, web or default_web(), every
        self._clock, self._sleep, self._chance = clock, sleep, chance
        self._say = say
        self._version, self._reader = linker_version(store), reader_of(store)
        self.feeds = [self._remembered(url) for url in dict.fromkeys(urls)]
        self.told = Watched()

    def run(self, once: bool = False) -> Watched:
        """Poll until Ctrl-C, or until no feed is left; `once` polls each feed that is due once.

        What a poll brought is kept before the next begins, so that stopping loses nothing.
        """
        try:
            for feed in self.feeds:
                if feed.due > self._clock():
                    why = f"gone since {feed.gone}" if feed.gone else "it failed before"
                    self._tell(feed, f"{why}; not asked before {_minute(feed.due)}")
            while waiting := [feed for feed in self.feeds if not feed.gone]:
                for feed in waiting:
                    if feed.due <= self._clock():
                        self.poll(feed)
                if once:
                    break
                next_due = min((f.due for f in waiting if not f.gone), default=0)
                self._sleep(max(0.0, next_due - self._clock()))
        except KeyboardInterrupt:
            self.told.stopped = True
        return self.told

    def poll(self, feed: Feed) -> None:
        """Ask a feed once, keep what is new, and settle when to ask it again."""
        self.told.polls += 1
        asked = 0.0
        try:
            answer = self._web.get(feed.url, _conditions(feed))
            if answer.status == 410:
                self._drop(feed)
                return
            if answer.status != 200:
                asked = retry_after(answer.headers.get("retry-after", ""), self._clock())
            if answer.status != 304:
                self._keep(feed, answer)
            feed.failures = 0
        except FourzonesError as error:
            feed.failures += 1
            self.told.failed += 1
            self._settle(feed, asked)
            self._tell(feed, f"{error}; asked again at {_minute(feed.due)}")
        else:
            self._settle(feed)

    def _keep(self, feed: Feed, answer: Fetched) -> None:
        articles: list[Article] = []
        faults: list[FourzonesError] = []
        for one in read_answer(answer, reader="feed"):
            if isinstance(one, FourzonesError):
                faults.append(one)
            else:
                articles.append(one)
        if faults and not articles:
            raise faults[0]
        done = Added()
        for start in range(0, len(articles), BATCH):
            new = self._new(articles[start : start + BATCH])
            if new:
                kept = self._store.add(
                    [self._reader.link(article) for article in new],
                    linked_by=self._version,
                    unless_removed=True,
                )
                done += kept
                self.told.done += kept
        # Only now: what was not kept must be sent again.
        feed.etag = _header(answer, "etag")
        feed.modified = _header(answer, "last-modified")
        if done.added or done.updated:
            rejected = f", rejected {len(faults)}" if faults else ""
            self._tell(
                feed, f"added {done.added}, updated {done.updated}, links {done.links}{rejected}"
            )

    def _new(self, articles: list[Article]) -> list[Article]:
        """Leave out entries of which more is kept already: their page, read by its address."""
        known = self._store.known([article.id for article in articles])
        return [
            article
            for article in articles
            if article.id not in known or len(article.text) >= len(known[article.id].text)
        ]

    def _drop(self, feed: Feed) -> None:
        now = self._clock()
        feed.gone = dt.datetime.fromtimestamp(now).date().isoformat()
        feed.due = now + GONE
        self._remember(feed)
        self._tell(feed, "gone for good (410); not asked any more")

    def _settle(self, feed: Feed, asked: float = 0) -> None:
        wait = pause(self._every, feed.failures, asked)
        feed.due = self._clock() + wait * (1 + self._chance() / 10)
        self._remember(feed)

    def _remembered(self, url: str) -> Feed:
        try:
            feed = Feed(**json.loads(self._store.fact(f"watch {url}") or "null"))
        except (ValueError, TypeError):  # nothing, or what another version wrote
            feed = Feed(url)
        now = self._clock()
        if feed.gone and feed.due <= now:
            feed.gone = ""
        if not feed.failures and not feed.gone:
            feed.due = 0  # a new watch begins by asking
        feed.due = min(feed.due, now + max(GONE, LONGEST))  # the clock may have been wrong
        return feed

    def _remember(self, feed: Feed) -> None:
        try:
            self._store.remember(f"watch {feed.url}", json.dumps(asdict(feed)))
        except FourzonesError as error:
            self._tell(feed, str(error))  # it is known until the watch ends

    def _tell(self, feed: Feed, what: str) -> None:
        self._say(f"{_minute(self._clock())} {shown(feed.url)}: {what}")


def _conditions(feed: Feed) -> dict[str, str]:
    said = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
    return {name: value for name, value in said.items() if value}


def _header(answer: Fetched, name: str) -> str:
    """Return a header that is fit to be sent back."""
    value = answer.headers.get(name, "")
    return value if len(value) <= 500 and value.isascii() and value.isprintable() else ""


def _minute(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds).isoformat(" ", "minutes")
