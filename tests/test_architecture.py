"""The example of docs/*/architecture.md is what the code gives, stage by stage.

`pytest tests/test_architecture.py --update-golden` writes it anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, pairwise
from pathlib import Path

import markdown
import pytest

from bitext.clean.clean import clean
from bitext.library.store import unit_lines
from bitext.model import LANGS, Bitext
from bitext.pair.pairs import pair
from bitext.pipeline import import_source
from bitext.project.project import load_bitext
from bitext.read import read
from bitext.search.blocks import Block as SearchBlock
from bitext.search.blocks import count, cut
from bitext.search.fold import tokens
from bitext.search.rows import transcript
from bitext.segment.blocks import segment
from bitext.segment.records import Block
from bitext.text.sentences import split_sentences
from bitext.text.source import Line
from tests.test_rooms import ROOMS

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "data" / "transcripts" / "sanders-xue-panel"
PAGES = {lang: ROOT / "docs" / lang / "architecture.md" for lang in LANGS}
UNIT = "s4p1"
FENCE = re.compile(r"(?<=^```text\n)(?:(?!```).*\n)+", re.MULTILINE)


def short(text: str, size: int = 24) -> str:
    return text if len(text) <= size else text[:size] + "…"


@cache
def example() -> tuple[str, ...]:
    """What each stage gives of the two lines, a block of lines a stage, in the order of the page."""
    return tuple("".join(f"{line}\n" for line in stage) for stage in stages())


def stages() -> Iterator[list[str]]:
    document = read(FOLDER / "source.txt")
    imported = import_source(document, FOLDER.name).bitext
    unit = next(u for u in imported.units if u.id == UNIT)
    numbers = (unit.zh_span[0], unit.en_span[0])
    text = document.text

    def line(item: Line) -> str:
        return f"Line {item.number:<3} text[{item.start}:{item.end}]  {short(text[item.start : item.end])}"

    start = len(text[: document.lines[numbers[0] - 1].start].encode())
    first = text.encode()[start : start + 14].hex(" ")
    yield [f"bytes {start}…  {first} …"] + [line(n) for n in document.lines if n.number in numbers]

    cleaned = clean(document)
    yield [line(n) for n in cleaned.lines if n.number in numbers] + [
        f"Cut      text[{c.span[0]}:{c.span[1]}]  {c.reason}: {short(text[slice(*c.span)], 12)}"
        for c in cleaned.cuts
    ]

    def block(item: Block) -> str:
        spans = ", ".join(f"text[{a}:{b}]" for a, b in item.passage.spans)
        return f"{item.lang} {item.kind}  {spans}  label {'/'.join(item.label.names)} ({item.label.form})  {short(item.text)}"

    blocks = segment(cleaned).blocks
    held = [b for b in blocks if any(b.text.startswith(unit.text(lang)[:30]) for lang in LANGS)]
    yield [f"Block {b.order:<3} {block(b)}" for b in held]

    pairing = pair(blocks)
    index, found = next(
        (n, p) for n, p in enumerate(pairing.pairs) if p.zh and p.zh[0].order == held[0].order
    )
    yield [
        f"layout {pairing.layout.name}",
        f"Pair {index}   posterior {found.posterior:.2f}",
        *(f"  {block(b)}" for b in found.blocks),
    ]

    sizes = [len(split_sentences(unit.text(lang), lang)) for lang in LANGS]
    yield [
        f"SentenceBead {sizes[0]}-{sizes[1]}  posterior {b.posterior}  zh[:{b.zh_end}]  en[:{b.en_end}]"
        for b in unit.beads
    ]
    yield [
        f"Unit {unit.id}  {unit.kind}  turn {unit.turn}  speaker {unit.speaker}  "
        f"confidence {unit.confidence}  doubts {[d.code for d in unit.review]}",
        ledger(imported),
    ]
    yield [short(row, 60) for row in unit_lines(unit)]
    record = (FOLDER / "import.json").read_text("utf-8").splitlines()
    yield [row.strip().rstrip(",") for row in record if f'"id": "{UNIT}"' in row]

    bitext, problems = load_bitext(FOLDER / "bitext.yml")
    assert problems == [] and bitext
    proof = bitext.proof
    yield [
        f"{proof.verdict}: {proof.proved} proved, {proof.contradicted} contradicted, {proof.unknown} unknown",
        ledger(bitext),
    ]
    sources = {lang: published(lang) for lang in LANGS}
    yield [short(row, 100) for lang in LANGS for row in sources[lang].splitlines()]
    yield [short(html(sources[lang]), 120) for lang in LANGS]

    page = list(cut([transcript(bitext)]))
    number, rows = next(
        (n, [r for lang in LANGS for r in b.rows(lang) if r and r.id == UNIT])
        for n, b in enumerate(page)
        if any(r and r.id == UNIT for r in b.rows("zh"))
    )
    yield [f"Row {r.id}  {r.label}: {short(r.text)}" for r in rows]
    yield [keys(page[number], number, lang, unit.text(lang)) for lang in LANGS]


def keys(block: SearchBlock, number: int, lang: str, text: str) -> str:
    """The first keys of a text; its block is found under each of them."""
    found = list(islice(tokens(text), 6))
    one = [key for key, *_ in found]
    two = [a + b if cjk else f"{a} {b}" for (a, *_), (b, _, cjk) in pairwise(found)]
    singles, doubles = count(block, lang)
    assert all(singles[key] for key in one) and all(doubles[key] for key in two)
    return f"{lang} block {number}  one: {', '.join(one)} …  two: {', '.join(two)} …"


def ledger(bitext: Bitext) -> str:
    parts = bitext.ledger
    return f"ledger {parts.total} = units {parts.units} + labels {parts.labels} + notes {parts.notes} + metadata {parts.metadata} + dropped {parts.dropped}"


def published(lang: str) -> str:
    """The unit's two lines of the generated page."""
    page = (ROOT / "docs" / lang / "transcripts" / f"{FOLDER.name}.md").read_text("utf-8")
    return re.search(rf"^.+\n\{{ #{UNIT} .*$", page, re.MULTILINE)[0]


def html(source: str) -> str:
    return markdown.markdown(source, extensions=["attr_list", "md_in_html"])


@pytest.mark.parametrize("lang", LANGS)
def test_the_example_is_what_the_code_gives(lang, update_golden):
    page = PAGES[lang].read_text("utf-8")
    if update_golden:
        blocks = iter(example())
        page = FENCE.sub(lambda _: next(blocks), page)
        PAGES[lang].write_text(page, "utf-8", newline="\n")
    assert tuple(FENCE.findall(page)) == example()


@pytest.mark.parametrize("lang", LANGS)
def test_the_rooms_stand_in_the_order_that_is_enforced(lang):
    page = PAGES[lang].read_text("utf-8")
    rows = re.findall(
        r"^\| `(\w+)` +\|", page.partition("{ #rooms }")[2].partition("\n## ")[0], re.MULTILINE
    )
    assert rows == list(ROOMS)  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_the_numbers_of_the_budget_are_those_of_the_code(lang):
    page = PAGES[lang].read_text("utf-8")
    rows = re.findall(
        r"^\| `(\w+)` \| (\d+) \| `((?:scripts|overrides)/\S+?)` \|", page, re.MULTILINE
    )
    assert len(rows) == 9
    for name, value, file in rows:
        code = (ROOT / file).read_text("utf-8")
        assert re.search(rf"\b{name} = 0*{value}\b", re.sub(r"(?<=\d)_(?=\d)", "", code)), name
