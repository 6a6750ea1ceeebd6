import ast
import json
import re

import pytest

from geo.errors import FourzonesError
from geo.faults import told
from geo.page_address import _WANTED
from geo.paths import DATA, ROOT
from geo.phrases import catalogue, phrase
from geo.selection import PARAMETERS, Selection

ON_SCREEN = ("readers", "trial.py", "selection.py", "page_address.py")
"""What a page may say: the rest of the library speaks to a terminal."""


def raised() -> dict[str, str]:
    """Return the phrases of ours that are raised, each with where; what is filled in is a 7."""
    paths = [ROOT / "geo" / name for name in ON_SCREEN]
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*.py"))]
    found = {}
    for file in files:
        if file.name == "catalogue.py":  # of the shipped data, read by `fourzones check`
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "FourzonesError":
                said = {"what": node.args[0]} | {k.arg: k.value for k in node.keywords}
                for part in ("what", "expected"):
                    if english := literal(said.get(part)):
                        found[english] = f"{file.name}:{node.lineno}"
    return found


def literal(node: ast.expr | None) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            one.value if isinstance(one, ast.Constant) else "7" for one in node.values
        ).replace("from (7)", "from (7-7-7)")
    if isinstance(node, ast.BinOp):
        return literal(node.left) + "a, b"
    return ""


def test_every_phrase_that_a_page_may_say_is_known_in_arabic():
    phrases = raised()
    assert "not JSON" in phrases and "at most 7 bytes" in phrases and len(phrases) > 20
    phrases.pop("to")  # a parameter's name, which stays as the address has it
    phrases |= {parameter.expected: parameter.name for parameter in PARAMETERS}
    phrases |= {expected: name for name, expected in _WANTED.items()}
    assert {english: at for english, at in phrases.items() if not phrase(english, "ar")} == {}


def test_how_each_edge_was_drawn_is_said_in_arabic():
    for name in ("zones", "layers"):
        features = json.loads((DATA / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
        methods = {feature["properties"]["method"] for feature in features}
        assert methods and [one for one in methods if not phrase(one, "ar")] == []


def test_what_is_filled_in_is_the_same_in_both_languages():
    for english, arabic in catalogue().items():
        assert english.count("{}") == arabic.count("{}"), english
        assert english.endswith("*") == arabic.endswith("*"), english


def test_an_address_is_told_off_in_arabic():
    _, faults = Selection.from_params({"zone": ["atlantis"], "to": ["never"]})
    said = [told(fault, "ar") for fault in faults]
    assert "المطلوب سنة-شهر-يوم" in said[0] and "\u2068never\u2069" in said[0]
    assert "\u2068idlib, northern-homs" in said[1]
    bare = re.sub("\u2068.*?\u2069", "", " ".join(said))
    assert not re.search("[A-Za-z]", bare)


@pytest.mark.parametrize(("language", "kept"), [("en", True), ("ar", False)])
def test_what_another_program_says_is_left_out_in_arabic(language, kept):
    fault = FourzonesError("not JSON", where="x", expected="a JSON object", got="Expecting value")
    fault.__cause__ = ValueError()
    assert ("Expecting value" in told(fault, language)) is kept


def test_parts_of_a_fault_are_kept_apart_and_the_line_stays_whole():
    fault = FourzonesError("bad\ndate", where="a\x1b[1mb", expected="YYYY", got="x" * 300)
    assert (fault.what, fault.expected, len(fault.got)) == ("bad date", "YYYY", 200)
    assert str(fault) == f"bad date: a [1mb: expected YYYY, got {'x' * 200}"
