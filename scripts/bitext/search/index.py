"""What is searched -> the files that the search worker fetches.

The reader's browser starts with `zh.gz` or `en.gz`. For a small library that file holds all texts
of the language. A larger one is cut: the file then says where each key stands, `<lang>/one/N.gz`
(single words and characters) and `<lang>/two/N.gz` (neighbours) say which blocks hold a key, and
`<lang>/text/N.gz` are the blocks, some units of one page each, which the worker judges word by
word. Block N of both languages holds the same units. `traditional.gz` is fetched when a query
needs it.

Every file is gzip, so that what a reader pays does not depend on what the web host compresses.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bitext.glossary.people import People
from bitext.glossary.store import Glossary
from bitext.model import LANGS, Bitext
from bitext.search import fold
from bitext.search.rows import Name, Page, Pair, Row, all_pages, names, text_page

FOLDER = "assets/bt/search"
#: The largest library kept in one file, compressed: about one second at 400 kbit/s.
ONE_FILE = 48_000
BLOCK = 5_000  # bytes of text of one block, about
SHARD = 9_000  # bytes of one file of keys, about, before compression
LONG_WORD = 4  # letters of a key: shorter words are not looked for when one letter is wrong
FORM = "\x02"  # parts a key from one of the forms that it stands for
HEAD_WEIGHT = 4  # a title's or a label's word counts as often
#: What a page's front matter says of search, in the words of the theme.
EXCLUDED = re.compile(r"\A---\n(?:(?!---).*\n)*search:\n +exclude: true\n")
WORKER_PARTS = ("fold", "query", "rank", "source", "show")
DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of one page, small enough to be fetched for one hit."""

    page: Page
    start: int
    stop: int

    def rows(self, lang: str) -> list[Row | None]:
        return [pair[lang] for pair in self.page.pairs[self.start : self.stop]]


def write(
    bitexts: Sequence[Bitext],
    glossary: Glossary,
    people: People,
    texts: Sequence[Page],
    site_dir: Path,
) -> None:
    """Writes the index of a library, and of the hand-written pages `texts`, into the built site."""
    found = tuple(all_pages(bitexts, glossary, texts))
    folder = site_dir / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files(found, names(glossary, names_of(people), bitexts)).items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def names_of(people: People) -> dict[str, Name]:
    """The people and bodies under all their names, by id."""
    return {
        one.id: Name((one.name["zh"], *one.variants["zh"]), (one.name["en"], *one.variants["en"]))
        for one in (*people.persons, *people.bodies)
    }


def built_texts(root: Path, site_dir: Path, made: Collection[str] = ()) -> list[Page]:
    """The hand-written pages as built: docs/zh/*.md but for those of `made`, paths below docs/.

    A page with `search: exclude` in its front matter is for developers, and readers do not find it.
    """
    out = []
    for source in sorted((root / "docs" / "zh").glob("*.md")):
        url = "" if source.stem == "index" else f"{source.stem}/"
        built = [site_dir / side / url / "index.html" for side in ("", "en")]
        if EXCLUDED.search(source.read_text("utf-8")):
            continue
        if f"zh/{source.name}" not in made and all(b.exists() for b in built):
            out.append(text_page(url, *(b.read_text("utf-8") for b in built)))
    return out


def files(pages: Sequence[Page], named: Sequence[Name], one_file: int = ONE_FILE) -> dict[str, bytes]:  # fmt: skip
    """The files of the index; the same pages give the same bytes."""
    blocks = list(cut(pages))
    called = list(_called(blocks, named))
    texts = {lang: [shown(block, lang) for block in blocks] for lang in LANGS}
    out = {"traditional.gz": packed(known_traditional(texts))}
    small = {f"{lang}.gz": packed({"names": called, "blocks": texts[lang]}) for lang in LANGS}
    if sum(map(len, small.values())) <= one_file:
        return {**small, **out}
    starts = {}
    for lang in LANGS:
        out |= {f"{lang}/text/{n}.gz": packed(text) for n, text in enumerate(texts[lang])}
        found, starts[lang] = keys(blocks, lang)
        out |= {f"{lang}/{name}": data for name, data in found.items()}
    # The stamp makes a reader's browser fetch pieces of the same edition as the start it holds.
    stamp = hashlib.sha256(b"".join(out[k] for k in sorted(out))).hexdigest()[:12]
    for lang in LANGS:
        start = {"names": called, "cut": stamp, "count": len(blocks), **starts[lang]}
        out[f"{lang}.gz"] = packed(start)
    return out


def _called(blocks: Sequence[Block], named: Sequence[Name]) -> Iterator[list[object]]:
    """The names as the worker reads them, each with the number of its entry's block, or -1."""
    entries = {
        row.id: n
        for n, block in enumerate(blocks)
        if block.page.kind == "glossary"
        for row in block.rows("zh")
        if row
    }
    for n in named:
        yield [n.zh, n.en, n.row, entries.get(n.row, -1), n.loose_zh, n.loose_en]


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


def shown(block: Block, lang: str) -> dict:
    """A block as the worker reads it: url, kind, title, and its rows (0 where there is none).

    `c` tells that the page began in a block before.
    """
    rows = block.rows(lang)
    labels = list(dict.fromkeys(row.label for row in rows if row))
    title = block.page.title(lang)
    out: dict[str, object] = {
        "u": block.page.url,
        "k": block.page.kind[:2],
        "t": title,
        "l": labels,
        "r": [_row(row, labels) if row else 0 for row in rows],
    }
    pairs = _simplified_in("".join([title, *labels, *(row.text for row in rows if row)]))
    if pairs:
        out["f"] = pairs
    return {**out, "c": 1} if block.start else out


def _row(row: Row, labels: Sequence[str]) -> list[object]:
    return [row.id, labels.index(row.label), row.text, *([1] if row.aside else [])]


def _simplified_in(text: str) -> str:
    """The traditional characters of the text, each with its simplified form behind it."""
    known = fold.simplified()
    return "".join(c + known[c] for c in sorted(set(text)) if c in known)


def known_traditional(texts: Mapping[str, list[dict]]) -> str:
    """Traditional characters and their simplified form, one after the other, where a text has it."""
    held = {c for blocks in texts.values() for b in blocks for c in fold.fold(json.dumps(b, ensure_ascii=False))}  # fmt: skip
    return "".join(a + b for a, b in sorted(fold.simplified().items()) if b in held)


def packed(value: object) -> bytes:
    """The value as compressed JSON, or a text as it is; always the same bytes."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))  # fmt: skip
    return gzip.compress(text.encode(), 9, mtime=0)


# --- the cut index: key -> blocks -----------------------------------------------------------------


def keys(blocks: Sequence[Block], lang: str) -> tuple[dict[str, bytes], dict[str, str]]:
    """The key files of a language, and where each of them begins, a line a file.

    `one` holds words and characters, `two` neighbours. `long` has no blocks, only the long words, by
    their heads and by their tails: where one letter is wrong, the one or the other is right.
    """
    singles, doubles = _postings(blocks, lang)
    drop_only_forms(singles)
    words = [key for key in singles if _is_long(key)]
    both_ways = dict.fromkeys([*("<" + key for key in words), *(">" + key[::-1] for key in words)])
    out: dict[str, bytes] = {}
    first: dict[str, str] = {}
    tables: Mapping[str, Mapping[str, _Postings | None]] = {
        "one": singles, "two": doubles, "long": both_ways,
    }  # fmt: skip
    for name, entries in tables.items():
        starts, last = [], ""
        for n, lines in enumerate(shards(entries)):
            starts.append(separator(last, _key(lines[0])))
            last = _key(lines[-1])
            out[f"{name}/{n}.gz"] = packed("\n".join(lines))
        first[name] = "\n".join(starts)
    return out, first


def _is_long(key: str) -> bool:
    """Whether a key is a word that is looked for with a letter wrong."""
    return len(key) >= LONG_WORD and key.isascii() and FORM not in key


def _postings(
    blocks: Sequence[Block], lang: str
) -> tuple[dict[str, _Postings], dict[str, _Postings]]:
    """The blocks of single keys, and those of neighbours."""
    tables: tuple[dict[str, _Postings], dict[str, _Postings]] = {}, {}
    for n, block in enumerate(blocks):
        for table, counts in zip(tables, count(block, lang), strict=True):
            for key, times in counts.items():
                if (postings := table.get(key)) is None:
                    postings = table[key] = _Postings()
                postings.add(n, times)
    return tables


#: A form as good as always there, measured in the bytes of its blocks and of the word's: such a share.
ONLY_FORM = 0.9


def drop_only_forms(table: dict[str, _Postings]) -> None:
    """Leaves the forms of those words that have several: of others the word itself tells as much."""
    for key in [key for key in table if FORM in key]:
        if len(table[key].written) >= ONLY_FORM * len(table[key.split(FORM)[0]].written):
            del table[key]


def _key(line: str) -> str:
    return line.split("\t")[0]


def separator(before: str, key: str) -> str:
    """The shortest beginning of `key` that sorts after `before`.

    >>> separator("agile future", "agile governance")
    'agile g'
    """
    for n in range(1, len(key)):
        if sort_key(key[:n]) > sort_key(before):
            return key[:n]
    return key


def sort_key(text: str) -> bytes:
    """JavaScript sorts by UTF-16 code units."""
    return text.encode("utf-16-be")


def count(block: Block, lang: str) -> tuple[Counter[str], Counter[str]]:
    """How often a block has each key: single tokens, and two tokens that stand side by side.

    What stands in a title or a label counts for more than a text can.
    """
    one: Counter[str] = Counter()
    two: Counter[str] = Counter()
    for text in _weighed_texts(block, lang):
        found = list(fold.tokens(text))
        one.update(key for key, *_ in found)
        one.update(key + FORM + form for key, form, cjk in found if not cjk)
        one.update(fold.compounds(text))
        two.update(
            a + b if cjk else f"{a} {b}"  # only Latin words need the space
            for (a, *_), (b, _, cjk) in pairwise(found)
        )
    return one, two


def _weighed_texts(block: Block, lang: str) -> list[str]:
    """The block's titles and labels, each as often as it counts, and its texts."""
    rows = [row for row in block.rows(lang) if row]
    heads = {row.label for row in rows} | ({block.page.title(lang)} if block.start == 0 else set())
    return [*sorted(heads) * HEAD_WEIGHT, *(row.text for row in rows)]


#: From so many times on a key weighs 1, 2, 3 in its block, as search-source.js reads it. Hand-set:
#: each step doubles, as the worth of another occurrence falls.
OFTEN = (2, 4, 8)
#: A number is written in base 64: the lower half of the digits end it, of the upper half each holds
#: five more bits.
BITS = 5
HALF = 1 << BITS


class _Postings:
    """The blocks that hold a key, written as they come: the step and how often, as one number."""

    __slots__ = ("last", "written")

    def __init__(self) -> None:
        self.last, self.written = -1, bytearray()

    def add(self, block: int, times: int) -> None:
        number = (block - self.last) * (len(OFTEN) + 1) + bisect_right(OFTEN, times)
        self.last = block
        while number >= HALF:
            self.written.append(DIGITS[HALF + (number & (HALF - 1))])
            number >>= BITS
        self.written.append(DIGITS[number])

    def __str__(self) -> str:
        return self.written.decode("ascii")


def shards(table: Mapping[str, _Postings | None]) -> Iterator[list[str]]:
    """The table's lines in order, cut into files."""
    lines: list[str] = []
    size = 0
    for key in sorted(table, key=sort_key):
        line = key if table[key] is None else f"{key}\t{table[key]}"
        cost = len(line.encode()) + 1
        if lines and size + cost > SHARD:
            yield lines
            lines, size = [], 0
        lines.append(line)
        size += cost
    if lines:
        yield lines
