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
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from bitext.glossary.people import People
from bitext.glossary.store import Glossary
from bitext.library.before import Standing
from bitext.library.kept import NO_MEMORY, Kept, Memory, digest
from bitext.model import LANGS, Bitext
from bitext.search import keys, lexicon, sounds
from bitext.search.across import Across
from bitext.search.built import text_page
from bitext.search.files import packed
from bitext.search.parts import Part, joined, part_of
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
) -> None:
    """Writes the index of a library, and of the hand-written pages `texts`, into the built site."""
    parts = parts_of(bitexts, glossary, people, texts, memory)
    made = merged(parts, names(glossary, names_of(people), bitexts), kept=memory.kept)
    folder = site.site / FOLDER
    for file in folder.rglob("*"):  # of a site that is finished again
        if file.is_file() and file.relative_to(folder).as_posix() not in made:
            file.unlink()
    site.put(FOLDER, made)


def parts_of(
    bitexts: Sequence[Bitext],
    glossary: Glossary,
    people: People,
    texts: Sequence[Page],
    memory: Memory = NO_MEMORY,
) -> list[Part]:
    """The parts of all that is searched, as `all_pages` has it in order; that of texts which did not
    change is not made again."""
    across, memory, kept = Across(glossary), memory.on(glossary), memory.kept

    def part(bitext: Bitext) -> Part:
        return memory.of(bitext, "index", partial(_part, bitext, across))

    some = _few(bitexts)

    def part_beside(page: Page) -> Part:
        return kept.made("index", _named(page), digest(page), partial(part_of, page))

    beside = list(pages_beside(bitexts, glossary, people, texts))
    kept.only("index", map(_named, beside))
    kept.only("indexes", map(str, range(len(some))))
    return [
        *map(part_beside, beside),
        *(
            memory.of_all(few, "indexes", partial(_together, few, part), str(n))
            for n, few in enumerate(some)
        ),
    ]


def prepare(bitexts: Sequence[Bitext], glossary: Glossary, memory: Memory) -> None:
    """Keeps the parts of texts that changed, where the words of Chinese are at hand already."""
    across, memory = Across(glossary), memory.on(glossary)
    for n, few in enumerate(_few(bitexts)):
        if not memory.has_all(few, "indexes", str(n)):
            for bitext in few:
                memory.prepare(bitext, "index", partial(_part, bitext, across))


def _few(bitexts: Sequence[Bitext]) -> list[list[Bitext]]:
    """The texts in the order of the index, as their parts are kept together."""
    ordered = in_order(bitexts)
    return [ordered[n : n + TOGETHER] for n in range(0, len(ordered), TOGETHER)]


def _part(bitext: Bitext, across: Across) -> Part:
    return part_of(transcript(bitext, across))


def _named(page: Page) -> str:
    return f"{page.kind} {page.url}"


def _together(bitexts: Sequence[Bitext], part: Callable[[Bitext], Part]) -> Part:
    return joined(list(map(part, bitexts)))


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
    return merged([part_of(page) for page in pages], named, one_file)


def merged(
    parts: Sequence[Part], named: Sequence[Name], one_file: int = ONE_FILE, kept: Kept = NO_MEMORY.kept
) -> dict[str, bytes]:  # fmt: skip
    """The files of an index of these parts, in this order; how words sound is `kept`."""
    whole = joined(parts)
    head = {"names": list(_called(whole, named)), "said": said()}
    heard = sounds.table(whole.runs, named)
    also = lexicon.learnt(whole.texts, whole.pairs)
    seen = sounds.seen_in(whole.runs)
    chars = kept.made("sounds", "chars", digest(seen), partial(sounds.characters, seen))
    out = {
        "traditional.gz": packed(known_traditional(whole.chars)),
        "chars.gz": packed(chars),
        "general.gz": packed(general()),
    }
    if small := _in_one(whole, head, one_file):
        return {**small, **out, "sound.gz": packed(keys.as_text(dict(sorted(heard.items()))))}
    starts: dict[str, dict[str, str | int]] = {}
    for lang in LANGS:
        out |= {f"{lang}/text/{n}.gz": data for n, data in enumerate(whole.packed[lang])}
        tables = {"one": {key: keys.written(place) for key, place in whole.one[lang].items()}}
        keys.drop_only_forms(tables["one"])
        tables["long"] = keys.words_both_ways(tables["one"])
        if lang == "zh":
            tables["sound"] = heard
        if also[lang]:
            tables["also"] = also[lang]
        pairs = {key: keys.written(place) for key, place in whole.two[lang].items()}
        in_pairs = keys.bucket_files(pairs)
        out |= {f"{lang}/two/{n}.gz": packed(text) for n, text in enumerate(in_pairs)}
        starts[lang] = {"two": len(in_pairs)}
        for name, table in tables.items():
            shards, starts[lang][name] = keys.table_files(table)
            out |= {f"{lang}/{name}/{n}.gz": packed(text) for n, text in enumerate(shards)}
    starts["en"]["sound"] = starts["zh"]["sound"]
    # The stamp makes a reader's browser fetch pieces of the same edition as the start it holds.
    stamp = hashlib.sha256(b"".join(out[k] for k in sorted(out))).hexdigest()[:12]
    for lang in LANGS:
        start = {**head, "cut": stamp, "count": whole.size, **starts[lang]}
        out[f"{lang}.gz"] = packed(start)
    return out


def _in_one(whole: Part, head: Mapping[str, object], most: int) -> dict[str, bytes]:
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


def _called(whole: Part, named: Sequence[Name]) -> Iterator[list[object]]:
    """The names as the worker reads them, each with the number of its entry's block, or -1, and 1
    for a person."""
    entries = {**whole.terms, **whole.persons}
    for one in named:
        yield [one.zh, one.en, one.row, entries.get(one.row, -1), one.loose_zh, one.loose_en, int(one.person)]  # fmt: skip


def known_traditional(held: str) -> str:
    """Traditional characters and their simplified form, one after the other, where a text has it."""
    known = set(held)
    return "".join(a + b for a, b in sorted(simplified().items()) if b in known)
