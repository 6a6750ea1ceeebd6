"""How answers are sent, in the test's own process, where it can make them large or fail."""

import asyncio
import gzip
import importlib
import json
import threading

import httpx
import pytest
import rfc7946

from geo.api import answers
from geo.api.answers import Answer
from geo.errors import FourzonesError
from geo.model import Article, LinkedArticle, Mention

routes = importlib.import_module("geo.api.routes")  # the name is also that of its function


@pytest.fixture
def ask(file_store, monkeypatch):
    """Ask an API of the test's own store; what is not the API's is answered with 'elsewhere'."""
    monkeypatch.setenv("FOURZONES_STORE", str(file_store.path))
    monkeypatch.setattr("geo.api.keeper.FRESH", 0)

    async def elsewhere(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"elsewhere"})

    app = routes.Beside(elsewhere)

    def asked(path, **headers):
        async def run():
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
                return await client.get(path, headers={"Accept-Encoding": "identity", **headers})

        return asyncio.run(run())

    asked.app = app
    return asked


def test_large_answers_are_sent_while_they_are_made(ask, monkeypatch):
    path = "/api/collections/mentions/items?limit=1000"
    whole = ask(path)
    assert "content-length" in whole.headers
    monkeypatch.setattr(answers, "BIG", 1000)
    monkeypatch.setattr(routes, "_PIECE", 4000)
    ask.app.kept.clear()
    plain = ask(path)
    assert "content-length" not in plain.headers
    packed = ask(path, **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    for answer in (plain, packed):
        assert rfc7946.check(answer.content)["features"] == whole.json()["features"]
        assert answer.headers["ETag"] == whole.headers["ETag"]


def test_who_hangs_up_gets_no_more(ask, monkeypatch):
    monkeypatch.setattr(answers, "BIG", 1000)
    monkeypatch.setattr(routes, "_PIECE", 1000)
    sent = []

    async def run():
        gone = asyncio.Event()

        async def receive():
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)
            if len(sent) > 3:
                gone.set()
            await asyncio.sleep(0)

        scope = {"type": "http", "method": "GET", "path": "/api/collections/mentions/items",
                 "query_string": b"limit=1000", "headers": []}  # fmt: skip
        await ask.app(scope, receive, send)

    asyncio.run(run())
    assert 3 < len(sent) < 20


class Slow:
    """Clients that take the first bytes of a large answer, and then no more until they are let."""

    def __init__(self, app):
        self.app, self.go, self.ended = app, asyncio.Event(), 0

    async def ask(self, path="/download/mentions.geojson"):
        status = []

        async def receive():
            await asyncio.Event().wait()

        async def send(message):
            status.append(message.get("status"))
            if message.get("more_body"):
                await self.go.wait()

        scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
        await self.app(scope, receive, send)
        self.ended += 1
        return status[0]


def test_who_takes_nothing_keeps_nobody_out(ask, monkeypatch):
    monkeypatch.setattr(answers, "BIG", 100_000)

    async def run():
        slow = Slow(ask.app)
        waiting = [asyncio.create_task(slow.ask()) for _ in range(3 * routes.MOST_STREAMS)]
        while ask.app.streams < routes.MOST_STREAMS or slow.ended < 2 * routes.MOST_STREAMS:
            await asyncio.sleep(0.01)
        # All else is answered meanwhile, from the store too.
        assert await slow.ask("/api/collections/articles/items/nobody") == 404
        for path in ("/api", "/api/collections/events/items"):
            assert await slow.ask(path) == 200
        slow.go.set()
        return await asyncio.gather(*waiting)

    found = asyncio.run(run())
    assert sorted(set(found)) == [200, 503] and found.count(200) == routes.MOST_STREAMS
    assert ask.app.streams == 0
    assert ask("/download/mentions.geojson").status_code == 200


def test_who_takes_nothing_for_long_is_given_up(ask, monkeypatch):
    monkeypatch.setattr(answers, "BIG", 100_000)
    monkeypatch.setattr(routes, "PATIENCE", 0.05)
    assert asyncio.run(Slow(ask.app).ask()) == 200
    assert ask.app.streams == 0


def test_who_waits_for_a_file_is_asked_to_come_again_and_holds_up_nothing(ask, monkeypatch):
    monkeypatch.setattr(routes, "WAIT", 0.05)
    making, go = threading.Semaphore(0), threading.Event()

    def make(request, _shelf):
        making.release()
        assert go.wait(60)
        return Answer("text/csv", b"made")

    monkeypatch.setattr(routes.download, "answer", make)
    monkeypatch.setitem(routes.HANDLERS, "/download", make)

    async def run():
        slow = Slow(ask.app)
        slow.go.set()
        first = [asyncio.create_task(slow.ask(f"/download/{number}.csv"))
                 for number in range(routes.AT_ONCE)]  # fmt: skip
        for _ in first:
            await asyncio.to_thread(making.acquire)
        crowd = [slow.ask(f"/download/x{number}.csv") for number in range(60)]
        assert set(await asyncio.gather(*crowd)) == {503}
        assert await slow.ask("/api/collections/articles/items/nobody") == 404
        go.set()
        return await asyncio.gather(*first)

    assert asyncio.run(run()) == [200] * routes.AT_ONCE


@pytest.mark.parametrize("error", [FourzonesError("x", where="/secret/path"), KeyError("/secret")])
def test_a_fault_of_ours_is_a_sentence_too(ask, monkeypatch, error):
    def fails(*_):
        raise error

    monkeypatch.setitem(routes.HANDLERS, "/api", fails)
    answer = ask("/api")
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "secret" not in answer.text and "Traceback" not in answer.text
    monkeypatch.undo()


def test_answers_keep_step_with_who_writes(ask, file_store):
    path = "/api/collections/articles/items?limit=1&language=xx"
    before = ask(path)
    assert before.json()["numberMatched"] == 0
    stop, faults = threading.Event(), []

    def write():
        for number in range(20):
            mention = Mention("south", "Daraa", 0, 5, None, "area", "body", "area-name", 0.9)
            article = Article(f"n{number}", language="xx", text="Daraa")
            file_store.add([LinkedArticle(article, (mention,))])
        stop.set()

    def read():
        while not stop.is_set():
            answer = ask(path)
            if answer.status_code != 200:
                faults.append(answer.text)

    threads = [threading.Thread(target=run) for run in (write, read, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    after = ask(path, **{"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200 and after.json()["numberMatched"] == 20
    assert after.headers["ETag"] != before.headers["ETag"]


def test_answers_are_kept_within_bounds(ask, monkeypatch):
    monkeypatch.setattr(routes, "KEPT", 40_000)
    for number in range(1, 30):
        assert ask(f"/api/collections/events/items?limit={number}").status_code == 200
    assert 0 < ask.app.size <= 40_000
    assert ask.app.size == sum(made.size for made in ask.app.kept.values())
    first = ask("/api/collections/events/items?limit=29").content
    assert first == ask("/api/collections/events/items?limit=29").content
    packed = ask("/api/collections/events/items?limit=29", **{"Accept-Encoding": "gzip"})
    assert packed.json()["features"] == json.loads(first)["features"]
    assert len(gzip.compress(first)) < len(first)


def test_what_is_not_the_apis_goes_to_the_dashboard(ask):
    for path in ("/", "/apiary", "/static/x.js", "/downloads", "/feed"):
        assert ask(path).text == "elsewhere"
    assert ask("/api/").json()["links"]
