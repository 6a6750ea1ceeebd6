"""What the README shows runs as it stands."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from client import ask

import geo
from geo.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
OWN = (
    "watch",
    "fourzones bring",
    "fourzones remove",
    "pages/",
    "evaluate",
    "serve",
    "activate",
    "make ",
)
"""What needs files or addresses of the reader's own, or does not end."""


def test_the_ten_lines_for_a_notebook_run(filled, tmp_path):
    [lines] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
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


def test_the_commands_run_as_they_stand(filled, tmp_path):
    lines = "".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL)).splitlines()
    run = [line for line in lines if line and not any(word in line for word in OWN)]
    assert len(run) > 10
    own = tmp_path / "own.gpkg"
    shutil.copy(filled, own)
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    for line in run:
        done = subprocess.run(
            ["sh", "-c", line], capture_output=True, text=True, cwd=tmp_path,
            env={"FOURZONES_STORE": str(own), "HOME": str(tmp_path), "PATH": path},
        )  # fmt: skip
        assert done.returncode == 0, (line, done.stderr)
        assert done.stdout or done.stderr or ">" in line, line
    made = {file.name for file in tmp_path.iterdir()}
    assert {"out.geojson", "kept.gpkg", "mentions.csv", "map.png", "bundle.zip"} <= made


def test_every_option_and_command_that_is_named_is_there(fourzones):
    texts = [README, *(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))]
    told = set(re.findall(r"fourzones ([a-z]+)[ `\n]", "".join(texts)))
    for command in sorted(told):
        assert fourzones(command, "--help").returncode == 0, command
    for path in re.findall(r"`((?:docs|data|tests|geo)/[\w/.-]+)`|\(((?:docs)/[\w/.-]+)\)", README):
        assert (ROOT / "".join(path)).exists(), path


def test_every_address_that_is_named_answers(served):
    one = {"{what}": "versions", "{ending}": "gpkg", "{id}": "idlib/2017-05-04"}
    addresses = re.findall(r"`(/[^`\s]+)`", README.partition("## Over HTTP")[2])
    assert len(addresses) > 8
    for address in addresses:
        for gap, value in one.items():
            address = address.replace(gap, value)
        status, _, body = ask(served, address)
        assert status in (200, 307) and (body or status == 307), address
