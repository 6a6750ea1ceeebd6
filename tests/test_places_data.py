"""The shipped gazetteer: as many places, as well named and as rightly zoned as is claimed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import runpy
from collections import Counter

import pytest

from geo.gazetteer import PLACES, Place, faults, load_places
from geo.paths import DATA

BUILD = DATA / "build" / "build_places.py"


@pytest.fixture(scope="module")
def places() -> dict[str, Place]:
    return {place.id: place for place in load_places()}


def test_no_faults() -> None:
    assert list(faults(PLACES)) == []


def test_building_again_gives_the_same_bytes(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = runpy.run_path(str(BUILD))
    out = tmp_path_factory.mktemp("built") / "places.geojson"
    made["write"].__globals__["OUT"] = out
    made["write"](made["build"]())
    assert out.read_bytes() == PLACES.read_bytes()


def test_the_card_names_the_input() -> None:
    card = json.loads((DATA / "places.source.json").read_text(encoding="utf-8"))
    told = card["inputs_sha256"]["facts/places.csv"]
    assert told == hashlib.sha256((DATA / "facts" / "places.csv").read_bytes()).hexdigest()


def test_there_are_enough_places_of_every_kind(places: dict[str, Place]) -> None:
    assert len(places) >= 1100
    kinds = Counter(place.kind for place in places.values())
    wanted = {"settlement", "quarter", "crossing", "camp", "post", "base", "hill", "region"}
    assert wanted <= set(kinds)
    assert list(places) == sorted(places)


def test_about_a_hundred_places_are_named_in_other_languages(places: dict[str, Place]) -> None:
    for code in ("ru", "tr", "fr"):
        assert sum(code in place.names_other for place in places.values()) >= 95, code


@pytest.mark.parametrize(
    ("zone", "ids"),
    [
        ("idlib", "idlib khan-sheikhoun latamina morek bab-al-hawa saraqib kabani fua atarib "
                  "ghab-plain jabal-al-zawiya jabal-al-akrad ariha qalaat-al-madiq anadan"),
        ("northern-homs", "rastan talbiseh houla taldou aqrab harbnafsah dar-al-kabira ghantu"),
        ("eastern-ghouta", "douma harasta arbin zamalka ain-tarma jobar saqba kafr-batna marj "
                           "hamouriyah mesraba nashabiyah wafideen-camp autaya hazrama"),
        ("south", "daraa daraa-al-balad nawa tafas jasim inkhil al-harra busra-al-sham nasib "
                  "nasib-crossing quneitra lajat hauran yarmouk-basin manshiyah izra khan-arnabah "
                  "hirak saida-daraa"),
    ],
)  # fmt: skip
def test_well_known_places_count_for_their_zone(
    places: dict[str, Place], zone: str, ids: str
) -> None:
    assert {one: places[one].zones for one in ids.split()} == dict.fromkeys(ids.split(), (zone,))


def test_neighbours_count_for_no_zone(places: dict[str, Place]) -> None:
    outside = (
        "afrin aleppo homs hama damascus salamiyah al-suwayda golan-heights qaboun barzeh azaz "
        "yarmouk-camp adra-al-balad beit-jinn western-ghouta al-waer jaramana darayya"
    )
    assert [one for one in outside.split() if places[one].zones] == []


def test_who_lay_inside_when(places: dict[str, Place]) -> None:
    day = dt.date
    told = [
        ("douma", day(2018, 3, 1), "eastern-ghouta"),
        ("douma", day(2018, 5, 1), None),
        ("rastan", day(2018, 4, 1), "northern-homs"),
        ("rastan", day(2018, 6, 1), None),
        ("khan-sheikhoun", day(2019, 8, 1), "idlib"),
        ("khan-sheikhoun", day(2019, 9, 1), None),
        ("nawa", day(2018, 1, 1), "south"),
        ("nawa", day(2018, 8, 2), None),
        ("idlib", day(2023, 1, 1), "idlib"),
        ("damascus", day(2017, 9, 15), None),
    ]
    assert [(one, on, places[one].inside_on(on)) for one, on, _ in told] == told


def test_a_place_that_lay_inside_counts_for_that_zone(places: dict[str, Place]) -> None:
    odd = {
        place.id
        for place in places.values()
        if place.inside
        and place.zone_basis != "rule"
        and {stay.zone for stay in place.inside} - set(place.zones)
    }
    assert odd == set()


def test_everyday_words_never_count_alone(places: dict[str, Place]) -> None:
    for one in ("martin", "san", "al-mal", "al-asbah", "jamla", "nahj", "nasib", "zakat"):
        place = places[one]
        assert place.rule_for(place.name_ar).needs == "head", one
    for one in ("nawa", "jasim", "al-harra", "hirak", "saida-daraa", "sinjar"):
        place = places[one]
        assert place.ambiguous, one
        assert place.rule_for(place.name_ar).needs != "none", one
        assert place.rule.forbids, one


def test_names_that_several_places_share_say_so(places: dict[str, Place]) -> None:
    assert "nawa-homs" in places["nawa"].shared_with
    for place in places.values():
        for other in place.shared_with:
            assert place.id in places[other].shared_with
