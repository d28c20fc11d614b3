"""How often a hit shows the right sentence of the other language, and marks what was asked on both sides.

    python scripts/bench/search_pairs.py [--size 2]

Asked are the names of the glossary and of people, in both languages, of a library of that size; judged
is each hit that is a paragraph in both languages. Which sentence is right is read from the bitexts: the
one that goes with a sentence in which the marked words stand. A paragraph that is shown whole, because
its sentences do not go together surely, is right, and counted apart.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import search_corpus
from bed import ROOT
from search_node import Engine, write_index

from bitext.model import LANGS, Unit
from bitext.project.project import load_project
from bitext.search import index
from bitext.search.rows import all_pages, names

OTHER = {"zh": "en", "en": "zh"}


def bare(text: str) -> str:
    """Letters and digits only: a page writes marks and spaces in its own way."""
    return re.sub(r"\W+", "", text)


def sentences(unit: Unit, lang: str) -> list[str]:
    """The unit's sentences, each beside that of the other language."""
    ends = [0, *(bead.zh_end if lang == "zh" else bead.en_end for bead in unit.beads)]
    text = unit.text(lang) or ""
    return [bare(text[a:b]) for a, b in pairwise(ends)] if unit.beads else [bare(text)]


def judged(unit: Unit, hit: Mapping, pair: Mapping | None) -> Iterator[str]:
    """What holds of a hit: its own text has marks, its pair is shown, right, whole, marked too."""
    lang = hit["lang"]
    marks = {bare(text) for text, mark in hit["text"] if mark}
    if marks:  # a speaker's turn has none where only the name was asked
        yield "own"
    if not pair:
        return
    yield "shown"
    shown = bare("".join(text for text, _ in pair["text"]))
    own, far = sentences(unit, lang), sentences(unit, OTHER[lang])
    fitting = {b for a, b in zip(own, far, strict=True) if any(m in a for m in marks) or not marks}
    if shown == bare(unit.text(OTHER[lang]) or ""):
        yield "right"
        if len(own) > 1:
            yield "whole"
    elif shown and any(shown in sentence or sentence in shown for sentence in fitting if sentence):
        yield "right"
    if marks and any(mark for _, mark in pair["text"]):
        yield "marked"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    parser.add_argument("--size", type=int, default=2)
    parser.add_argument("--show", action="store_true", help="print what was missed")
    options = parser.parse_args()
    project = load_project(ROOT)
    bitexts = search_corpus.library(options.size, project.library.bitexts, project.glossary)
    named = names(project.glossary, index.names_of(project.people), bitexts)
    pages = tuple(all_pages(bitexts, project.glossary, project.people, ()))
    units = {(b.slug, u.id): u for b in bitexts for u in b.units if u.zh and u.en}
    asked = [*project.glossary.terms, *project.people.persons]
    with tempfile.TemporaryDirectory(prefix="two-tracks-pairs-") as folder:
        write_index(Path(folder), index.files(pages, named))
        for lang in LANGS:
            engine, count = Engine(Path(folder), lang), Counter[str]()
            for one in asked:
                raw = engine.ask(one.name[lang], pairs=True).raw
                pairs = dict(raw.get("pairs") or ())
                for n, hit in enumerate([*raw["hits"], *raw["others"]]):
                    unit = units.get((hit["slug"], hit["unit"]))
                    if not unit or hit["kind"] != "text":
                        continue
                    found = {"hits", *judged(unit, hit, pairs.get(n))}
                    count.update(found)
                    if options.show and not ({"right"} if "own" not in found else {"right", "marked"}) <= found:  # fmt: skip
                        print(f"         {one.name[lang]!r} {hit['slug']}#{hit['unit']} {sorted(found)}")  # fmt: skip
            engine.close()
            hits, own = count["hits"], count["own"]
            shares = "  ".join(f"{name} {count[name] / hits:.3f}" for name in ("shown", "right", "whole"))  # fmt: skip
            print(f"pairs {options.size:>6} {lang}  hits {hits}  {shares}  marked {count['marked'] / own:.3f} of {own}", flush=True)  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
