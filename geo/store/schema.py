"""The tables of a store."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

SCHEMA_VERSION = 2
MIGRATIONS = {
    1: (
        "ALTER TABLE mentions ADD COLUMN inside BOOLEAN",
        "DELETE FROM fourzones WHERE key = 'data'",  # the shipped articles are linked again
    )
}
"""What makes a store of one version one of the next."""

metadata = MetaData()

# Dates are ISO 8601 text: they sort as days do, and every reader understands them.
articles = Table(
    "articles",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("archive_url", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("published_from", Text),
    Column("published_to", Text),
    Column("date_source", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("title_ar", Text, nullable=False),
    Column("summary_en", Text, nullable=False),
    Column("summary_ar", Text, nullable=False),
    Column("described_by", Text, nullable=False),
    Column("labelled", Text),
    Column("folded", Text, nullable=False),
    Index("articles_by_date", "published_from", "published_to"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("geom", LargeBinary),
    Column("article", Text, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("zone", Text, nullable=False),
    Column("surface", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("place", Text),
    Column("kind", Text, nullable=False),
    Column("where", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("inside", Boolean),
    Column("lon", Double),
    Column("lat", Double),
    Index("mentions_by_article", "article"),
    Index("mentions_by_zone", "zone", "article"),
)

zone_versions = Table(
    "zone_versions",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("geom", LargeBinary),
    Column("zone", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("name_ar", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("valid_from", Text, nullable=False),
    Column("valid_to", Text),
    Column("area_km2", Double, nullable=False),
    Column("accuracy_km", Double),
    Column("properties", Text, nullable=False),  # everything the data file says, as JSON
)

places = Table(
    "places",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("geom", LargeBinary),
    Column("id", Text, nullable=False, unique=True),
    Column("name_en", Text, nullable=False),
    Column("name_ar", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("zones", Text, nullable=False),
    Column("governorate", Text, nullable=False),
    Column("precision", Text, nullable=False),
    Column("source", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("date", Text, nullable=False),
    Column("end_date", Text),
    Column("precision", Text, nullable=False),
    Column("zones", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("title_ar", Text, nullable=False),
    Column("detail_en", Text, nullable=False),
    Column("detail_ar", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("url", Text, nullable=False),
)

facts = (
    Table(  # what the store knows of itself: schema version, hash of the data it was filled from
        "fourzones",
        metadata,
        Column("fid", Integer, primary_key=True, autoincrement=True),
        Column("key", Text, nullable=False, unique=True),
        Column("value", Text, nullable=False),
    )
)

LAYERS = {
    "zone_versions": "MULTIPOLYGON",
    "places": "POINT",
    "mentions": "POINT",
    "articles": None,
    "events": None,
    "fourzones": None,
}
