"""How fast texts are linked, beside a search that decides nothing and two tools that others use.

Run ``python benchmarks/linking.py``. One process, one core, one run:

- `fourzones`: the linker, from text to mentions.
- `bare search`: ahocorasick-rs (leftmost-longest) for the same names, building the same `Mention`
  for each match, with offsets in code points. It folds nothing, knows no word ends and no context:
  the limit. And the same with its mentions made in C, as the linker makes them.
- `spaCy PhraseMatcher` (blank pipeline, ``attr="LOWER"``) and `flashtext2`, on a part of the texts.

The texts are the labelled passages and articles generated around the names that they mention, so
that there is a mention in every 300 bytes or so; vowel signs in 5 % of the Arabic articles. Half of
what stands between the names are words of passages that mention nothing, the traps among them; half
are made-up words, 25,000 in each script, as unevenly frequent as words are: a news archive has no
small vocabulary, and a tool that keeps what it knows of a word must not gain by one here. Each tool
has read a tenth of the texts before it is timed on others. The tools take turns, a hundred texts
each, and speeds are megabytes of UTF-8 in a second of processor time, so that other work on the
machine counts less.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import spacy
from ahocorasick_rs import AhoCorasick, MatchKind
from flashtext2 import KeywordProcessor
from rich.console import Console
from rich.table import Table
from spacy.matcher import PhraseMatcher

from geo import evaluation
from geo.gazetteer import load_places
from geo.linking import Linker, default_linker
from geo.linking.article import make_mention
from geo.linking.letters import written
from geo.linking.names import patterns, spoken_names
from geo.linking.respelt import Respelt
from geo.model import Mention

MEGABYTE = 1_000_000
BETWEEN = 400
VOCABULARY = 25_000
COMMONEST = 100
BATCH = 100
"""Texts that a tool reads before it is the next one's turn."""

PART = 10
Find = Callable[[str], object]
_ARABIC = re.compile("[\u0621-\u064a]")
_WORD = re.compile(r"[^\W\d_]{3,}")
# Not getrusage: a child begins with its parent's peak there.
_PEAK = (
    "print(next(int(line.split()[1]) / 1000 for line in open('/proc/self/status')"
    " if line.startswith('VmHWM')))"
)
_SIGN = re.compile("[\u064b-\u0652\u0640]")
SIGNS = "\u064b\u064e\u064f\u0650\u0652"


def corpus(size: int, seed: int = 7) -> list[str]:
    """Return texts of about `size` bytes: a tenth labelled passages, the rest generated."""
    chance = random.Random(seed)
    known = evaluation.load()
    texts: list[str] = []
    total = 0
    while total < size / 10:
        for passage in known:
            texts.append(passage.text)
            total += len(passage.text.encode())
    fillers = {True: Filler(known, "ar", chance), False: Filler(known, "en", chance)}
    names: dict[bool, list[str]] = {True: [], False: []}
    for passage in known:  # as often as the passages name them
        for span in passage.mentions:
            name = passage.words(span)
            if not _SIGN.search(name):  # they come with whole articles, below
                names[bool(_ARABIC.search(name))].append(name)
    while total < size:
        arabic = chance.random() < 0.7
        text = _article(chance, fillers[arabic], names[arabic])
        if arabic and chance.random() < 0.05:
            text = "".join(c + chance.choice(SIGNS) if _ARABIC.match(c) else c for c in text)
        texts.append(text)
        total += len(text.encode())
    chance.shuffle(texts)
    return texts


class Filler:
    """Words to stand between names, in one language.

    Parameters
    ----------
    known : sequence of Passage
        Those that mention nothing give their words, and all teach how made-up words are spelt.
    """

    def __init__(
        self, known: Sequence[evaluation.Passage], language: str, chance: random.Random
    ) -> None:
        ours = [passage for passage in known if passage.language == language]
        self._chance = chance
        self._real = [
            word
            for p in ours
            if not p.mentions and not _SIGN.search(p.text)
            for word in p.text.split()
        ]
        self._made = _made_up([word for p in ours for word in _WORD.findall(p.text)], chance)
        # Zipf's law: the word of rank n comes up in proportion to 1 / n. The first ranks belong to
        # words such as "the" and "of", which the real words supply.
        ranks = range(COMMONEST, COMMONEST + VOCABULARY)
        self._shares = list(itertools.accumulate(1 / rank for rank in ranks))

    def words(self, count: int) -> list[str]:
        """Return words in the order of the text, about half of them made up."""
        made = self._chance.choices(self._made, cum_weights=self._shares, k=count)
        real = self._chance.choices(self._real, k=count)
        return [
            one if self._chance.random() < 0.5 else other
            for one, other in zip(made, real, strict=True)
        ]


def _made_up(words: Sequence[str], chance: random.Random) -> list[str]:
    """Return words that do not exist, spelt as the given ones are, and that no name is part of."""
    following: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        padded = f"  {word} "
        for at in range(len(word) + 1):
            following[padded[at : at + 2]].append(padded[at + 2])
    linker, real = default_linker(), set(words)
    made: dict[str, None] = {}
    while len(made) < VOCABULARY:
        word = "  "
        while len(word) < 14 and (letter := chance.choice(following[word[-2:]])) != " ":
            word += letter
        word = word.strip()
        if len(word) > 2 and word not in real and word not in made and not linker.explain(word):
            made[word] = None
    return list(made)


def _article(chance: random.Random, filler: Filler, names: list[str]) -> str:
    parts: list[str] = []
    for _ in range(chance.randint(3, 12)):
        length = 0
        while length < BETWEEN:
            words = filler.words(8)
            parts += words
            length += len(" ".join(words).encode()) + 1
        parts.append(chance.choice(names))
    return " ".join(parts)


def bare(
    names: Mapping[str, tuple[str, str]], make: Callable[..., Mention] = Mention
) -> Callable[[str], list[Mention]]:
    """Return a search that builds a mention of every match and asks nothing."""
    meanings = list(names.values())
    search = AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest)

    def find(text: str) -> list[Mention]:
        found = []
        for number, start, end in search.find_matches_as_indexes(text):
            zone, kind = meanings[number]
            surface = text[start:end]
            found.append(make(zone, surface, start, end, None, kind, "body", "match", 1.0, None))
        return found

    return find


def spacy_matcher(names: Mapping[str, tuple[str, str]]) -> Find:
    """Return spaCy's PhraseMatcher over the names."""
    blank = spacy.blank("xx")
    matcher = PhraseMatcher(blank.vocab, attr="LOWER")
    matcher.add("zone", [blank.make_doc(name) for name in names])
    return lambda text: matcher(blank.make_doc(text))


def flashtext(names: Mapping[str, tuple[str, str]]) -> Find:
    """Return flashtext2 over the names."""
    processor = KeywordProcessor(case_sensitive=False)
    processor.add_keywords_from_iter(names)
    return processor.extract_keywords_with_span


def side_by_side(
    tools: dict[str, Find], texts: Sequence[str], seldom: Sequence[str] = ()
) -> dict[str, list[float | None]]:
    """Return the processor time (s) of each tool for each batch of the texts.

    The tools take turns, so that a machine whose speed changes while they run slows them alike, in
    another order each: who comes first brings the texts into the caches.

    Parameters
    ----------
    seldom : sequence of str
        Tools that read every tenth batch only: there is no time for the others.
    """
    times: dict[str, list[float | None]] = {name: [] for name in tools}
    order, chance = list(tools.items()), random.Random(7)
    for at in range(0, len(texts), BATCH):
        batch = texts[at : at + BATCH]
        chance.shuffle(order)
        for name, find in order:
            if name in seldom and at // BATCH % PART:
                times[name].append(None)
                continue
            begin = time.process_time()
            for text in batch:
                find(text)
            times[name].append(time.process_time() - begin)
    return times


def times_as_fast(times: dict[str, list[float | None]], one: str, other: str) -> float:
    """Return how many times as fast one tool is as another, over the batches that both read."""
    both = [
        (mine, its)
        for mine, its in zip(times[one], times[other], strict=True)
        if mine is not None and its is not None
    ]
    return sum(its for _, its in both) / sum(mine for mine, _ in both)


def speed(spent: Sequence[float | None], texts: Sequence[str]) -> float:
    """Return the megabytes of UTF-8 that a tool read in a second of processor time."""
    size = sum(
        len(text.encode())
        for at, one in enumerate(spent)
        if one is not None
        for text in texts[at * BATCH : (at + 1) * BATCH]
    )
    return size / MEGABYTE / sum(one for one in spent if one is not None)


def warm(tools: dict[str, Find], texts: Sequence[str]) -> None:
    """Let each tool read some texts."""
    for find in tools.values():
        for text in texts:
            find(text)


def growth(texts: Sequence[str], named_first: bool) -> float:
    """Return how many times as long 10,000 written forms take as 1,000.

    Parameters
    ----------
    named_first : bool
        The 1,000 hold all forms that stand in the texts, so that 10,000 find hardly more. Else both
        are drawn at random, and 10,000 find about five times as much, each of which is decided on.
    """
    linker = default_linker()
    seen = {written(one.surface) for text in texts for one in linker.explain(text)}
    every = list(patterns().items())
    random.Random(7).shuffle(every)
    if named_first:
        every.sort(key=lambda form: form[0].rstrip() not in seen)
    places = load_places()
    tools: dict[str, Find] = {
        str(count): Linker(dict(every[:count]), Respelt(places)).link for count in (1_000, 10_000)
    }
    warm(tools, texts)
    return times_as_fast(side_by_side(tools, texts), "1000", "10000")


def bare_growth(names: Mapping[str, tuple[str, str]], texts: Sequence[str]) -> float:
    """Return how many times as long all names take the bare search as 1,000 drawn at random."""
    some = random.Random(7).sample(sorted(names), 1_000)
    tools: dict[str, Find] = {
        "some": bare({name: names[name] for name in some}),
        "all": bare(names),
    }
    warm(tools, texts)
    return times_as_fast(side_by_side(tools, texts), "some", "all")


def start_up() -> tuple[float, float]:
    """Return the seconds until a fresh process has linked a sentence, and its memory (MB)."""
    code = (
        "import time; t = time.perf_counter(); from geo.linking import link; link('Idlib');"
        "print(time.perf_counter() - t);" + _PEAK
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(3)
    ]
    seconds, memory = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    return min(seconds), max(memory)


def long_run(size: int) -> float:
    """Return the memory (MB) of a fresh process that links the texts one by one."""
    code = (
        "import sys; sys.path.insert(0, 'benchmarks'); import linking;"
        "from geo.linking import link\n"
        f"for part in range({max(1, size // (5 * MEGABYTE))}):\n"
        f"    for text in linking.corpus({5 * MEGABYTE}, part): link(text)\n" + _PEAK
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(ran.stdout)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=50)
    size = parser.parse_args().megabytes * MEGABYTE
    texts = corpus(size)
    tenth = max(1, len(texts) // 10)
    part, rest = texts[:tenth], texts[tenth:]
    bytes_ = sum(len(text.encode()) for text in texts)
    names = spoken_names()
    linker = default_linker()
    found = sum(len(linker.link(text)) for text in part)
    apart = sum(len(text.encode()) for text in part) / max(1, found)
    console = Console(width=100)
    console.print(
        f"{bytes_ / MEGABYTE:.0f} MB in {len(texts)} texts, a mention every {apart:.0f} bytes"
    )
    tools: dict[str, Find] = {
        "fourzones": linker.link,
        "bare search": bare(names),
        "bare search, mentions in C": bare(names, make_mention),
        "spaCy PhraseMatcher": spacy_matcher(names),
        "flashtext2": flashtext(names),
    }
    warm(tools, part)
    times = side_by_side(tools, rest, seldom=["spaCy PhraseMatcher", "flashtext2"])
    fast = {name: times_as_fast(times, "fourzones", name) for name in tools}
    table = Table(title=f"Speed over {len(names)} names")
    for heading in ("", "MB/s", "fourzones is … times as fast"):
        table.add_column(heading, justify="left" if not heading else "right")
    for name, spent in times.items():
        table.add_row(name, f"{speed(spent, rest):.1f}", f"{fast[name]:.2f}")
    console.print(table)
    seconds, memory = start_up()
    rows = [
        ("share of the bare search", fast["bare search"], "≥ 0.5"),
        ("of the same, mentions in C", fast["bare search, mentions in C"], ""),
        ("times spaCy", fast["spaCy PhraseMatcher"], "≥ 25"),
        ("time for 10,000 forms over 1,000", growth(part, named_first=True), "≤ 1.5"),
        ("the same, forms drawn at random", growth(part, named_first=False), "≤ 1.5"),
        ("the bare search so, all names", bare_growth(names, part), ""),
        ("start-up, s", seconds, "≤ 1"),
        ("memory after start, MB", memory, "≤ 250"),
        ("memory after all texts, MB", long_run(bytes_), "≤ 250"),
    ]
    table = Table(title="Against the limits")
    for heading in ("", "measured", "limit"):
        table.add_column(heading, justify="left" if not heading else "right")
    for name, value, limit in rows:
        table.add_row(name, f"{value:.2f}", limit)
    console.print(table)


if __name__ == "__main__":
    main()
