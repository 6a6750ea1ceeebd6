"""A plain text file: one article, its body exactly as given."""

from __future__ import annotations

import hashlib
from pathlib import Path

from geo.arabic import fold
from geo.errors import FourzonesError
from geo.model import Article, Interval

MAX_BYTES = 20_000_000


def decode(data: bytes, where: str) -> str:
    """Decode what a user handed in as text.

    Raises
    ------
    FourzonesError
        If it is empty, too large, binary or not UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise FourzonesError(
            "too large", where=where, expected=f"at most {MAX_BYTES:,} bytes", got=f"{len(data):,}"
        )
    if b"\x00" in data[:8192]:
        raise FourzonesError("not a text", where=where, expected="UTF-8 text", got="binary data")
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FourzonesError(
            "not a text",
            where=where,
            expected="UTF-8 text",
            got=f"byte 0x{data[error.start]:02x} at offset {error.start}",
        ) from error
    if not content.strip():
        raise FourzonesError("empty", where=where, expected="an article's text", got="nothing")
    return content


def read_text(path: Path, published: Interval | None = None) -> Article:
    """Read a text file as one article.

    Parameters
    ----------
    published : Interval, optional
        The date that the user gives. It is never guessed from the text.

    Raises
    ------
    FourzonesError
        If the file is missing, empty, binary or not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FourzonesError(
            "cannot read", where=str(path), expected="a text file", got=error.strerror or str(error)
        ) from error
    return article_from_text(decode(data, str(path)), published)


def article_from_text(content: str, published: Interval | None = None) -> Article:
    """Make an article of a text; its id is a hash of the folded words, so it never doubles.

    Examples
    --------
    >>> article_from_text("Shelling in  Douma").id == article_from_text("shelling in douma\\n").id
    True
    """
    words = " ".join(fold(content).split())
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        id=f"t-{digest[:20]}",
        published=published,
        date_source="given" if published else "",
        language=script_language(content),
        text=content,
    )


def script_language(content: str) -> str:
    """Tell Arabic from texts in other scripts, by counting letters; empty when it is neither.

    Only Arabic can be told by its script alone here; a Latin text may be English, French or
    Turkish, so its language stays unknown.

    Examples
    --------
    >>> script_language("قصف على دوما"), script_language("Douma")
    ('ar', '')
    """
    letters = [c for c in content[:5000] if c.isalpha()]
    arabic = sum("\u0600" <= c <= "\u06ff" for c in letters)
    return "ar" if letters and arabic > len(letters) / 2 else ""
