import datetime as dt
import hashlib
import json
import shlex
import zipfile

import pytest

from geo.errors import FourzonesError
from geo.export import WHAT, bundle
from geo.export.verify import MOST_FILES, verify
from geo.ingest import data_hash, ingest
from geo.model import Interval
from geo.paths import DATA
from geo.selection import Selection
from geo.summary import view

CHOSEN = Selection(
    from_=dt.date(2017, 5, 4), to=dt.date(2018, 6, 1), zone=("idlib", "south"), inside=True,
    words="ceasefire -Homs", publisher=("Enab Baladi", "Reuters"), undated=True,
)  # fmt: skip


@pytest.fixture
def made(shipped, tmp_path):
    """A bundle of the shipped data."""
    path = tmp_path / "made.zip"
    bundle.write(path, shipped, view(shipped, Selection(to=dt.date(2018, 1, 1))))
    return path


def rewritten(path, change):
    """Write a bundle again after `change` had its way with the dict of its files."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    other = path.with_name("other.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return other


def relisted(files):
    """Make the manifest true again, as a careful forger would."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in files.items()
        if name != "manifest.json"
    }
    files["manifest.json"] = json.dumps(manifest).encode()


def test_a_bundle_holds_all_that_is_needed(made):
    with zipfile.ZipFile(made) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        readme = archive.read("README.txt").decode()
        citation = archive.read("CITATION.cff").decode()
        chosen = json.loads(archive.read("selection.json"))
        for name, entry in manifest["files"].items():
            content = archive.read(name)
            assert entry == {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in archive.infolist())
    assert names[-1] == "manifest.json"  # which says the hashes of all the others
    assert set(names) == {
        "manifest.json", "selection.json", "README.txt", "CITATION.cff", "sources/LICENSE",
        *(f"{what}.geojson" for what in WHAT),
        *(f"sources/{card.name}" for card in DATA.glob("*.source.json")),
    }  # fmt: skip
    assert manifest["data_version"] == data_hash() and manifest["program"].startswith("fourzones")
    assert "--to 2018-01-01" in readme and "حزمة" in readme and data_hash() in readme
    assert chosen["selection"]["to"] == ["2018-01-01"]
    assert chosen["sentence"]["en"] in readme and chosen["sentence"]["ar"] in readme
    assert citation.startswith("cff-version: ") and data_hash() in citation


def test_the_command_in_the_readme_makes_the_bundle_again(fourzones, tmp_path):
    def files() -> dict[str, bytes]:
        with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
            return {
                name: archive.read(name)
                for name in archive.namelist()
                if name not in ("manifest.json", "CITATION.cff")  # which say when
            }

    done = fourzones(
        "export", "bundle.zip", "--words", "it's \"so\" -Homs", "--zone", "idlib", "--inside",
        "--to", "2019-01-01",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    first = files()
    readme = first["README.txt"].decode()
    line = next(line for line in readme.splitlines() if "fourzones export" in line)
    (tmp_path / "bundle.zip").unlink()
    assert fourzones(*shlex.split(line)[1:]).returncode == 0
    assert files() == first


@pytest.mark.parametrize("chosen", [Selection(), CHOSEN], ids=["all", "narrow"])
def test_the_same_store_says_the_same(shipped, tmp_path, chosen):
    path = tmp_path / "made.zip"
    bundle.write(path, shipped, view(shipped, chosen))
    assert verify(path, shipped) == []


def test_a_store_that_says_otherwise_is_told(made, store, tmp_path):
    more = tmp_path / "more.txt"
    more.write_text("Shelling in Maarrat al-Numan, Idlib, on 3 June 2017.", encoding="utf-8")
    ingest(store, [more], Interval.parse("2017-06-03"))
    found = verify(made, store)
    assert any(line.startswith("articles: 1 not in the bundle: ") for line in found)
    assert any(line.startswith("zones: 1 differ: idlib/") for line in found)


def test_a_changed_byte_is_told(made, shipped):
    def change(files):
        files["articles.geojson"] = files["articles.geojson"].replace(b"2017", b"2016", 1)

    assert verify(rewritten(made, change), shipped) == [
        "'articles.geojson': changed since the bundle was made"
    ]


def test_a_changed_byte_in_the_zip_itself_is_told(made, shipped):
    content = bytearray(made.read_bytes())
    content[len(content) // 3] ^= 1
    made.write_bytes(content)
    with pytest.raises(FourzonesError, match="a whole zip file"):
        verify(made, shipped)


def test_a_missing_and_an_added_file_are_told(made, shipped):
    def lose(files):
        del files["sources/zones.source.json"]
        files["extra.txt"] = b"x"

    assert verify(rewritten(made, lose), shipped) == [
        "'sources/zones.source.json': missing",
        "'extra.txt': not in manifest.json",
    ]

    def lose_and_hide(files):
        del files["places.geojson"]
        relisted(files)

    assert verify(rewritten(made, lose_and_hide), shipped) == ["'places.geojson': missing"]


def test_a_forged_manifest_does_not_hide_a_changed_zone(made, shipped):
    def move(files):
        features = json.loads(files["zones.geojson"])
        ring = features["features"][0]["geometry"]["coordinates"][0][0]
        ring[0] = ring[-1] = [ring[0][0] + 0.01, ring[0][1]]
        files["zones.geojson"] = json.dumps(features).encode()
        relisted(files)

    (line,) = verify(rewritten(made, move), shipped)
    assert line.startswith("zones: 1 differ: idlib/")


def test_other_data_is_told(made, shipped):
    def older(files):
        features = json.loads(files["zones.geojson"])
        features["data_version"] = "0" * 64
        files["zones.geojson"] = json.dumps(features).encode()
        relisted(files)

    assert verify(rewritten(made, older), shipped)[0].startswith("data: version 000000000000 in")


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "..\\out.txt", "C:out.txt"]
)
def test_a_name_that_climbs_out_is_refused(made, shipped, name):
    other = rewritten(made, lambda files: files.update({name: b"x"}))
    with pytest.raises(FourzonesError, match=r"refused.*a name that stays inside"):
        verify(other, shipped)
    assert not list(made.parent.parent.rglob("out.txt"))


def test_a_bomb_a_link_and_a_crowd_are_refused(made, shipped, tmp_path):
    other = rewritten(made, lambda files: files.update({"zeros": bytes(5_000_000)}))
    with pytest.raises(FourzonesError, match="times its packed size"):
        verify(other, shipped)
    other = rewritten(made, lambda files: files.update({f"{i}": b"" for i in range(MOST_FILES)}))
    with pytest.raises(FourzonesError, match=f"too many files.*at most {MOST_FILES}"):
        verify(other, shipped)
    with zipfile.ZipFile(other, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("manifest.json", "{}")
    with pytest.raises(FourzonesError, match="stored or deflated"):
        verify(other, shipped)
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(FourzonesError, match="no link"):
        verify(made, shipped)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused(made, shipped):
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("zones.geojson", "{}")
    with pytest.raises(FourzonesError, match="each name once"):
        verify(made, shipped)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("manifest.json", b"[]"),
        ("manifest.json", b"{}"),
        ("manifest.json", b'{"files": []}'),
        ("selection.json", b"{}"),
        ("selection.json", b'{"selection": {"to": 5}}'),
        ("selection.json", b'{"selection": {"to": ["soon"]}}'),
        ("selection.json", b'{"selection": {"colour": ["red"]}}'),
        ("zones.geojson", b'{"features": [1]}'),
        ("zones.geojson", b"[" * 100_000),
    ],
)
def test_what_is_no_bundle_is_refused_in_a_line(made, shipped, name, content):
    def change(files):
        files[name] = content
        if name != "manifest.json":
            relisted(files)

    with pytest.raises(FourzonesError, match=r"no bundle|bad value|cannot make"):
        verify(rewritten(made, change), shipped)


def test_the_command_says_same_or_what_differs(made, fourzones, tmp_path):
    done = fourzones("verify", str(made))
    assert done.returncode == 0 and "the store says the same" in done.stdout
    broken = rewritten(made, lambda files: files.pop("README.txt"))
    done = fourzones("verify", str(broken))
    assert done.returncode == 1 and done.stdout == "'README.txt': missing\n"
    for bad in ("no.zip", str(DATA / "articles.csv")):
        done = fourzones("verify", bad)
        assert done.returncode == 1 and "cannot read" in done.stderr
        assert "Traceback" not in done.stderr
