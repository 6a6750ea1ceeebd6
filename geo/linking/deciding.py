"""What each candidate stands for: first those that need nothing, then the rest by their context."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import Final

from geo.linking import around
from geo.linking.around import FAR
from geo.linking.candidates import FORBIDDEN, Candidate, Field
from geo.linking.context import Context
from geo.linking.lists import OTHER_ZONES, in_list, in_table
from geo.linking.pattern import BY_TURN, Name, read_data, standing_alone
from geo.linking.regions import Region, all_regions

COMPANY_NEAR: Final[int] = read_data("context")["company_near"]
VOUCHES: Final = 2
"""A word that vouches for a name weighs as much as one that forbids it, so many times as near."""

HEAD: Final = "head"
ALONE: Final = "alone"
COMPANY: Final = "company"
PERSON: Final = "a person"
OTHER_SENSE: Final = "the text uses the name for something else"
REST: Final = "rest"
_Waiting = list[tuple[Field, Candidate]]
_INDEFINITE: Final = frozenset("\u064b\u064c\u064d")


class Decider:
    """The rules, with the regions."""

    def __init__(self) -> None:
        self._regions = all_regions()

    def decide(self, fields: Sequence[Field]) -> None:
        """Choose what each candidate in the fields of an article stands for."""
        if not fields:
            return
        context = fields[0].context
        other_senses, namesakes = context.other_senses, context.namesakes
        vowelled = [field for field in fields if _may_have_indefinite(field)]
        for field in vowelled:
            for one in _indefinite(field):
                if not one.pattern.first.noun:  # such a name counts only where a place can stand
                    other_senses |= one.pattern.meanings
        for field in fields:
            other_senses |= field.context.other_senses
        for field in fields:
            field.context.others = [one.context for one in fields if one is not field]
            field.context.other_senses = other_senses
            field.context.namesakes = namesakes
        waiting: _Waiting = []
        for field in fields:
            self._choose_certain(field, other_senses, waiting)
        if waiting and not (
            _notes(fields, "term")
            or _notes(fields, "weak")
            or _most_zones(fields, waiting) >= OTHER_ZONES
        ):  # without these the bare name of a region never counts
            waiting = [each for each in waiting if each[1].pattern.role != "region"]
        if waiting:
            self._choose_by_context(waiting)
            if namesakes and not _notes(fields, "syria"):
                _drop_namesakes(waiting, fields)
        for field in fields:
            if field.grown:
                field.found.sort(key=lambda one: one.start)
                _clear(field.found)
        for field in vowelled:
            for one in _indefinite(field):
                one.chosen, one.reason = None, "an indefinite noun"

    def _choose_certain(self, field: Field, other_senses: set[Hashable], waiting: _Waiting) -> None:
        """Choose the names that need nothing and the parts of regions; the others wait."""
        context = field.context
        extra: list[Candidate] = []
        bearers = "street" in context.notes or "name_bearer" in context.notes
        persons = "by_name" in context.notes or "title" in context.notes
        later: list[tuple[Candidate, Region, int, int]] = []
        floor = 0

        for at, one in enumerate(field.found):
            pattern = one.pattern
            if pattern.role == "region":
                region = self._regions[pattern.first.region]
                ceiling = _ceiling(field.found, at)
                if region.needs_syria:
                    later.append((one, region, floor, ceiling))
                elif region.read(field, one, floor, ceiling, extra):
                    waiting.append((field, one))
                floor = one.end
            elif bearers and (what := context.named_after_it(one.start, one.end)):
                one.reason = what
            elif persons and context.names_a_person(one.start, one.end, pattern.person):
                one.reason = PERSON
            elif (pattern.capital or pattern.person) and _is_person(one, field):
                one.reason = PERSON
                other_senses |= pattern.meanings  # "Ahmed Douma …, Douma said"
            elif pattern.capital and not pattern.plain and around.far_away(field.reading, one.end):
                one.reason = "a place far away"
                other_senses |= pattern.meanings  # "Dana, Iowa", and Dana further on
            elif pattern.capital and field.lacks_capital(one):
                one.reason = "no capital letter"
                other_senses |= pattern.meanings  # "dana eti …. Dana etinin", veal
            elif pattern.first.bound and field.text[field.span(one)[1] - 1] == "ه":
                one.reason = "a word and a pronoun"
            elif pattern.plain and around.surname_with_article(field.reading, one.start):
                one.reason = PERSON
            elif (pattern.plain or pattern.first.bound) and not (
                other_senses and other_senses & pattern.meanings
            ):
                one.chosen, floor = pattern.first, one.end
                if pattern.first.zone:
                    context.add(pattern.first.zone, one.start, one.end)
            elif pattern.idle:
                one.reason = pattern.unmet
            elif (
                pattern.zones_near is not None
                and field.reading.arabic
                and around.surname(field.reading, one.start)
            ):
                one.reason = PERSON
            else:
                waiting.append((field, one))
        for one, region, before, behind in later:
            if region.read(field, one, before, behind, extra):
                waiting.append((field, one))
        field.found.extend(extra)

    def _choose_by_context(self, waiting: _Waiting) -> None:
        """Choose by head words, then by company, which grows, then those that need nothing."""
        waiting, first = self._turn(waiting, HEAD, 0)
        waiting, added = self._turn(waiting, COMPANY, first)
        if added > first:
            waiting, added = self._turn(waiting, COMPANY, added)
        if any(each[1].pattern.placeable for each in waiting):
            waiting, alone = self._turn(waiting, ALONE, added)
            if alone > added:
                waiting, added = self._turn(waiting, COMPANY, alone)
        self._turn([each for each in waiting if each[1].pattern.first.needs == "none"], REST, added)

    def _turn(self, waiting: _Waiting, turn: str, added: int) -> tuple[_Waiting, int]:
        """Return who still waits after a turn, and how many mentions of zones were added so far."""
        left: _Waiting = []
        for each in waiting:
            field, one = each
            pattern, context = one.pattern, field.context
            if pattern.role == "region":
                if turn == COMPANY:
                    self._regions[pattern.first.region].in_company(field, one)
            elif pattern.steady and one.asked == added and turn != ALONE:
                pass  # as little as when it was asked before
            elif not _may_have_needed(one, context, turn):
                one.reason = one.reason or pattern.unmet
            else:
                one.asked = added
                _choose(one, field, turn)
            if one.chosen is None:
                left.append(each)
            elif one.chosen.zone:
                added += 1
                context.add(one.chosen.zone, one.start, one.end)
        return left, added


def _notes(fields: Sequence[Field], role: str) -> bool:
    """Say whether words of a role stand anywhere."""
    return any(role in field.context.notes for field in fields)


def _most_zones(fields: Sequence[Field], waiting: _Waiting) -> int:
    """Return how many zones a text may turn out to mention."""
    zones: set[str] = set()
    for field in fields:
        zones.update(field.context.zones)
    for _, one in waiting:
        if one.pattern.first.zone:
            zones.add(one.pattern.first.zone)
    return len(zones)


def _drop_namesakes(decided: _Waiting, fields: Sequence[Field]) -> None:
    """Give up what was chosen before a word further on said that it is a place elsewhere."""
    supported: set[str] = set()  # zones that something else speaks for
    for field in fields:
        for one in field.found:
            chosen = one.chosen
            if chosen is None or chosen.zone is None or chosen.needs in BY_TURN:
                continue
            if chosen.zone not in supported and (
                not field.context.namesakes & one.pattern.meanings
                or _vouched(one, chosen, field.context) < FAR
            ):
                supported.add(chosen.zone)
    for field, one in decided:
        chosen = one.chosen
        if (
            chosen is not None
            and chosen.zone
            and chosen.zone not in supported
            and field.context.namesakes & one.pattern.meanings
        ):
            one.chosen, one.reason = None, OTHER_SENSE


def _ceiling(found: list[Candidate], at: int) -> int:
    """Return where the name behind a region begins, if it surely is one («Şam'daki Doğu Guta»)."""
    if at + 1 < len(found):
        following = found[at + 1]
        if following.pattern.plain and following.pattern.first.zone:
            return following.start
    return FAR


def _is_person(one: Candidate, field: Field) -> bool:
    """Say whether a name in Latin or Cyrillic letters is part of a person's."""
    reading, pattern = field.reading, one.pattern
    if pattern.capital and (
        around.given_name_before(reading, one.start) or around.aged(reading, one.start, one.end)
    ):
        return True
    return (
        pattern.person
        and around.named_person(field.text, field.span(one))
        and not _headed(one, field.context)
    )


def _standing(one: Candidate, context: Context) -> str:
    return around.standing(context.reading, one.start, one.end)


def _headed(one: Candidate, context: Context) -> bool:
    return around.head_before(context.reading, one.start) or around.head_after(
        context.reading, one.end
    )


def _may_have_needed(one: Candidate, context: Context, turn: str) -> bool:
    """Say quickly whether a turn can find what a candidate needs."""
    zones = one.pattern.zones_near
    if turn == ALONE:
        return one.pattern.placeable
    if zones is None:
        return True
    if turn == HEAD:
        return _headed(one, context)
    return _may_be_near(zones, context) or in_table(context, one.start, one.end)


def _may_be_near(zones: frozenset[str], context: Context) -> bool:
    """Say whether one of the zones is mentioned anywhere."""
    return not zones.isdisjoint(context.zones) or any(
        not zones.isdisjoint(other.zones) for other in context.others
    )


def _choose(one: Candidate, field: Field, turn: str) -> None:
    context = field.context
    best: Name | None = None
    least = FAR + 1
    forbidden = False
    pattern = one.pattern
    for name in pattern.names:
        if name.zone is None:
            if name.elsewhere:
                one.chosen = name
                return
            continue
        if turn == ALONE:
            if not _suffices_alone(one, name, field):
                continue
        elif not _has_needed(one, name, context, turn) and _vouched(one, name, context) >= FAR:
            continue
        away = context.nearest(name.zone, one.start)
        word = _forbidding(one, name, context, away)
        if word:
            forbidden, one.reason, one.word = True, FORBIDDEN, word
        elif reason := _against(one, name, field, away):
            one.reason = reason
        elif away < least:
            least, best = away, standing_alone(name) if turn == ALONE else name
    if best:
        one.chosen, one.reason = best, best.rule
        if best.needs != "none":
            one.reason = f"{best.rule}, with {turn if best.needs in BY_TURN else best.needs}"
    elif not one.reason:
        one.reason = pattern.unmet
    if forbidden and best is None:
        context.other_senses |= pattern.meanings
        if not pattern.placeable:  # else a word, which no town is called: date stones, "a quarter"
            context.namesakes |= pattern.meanings


def _suffices_alone(one: Candidate, name: Name, field: Field) -> bool:
    """Say whether a name stands where only a place can, in a text that names no other country."""
    context = field.context
    if not (
        name.alone
        and not context.other_senses & one.pattern.meanings
        and context.may_be_of_syria(one.start)
        and not around.given_name_behind(context.reading, one.end)
    ):
        return False
    standing = _standing(one, context)
    if name.kind == "zone" and standing == "head":
        return False  # a village of the name
    return (
        standing in ("head", name.alone)
        or (name.alone == "place" and _object_in_syria(one, name, context))
        or _between(one, name, field)
    )


def _between(one: Candidate, name: Name, field: Field) -> bool:
    """Say whether a name and another of its zone stand behind "between", and nothing else."""
    for first, last in _pairs(one, field):
        if field.context.joint(first.end, last.start) and around.behind_between(
            field.reading, first.start
        ):
            other = last if first is one else first
            return any(each.zone == name.zone for each in other.pattern.names)
    return False


def _pairs(one: Candidate, field: Field) -> list[tuple[Candidate, Candidate]]:
    """Return a candidate with the one before it, and with the one behind it."""
    found = field.found
    at = bisect_left(found, one.start, key=lambda other: other.start)
    return list(pairwise(found[max(0, at - 1) : at + 2]))


def _object_in_syria(one: Candidate, name: Name, context: Context) -> bool:
    """Say whether an Arabic name is what is bombed, taken, … in a text on Syria."""
    return not name.capital and context.speaks_of_syria(one.start) and context.is_object(one.start)


def _vouched(one: Candidate, name: Name, context: Context) -> int:
    """Return how far a mention of the zone is that weighs as much as the word that vouches."""
    if name.vouch is None:
        return FAR
    away = around.vouched(context.reading, one.start, one.end, name)
    return away if away >= FAR else away // VOUCHES


def _has_needed(one: Candidate, name: Name, context: Context, turn: str) -> bool:
    """Say whether a name has what it needs around it, as far as this turn looks."""
    start, zone, needs = one.start, str(name.zone), name.needs
    if needs in BY_TURN:
        if turn == HEAD:
            return _headed(one, context) and (
                context.nearest(zone, start) < FAR or context.speaks_of_syria(start)
            )
        away = context.nearest(zone, start)
        if away <= COMPANY_NEAR and (
            needs != "head" or around.stands_alone(context.reading, start)
        ):
            return True
        return turn == COMPANY and (
            (
                away < 80
                and context.joined(start, one.end, zone)
                and (needs != "head" or context.is_item(start, one.end))
            )
            or in_table(context, start, one.end)
        )
    match needs:
        case "none":
            return (
                turn == REST
                or not one.pattern.several
                or context.nearest(zone, start) <= COMPANY_NEAR
            )
        case "syria":
            return context.speaks_of_syria(start, cities=True)
        case "bare":
            return (
                context.speaks_of_syria(start)
                and context.spoke_of_syria(start, context.nearest(zone, start) <= COMPANY_NEAR)
                and not context.goes_on(one.end)
            )
        case "zones":
            return context.speaks_of_zones(start) and context.speaks_of_syria(start)
        case "its":
            return context.follows_syria(start)
        case "adjective":
            return around.definite_before(context.reading, start)
        case "list":
            return (
                turn == COMPANY
                and in_list(context, start, one.end, zone)
                and context.may_have_zones(start)
            )
    return False


def _listed(one: Candidate, field: Field) -> bool:
    """Say whether a conjunction or a comma joins a name to another («حمص والزبداني ودوما»)."""
    for first, last in _pairs(one, field):
        if around.joined_to(field.reading, last.start) == first.end:
            other = last if first is one else first
            return other.chosen is not None or other.pattern.role == "region"
    return False


def _forbidding(one: Candidate, name: Name, context: Context, away: int) -> bytes:
    """Return the word near by that forbids a name, if nothing nearer vouches for it."""
    if name.forbids is None:
        return b""
    if name.needs == "none" and away < FAR:  # where the name stands, too, it may need no proof
        away = context.nearest_other(str(name.zone), one.start, one.end)
    word, apart = around.forbidden(context.reading, one.start, one.end, name, away)
    if (
        apart
        and word
        and (
            around.is_own(context.reading, one.start, one.end, word)
            or context.joined(one.start, one.end, str(name.zone))
        )
    ):
        return b""
    return word if word and apart <= _vouched(one, name, context) else b""


def _against(one: Candidate, name: Name, field: Field, away: int) -> str:
    """Return what else speaks against a name that has what it needs, or nothing."""
    context = field.context
    if name.abroad and not context.of_syria(one.start, "theatre"):
        return "the text speaks of another country"
    if name.noun and not (
        _standing(one, context)
        or (
            context.joined(one.start, one.end, str(name.zone))
            or (name.needs == "respelt" and around.stands_alone(context.reading, one.start))
            if name.capital
            else context.stands_as_place(one.start, str(name.zone))
            or around.heads_several(context.reading, one.start)
            or _listed(one, field)
        )
        or in_table(context, one.start, one.end)
    ):
        return "an ordinary word where it stands"
    if (
        context.other_senses
        and context.other_senses & one.pattern.meanings
        and _vouched(one, name, context) > COMPANY_NEAR
        and not _is_known_place(one, name, context, away)
    ):
        return OTHER_SENSE
    return ""


def _is_known_place(one: Candidate, name: Name, context: Context, away: int) -> bool:
    """Say whether a name that also means something else stands in company, or as a place does.

    What else an area's name means is a place, too: "from Dera", Dera Ghazi Khan.
    """
    return away <= COMPANY_NEAR or (
        name.kind != "area"
        and around.stands_alone(context.reading, one.start)
        and (not context.namesakes & one.pattern.meanings or context.speaks_of_syria(one.start))
    )


def _clear(found: list[Candidate]) -> None:
    # A phrase may have grown over a name beside it: the longer stays.
    last: Candidate | None = None
    for one in found:
        if one.chosen is None or one.chosen.zone is None:
            continue
        if last is not None and one.start < last.end:
            shorter = one if one.end - one.start <= last.end - last.start else last
            shorter.chosen, shorter.reason = None, "inside a longer name"
            if shorter is one:
                continue
        last = one


def _may_have_indefinite(field: Field) -> bool:
    """Say quickly whether a sign of an indefinite noun stands in a field."""
    text = field.text
    return field.reading.offsets is not None and any(sign in text for sign in _INDEFINITE)


def _indefinite(field: Field) -> list[Candidate]:
    """Return the candidates that end as an indefinite noun («دومًا», always), as no place does."""
    return [one for one in field.found if not _INDEFINITE.isdisjoint(_ending(field, one))]


def _ending(field: Field, one: Candidate) -> str:
    end = field.span(one)[1]
    return field.text[end - 2 : end]
