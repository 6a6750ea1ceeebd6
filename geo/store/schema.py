"""The tables of a store."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

SCHEMA_VERSION = 1

metadata = MetaData()

# Dates are ISO 8601 text: they sort as days do, and every reader understands them.
articles = Table(
    "articles",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("url", String, nullable=False),
    Column("archive_url", String, nullable=False),
    Column("publisher", String, nullable=False),
    Column("published_from", String),
    Column("published_to", String),
    Column("date_source", String, nullable=False),
    Column("language", String, nullable=False),
    Column("title", String, nullable=False),
    Column("text", String, nullable=False),
    Column("title_en", String, nullable=False),
    Column("title_ar", String, nullable=False),
    Column("summary_en", String, nullable=False),
    Column("summary_ar", String, nullable=False),
    Column("described_by", String, nullable=False),
    Column("labelled", String),
    Column("folded", String, nullable=False),
    Index("articles_by_date", "published_from", "published_to"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("geom", LargeBinary),
    Column("article", String, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("zone", String, nullable=False),
    Column("surface", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("place", String),
    Column("kind", String, nullable=False),
    Column("where", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("lon", Float),
    Column("lat", Float),
    Index("mentions_by_article", "article"),
    Index("mentions_by_zone", "zone", "article"),
)

zone_versions = Table(
    "zone_versions",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("geom", LargeBinary),
    Column("zone", String, nullable=False),
    Column("name_en", String, nullable=False),
    Column("name_ar", String, nullable=False),
    Column("status", String, nullable=False),
    Column("valid_from", String, nullable=False),
    Column("valid_to", String),
    Column("area_km2", Float, nullable=False),
    Column("accuracy_km", Float),
    Column("properties", String, nullable=False),  # everything the data file says, as JSON
)

places = Table(
    "places",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("geom", LargeBinary),
    Column("id", String, nullable=False, unique=True),
    Column("name_en", String, nullable=False),
    Column("name_ar", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("zones", String, nullable=False),
    Column("governorate", String, nullable=False),
    Column("precision", String, nullable=False),
    Column("source", String, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("date", String, nullable=False),
    Column("end_date", String),
    Column("precision", String, nullable=False),
    Column("zones", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("title_en", String, nullable=False),
    Column("title_ar", String, nullable=False),
    Column("detail_en", String, nullable=False),
    Column("detail_ar", String, nullable=False),
    Column("publisher", String, nullable=False),
    Column("url", String, nullable=False),
)

facts = (
    Table(  # what the store knows of itself: schema version, hash of the data it was filled from
        "fourzones",
        metadata,
        Column("fid", Integer, primary_key=True, autoincrement=True),
        Column("key", String, nullable=False, unique=True),
        Column("value", String, nullable=False),
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
