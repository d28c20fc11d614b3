"""Finding terms in running text: ours beside a regular expression and Python-Markdown's `abbr`.

One run, one text, one machine. The two others look at every term at every place, so they get a
small part of the text and their time for the whole is worked out from it; the table says so.

    python scripts/bench/bench_glossary.py [TERMS] [MEGABYTES]
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import markdown
from markdown.extensions.abbr import AbbrExtension

from bitext.glossary.occurrences import Matcher
from bitext.glossary.store import Both, Glossary, Term, parse_glossary
from bitext.library.store import load_library

ROOT = Path(__file__).resolve().parent.parent.parent
PART = 8_000  # characters that the two slow ones are given
HAN = [chr(c) for c in range(0x4E00, 0x9FA5)]
STEMS = [
    "agile",
    "open",
    "model",
    "risk",
    "safety",
    "data",
    "trust",
    "audit",
    "norm",
    "track",
    "global",
    "shared",
    "civil",
    "code",
]


def made_terms(count: int, seed: int = 7) -> Glossary:
    """A glossary of `count` made-up terms, the same for the same numbers."""
    rng = random.Random(seed)
    terms = []
    for n in range(count):
        zh = "".join(rng.choices(HAN, k=rng.randint(3, 6)))
        en = f"{rng.choice(STEMS)} {rng.choice(STEMS)} {_letters(n)}"
        terms.append(Term(f"t{n}", "s", Both(zh, en), Both("义", "x")))
    return Glossary(tuple(terms))


def _letters(n: int) -> str:
    """A made-up word for a number."""
    word = ""
    while True:
        n, at = divmod(n, 21)
        word += "bcdfghjklmnpqrstvwxyz"[at] + "aeiou"[at % 5]
        if not n:
            return word


def made_text(lang: str, glossary: Glossary, size: int, seed: int = 11) -> str:
    """`size` bytes of the library's own texts, with a term of the glossary in every paragraph."""
    rng = random.Random(seed)
    units = [u.text(lang) for b in load_library(ROOT).bitexts for u in b.units if u.text(lang)]
    parts, length = [], 0
    while length < size:
        term, at = rng.choice(glossary.terms).name[lang], rng.choice(units)
        part = f"{at}{term}。" if lang == "zh" else f"{at} {term}."
        parts.append(part)
        length += len(part.encode("utf-8")) + 2
    return "\n\n".join(parts)


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds of this process's own work, so that a busy machine does not count, and the result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def with_regex(glossary: Glossary, lang: str, text: str) -> int:
    """The occurrences that one alternation of all forms finds."""
    forms = sorted((t.name[lang] for t in glossary.terms), key=len, reverse=True)
    edge = r"\b" if lang == "en" else ""
    pattern = re.compile(edge + "(?:" + "|".join(map(re.escape, forms)) + ")" + edge, re.IGNORECASE)
    return sum(1 for _ in pattern.finditer(text))


def with_abbr(glossary: Glossary, lang: str, text: str) -> int:
    """The occurrences that Python-Markdown marks with every term as an abbreviation."""
    known = {t.name[lang]: t.definition[lang] for t in glossary.terms}
    return markdown.markdown(text, extensions=[AbbrExtension(glossary=known)]).count("<abbr")


def measure(count: int, megabytes: float) -> list[tuple[str, ...]]:
    """The table's rows: language, way, what was measured, seconds for the whole, found."""
    glossary, rows = made_terms(count), []
    for lang in ("zh", "en"):
        text = made_text(lang, glossary, int(megabytes * 1_000_000))
        part = text[:PART]
        build, matcher = timed(lambda lang=lang: Matcher(glossary, lang))
        ours, found = timed(lambda m=matcher, t=text: m.find(t))
        in_part = len(matcher.find(part))
        rows.append((lang, "this project", f"whole text, built in {build:.2f} s", f"{ours:.2f}", f"{len(found):,}", str(in_part)))  # fmt: skip
        for way, work in (("regular expression", with_regex), ("Markdown abbr", with_abbr)):
            seconds, hits = timed(lambda w=work, lang=lang, p=part: w(glossary, lang, p))
            scaled = seconds * len(text) / len(part)
            rows.append((lang, way, f"{len(part):,} characters in {seconds:.2f} s", f"{scaled:.0f} (reckoned)", "", str(hits)))  # fmt: skip
    return rows


def reading(count: int) -> float:
    """Seconds to read and check a glossary.yml of `count` terms."""
    entries = "".join(
        f"  - id: {t.id}\n    subject: s\n    zh: {t.zh}\n    en: {t.en}\n"
        "    definition: {zh: 义, en: x}\n    basis: general\n"
        for t in made_terms(count).terms
    )
    text = "version: 1\nsubjects: [{id: s, zh: 主题, en: Subject}]\nterms:\n" + entries
    seconds, (glossary, problems) = timed(lambda: parse_glossary(text, "made"))
    assert len(glossary.terms) == count and not problems
    return seconds


def main(count: int = 10_000, megabytes: float = 1.0) -> None:
    print(f"{count:,} terms, {megabytes:g} MB of text in each language; Python {sys.version.split()[0]}")  # fmt: skip
    head = (
        "",
        "way",
        "measured",
        "seconds for the whole",
        "found",
        f"found in {PART:,} characters",
    )
    table = [head, *measure(count, megabytes)]
    widths = [max(len(row[i]) for row in table) for i in range(len(head))]
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())  # fmt: skip
    print(f"reading and checking a glossary.yml of {count:,} terms: {reading(count):.1f} s")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(int(arguments[0]) if arguments else 10_000, float(arguments[1]) if arguments[1:] else 1.0)
