"""List where the linker and the reader of an article differ: ``docs/catalogue-differences.md``.

    python data/build/catalogue_differences.py

Who is right is said per row in ``data/facts/catalogue_verdicts.csv``, by a person.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from geo.linking import link
from geo.model import ZONES
from geo.paths import DATA
from geo.readers import read_catalogue

OUT = DATA.parent / "docs" / "catalogue-differences.md"


def main() -> None:
    """Write the page."""
    with (DATA / "facts" / "catalogue_verdicts.csv").open(encoding="utf-8", newline="") as file:
        verdicts = {row["id"]: row for row in csv.DictReader(file)}
    rows, total = [], 0
    for article in read_catalogue():
        total += 1
        found = {m.zone for m in link(article.text)}
        labelled = set(article.labelled or ())
        if found == labelled:
            continue
        said = verdicts.get(article.id, {"right": "not judged", "why": ""})
        lost = ", ".join(z for z in ZONES if z in labelled - found) or "–"
        more = ", ".join(z for z in ZONES if z in found - labelled) or "–"
        quoted = article.text.replace("|", "/")
        rows.append(
            f"| {article.id} | {article.language} | {quoted} | {lost} | {more} "
            f"| {said['right']} | {said['why']} |"
        )
    head = f"""# Where the linker and the reader of an article differ

The linker reads the names that each article of the catalogue uses, as one text; a person who read
the article labelled it. They agree on {total - len(rows)} of {total} articles. The others:

| id | language | quoted names | only the reader | only the linker | who is right | why |
|---|---|---|---|---|---|---|
"""
    OUT.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {len(rows)} of {total} differ")


if __name__ == "__main__":
    main()
