"""What is searched -> the files that the search worker fetches.

The reader's browser starts with `zh.gz` or `en.gz`. For a small library that file holds all texts
of the language. A larger one is cut: the file then says where each key stands, `<lang>/one/N.gz`
(single words and characters) and `<lang>/two/N.gz` (neighbours) say which blocks hold a key, and
`<lang>/text/N.gz` are the blocks, some units of one page each, which the worker judges word by
word. Block N of both languages holds the same units. `traditional.gz`, `sound…`, `chars.gz` and
`general.gz` are fetched when a query needs them.

A page's part of the index is made by itself (`Part`); the whole is the parts, one after another.
Every file is gzip, so that what a reader pays does not depend on what the web host compresses.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bitext.glossary.people import People
from bitext.glossary.store import Glossary
from bitext.library.before import put
from bitext.library.kept import NO_MEMORY, Memory
from bitext.model import LANGS, Bitext
from bitext.search import blocks, fold, keys, lexicon, sounds
from bitext.search.across import Across
from bitext.search.built import text_page
from bitext.search.records import Name, Page
from bitext.search.rows import in_order, names, pages_beside, transcript
from bitext.search.said import general, said
from bitext.text.variants import simplified

FOLDER = "assets/bt/search"
#: The largest language kept in one file, compressed: what a first hit may cost.
ONE_FILE = 36_000
#: What a page's front matter says of search, in the words of the theme.
EXCLUDED = re.compile(r"\A---\n(?:(?!---).*\n)*search:\n +exclude: true\n")
#: The engine's scripts in order, and what it fetches when a query needs it.
WORKER_PARTS = ("fold", "query", "rank", "source", "hit")
LATER_PARTS = ("meant", "place", "pair")


@dataclass(frozen=True, slots=True)
class Part:
    """One page's part of the index: its blocks by language, and how often each holds which keys."""

    shown: Mapping[str, Sequence[dict[str, object]]]
    one: Mapping[str, Sequence[Mapping[str, int]]]
    two: Mapping[str, Sequence[Mapping[str, int]]]

    @classmethod
    def of(cls, page: Page) -> Part:
        cut = list(blocks.cut([page]))
        counts = {lang: [blocks.count(block, lang) for block in cut] for lang in LANGS}
        return cls(
            {lang: [blocks.shown(block, lang) for block in cut] for lang in LANGS},
            {lang: [dict(one) for one, _ in counts[lang]] for lang in LANGS},
            {lang: [dict(two) for _, two in counts[lang]] for lang in LANGS},
        )


def write(
    bitexts: Sequence[Bitext],
    glossary: Glossary,
    people: People,
    texts: Sequence[Page],
    site_dir: Path,
    memory: Memory = NO_MEMORY,
) -> None:
    """Writes the index of a library, and of the hand-written pages `texts`, into the built site."""
    parts = parts_of(bitexts, glossary, people, texts, memory)
    made = merged(parts, names(glossary, names_of(people), bitexts))
    folder = site_dir / FOLDER
    for file in folder.rglob("*"):  # of a site that is finished again
        if file.is_file() and file.relative_to(folder).as_posix() not in made:
            file.unlink()
    put(site_dir, FOLDER, made)


def parts_of(
    bitexts: Sequence[Bitext],
    glossary: Glossary,
    people: People,
    texts: Sequence[Page],
    memory: Memory = NO_MEMORY,
) -> list[Part]:
    """The parts of all that is searched, as `all_pages` has it in order; that of a text which did not
    change is not made again."""
    across, memory = Across(glossary), memory.on(glossary)

    def part(bitext: Bitext) -> Part:
        return memory.of(bitext, "index", lambda: Part.of(transcript(bitext, across)))

    beside = (Part.of(page) for page in pages_beside(bitexts, glossary, people, texts))
    return [*beside, *map(part, in_order(bitexts))]


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
    return merged([Part.of(page) for page in pages], named, one_file)


def merged(parts: Sequence[Part], named: Sequence[Name], one_file: int = ONE_FILE) -> dict[str, bytes]:  # fmt: skip
    """The files of an index of these parts, in this order."""
    texts = {lang: [block for part in parts for block in part.shown[lang]] for lang in LANGS}
    head = {"names": list(_called(texts["zh"], named)), "said": said()}
    heard = sounds.table(texts["zh"], named)
    also = lexicon.learnt(texts)
    out = {
        "traditional.gz": packed(known_traditional(texts)),
        "chars.gz": packed(sounds.characters(texts["zh"])),
        "general.gz": packed(general()),
    }
    small = {f"{lang}.gz": packed({**head, "blocks": texts[lang]}) for lang in LANGS}
    if max(map(len, small.values())) <= one_file:
        return {**small, **out, "sound.gz": packed(keys.as_text(dict(sorted(heard.items()))))}
    starts: dict[str, dict[str, str]] = {}
    for lang in LANGS:
        out |= {f"{lang}/text/{n}.gz": packed(text) for n, text in enumerate(texts[lang])}
        tables = {"one": _table([part.one[lang] for part in parts]), "two": _table([part.two[lang] for part in parts])}  # fmt: skip
        keys.drop_only_forms(tables["one"])
        tables["long"] = keys.words_both_ways(tables["one"])
        if lang == "zh":
            tables["sound"] = heard
        if also[lang]:
            tables["also"] = also[lang]
        starts[lang] = {}
        for name, table in tables.items():
            shards, starts[lang][name] = keys.table_files(table)
            out |= {f"{lang}/{name}/{n}.gz": packed(text) for n, text in enumerate(shards)}
    starts["en"]["sound"] = starts["zh"]["sound"]
    # The stamp makes a reader's browser fetch pieces of the same edition as the start it holds.
    stamp = hashlib.sha256(b"".join(out[k] for k in sorted(out))).hexdigest()[:12]
    for lang in LANGS:
        start = {**head, "cut": stamp, "count": len(texts[lang]), **starts[lang]}
        out[f"{lang}.gz"] = packed(start)
    return out


def _table(parts: Sequence[Sequence[Mapping[str, int]]]) -> dict[str, str]:
    """The keys of all parts, one after another, with the blocks that hold them."""
    places: dict[str, keys.Places] = {}
    n = 0
    for part in parts:
        for counts in part:
            for key, times in counts.items():
                places.setdefault(key, []).append((n, times))
            n += 1
    return {key: keys.written(found) for key, found in places.items()}


def _called(shown: Sequence[Mapping], named: Sequence[Name]) -> Iterator[list[object]]:
    """The names as the worker reads them, each with the number of its entry's block, or -1, and 1
    for a person."""
    entries = {row[0]: n for n, block in enumerate(shown) if block.get("k") == "g" for row in block["r"] if row}  # fmt: skip
    entries |= {block["p"][0]: n for n, block in enumerate(shown) if block.get("k") == "p" and block.get("p")}  # fmt: skip
    for one in named:
        yield [one.zh, one.en, one.row, entries.get(one.row, -1), one.loose_zh, one.loose_en, int(one.person)]  # fmt: skip


def known_traditional(texts: Mapping[str, Sequence[Mapping]]) -> str:
    """Traditional characters and their simplified form, one after the other, where a text has it."""
    held = {c for blocks in texts.values() for b in blocks for c in fold.fold(json.dumps(b, ensure_ascii=False))}  # fmt: skip
    return "".join(a + b for a, b in sorted(simplified().items()) if b in held)


def packed(value: object) -> bytes:
    """The value as compressed JSON, or a text as it is; always the same bytes."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))  # fmt: skip
    return gzip.compress(text.encode(), 9, mtime=0)
