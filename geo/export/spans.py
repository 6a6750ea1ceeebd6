"""Mentions written as features, a million in seconds.

Most of what a mention says it says again: its place, zone, kind and rule are those of thousands of
others. That is written once for each such kind of mention, as a mould with gaps for what differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from geo.linking import annotation
from geo.linking.evidence import AROUND
from geo.model import ZONE_NAMES, LinkedArticle, Mention
from geo.selection import Selection, last_day
from geo.store import Store

DECIMALS = 6
MOULDS = 20_000
"""So many are kept; then they are made anew."""

_GAPS = ("id", "article", "surface", "start", "end", "source", "exact", "prefix", "suffix",
         "from", "to", "time")  # fmt: skip
_written = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def annotated(mention: Mention, linked: LinkedArticle) -> dict[str, Any]:
    """Return a mention with its evidence as Web Annotation selectors."""
    field = linked.article.title if mention.where == "title" else linked.article.text
    return {
        **asdict(mention),
        "target": {"source": linked.article.url or None, **annotation(mention, field)},
    }


class Spans:
    """Writes those mentions that a selection counts.

    Parameters
    ----------
    store : Store
        Whose places the mentions name.
    boxed : bool
        Leave out what is drawn outside the box of the selection.
    """

    def __init__(self, store: Store, selection: Selection, boxed: bool = False) -> None:
        self._points = {place["id"]: place for place in store.gazetteer()}
        self._zones = frozenset(selection.zone or ZONE_NAMES)
        self._kinds = frozenset(selection.kind)
        self._inside = selection.inside
        self._box = selection.bbox if boxed else None
        self._moulds: dict[tuple[Any, ...], str] = {}

    def written(self, articles: Iterable[LinkedArticle]) -> Iterator[list[str]]:
        """Yield for each article the features of its mentions, as JSON."""
        for linked in articles:
            counted = self.counted(linked)
            yield self._article(linked, counted) if counted else []

    def counted(self, linked: LinkedArticle) -> list[tuple[int, Mention]]:
        """Return the mentions that count, each with its number in the article."""
        zones = self._zones
        if linked.judgements:
            zones = zones.intersection(linked.zones)
        return [
            (number, mention)
            for number, mention in enumerate(linked.mentions)
            if mention.zone in zones
            and (not self._kinds or mention.kind in self._kinds)
            and (mention.inside or not self._inside)
            and (self._box is None or self._meets(mention))
        ]

    def _meets(self, mention: Mention) -> bool:
        place = self._points.get(mention.place or "")
        if place is None or self._box is None:
            return True
        west, south, east, north = self._box
        return bool(west <= place["lon"] <= east and south <= place["lat"] <= north)

    def _article(self, linked: LinkedArticle, counted: list[tuple[int, Mention]]) -> list[str]:
        article = linked.article
        own, source = _written(article.id), _written(article.url or None)
        time = "null"
        if (date := article.published) is not None:
            time = f'{{"interval": ["{date.start}", "{last_day(date.end)}"]}}'
        made = []
        for number, mention in counted:
            text = article.title if mention.where == "title" else article.text
            start, end, surface = mention.start, mention.end, _written(mention.surface)
            made.append(
                self._mould(mention) % (
                    f'{own[:-1]}/{number}"', own, surface, start, end, source, surface,
                    _written(text[max(0, start - AROUND) : start]),
                    _written(text[end : end + AROUND]), start, end, time,
                )
            )  # fmt: skip
        return made

    def _mould(self, mention: Mention) -> str:
        same = (mention.zone, mention.place, mention.kind, mention.where, mention.rule,
                mention.confidence, mention.inside)  # fmt: skip
        found = self._moulds.get(same)
        if found is None:
            if len(self._moulds) >= MOULDS:
                self._moulds.clear()
            found = self._moulds[same] = self._made(mention)
        return found

    def _made(self, mention: Mention) -> str:
        """Write a feature with gaps: first with marks in them, which no text can hold in UTF-8."""
        gap = {name: f"\ud800{name}" for name in _GAPS}
        place = self._points.get(mention.place or "")
        named = place or {f"name_{code}": name for code, name in ZONE_NAMES[mention.zone].items()}
        bare = replace(mention, surface="", start=0, end=0)
        quote, position = annotation(bare, "")["selector"]
        feature = {
            "type": "Feature",
            "id": gap["id"],
            "geometry": place and {
                "type": "Point",
                "coordinates": [round(place["lon"], DECIMALS), round(place["lat"], DECIMALS)],
            },
            "properties": {
                "zone": mention.zone,
                "name_en": named["name_en"],
                "name_ar": named["name_ar"],
                "article": gap["article"],
                **asdict(mention),
                **{name: gap[name] for name in ("surface", "start", "end")},
                "target": {
                    "source": gap["source"],
                    "selector": [
                        {**quote, **{name: gap[name] for name in ("exact", "prefix", "suffix")}},
                        {**position, "start": gap["from"], "end": gap["to"]},
                    ],
                },
            },
            "time": gap["time"],
        }  # fmt: skip
        mould = _written(feature).replace("%", "%%")
        for name in _GAPS:
            mould = mould.replace(_written(gap[name]), "%s")
        return mould
