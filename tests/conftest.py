"""What tests share: a filled store, the seed article, the command line, a served app, a browser."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rfc7946
from browser import ARGUMENTS, WAIT
from browser_path import installed
from playwright.sync_api import Browser, Page, sync_playwright
from postgres import Server, programs, server

from geo.ingest import open_store
from geo.paths import ROOT
from geo.store import Store

SEED = ROOT.parent / "shared" / "seed" / "astana-memorandum-article.ar.txt"


@pytest.fixture(autouse=True)
def sound_geojson(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hold all GeoJSON that a test has written against RFC 7946, and have GDAL read it back."""
    own = "tmp_path" in request.fixturenames
    folder: Path | None = request.getfixturevalue("tmp_path") if own else None
    yield
    if folder is not None:
        rfc7946.check_written(folder)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store filled from the shipped data; tests only read it."""
    path = tmp_path_factory.mktemp("store") / "filled.gpkg"
    open_store(str(path)).close()
    return path


@pytest.fixture
def file_store(filled: Path, tmp_path: Path) -> Store:
    """A GeoPackage of the test's own, filled from the shipped data."""
    path = tmp_path / "own.gpkg"
    shutil.copy(filled, path)
    return open_store(str(path))


@pytest.fixture
def store(file_store: Store) -> Store:
    """A store of the test's own; modules that test every engine put `any_store` in its place."""
    return file_store


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server with a database `filled` that holds the shipped data."""
    if not programs():
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL with PostGIS is not installed")
        pytest.skip("PostgreSQL with PostGIS is not installed")
    # Not in pytest's folder, which only its owner may enter: the server may be someone else.
    with (
        tempfile.TemporaryDirectory(prefix="fourzones-postgres-") as folder,
        server(Path(folder)) as started,
    ):
        started.sql("CREATE DATABASE filled")
        open_store(started.url("filled")).close()
        yield started


@pytest.fixture
def team_store(postgres: Server) -> Iterator[Store]:
    """A store of the test's own in PostgreSQL, filled from the shipped data."""
    name = f"own_{uuid.uuid4().hex[:12]}"
    postgres.sql(f"CREATE DATABASE {name} TEMPLATE filled")
    opened = open_store(postgres.url(name))
    yield opened
    opened.close()
    postgres.sql(f"DROP DATABASE {name} WITH (FORCE)")


ENGINES = ("geopackage", pytest.param("postgis", marks=pytest.mark.xdist_group("postgres")))


@pytest.fixture(params=ENGINES)
def any_store(request: pytest.FixtureRequest) -> Store:
    """A store of the test's own on each engine, filled from the shipped data."""
    opened: Store = request.getfixturevalue(
        "file_store" if request.param == "geopackage" else "team_store"
    )
    return opened


@pytest.fixture
def shipped(filled: Path) -> Store:
    """The shipped data, to be read only."""
    return open_store(str(filled))


@pytest.fixture
def seed() -> Path:
    """A real Arabic news page saved as text, which is not part of the repository."""
    if not SEED.exists():
        pytest.skip(f"the seed article is not there: {SEED}")
    return SEED


FOURZONES = "from geo.cli import main; main()"
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def fourzones(tmp_path: Path, filled: Path) -> Command:
    """Run the command line in a process of its own, on a store of the test's own."""
    own = tmp_path / "cli.gpkg"
    shutil.copy(filled, own)
    env = {**os.environ, "FOURZONES_STORE": str(own), "PYTHONPATH": str(ROOT)}

    def run(*args: str, stdin: bytes | str | None = None) -> subprocess.CompletedProcess[str]:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-c", FOURZONES, *args],
            input=given,
            capture_output=True,
            env=env,
            cwd=tmp_path,
            timeout=120,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


MOUNTED = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[tuple[Path, Command]]:
    """A folder, and what runs the command line where it is read-only.

    It is so by its rights, or, for root, in a mount that only this command sees.
    """
    folder = tmp_path / "read-only"
    folder.mkdir()
    prefix: list[str] = []
    if os.geteuid() == 0:
        prefix = ["unshare", "--mount", "sh", "-c", MOUNTED, str(folder)]
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
            pytest.skip("root may write anywhere, and no read-only mount can be made here")

    def run(*args: object) -> subprocess.CompletedProcess[str]:
        for path in (*folder.iterdir(), folder) if not prefix else ():
            path.chmod(0o500)
        done = subprocess.run(
            [*prefix, sys.executable, "-c", FOURZONES, *map(str, args)],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        folder.chmod(0o700)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    yield folder, run
    for path in folder.iterdir():
        path.chmod(0o600)


@contextlib.contextmanager
def serving(own: Path, *flags: str) -> Iterator[str]:
    """Serve dashboard and API on a store by the real command; give their address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "FOURZONES_STORE": str(own), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", FOURZONES, "serve", "--port", str(port), *flags],
        env=env,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            if process.poll() is not None:
                raise RuntimeError(f"fourzones serve ended with {process.returncode}")
            try:
                urllib.request.urlopen(f"{address}/api", timeout=2).close()
                break
            except OSError:
                time.sleep(0.25)
        else:
            raise RuntimeError("fourzones serve did not answer within a minute")
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[str]:
    """The address of dashboard and API, on a store that no test changes."""
    own = tmp_path_factory.mktemp("served") / "served.gpkg"
    shutil.copy(filled, own)
    with serving(own) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real Chromium that reaches nothing outside the machine."""
    path = installed()
    assert path, "no browser: run `python tests/browser_path.py --install`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def outside() -> list[str]:
    """The addresses outside the machine that the page asked for."""
    return []


@pytest.fixture
def page(chromium: Browser, outside: list[str]) -> Iterator[Page]:
    """A page of it, as wide as a small laptop, for someone who has been here before."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="en-GB")

    def refuse(route):
        outside.append(route.request.url)
        route.abort()

    context.add_init_script("localStorage.setItem('fourzones-tour', '1')")  # it was seen
    context.route(lambda url: not url.startswith(("http://127.0.0.1", "data:", "blob:")), refuse)
    page = context.new_page()
    page.set_default_timeout(WAIT)
    yield page
    context.close()


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A file of articles, of which each fortieth repeats an agency's."""
    chance = random.Random(7)
    path = tmp_path / "many.jsonl"
    places = ["Idlib", "Douma", "Daraa", "Rastan", "Saraqib", "Tafas"]
    agency = " ".join(f"word{number}" for number in range(40))
    with path.open("w") as file:
        for number in range(6000):
            text = f"Report {number}: shells on {chance.choice(places)}, {chance.choice(places)}."
            text += agency * (number % 40 == 0)
            file.write(json.dumps({"text": text, "published": "2017-08-01"}) + "\n")
    return path
