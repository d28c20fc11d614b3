"""What is searched -> the files that the search worker fetches.

The reader's browser starts with `zh.gz` or `en.gz`. For a small library that file holds all texts
of the language. A larger one is cut: the file then says where each key stands, `<lang>/one/N.gz`
(single words and characters) and `<lang>/two/N.gz` (neighbours) say which blocks hold a key, and
`<lang>/text/N.gz` are the blocks, some units of one page each, which the worker judges word by
word. Block N of both languages holds the same units. `traditional.gz`, `sound…`, `chars.gz` and
`general.gz` are fetched when a query needs them.

A page's part of the index is made by itself (parts.py); the whole is the parts, one after another.
Every file is gzip, so that what a reader pays does not depend on what the web host compresses.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from bitext.glossary.people import People
from bitext.glossary.store import Glossary
from bitext.library import lasting
from bitext.library.before import Standing
from bitext.library.kept import NO_MEMORY, Kept, Memory, digest
from bitext.model import LANGS, Bitext
from bitext.search import keys, lexicon, sounds
from bitext.search.across import Across
from bitext.search.built import text_page
from bitext.search.files import packed
from bitext.search.parts import (
    PIECES,
    Head,
    Part,
    Shelf,
    Whole,
    joined,
    part_of,
    pieces,
)
from bitext.search.records import Name, Page
from bitext.search.rows import in_order, names, pages_beside, transcript
from bitext.search.said import general, said
from bitext.text.variants import simplified

FOLDER = "assets/bt/search"
#: The largest language kept in one file, compressed: what a first hit may cost.
ONE_FILE = 36_000
#: So much larger are texts at most that are packed one by one.
MUCH_LARGER = 8
#: What a page's front matter says of search, in the words of the theme.
EXCLUDED = re.compile(r"\A---\n(?:(?!---).*\n)*search:\n +exclude: true\n")


#: So many texts' parts are kept as one too: after an edit a few are put together anew, not all.
TOGETHER = 32


def write(
    bitexts: Sequence[Bitext],
    glossary: Glossary,
    people: People,
    texts: Sequence[Page],
    site: Standing,
    memory: Memory = NO_MEMORY,
    once: bool = False,
) -> None:
    """Writes the index of a library, and of the hand-written pages `texts`, into the built site. Where that
    is done but once in a process, large tables are let go of as soon as nothing is asked of them."""
    shelves = shelves_of(bitexts, glossary, people, texts, memory)
    named = names(glossary, names_of(people), bitexts)
    made = merged(shelves, named, kept=memory.kept, asked=lasting.let_go if once else _nothing)
    folder = site.site / FOLDER
    for file in folder.rglob("*"):  # of a site that is finished again
        if file.is_file() and file.relative_to(folder).as_posix() not in made:
            file.unlink()
    site.put(FOLDER, made)


def shelves_of(
    bitexts: Sequence[Bitext],
    glossary: Glossary,
    people: People,
    texts: Sequence[Page],
    memory: Memory = NO_MEMORY,
) -> list[Shelf]:
    """The parts of all that is searched, as `all_pages` has it in order; that of texts which did not
    change is not made again. What is kept is read when it is asked for."""
    across, memory, kept = Across(glossary), memory.on(glossary), memory.kept

    def part(bitext: Bitext) -> Part:
        return memory.of(bitext, "index", partial(_part, bitext, across))

    some, beside = _few(bitexts), list(pages_beside(bitexts, glossary, people, texts))
    kept.only("index", map(_named, beside))
    kept.only("indexes", (_piece(n, name) for n in range(len(some)) for name in PIECES))
    return [
        pieces(joined([_beside(page, kept) for page in beside])).__getitem__,
        *(_shelf(few, n, memory, part) for n, few in enumerate(some)),
    ]


def _beside(page: Page, kept: Kept) -> Part:
    return kept.made("index", _named(page), digest(page), partial(part_of, page))


def _shelf(
    bitexts: Sequence[Bitext], n: int, memory: Memory, part: Callable[[Bitext], Part]
) -> Shelf:
    """The part of some texts. Where it can be kept it is not held."""

    def made() -> Mapping[str, object]:
        return pieces(joined(list(map(part, bitexts))))

    if not memory.keeps(bitexts):
        return made().__getitem__
    if not all(memory.has_all(bitexts, "indexes", _piece(n, name)) for name in PIECES):
        for name, piece in made().items():
            memory.of_all(bitexts, "indexes", partial(_same, piece), _piece(n, name))
    return lambda name: memory.of_all(bitexts, "indexes", lambda: made()[name], _piece(n, name))


def _piece(n: int, name: str) -> str:
    return f"{n}.{name}"


def _same(value: object) -> object:
    return value


def prepare(
    bitexts: Sequence[Bitext],
    glossary: Glossary,
    people: People,
    written: Iterable[str],
    memory: Memory,
) -> None:
    """Keeps the parts of texts that changed, and how all words sound, where the tables of Chinese are at
    hand already. `written` has the Markdown of the pages that people write."""
    across, own, kept = Across(glossary), memory.on(glossary), memory.kept
    words, chars = set[str](), set[str]()

    def part(bitext: Bitext) -> Part:
        made = _part(bitext, across)
        words.update(made.head.words)
        chars.update(made.head.chars)
        return made

    for n, few in enumerate(_few(bitexts)):
        if not own.has_all(few, "indexes", _piece(n, PIECES[0])):
            for bitext in few:
                own.prepare(bitext, "index", partial(part, bitext))
    if not chars:  # nothing is new
        return
    for page in pages_beside(bitexts, glossary, people, ()):
        head = _beside(page, kept).head
        words.update(head.words)
        chars.update(head.chars)
    words |= sounds.words_in_texts(written)
    # What these two give is made again when the index is: here the answers are kept.
    sounds.table(dict.fromkeys(words, 1), names(glossary, names_of(people), bitexts))
    sounds.characters(sounds.seen_in(chars))


def _few(bitexts: Sequence[Bitext]) -> list[list[Bitext]]:
    """The texts in the order of the index, as their parts are kept together."""
    ordered = in_order(bitexts)
    return [ordered[n : n + TOGETHER] for n in range(0, len(ordered), TOGETHER)]


def _part(bitext: Bitext, across: Across) -> Part:
    return part_of(transcript(bitext, across))


def _named(page: Page) -> str:
    return f"{page.kind} {page.url}"


def names_of(people: People) -> dict[str, Name]:
    """The people and bodies under all their names, by id."""
    return {
        one.id: Name((one.name["zh"], *one.variants["zh"]), (one.name["en"], *one.variants["en"]))
        for one in (*people.persons, *people.bodies)
    }


def page_in(site_dir: Path, name: str) -> str | None:
    """A page of a built site; None where there is none."""
    file = site_dir / name
    return file.read_bytes().decode("utf-8") if file.exists() else None


def built_texts(
    root: Path,
    site_dir: Path,
    made: Collection[str] = (),
    page_in: Callable[[Path, str], str | None] = page_in,
    kept: Kept = NO_MEMORY.kept,
) -> list[Page]:
    """The hand-written pages as built: docs/zh/*.md but for those of `made`, paths below docs/.

    A page with `search: exclude` in its front matter is for developers, and readers do not find it.
    """
    out = []
    for source in sorted((root / "docs" / "zh").glob("*.md")):
        url = "" if source.stem == "index" else f"{source.stem}/"
        if f"zh/{source.name}" in made or EXCLUDED.search(source.read_text("utf-8")):
            continue
        zh, en = (page_in(site_dir, f"{side}{url}index.html") for side in ("", "en/"))
        if zh is not None and en is not None:
            out.append(kept.made("built", url, digest(zh, en), partial(text_page, url, zh, en)))
    kept.only("built", (page.url for page in out))
    return out


def files(pages: Sequence[Page], named: Sequence[Name], one_file: int = ONE_FILE) -> dict[str, bytes]:  # fmt: skip
    """The files of the index; the same pages give the same bytes."""
    return merged([pieces(part_of(page)).__getitem__ for page in pages], named, one_file)


def _nothing() -> None:
    pass


def merged(
    shelves: Sequence[Shelf],
    named: Sequence[Name],
    one_file: int = ONE_FILE,
    kept: Kept = NO_MEMORY.kept,
    asked: Callable[[], None] = _nothing,
) -> dict[str, bytes]:
    """The files of an index of these parts, in this order; how words sound is `kept`. `asked` is called when
    all words are known."""
    whole = Whole(shelves)
    own = whole.head
    head = {"names": list(_called(own, named)), "said": said()}
    heard = sounds.table(own.words, named)
    seen = sounds.seen_in(own.chars)
    chars = kept.made("sounds", "chars", digest(seen), partial(sounds.characters, seen))
    asked()
    out = {
        "traditional.gz": packed(known_traditional(own.chars)),
        "chars.gz": packed(chars),
        "general.gz": packed(general()),
    }
    if small := _in_one(own, head, one_file):
        return {**small, **out, "sound.gz": packed(keys.as_text(dict(sorted(heard.items()))))}
    also = lexicon.learnt(own.texts, own.pairs, whole.pairs())
    starts: dict[str, dict[str, str | int]] = {}
    for lang in LANGS:
        out |= {f"{lang}/text/{n}.gz": data for n, data in enumerate(own.packed[lang])}
        in_pairs = keys.bucket_files(_written(whole, f"two.{lang}"))
        out |= {f"{lang}/two/{n}.gz": packed(text) for n, text in enumerate(in_pairs)}
        starts[lang] = {"two": len(in_pairs)}
        del in_pairs  # of a large library each table is large
        one = _written(whole, f"one.{lang}")
        keys.drop_only_forms(one)
        tables = {"one": one, "long": keys.words_both_ways(one)}
        if lang == "zh":
            tables["sound"] = heard
        if also[lang]:
            tables["also"] = also[lang]
        for name, table in tables.items():
            shards, starts[lang][name] = keys.table_files(table)
            out |= {f"{lang}/{name}/{n}.gz": packed(text) for n, text in enumerate(shards)}
    starts["en"]["sound"] = starts["zh"]["sound"]
    # The stamp makes a reader's browser fetch pieces of the same edition as the start it holds.
    stamp = hashlib.sha256()
    for name in sorted(out):
        stamp.update(out[name])
    for lang in LANGS:
        start = {**head, "cut": stamp.hexdigest()[:12], "count": own.size, **starts[lang]}
        out[f"{lang}.gz"] = packed(start)
    return out


def _written(whole: Whole, name: str) -> dict[str, str]:
    """A table as files have it; of the other form each entry is let go in turn."""
    table = whole.table(name)
    return {key: keys.written(table.pop(key)) for key in [*table]}


def _in_one(whole: Head, head: Mapping[str, object], most: int) -> dict[str, bytes]:
    """All of each language in one file; nothing where one of them is larger than `most`."""
    out: dict[str, bytes] = {}
    for lang in LANGS:
        # Packed one by one the blocks are larger, but never so much.
        if sum(map(len, whole.packed[lang])) > MUCH_LARGER * most:
            return {}
        texts = [json.loads(gzip.decompress(data)) for data in whole.packed[lang]]
        out[f"{lang}.gz"] = packed({**head, "blocks": texts})
        if len(out[f"{lang}.gz"]) > most:
            return {}
    return out


def _called(whole: Head, named: Sequence[Name]) -> Iterator[list[object]]:
    """The names as the worker reads them, each with the number of its entry's block, or -1, and 1
    for a person."""
    entries = {**whole.terms, **whole.persons}
    for one in named:
        yield [one.zh, one.en, one.row, entries.get(one.row, -1), one.loose_zh, one.loose_en, int(one.person)]  # fmt: skip


def known_traditional(held: str) -> str:
    """Traditional characters and their simplified form, one after the other, where a text has it."""
    known = set(held)
    return "".join(a + b for a, b in sorted(simplified().items()) if b in known)
