"""Every example in a docstring gives what it says."""

import os
import shutil
import subprocess
import sys

from geo.paths import ROOT

RUN = """
import doctest, importlib, pkgutil
import geo
tried = failed = 0
for module in pkgutil.walk_packages(geo.__path__, "geo."):
    done = doctest.testmod(importlib.import_module(module.name))
    tried, failed = tried + done.attempted, failed + done.failed
print(tried, failed)
"""


def test_the_examples_run(tmp_path):
    """In a copy without what is compiled, which has no docstrings."""
    shutil.copytree(ROOT / "geo", tmp_path / "geo", ignore=shutil.ignore_patterns("*.so"))
    (tmp_path / "data").symlink_to(ROOT / "data")
    ran = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    tried, failed = map(int, ran.stdout.split()[-2:])
    assert failed == 0, ran.stdout
    assert tried > 150
