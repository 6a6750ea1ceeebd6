"""Hide each known place, draw again, and ask whether it falls on its right side.

Beside it the peer: the side of the nearest place left. Hiding a place hides everything within
1 km of it and all facts that name it. Run: ``python benchmarks/leave_one_out.py``.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from data.build import zones_control, zones_surface

HIDDEN_M = 1000.0
REACH_M = 40_000.0  # places farther away have no weight that could be seen


def wilson(right: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    z, share = 1.959964, right / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def main() -> None:
    """Print the table and the misses."""
    found = zones_control.places()
    at, sides = zones_control.arrays(found)
    names = np.array([p.name for p in found])
    scores: dict[str, list[tuple[bool, bool]]] = {zone: [] for zone in zones_control.WINDOWS}
    misses = []
    for i, place in enumerate(found):
        zone = zones_control.zone_of(place.lon, place.lat)
        if not place.given or zone is None:
            continue
        away = np.hypot(*(at - at[i]).T)
        left = (away > HIDDEN_M) & (away < REACH_M) & (names != place.name)
        value = zones_surface.estimate(at[left], sides[left], at[i : i + 1])[0]
        nearest = sides[left][np.argmin(away[left])]
        right = (value > 0) == (sides[i] > 0)
        scores[zone].append((right, nearest == sides[i]))
        if not right:
            side = "inside" if sides[i] > 0 else "outside"
            misses.append(f"  {zone}: {place.name} ({place.kind}), {side}, estimate {value:+.2f}")
    print(f"{'zone':16} {'places':>6}  {'drawn':>6}  {'95 % interval':15}  nearest place")
    for zone, pairs in [*scores.items(), ("all", [p for ps in scores.values() for p in ps])]:
        n, drawn, nearest = len(pairs), sum(a for a, _ in pairs), sum(b for _, b in pairs)
        low, high = wilson(drawn, n)
        print(f"{zone:16} {n:6}  {drawn / n:6.3f}  {low:.3f} to {high:.3f}   {nearest / n:6.3f}")
    print(f"{len(misses)} misses:")
    print("\n".join(sorted(misses)))


if __name__ == "__main__":
    main()
