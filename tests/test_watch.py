"""Feeds watched on a real server: what is asked, how often, and what is kept."""

import os
import signal
import subprocess
import sys
import time

import pytest
from web_server import site

from geo.errors import FourzonesError
from geo.ingest import reader_of
from geo.model import Article
from geo.readers.identity import identify
from geo.selection import Selection
from geo.store import store_url
from geo.watch import DAY, GONE, LONGEST, Watch, feeds_in, pause, retry_after
from geo.web import Web


def feed(*titles):
    items = "".join(
        f"<item><title>{title}</title><link>https://example.org/{number}</link>"
        f"<description>{title}, shells fell.</description></item>"
        for number, title in enumerate(titles)
    )
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>W</title>'
    return f"{head}{items}</channel></rss>"


@pytest.fixture
def web(monkeypatch):
    monkeypatch.setenv("FOURZONES_ALLOW_PRIVATE", "1")
    with site() as own:
        yield own


class Clock:
    """A clock that stands still until somebody waits."""

    def __init__(self):
        self.now = 1_800_000_000.0
        self.waits = []

    def wait(self, seconds):
        self.waits.append(seconds)
        self.now += seconds
        if len(self.waits) == 6:
            raise KeyboardInterrupt


def watching(store, site, *paths, clock=None, **options):
    clock = clock or Clock()
    lines = []
    watch = Watch(
        store, [site.address + path for path in paths], 900, lines.append, Web(),
        clock=lambda: clock.now, sleep=clock.wait, chance=lambda: 0, **options,
    )  # fmt: skip
    return watch, lines, clock


def test_new_entries_are_kept_and_nothing_is_said_of_a_poll_without_news(web, store):
    web.answers["/feed"] = feed("Idlib", "Douma")
    watch, lines, _ = watching(store, web, "/feed")
    told = watch.run(once=True)
    assert (told.done.added, told.failed, told.stopped) == (2, 0, False)
    assert len(lines) == 1 and lines[0].endswith("/feed: added 2, updated 0, links 2")
    watch.poll(watch.feeds[0])
    assert len(lines) == 1
    web.answers["/feed"] = feed("Idlib", "Douma", "Daraa")
    watch.poll(watch.feeds[0])
    assert len(lines) == 2 and "added 1" in lines[1]
    assert store.answer(Selection()).total == 269 + 3


def test_a_feed_is_asked_only_for_what_changed_also_by_the_next_watch(web, store):
    def answer(handler):
        if handler.headers.get("If-None-Match") == '"1"':
            return 304, {}, b""
        return 200, {"ETag": '"1"', "Last-Modified": "Thu, 04 May 2017 10:00:00 GMT"}, feed("Idlib")

    web.answers["/feed"] = answer
    watching(store, web, "/feed")[0].run(once=True)
    watch, lines, _ = watching(store, web, "/feed")
    told = watch.run(once=True)
    assert (told.polls, told.failed, lines) == (1, 0, [])
    asked = [headers for path, headers in web.asked if path == "/feed"]
    assert "if-none-match" not in asked[0]
    assert asked[1]["if-none-match"] == '"1"'
    assert asked[1]["if-modified-since"] == "Thu, 04 May 2017 10:00:00 GMT"


def test_what_could_not_be_kept_is_asked_for_again(web, store, monkeypatch):
    web.answers["/feed"] = (200, {"ETag": '"1"'}, feed("Idlib"))
    watch, lines, _ = watching(store, web, "/feed")
    with monkeypatch.context() as broken:

        def full(batch, **how):
            raise FourzonesError("cannot write to the store", got="disk full")

        broken.setattr(store, "add", full)
        watch.run(once=True)
    assert "disk full" in lines[0]
    watch.poll(watch.feeds[0])
    assert "if-none-match" not in web.asked[-1][1]
    assert "added 1" in lines[1]


def test_pauses_double_up_to_a_day_and_heed_the_server():
    assert [pause(900, n) for n in range(8)] == [900 * 2**n for n in range(7)] + [57600 * 1.5]
    assert pause(900, 10_000) == DAY
    assert pause(2 * DAY, 3) == 2 * DAY
    assert pause(900, 1, 10_000) == 10_000
    assert pause(900, 1, 10 * LONGEST) == LONGEST
    assert retry_after("-5", 0) == retry_after("soon", 0) == retry_after("٥", 0) == 0
    assert retry_after("9" * 50, 0) == LONGEST


def test_a_failing_feed_is_asked_less_and_less_and_others_go_on(web, store):
    web.answers |= {"/bad": (500, {}, b""), "/good": feed("Idlib")}
    watch, lines, clock = watching(store, web, "/bad", "/good")
    told = watch.run()
    assert told.stopped
    assert clock.waits == [900] * 6
    assert web.paths().count("/bad") == 2  # at the start and two pauses on; then six on
    assert web.paths().count("/good") == 6
    assert "status 200, got 500; asked again at" in lines[0]


def test_a_feed_that_recovers_is_asked_as_before(web, store):
    web.answers["/feed"] = (503, {"Retry-After": "7200"}, b"")
    watch, _, clock = watching(store, web, "/feed")
    [one] = watch.feeds
    watch.poll(one)
    assert one.due - clock.now == 7200
    web.answers["/feed"] = feed("Idlib")
    watch.poll(one)
    assert (one.due - clock.now, one.failures) == (900, 0)


def test_a_new_watch_heeds_what_the_last_one_was_told(web, store):
    web.answers["/feed"] = (429, {"Retry-After": "7200"}, b"")
    _, _, clock = (first := watching(store, web, "/feed"))
    first[0].run(once=True)
    watch, lines, _ = watching(store, web, "/feed", clock=clock)
    assert watch.run(once=True).polls == 0
    assert "it failed before; not asked before" in lines[0]
    clock.now += 7200
    watch, _, _ = watching(store, web, "/feed", clock=clock)
    assert watch.run(once=True).polls == 1


def test_a_feed_that_is_gone_is_dropped(web, store):
    web.answers |= {"/gone": (410, {}, b""), "/good": feed("Idlib")}
    watch, lines, clock = watching(store, web, "/gone", "/good")
    watch.run()
    assert web.paths().count("/gone") == 1
    assert lines[0].endswith("/gone: gone for good (410); not asked any more")
    watch, lines, _ = watching(store, web, "/gone", clock=clock)
    assert watch.run().polls == 0  # and it ends, for no feed is left
    assert "gone since" in lines[0]
    clock.now += GONE
    assert watching(store, web, "/gone", clock=clock)[0].run(once=True).polls == 1


def test_an_entry_never_replaces_the_whole_page(web, store):
    url = "https://example.org/0"
    whole = Article(identify(url, ""), url=url, text="Shells fell on Idlib. " * 20)
    store.add([reader_of().link(whole)])
    web.answers["/feed"] = feed("Idlib")
    watch, lines, _ = watching(store, web, "/feed")
    watch.run(once=True)
    assert lines == []
    assert store.known([whole.id])[whole.id] == whole


def test_what_somebody_removed_comes_back_only_by_hand(web, store):
    web.answers["/feed"] = feed("Idlib", "Nawa")
    watching(store, web, "/feed")[0].run(once=True)
    unwanted, kept = (identify(f"https://example.org/{number}", "") for number in range(2))
    [taken] = store.remove([unwanted])
    web.answers["/feed"] = feed("Idlib again", "Nawa", "Jasim town")
    for _ in range(2):
        watching(store, web, "/feed")[0].run(once=True)
    assert store.article(unwanted) is None and store.article(kept) is not None
    store.add([taken])
    watching(store, web, "/feed")[0].run(once=True)
    assert store.article(unwanted).article.title == "Idlib again"
    store.remove([unwanted])  # once more: it is remembered already
    watching(store, web, "/feed")[0].run(once=True)
    assert store.article(unwanted) is None


def test_what_is_no_feed_fails_in_one_line(web, store):
    web.answers["/page"] = "<!doctype html><html><body>x</body></html>"
    web.answers["/esc"] = (200, {"Content-Encoding": "\x1b[31mbr"}, b"x")
    watch, lines, _ = watching(store, web, "/page", "/esc")
    assert watch.run(once=True).failed == 2
    assert "not a feed" in lines[0]
    assert "\x1b" not in "".join(lines)


def test_lists_of_feeds(tmp_path):
    path = tmp_path / "feeds.txt"
    path.write_text(
        "# mine\nhttps://example.org/a#x  # the first\n\nftp://example.org/b\nnonsense\n",
        encoding="utf-8",
    )
    good, *bad = feeds_in([str(path), "file:///etc/hosts", "nowhere.txt"])
    assert good == "https://example.org/a"
    said = [str(one) for one in bad]
    assert "line 4" in said[0] and "got ftp://" in said[0]
    assert "line 5" in said[1]
    assert "got file://" in said[2] and "nowhere.txt" in said[3]


def test_the_command_polls_once(web, fourzones, tmp_path):
    web.answers["/feed"] = feed("Idlib")
    (tmp_path / "feeds.txt").write_text(f"{web.address}/feed\n{web.address}/missing\n")
    done = fourzones("watch", "feeds.txt", "--once")
    assert done.returncode == 0, done.stderr
    assert "/feed: added 1" in done.stdout and "/missing: cannot fetch" in done.stdout
    assert done.stdout.splitlines()[-1] == "polls 2, failed 1, added 1, updated 0, links 1"
    assert fourzones("watch", f"{web.address}/other", "--once").returncode == 1
    assert fourzones("watch", "ftp://example.org/").returncode == 1
    assert fourzones("watch", "feeds.txt", "--every", "0").returncode == 2


def test_ctrl_c_says_what_is_kept(web, store, tmp_path):
    web.answers["/feed"] = feed("Idlib")
    process = subprocess.Popen(
        [sys.executable, "-c", "from geo.cli import main; main()", "watch",
         f"{web.address}/feed", "--store", str(store.path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip
    assert "added 1" in process.stdout.readline()
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said == "fourzones: stopped; kept: added 1, updated 0, links 1\n"
    assert store_url(str(store.path)) == store.url
    assert store.answer(Selection()).total == 270
