"""The one method that draws every edge: simple kriging of who held the places around.

Each known place is +1 (inside) or -1 (outside). Between places the value is the best linear
estimate under a Matérn covariance (smoothness 3/2), so it is smooth, honours each place up to a
nugget, and falls back to a mean below zero where no place is near. The edge is its zero line.

Matérn covariance and kriging: Rasmussen and Williams, Gaussian Processes for Machine Learning
(2006), chapters 2 and 4.
"""

from __future__ import annotations

import numpy as np

RANGE_M = 5000.0  # length scale
NUGGET = 0.05  # how far a single place may be wrong
MEAN = -0.5  # where nothing is known near, the land is outside


def covariance(metres: np.ndarray) -> np.ndarray:
    """Return the Matérn 3/2 covariance at distances in metres."""
    scaled = metres / RANGE_M
    return (1 + scaled) * np.exp(-scaled)


def distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the distances between points (n, 2) and (m, 2), in their own unit: (n, m)."""
    return np.hypot(a[:, None, 0] - b[None, :, 0], a[:, None, 1] - b[None, :, 1])


def estimate(known: np.ndarray, sides: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return the estimate at points (m, 2) from places (n, 2) and their sides (n,)."""
    return weights(known, at) @ (sides - MEAN) + MEAN


def weights(known: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return the kriging weights (m, n): they depend on where places lie, not on who held them."""
    inner = covariance(distances(known, known)) + NUGGET * np.eye(len(known))
    return np.linalg.solve(inner, covariance(distances(known, at))).T
