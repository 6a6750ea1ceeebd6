"""What people say of the links between articles and zones."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, update

from geo.errors import FourzonesError
from geo.indexing import UNSTORABLE
from geo.model import ZONES, Judgement
from geo.store.database import next_revision, set_fact
from geo.store.schema import articles, judgements


def check(judgement: Judgement) -> None:
    """Refuse a judgement that cannot be kept.

    Raises
    ------
    FourzonesError
    """
    if judgement.zone not in ZONES or judgement.verdict not in ("confirmed", "rejected"):
        raise FourzonesError(
            "no such judgement", expected="confirmed or rejected, and one of the four zones",
            got=f"{judgement.verdict[:40]}, {judgement.zone[:40]}",
        )  # fmt: skip
    if UNSTORABLE.search(judgement.by + judgement.at):
        raise FourzonesError(
            "bad name of who judges", expected="a text that can be stored",
            got=ascii(judgement.by[:40]),
        )  # fmt: skip


def judge(connection: Connection, fid: int, article: str, judgement: Judgement) -> None:
    """Keep a judgement of an article's link, in place of what was said of it before."""
    unjudge(connection, fid, judgement.zone)
    row = {"article_fid": fid, "article": article, "zone": judgement.zone,
           "verdict": judgement.verdict, "by": judgement.by[:200], "at": judgement.at}  # fmt: skip
    connection.execute(insert(judgements), row)


def unjudge(connection: Connection, fid: int, zone: str) -> None:
    """Take back what was said of an article's link."""
    own = (judgements.c.article_fid == fid) & (judgements.c.zone == zone)
    connection.execute(delete(judgements).where(own))
    revision = next_revision(connection)
    connection.execute(update(articles).where(articles.c.fid == fid).values(changed=revision))
    set_fact(connection, "revision", str(revision))
