"""What no schema can say, for schemathesis (SCHEMATHESIS_HOOKS): that the south of a box lies below
its north, that days are days and in order, and that `after` is a word out of a link.

Only what the description allows is mended; what it forbids is sent as it was made.
"""

import datetime as dt
import math

import schemathesis
from schemathesis.generation import GenerationMode

FIRST = dt.date(1990, 1, 1)


def _number(value, most):
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return round(math.fmod(found, most), 6) if math.isfinite(found) else 0.0


def _box(values):
    half = len(values) // 2
    south, north = sorted((_number(values[1], 90), _number(values[half + 1], 90)))
    west, east = (_number(values[at], 180) for at in (0, half))
    return [west, south, *values[2:half], east, north, *values[half + 2 :]]


def _day(value):
    return FIRST + dt.timedelta(days=sum(map(ord, str(value))) % 20_000)


def _interval(value):
    first, slash, last = str(value).partition("/")
    days = sorted([_day(first), _day(last)]) if slash else [_day(first)]
    return "/".join(day.isoformat() for day in days)


@schemathesis.hook
def before_call(context, case, **kwargs):
    if case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        return
    query = case.query or {}
    query.pop("after", None)
    if "bbox" in query:
        values = query["bbox"]
        values = values.split(",") if isinstance(values, str) else list(values)
        query["bbox"] = ",".join(map(str, _box(values)))
    if "datetime" in query:
        query["datetime"] = _interval(query["datetime"])
    days = sorted({_day(query[name]) for name in ("from", "to") if name in query})
    if {"from", "to"} <= set(query) and len(days) == 1:
        del query["to"]
    for name, day in zip([name for name in ("from", "to") if name in query], days, strict=False):
        query[name] = day.isoformat()
    if "on" in query:
        query["on"] = _day(query["on"]).isoformat()
