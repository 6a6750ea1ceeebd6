"""A large ingest links in a second process, and the same comes of it, whatever happens to that."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import FOURZONES
from test_safety import rows

from geo.gazetteer import load_places
from geo.indexing import beside
from geo.ingest import bring, ingest, open_store


def children(pid):
    """Return the processes that a process started and that still run."""
    found = subprocess.run(
        ["pgrep", "--parent", str(pid)], capture_output=True, text=True, check=False
    )
    return {int(line) for line in found.stdout.split()}


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def early(monkeypatch):
    """Start the process at once, on however many cores, and note those that were started."""
    started = []

    class Noted(beside._Other):
        def __init__(self):
            super().__init__()
            started.append(self._process)

        def send(self, value):
            super().send(value)
            while not self.has_answered():  # so that it is ready for the very first batch
                time.sleep(0.001)

    monkeypatch.setattr(beside, "WORTH", 1)
    monkeypatch.setattr(beside, "_cores", lambda: 2)
    monkeypatch.setattr(beside, "_Other", Noted)
    return started


@pytest.fixture
def alone(many, tmp_path, monkeypatch):
    """What an ingest in one process leaves."""
    monkeypatch.setattr(beside, "_cores", lambda: 1)
    store = open_store(str(tmp_path / "alone.gpkg"))
    before = children(os.getpid())
    assert ingest(store, [many]).done.added == 6000
    assert children(os.getpid()) == before
    return rows(store)


def test_two_processes_leave_what_one_leaves(alone, many, early, tmp_path):
    store = open_store(str(tmp_path / "two.gpkg"))
    report = ingest(store, [many])
    assert (report.done.added, report.failed, len(early)) == (6000, None, 1)
    assert rows(store) == alone
    assert early[0].poll() is not None


@pytest.mark.parametrize("after", [0, 1, 2000, 5900])
def test_a_second_process_that_is_killed_loses_nothing(alone, many, early, tmp_path, after):
    store = open_store(str(tmp_path / "two.gpkg"))

    def kill(size, articles):
        if articles > after and early:
            early[0].kill()

    report = ingest(store, [many], progress=kill)
    assert (report.done.added, len(early)) == (6000, 1)
    assert early[0].returncode == -signal.SIGKILL
    assert rows(store) == alone


def test_one_process_does_it_where_no_other_can_be_started(many, early, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    store = open_store(str(tmp_path / "one.gpkg"))
    assert ingest(store, [many]).done.added == 6000
    assert early == []


def test_places_of_the_user_are_linked_beside_as_well(early, tmp_path):
    places = {
        "type": "FeatureCollection",
        "features": [{
            "type": "Feature", "geometry": {"type": "Point", "coordinates": [36.7, 35.9]},
            "properties": {"id": "new", "name_en": "Zzyzxville", "name_ar": "ززيزكس",
                           "kind": "town"},
        }],
    }  # fmt: skip
    (tmp_path / "places.geojson").write_text(json.dumps(places))
    assert "Zzyzxville" not in {place.name_en for place in load_places()}
    store = open_store(str(tmp_path / "own.gpkg"))
    told = bring(store, None, tmp_path / "places.geojson", extend=True)
    assert not told.faults
    file = tmp_path / "texts.jsonl"
    lines = [json.dumps({"text": f"Report {n}: shells on Zzyzxville."}) for n in range(900)]
    file.write_text("\n".join(lines))
    assert ingest(store, [file]).done.links == 900
    assert len(early) == 1


def test_the_second_process_ends_with_the_first(many, tmp_path):
    early = "from geo.indexing import beside; beside.WORTH = 1; beside._cores = lambda: 2;"
    process = subprocess.Popen(
        [sys.executable, "-c", early + FOURZONES, "ingest", str(many), "--store",
         str(tmp_path / "s.gpkg")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    second = set()
    while not second and process.poll() is None:
        second = children(process.pid)
        time.sleep(0.01)
    process.kill()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    for _ in range(1000):
        if not any(map(is_running, second)):
            break
        time.sleep(0.01)
    assert second and not any(map(is_running, second))
