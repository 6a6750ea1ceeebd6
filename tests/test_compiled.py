"""The linker, compiled, finds what its source finds."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geo.paths import ROOT

FOLDER = ROOT / "geo/linking"
COMPILED = sorted((*FOLDER.glob("*.so"), *FOLDER.parent.glob("*.so")))
SOURCES = (*FOLDER.glob("*.py"), *FOLDER.glob("c/*"), FOLDER.parent / "remembered.py")
EXPLAINED = """
import json
from geo.evaluation import load
from geo.linking import explain
from geo.linking.article import mention_of
print(json.dumps([
    type(mention_of).__name__,
    [[(d.surface, d.start, d.end, d.zone, d.place, d.reason, d.mention is None)
      for d in explain(p.text, title=p.text[:40])] for p in load()],
]))
"""


def explained(folder: Path) -> tuple[str, list[object]]:
    """Return what a function of a copy's linker is, and all its decisions on the passages."""
    ran = subprocess.run(
        [sys.executable, "-c", EXPLAINED],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    kind, decisions = json.loads(ran.stdout)
    return kind, decisions


@pytest.mark.skipif(not COMPILED, reason="the linker is not compiled here: no C compiler")
def test_the_compiled_linker_decides_as_its_source_does(tmp_path):
    shutil.copytree(ROOT / "geo", tmp_path / "geo", ignore=shutil.ignore_patterns("*.so"))
    (tmp_path / "data").symlink_to(ROOT / "data")
    kind, decisions = explained(tmp_path)
    assert kind == "function"
    compiled_kind, same = explained(ROOT)
    assert compiled_kind == "builtin_function_or_method"
    assert len(decisions) > 400
    assert same == decisions


def test_nothing_compiled_is_older_than_its_source():
    newest = max(path.stat().st_mtime for path in SOURCES)
    stale = [path.name for path in COMPILED if path.stat().st_mtime < newest]
    assert stale == [], "make install compiles the linker anew"
