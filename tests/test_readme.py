"""What the README shows runs as it stands."""

import re
import subprocess
import sys

import geo
from geo.paths import ROOT


def test_the_ten_lines_for_a_notebook_run(filled, tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [lines] = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert lines.count("\n") <= 13
    done = subprocess.run(
        [sys.executable, "-c", lines], capture_output=True, text=True, cwd=tmp_path,
        env={"FOURZONES_STORE": str(filled), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "that mention Idlib" in done.stdout
    assert "('eastern-ghouta', 'Eastern Ghouta'" in done.stdout


def test_every_public_name_is_there_and_says_what_it_is():
    for name in geo.__all__:
        assert getattr(geo, name).__doc__


def test_a_frame_has_the_rows_of_the_export(shipped):
    chosen, _ = geo.Selection.from_params({"zone": ["south"]})
    articles = geo.frame(shipped, chosen, "articles")
    assert len(articles) == shipped.answer(chosen).articles
    assert articles.crs.to_epsg() == 4326
    assert len(geo.frame(shipped, geo.Selection(words="qqqq"), "mentions")) == 0
