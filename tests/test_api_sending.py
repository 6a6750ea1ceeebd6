"""How answers are sent, in the test's own process, where it can make them large or fail."""

import asyncio
import gzip
import importlib
import json
import threading

import httpx
import pytest
import rfc7946

from geo.api import documents
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
    monkeypatch.setattr(documents, "BIG", 1000)
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
    monkeypatch.setattr(documents, "BIG", 1000)
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
    monkeypatch.setattr(routes, "KEPT", 20_000)
    for number in range(1, 30):
        assert ask(f"/api/collections/events/items?limit={number}").status_code == 200
    assert 0 < ask.app.size <= 20_000
    assert ask.app.size == sum(len(made.body) for made in ask.app.kept.values())
    first = ask("/api/collections/events/items?limit=29").content
    assert first == ask("/api/collections/events/items?limit=29").content
    packed = ask("/api/collections/events/items?limit=29", **{"Accept-Encoding": "gzip"})
    assert packed.json()["features"] == json.loads(first)["features"]
    assert len(gzip.compress(first)) < len(first)


def test_what_is_not_the_apis_goes_to_the_dashboard(ask):
    for path in ("/", "/apiary", "/static/x.js", "/downloads", "/feed"):
        assert ask(path).text == "elsewhere"
    assert ask("/api/").json()["links"]
