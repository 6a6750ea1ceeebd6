"""Every name that the linker looks for, as folded patterns with what each needs to count."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geo.arabic import fold
from geo.gazetteer import Place, load_places
from geo.model import Kind
from geo.paths import DATA

FOLDER = DATA / "linking"
ARABIC = re.compile("[\u0621-\u064a]")
_LATIN_ARTICLES = ("al ", "el ", "ar ", "as ", "ash ", "at ", "ad ", "an ", "az ", "ath ", "adh ")
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Name:
    """What a pattern may stand for.

    Attributes
    ----------
    zone : str or None
        None: the name is no mention, and hides shorter names inside it.
    needs : str
        `none`; `company` (another mention of the zone near by); `head` (a word such as "town"
        before it); `syria` (a text about Syria); `list` (a list of the zones); `parts` ("parts
        of" before it, in a text on the zones).
    forbids : tuple of str
        Folded words that must not stand near.
    after_lam : bool
        The pattern begins with a double lam: the preposition and what is left of the article,
        which are no part of the name.
    stem : bool
        Letters of an ending may follow.
    """

    zone: str | None
    kind: Kind
    place: str | None
    rule: str
    needs: str = "none"
    forbids: tuple[str, ...] = ()
    after_lam: bool = False
    stem: bool = False


@cache
def read(name: str, folder: Path = FOLDER) -> dict[str, Any]:
    """Return one of the data files on names and context."""
    content: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return content


def patterns(places: Sequence[Place] | None = None) -> dict[str, list[Name]]:
    """Return all folded patterns with what they may stand for.

    Parameters
    ----------
    places : sequence of Place, optional
        Other places than the shipped ones.

    A name of a zone or an area, or one that is listed as standing for something else, goes before
    places of the same name.
    """
    found: dict[str, list[Name]] = {}
    for name in read("elsewhere")["names"]:
        _add(found, name, Name(None, "place", None, "elsewhere"))
    context = read("context")
    weak = {fold(name) for name in context["needs_syria"]}
    for group in read("names")["names"] + read("provinces")["names"]:
        rule = group.get("rule") or f"{group['kind']}-name"
        for name in group["names"]:
            needs = "syria" if fold(name) in weak else "none"
            _add(found, name, Name(group["zone"], group["kind"], None, rule, needs))
    for stem in read("stems")["names"]:
        entry = Name(stem["zone"], stem["kind"], None, f"{stem['kind']}-name", stem=True)
        _add(found, stem["stem"], entry)
    for needs, key in (("list", "list_provinces"), ("parts", "parts_provinces")):
        for group in context[key]:
            for name in group["names"]:
                entry = Name(group["zone"], "area", None, f"province-in-{needs}", needs)
                _add(found, name, entry)
    fixed = set(found)
    for place in load_places() if places is None else places:
        _add_place(found, fixed, place)
    return found


def _add_place(found: dict[str, list[Name]], fixed: set[str], place: Place) -> None:
    if place.is_area_name:
        return
    strong = {fold(name): said for name, said in read("context")["strong_places"].items()}
    for name in place.names:
        rule = place.rule_for(name)
        needs, forbids = rule.needs, tuple(map(fold, rule.forbids))
        if said := strong.get(fold(name)):
            if said.get("place", place.id) != place.id:
                continue  # by this name alone, news means the other place
            needs, forbids = "none", forbids + tuple(map(fold, said["forbids"]))
        zone = place.zones[0] if place.zones else None
        cyrillic = bool(re.search("[а-я]", fold(name)))
        entry = Name(zone, "place", place.id, "place-name", needs, forbids, stem=cyrillic)
        for pattern, lam in _written(name.rstrip("ая") if cyrillic else name):
            if pattern not in fixed:
                _put(found, pattern, entry, lam)


def _add(found: dict[str, list[Name]], name: str, entry: Name) -> None:
    for pattern, lam in _written(name):
        if pattern not in found:
            _put(found, pattern, entry, lam)
    if " " in name and ARABIC.search(name) and entry.zone:
        glued = fold(name).replace(" ", "")  # aggregators drop the space now and then
        if glued not in found:
            _put(found, glued, entry, False)


def _put(found: dict[str, list[Name]], pattern: str, entry: Name, lam: bool) -> None:
    if len(pattern) < SHORTEST:
        return
    made = Name(
        entry.zone, entry.kind, entry.place, entry.rule, entry.needs, entry.forbids, lam, entry.stem
    )
    have = found.setdefault(pattern, [])
    if made not in have:
        have.append(made)


def _written(name: str) -> list[tuple[str, bool]]:
    """Return the folded ways to write a name, and whether each begins with a double lam."""
    base = " ".join(fold(name).split())
    if ARABIC.search(base):
        ways = [(base, False)]
        if base.startswith("ال") and len(base) > 5:
            ways.append((f"لل{base[2:]}", True))
        return ways
    latin = [base, base.replace("'", ""), base.replace("'", " ")]
    for way in list(latin):
        for article in _LATIN_ARTICLES:
            if way.startswith(article) and len(way) - len(article) >= 4:
                rest = way[len(article) :]
                latin += [rest, f"al {rest}", f"el {rest}"]
    return [(" ".join(way.split()), False) for way in dict.fromkeys(latin)]
