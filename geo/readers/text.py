"""A plain text file: one article, its body exactly as given."""

from __future__ import annotations

from collections.abc import Iterator

from geo.errors import FourzonesError
from geo.model import Article, Interval
from geo.readers.identity import identify
from geo.readers.source import Source, decode

_NAMED = {
    "arabic": "ar", "العربية": "ar", "عربي": "ar", "english": "en", "الإنجليزية": "en",
    "french": "fr", "russian": "ru", "turkish": "tr", "kurdish": "ku", "persian": "fa",
    "german": "de", "spanish": "es",
}  # fmt: skip


def read_text(source: Source, published: Interval | None = None) -> Iterator[Article]:
    """Read a text file as one article.

    Parameters
    ----------
    published : Interval, optional
        The date that the user gives. It is never guessed from the text.

    Raises
    ------
    FourzonesError
        If the file is missing, empty, binary or in an unknown encoding.
    """
    yield article_from_text(decode(source.whole(), source.name), published)


def article_from_text(content: str, published: Interval | None = None) -> Article:
    """Make an article of a text; its id is a hash of the folded words, so it never doubles.

    Examples
    --------
    >>> article_from_text("Shelling in  Douma").id == article_from_text("shelling in douma\\n").id
    True
    """
    return Article(
        id=identify("", content),
        published=published,
        date_source="given" if published else "",
        language=language_of(content),
        text=content,
    )


def language_of(content: str, declared: str = "") -> str:
    """Return the language code of a text: as declared, else told by its letters and words.

    Empty when there is too little to tell by, or no room on the disk to do it.

    Examples
    --------
    >>> language_of("قصف على دوما"), language_of("Douma"), language_of("", "en-GB")
    ('ar', '', 'en')
    """
    if declared:
        named = _NAMED.get(declared.strip().lower())
        return named or declared.replace("_", "-").split("-")[0].strip().lower()[:8]
    letters = [c for c in content[:5000] if c.isalpha()]
    arabic = sum("\u0600" <= c <= "\u06ff" for c in letters)
    if letters and arabic > len(letters) / 2:
        return "ar"
    if len(letters) < 40:
        return ""
    from py3langid.langid import classify

    try:
        return str(classify(content[:3000])[0])
    except OSError:  # it unpacks what it knows into a temporary file, and the disk may be full
        return ""


def no_text(where: str, got: str = "nothing") -> FourzonesError:
    """Return the error for a record or a page without an article."""
    return FourzonesError("no text", where=where, expected="an article's text", got=got)
