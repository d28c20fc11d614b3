"""Pages -> blocks: some rows of one page, as the worker reads and judges them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bitext.search import fold
from bitext.search.records import Page, Pair, Row
from bitext.text.variants import simplified

BLOCK = 5_000  # bytes of text of one block, about
FORM = "\x02"  # parts a key from one of the forms that it stands for
FACT = "\x03"  # begins a key that is no word: who speaks, the year, the kind, the page
HEAD_WEIGHT = 4  # a title's or a label's word counts as often


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of one page, small enough to be fetched for one hit."""

    page: Page
    start: int
    stop: int

    def rows(self, lang: str) -> list[Row | None]:
        return [pair[lang] for pair in self.page.pairs[self.start : self.stop]]


def cut(pages: Iterable[Page]) -> Iterator[Block]:
    """The blocks of all pages, in order; together they hold every row once."""
    for page in pages:
        start = size = 0
        for n, pair in enumerate(page.pairs):
            more = _bytes_of(pair)
            if n > start and size + more > BLOCK:
                yield Block(page, start, n)
                start, size = n, 0
            size += more
        yield Block(page, start, len(page.pairs))


def _bytes_of(pair: Pair) -> int:
    """The bytes of the longer of the two texts."""
    return max((len(row.text.encode()) for row in (pair.zh, pair.en) if row), default=0)


def shown(block: Block, lang: str) -> dict[str, object]:
    """A block as the worker reads it: url, kind, title, day, labels and who they are, and its rows
    (0 where there is none).

    `c` tells that the page began in a block before, `f` which traditional characters stand in it.
    """
    rows = block.rows(lang)
    heads = list(dict.fromkeys((row.label, row.who) for row in rows if row))
    title = block.page.title(lang)
    out: dict[str, object] = {
        "u": block.page.url,
        "k": block.page.kind[0],
        "t": title,
        "d": block.page.day,
        "l": [label for label, _ in heads],
        "p": [who for _, who in heads],
        "r": [_row(row, heads) if row else 0 for row in rows],
        "f": _simplified_in("".join([title, *(h[0] for h in heads), *(row.text for row in rows if row)])),
        "c": int(block.start > 0),
    }  # fmt: skip
    if not any(who for _, who in heads):
        out["p"] = 0
    return {key: value for key, value in out.items() if value or key in ("r", "l", "t", "u")}


def _row(row: Row, heads: Sequence[tuple[str, str]]) -> list[object]:
    """The row's id, label, text, kind, sentences' lengths and terms that are no words in it; what
    is at the end and says nothing is left away."""
    ends = [abs(end) for end in (0, *row.beads)]
    lengths = [b - a if end >= 0 else a - b - 1 for (a, b), end in zip(pairwise(ends), row.beads, strict=True)]  # fmt: skip
    out: list[object] = [row.id, heads.index((row.label, row.who)), row.text]
    out += [row.kind[:1], lengths, [*row.not_words]]
    while not out[-1] and len(out) > 3:  # noqa: PLR2004 - id, label and text are always there
        out.pop()
    return [value or 0 if n > 2 else value for n, value in enumerate(out)]  # noqa: PLR2004


def _simplified_in(text: str) -> str:
    """The traditional characters of the text, each with its simplified form behind it."""
    known = simplified()
    return "".join(c + known[c] for c in sorted(set(text)) if c in known)


def count(block: Block, lang: str) -> tuple[Counter[str], Counter[str]]:
    """How often a block has each key: single tokens, and two tokens that stand side by side.

    What stands in a title or a label counts for more than a text can.
    """
    one: Counter[str] = Counter()
    two: Counter[str] = Counter()
    for text, times in _weighed_texts(block, lang):
        found = list(fold.tokens(text))
        keys: list[str] = []
        for key, form, cjk in found:
            keys += (key,) if cjk else (key, key + FORM + form)
        keys += fold.compounds(text)
        # Only Latin words need the space.
        beside = [a + b if cjk else f"{a} {b}" for (a, _, _), (b, _, cjk) in pairwise(found)]
        for _ in range(times):
            one.update(keys)
            two.update(beside)
    one.update(dict.fromkeys(facts(block, lang), 1))
    return one, two


def facts(block: Block, lang: str) -> Iterator[str]:
    """The keys by which a reader narrows a search: who speaks, the year, the kind, the text."""
    rows = [row for row in block.rows(lang) if row]
    own = block.page.kind  # also of what an entry rests on
    kinds = {(own if row.kind in ("", "cited") else row.kind)[:1] for row in rows}
    yield from (f"{FACT}k:{kind}" for kind in sorted(kinds))
    yield from (f"{FACT}s:{who}" for who in sorted({row.who or row.label for row in rows} - {""}))
    if block.page.kind == "transcript":
        yield f"{FACT}i:{block.page.url.split('/')[1]}"
        yield f"{FACT}y:{block.page.day[:4]}"


def _weighed_texts(block: Block, lang: str) -> list[tuple[str, int]]:
    """The block's titles and labels, each as often as it counts, and its texts."""
    rows = [row for row in block.rows(lang) if row]
    heads = {row.label for row in rows} | ({block.page.title(lang)} if block.start == 0 else set())
    return [*((head, HEAD_WEIGHT) for head in sorted(heads)), *((row.text, 1) for row in rows)]
