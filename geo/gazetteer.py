"""The gazetteer: named points, the zones they count for, and what their names need to count."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from geo.errors import FourzonesError
from geo.model import ZONES
from geo.paths import DATA

Needs = Literal["none", "head", "company"]
Alone = Literal["", "head", "place"]
PlacePrecision = Literal["exact", "settlement-centre", "approximate"]

PLACES = DATA / "places.geojson"
SCHEMA = DATA / "places.schema.json"
SYRIA = (35.5, 32.2, 42.5, 37.5)
"""West, south, east and north of a box around Syria, in degrees."""

_ARABIC = re.compile(r"[\u0621-\u064a]")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a name needs around it to count as the place.

    Attributes
    ----------
    needs : {"none", "head", "company"}
        Nothing; a head word directly before it (town, مدينة, ريف …); or another sign nearby that
        the text is about the place: a zone, or a name that is not itself ambiguous.
    forbids : tuple of str
        Words that, near the name, say that something else is meant.
    """

    needs: Needs = "none"
    forbids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stay:
    """The days ``[start, end)`` on which a place lay in a zone; `end` is None while it does."""

    zone: str
    start: dt.date
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class Place:
    """A named point: a town, quarter, camp, crossing, post, hill or region.

    Attributes
    ----------
    id : str
        Lower-case ASCII words joined by hyphens.
    variants_en, variants_ar : tuple of str
        Other spellings and names. Articles, hyphens, apostrophes and case are left to the linker.
    names_other : mapping of str to tuple of str
        Names by language code (`ru`, `tr`, `fr`).
    lon, lat : float
        Degrees (EPSG:4326).
    admin1_pcode, admin2_pcode, admin3_pcode : str or None
        OCHA p-codes of governorate, district and subdistrict, where known (`pcode_basis`: how).
    precision : {"exact", "settlement-centre", "approximate"}
        Approximate means 2 to 3 km, more for a region.
    sure : {"high", "medium", "low"}
        How sure the name is.
    zones : tuple of str
        Zones that the place counts for when a text names it, whatever the date.
    inside : tuple of Stay
        When the point itself lay in a zone as drawn (the announced outline apart).
    ambiguous : bool
        Whether the name can mean something else; `note_en` says what.
    rule : Rule
        What every name of the place needs.
    name_rules : mapping of str to Rule
        Exceptions, by name: a long name is often clear where the short one is not.
    alone_ar, alone_other : {"", "head", "place"}
        What suffices for its Arabic names, and for its others, in a text that names no other
        country, where they would need more: a word such as "village" before it, or, as well, a
        preposition of place. Nothing where a place of that name elsewhere is as well known.
    is_area_name : bool
        The bare name means the governorate rather than its capital.
    shared_with : tuple of str
        Ids of places with which it shares a name.
    """

    id: str
    name_en: str
    name_ar: str
    variants_en: tuple[str, ...]
    variants_ar: tuple[str, ...]
    names_other: Mapping[str, tuple[str, ...]]
    lon: float
    lat: float
    kind: str
    governorate: str
    admin1_pcode: str | None
    admin2_pcode: str | None
    admin3_pcode: str | None
    pcode_basis: str
    precision: PlacePrecision
    source: str
    sure: Literal["high", "medium", "low"]
    zones: tuple[str, ...]
    zone_basis: str
    inside: tuple[Stay, ...]
    ambiguous: bool
    note_en: str
    rule: Rule
    name_rules: Mapping[str, Rule]
    alone_ar: Alone
    alone_other: Alone
    is_area_name: bool
    shared_with: tuple[str, ...]

    def inside_on(self, date: dt.date) -> str | None:
        """Return the zone in which the place lay on a day, None when it lay in none.

        Examples
        --------
        >>> douma = next(place for place in load_places() if place.id == "douma")
        >>> douma.zones
        ('eastern-ghouta',)
        >>> douma.inside_on(dt.date(2019, 1, 1)) is None
        True
        """
        for stay in self.inside:
            if stay.start <= date and (stay.end is None or date < stay.end):
                return stay.zone
        return None

    def inside_within(self, zone: str, start: dt.date, end: dt.date) -> bool | None:
        """Return whether the place lay in a zone throughout ``[start, end)``.

        None when it did on some of the days only.

        Examples
        --------
        >>> douma = next(place for place in load_places() if place.id == "douma")
        >>> douma.inside_within("eastern-ghouta", dt.date(2018, 1, 1), dt.date(2019, 1, 1)) is None
        True
        >>> douma.inside_within("eastern-ghouta", dt.date(2018, 1, 1), dt.date(2018, 2, 1))
        True
        """
        days = sum(
            (min(stay.end or end, end) - max(stay.start, start)).days
            for stay in self.inside
            if stay.zone == zone and stay.start < end and (stay.end is None or stay.end > start)
        )
        return False if not days else True if days == (end - start).days else None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name in every language, the main ones first, none twice."""
        others = (name for names in self.names_other.values() for name in names)
        every = (self.name_en, self.name_ar, *self.variants_en, *self.variants_ar, *others)
        return tuple(dict.fromkeys(every))

    def rule_for(self, name: str) -> Rule:
        """Return what one of the place's names needs around it."""
        return self.name_rules.get(name, self.rule)


def load_places(path: Path | None = None) -> tuple[Place, ...]:
    """Read places, sorted by id as they stand in the file.

    Parameters
    ----------
    path : Path, optional
        A GeoJSON file in the form of ``data/places.schema.json``; the shipped one by default.

    Raises
    ------
    FourzonesError
        If the file cannot be read or a feature lacks a field.

    Examples
    --------
    >>> places = load_places()
    >>> len(places) > 1100
    True
    """
    path = path or PLACES
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FourzonesError(
            "cannot read places", where=str(path), expected="a GeoJSON file", got=str(error)
        ) from error
    places = []
    for number, feature in enumerate(features):
        try:
            places.append(place_from(feature))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise FourzonesError(
                "cannot read place",
                where=f"{path.name}: feature {number + 1}",
                expected="the fields of places.schema.json",
                got=repr(error),
            ) from error
    return tuple(places)


def place_from(feature: dict[str, Any]) -> Place:
    """Return the place that a feature in the form of ``data/places.schema.json`` describes."""
    given = feature["properties"]
    lon, lat = feature["geometry"]["coordinates"]
    return Place(
        id=feature["id"],
        name_en=given["name_en"],
        name_ar=given["name_ar"],
        variants_en=tuple(given["variants_en"]),
        variants_ar=tuple(given["variants_ar"]),
        names_other={code: tuple(names) for code, names in given["names_other"].items()},
        lon=lon,
        lat=lat,
        kind=given["kind"],
        governorate=given["governorate"],
        admin1_pcode=given["admin1_pcode"],
        admin2_pcode=given["admin2_pcode"],
        admin3_pcode=given["admin3_pcode"],
        pcode_basis=given["pcode_basis"],
        precision=given["precision"],
        source=given["source"],
        sure=given["sure"],
        zones=tuple(given["zones"]),
        zone_basis=given["zone_basis"],
        inside=tuple(_stay(stay) for stay in given["inside"]),
        ambiguous=given["ambiguous"],
        note_en=given["note_en"],
        rule=_rule(given),
        name_rules={name: _rule(rule) for name, rule in given["name_rules"].items()},
        alone_ar=given["alone_ar"],
        alone_other=given["alone_other"],
        is_area_name=given["is_area_name"],
        shared_with=tuple(given["shared_with"]),
    )


def _rule(given: dict[str, Any]) -> Rule:
    return Rule(given["needs"], tuple(given["forbids"]))


def _stay(given: dict[str, Any]) -> Stay:
    end = given["to"]
    start = dt.date.fromisoformat(given["from"])
    return Stay(given["zone"], start, dt.date.fromisoformat(end) if end else None)


def faults(path: Path) -> Iterator[str]:
    """Yield one line per fault of a places file: file, feature, field, expected, got.

    The file is held against ``places.schema.json``; ids and names against each other; points
    against a box around Syria; and `inside` against the ``zones.geojson`` beside the file.

    Parameters
    ----------
    path : Path
        A GeoJSON file of places.
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield f"{path.name}: file: field features: expected readable GeoJSON, got {error}"
        return
    from geo.check import schema_faults

    seen: set[str] = set()
    sound = []
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict):
            yield f"{path.name}: feature {number}: (whole): expected a feature, got {feature!r}"
            continue
        where = f"{path.name}: feature {feature.get('id', number)}"
        wrong = list(schema_faults([feature], SCHEMA, path.name, first=number))
        yield from wrong
        if wrong:
            continue
        if feature["id"] in seen:
            yield f"{where}: id: expected an id of its own, got it twice"
        seen.add(feature["id"])
        sound.append(feature)
        yield from _feature_faults(where, feature)
    for feature in sound:
        for other in feature["properties"]["shared_with"]:
            if other not in seen:
                where = f"{path.name}: feature {feature['id']}"
                yield f"{where}: shared_with: expected the id of a place, got {other}"
    yield from _inside_faults(path, sound)


def _short(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)[:120]


def _feature_faults(where: str, feature: dict[str, Any]) -> Iterator[str]:
    given = feature["properties"]
    lon, lat = feature["geometry"]["coordinates"]
    west, south, east, north = SYRIA
    if not (west <= lon <= east and south <= lat <= north):
        yield f"{where}: coordinates: expected a point in {SYRIA}, got {lon}, {lat}"
    for field, names in (("name_ar", [given["name_ar"]]), ("variants_ar", given["variants_ar"])):
        for name in names:
            if not _ARABIC.search(name):
                yield f"{where}: {field}: expected Arabic script, got {name}"
    for field in ("name_en", "name_ar"):
        if given[field] != given[field].strip():
            yield f"{where}: {field}: expected no blanks around, got {given[field]!r}"
    one, two, three = (given[f"admin{level}_pcode"] for level in (1, 2, 3))
    for field, code, within in (("admin2_pcode", two, one), ("admin3_pcode", three, two)):
        if code and not (within and code.startswith(within)):
            yield f"{where}: {field}: expected a code under {within}, got {code}"
    known = {
        given["name_en"], given["name_ar"], *given["variants_en"], *given["variants_ar"],
        *(name for names in given["names_other"].values() for name in names),
    }  # fmt: skip
    for name in given["name_rules"]:
        if name not in known:
            yield f"{where}: name_rules: expected a name of the place, got {name}"
    if given["zones"] != [zone for zone in ZONES if zone in given["zones"]]:
        yield f"{where}: zones: expected the order of the zones, got {given['zones']}"
    for stay in given["inside"]:
        if stay["to"] and stay["to"] <= stay["from"]:
            yield f"{where}: inside: expected to after {stay['from']}, got {stay['to']}"


def _inside_faults(path: Path, features: list[dict[str, Any]]) -> Iterator[str]:
    zones = path.parent / "zones.geojson"
    if not zones.exists() or not features:
        return
    import shapely

    lon_lat = [feature["geometry"]["coordinates"] for feature in features]
    points = shapely.points(lon_lat)
    expected: list[list[dict[str, str | None]]] = [[] for _ in features]
    try:
        versions = json.loads(zones.read_text(encoding="utf-8"))["features"]
        dated = sorted(
            (v for v in versions if v["geometry"] and v["properties"]["status"] != "announced"),
            key=lambda v: (ZONES.index(v["properties"]["zone"]), v["properties"]["valid_from"]),
        )
        shapes = [shapely.geometry.shape(version["geometry"]) for version in dated]
    except (OSError, ValueError, KeyError, TypeError):
        return  # the zones' own check tells
    for version, geometry in zip(dated, shapes, strict=True):
        given = version["properties"]
        shapely.prepare(geometry)
        for index in shapely.covers(geometry, points).nonzero()[0]:
            spans = expected[index]
            if spans and (spans[-1]["zone"], spans[-1]["to"]) == (
                given["zone"],
                given["valid_from"],
            ):
                spans[-1]["to"] = given["valid_to"]
            else:
                span = {k: given[v] for k, v in _STAY.items()}
                spans.append(span)
    for feature, spans in zip(features, expected, strict=True):
        if feature["properties"]["inside"] != spans:
            got = _short(feature["properties"]["inside"])
            where = f"{path.name}: feature {feature['id']}"
            yield f"{where}: inside: expected {_short(spans)}, got {got}"


_STAY = {"zone": "zone", "from": "valid_from", "to": "valid_to"}
