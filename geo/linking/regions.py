"""Provinces and the country: which of their parts a text names, and to which zones these belong."""

from __future__ import annotations

from typing import Any, Final

from geo.linking.candidates import Candidate, Field
from geo.linking.directions import (
    Part,
    its_countryside,
    names_its_countryside,
    no_part,
    parts,
)  # fmt: skip
from geo.linking.lists import in_list, in_parts
from geo.linking.pattern import Name, read_data
from geo.model import Kind

TERM_NEAR: Final = 300


class Region:
    """A province or the country, as ``directions.json`` has it.

    Attributes
    ----------
    country : bool
        It is the country, or an adjective or a noun for it.
    needs_syria : bool
        It is the country of which the text spoke ("the country").
    counts_whole : bool
        There are contexts in which its bare name counts.
    """

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said
        self.country = bool(said.get("country"))
        self.needs_syria = "needs" in said
        headed = said.get("with_head", {})
        self._zones: dict[str, str] = said["zones"]
        self._zones_headed: dict[str, str] = headed | said["zones"]
        self._zones_its: dict[str, str] = said["zones"] | headed
        self._zones_term: dict[str, str] = said.get("with_term", {})
        kind: Kind = "zone" if said["kind"] == "zone" else "area"
        self._names = {
            zone: Name(zone, kind, None, "direction-of-region", "direction")
            for zones in (self._zones_its, self._zones_term)
            for zone in zones.values()
        }
        self._whole = {
            needs: Name(said[needs], "area", None, f"province-in-{needs}", needs)
            for needs in ("list", "parts")
            if needs in said
        }
        self.counts_whole = bool(self._whole)

    def read(
        self, field: Field, one: Candidate, floor: int, ceiling: int, others: list[Candidate]
    ) -> bool:
        """Decide on a name of the region: it becomes the part that is named, or nothing.

        Parameters
        ----------
        floor, ceiling : int
            Words before the one and from the other on belong to other names.
        others : list of Candidate
            Takes the other parts that are named with it.

        Returns
        -------
        bool
            Whether the bare name may yet count for what else the text says.
        """
        context, reading = field.context, field.reading
        start, end = one.start, one.end
        if self.needs_syria and not context.spoke_of_syria(start):
            one.reason = "the country is another one, or unknown"
            return False
        if not self.needs_syria:
            context.note("syria", start)
        context.note("country" if self.country else "province", start)
        if no_part(reading, start, end) and not names_its_countryside(reading, end, end + 70):
            one.reason = "a larger area"
            return self.counts_whole
        spoken = parts(reading, start, end, self.said, floor, ceiling)
        if not self.country:
            for part in its_countryside(reading, end):
                if zone := self._zones_its.get(part.directions):
                    others.append(self._take(field, one, part, zone))
        made = [
            self._take(field, one, part, zone)
            for part in spoken
            if (zone := self._zone(field, part))
        ]
        field.grown = field.grown or bool(made or others)
        if not made:
            one.reason = "a part outside the zones" if spoken else "a larger area"
            return self.counts_whole and not spoken
        last = made.pop()
        one.start, one.end, one.chosen, one.reason = last.start, last.end, last.chosen, last.reason
        others += made
        return False

    def in_company(self, field: Field, one: Candidate) -> None:
        """Choose the bare name in a list of the zones, or after "parts of"."""
        context, start, end = field.context, one.start, one.end
        for needs, name in self._whole.items():
            zone = str(name.zone)
            if (
                in_list(context, start, end, zone)
                if needs == "list"
                else in_parts(context, start, end, zone)
            ):
                one.chosen = self._whole[needs]
                one.reason = one.chosen.rule
                return

    def _zone(self, field: Field, part: Part) -> str | None:
        zone = (self._zones_headed if part.headed else self._zones).get(part.directions)
        if zone is None and self._zones_term and field.context.near("term", part.start, TERM_NEAR):
            return self._zones_term.get(part.directions)
        return zone

    def _take(self, field: Field, one: Candidate, part: Part, zone: str) -> Candidate:
        chosen = self._names[zone]
        field.context.add(zone, part.start, part.end)
        return Candidate(part.start, part.end, one.pattern, chosen, chosen.rule)


def all_regions() -> dict[str, Region]:
    """Return the regions by their keys."""
    return {key: Region(said) for key, said in read_data("directions")["regions"].items()}
