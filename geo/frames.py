"""A selection as GeoDataFrames, for a notebook."""

from __future__ import annotations

import geopandas

from geo.export import collection
from geo.selection import Selection
from geo.store import Store
from geo.summary import view


def frame(
    store: Store, selection: Selection | None = None, what: str = "zones"
) -> geopandas.GeoDataFrame:
    """Return what a selection shows, the same rows that every export writes.

    Parameters
    ----------
    store : Store
        As `open_store` gives it.
    selection : Selection, optional
        All articles when left out.
    what : {"zones", "versions", "articles", "mentions", "places"}

    Returns
    -------
    GeoDataFrame
        In EPSG:4326, indexed by the features' ids; `attrs` holds the selection in words
        (`sentence`), the licence and whom to name.

    Raises
    ------
    FourzonesError
        If there is no such `what`, or the store cannot be read.
    """
    features = collection(store, view(store, selection or Selection()), what)
    rows = features["features"]
    made = geopandas.GeoDataFrame.from_features(rows, crs=4326)
    if "geometry" not in made:
        made = made.set_geometry(geopandas.GeoSeries([], crs=4326))
    made.index = geopandas.pd.Index([row["id"] for row in rows], name="id")
    made.attrs = {key: features[key] for key in ("sentence", "licence", "attribution")}
    return made
