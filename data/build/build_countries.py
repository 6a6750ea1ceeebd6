"""Write the names of all other countries: ``data/linking/countries.json``.

    python data/build/build_countries.py

They are those of the Unicode CLDR (Unicode License v3), as Babel has them. The linker reads the
file: Babel would have it load all that is known of five languages.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from babel import Locale

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from geo.paths import DATA

OUT = DATA / "linking" / "countries.json"
LANGUAGES = ("ar", "en", "fr", "ru", "tr")

# No countries, a part of every war here, or an everyday word (Mali: financial).
LEFT_OUT = frozenset(["SY", "EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "RU", "US", "ML"])
COMMENT = (
    "Countries but Syria, and but those that have a part in every war here: a text that names one,"
    " and not Syria, speaks of it. From the Unicode CLDR (Unicode License v3), by"
    " data/build/build_countries.py."
)


def countries() -> list[str]:
    """Return the names in all languages, each once."""
    names = (
        name
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if str(code).isalpha() and code not in LEFT_OUT
    )
    return list(dict.fromkeys(names))


def main() -> None:
    """Write the file."""
    names = countries()
    content = {"comment": COMMENT, "names": names}
    OUT.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(len(names), "names")


if __name__ == "__main__":
    main()
