"""The tables of a store, the same on every engine."""

from __future__ import annotations

from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from geo.store import geopackage

metadata = MetaData()


class _PostGIS(UserDefinedType[Any]):
    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "geometry(GEOMETRY, 4326)"


class Geometry(TypeDecorator[BaseGeometry]):
    """A shapely geometry (EPSG:4326), kept as the engine's own kind of blob."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of an engine."""
        return dialect.type_descriptor(
            _PostGIS() if dialect.name == "postgresql" else LargeBinary()
        )

    def process_bind_param(self, value: BaseGeometry | None, dialect: Dialect) -> Any:
        """Write a geometry; one that is written already is passed on."""
        if isinstance(value, bytes | str):
            return value
        if value is None or value.is_empty:
            return None
        if dialect.name == "postgresql":
            return geopackage.hexewkb(value)
        return geopackage.encode(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> BaseGeometry | None:
        """Read a geometry."""
        if dialect.name == "postgresql":
            return None if value is None else geopackage.from_hex(value)
        return geopackage.decode(value)


# Dates are ISO 8601 text: they sort as days do, and every reader understands them.
articles = Table(
    "articles",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("archive_url", Text, nullable=False),
    Column("link_worked", Text, nullable=False, server_default=""),
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
    # Id of the first of its near-duplicates, its own included; empty when there are none.
    Column("same_as", Text, nullable=False, server_default=""),
    # Stems, as `geo.words` makes them: what a search looks at.
    Column("title_words", Text, nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    # The revision of the store that wrote the row: readers fetch what is newer than they know.
    Column("changed", Integer, nullable=False, server_default="0"),
    Index("articles_by_change", "changed"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("geom", Geometry),
    Column("article_fid", Integer, ForeignKey("articles.fid", ondelete="CASCADE"), nullable=False),
    Column("article", Text, nullable=False),
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
    Index("mentions_by_article", "article_fid"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("article_fid", Integer, ForeignKey("articles.fid", ondelete="CASCADE"), nullable=False),
    Column("article", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    UniqueConstraint("article_fid", "zone"),
)

# Which articles may be near-duplicates: those that share a key (see `geo.likeness`).
likeness = Table(
    "likeness",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("article_fid", Integer, primary_key=True, autoincrement=False),
    Index("likeness_by_article", "article_fid"),
    sqlite_with_rowid=False,
)

zone_versions = Table(
    "zone_versions",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("geom", Geometry),
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
    Column("geom", Geometry),
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

# What the store knows of itself: `schema`, `data` (hash of what it was filled from), `epoch`
# (which store this is), `revision` (of its articles) and `reference` (of zones and places),
# `linked by` (what made all links), `own …` (what its user brought), `watch …` (feeds) and
# `removed …` (articles that were taken out).
facts = Table(
    "fourzones",
    metadata,
    Column("fid", Integer, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("value", Text, nullable=False),
)

LAYERS = {
    "zone_versions": "MULTIPOLYGON",
    "places": "POINT",
    "mentions": "POINT",
    "articles": None,
    "judgements": None,
    "events": None,
    "fourzones": None,
}
"""Which tables are layers of the GeoPackage, and of what geometry."""
