"""Adds to the built site what MkDocs does not make: search files, downloads, feeds, bundles, heads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from bitext.glossary import formats
from bitext.library import hashes, lasting
from bitext.library.before import Standing
from bitext.library.kept import TEXTS, Memory, digest
from bitext.model import LANGS, Bitext
from bitext.pages.phrases import Names
from bitext.project.project import Project, project_at
from bitext.project.write import on_disk
from bitext.publish import assets, headers, opensearch
from bitext.publish.about import About, about, page_address, site_address
from bitext.publish.archive import write_zip
from bitext.publish.cite_data import cite_data, manager_files
from bitext.publish.completing import Filling, completed, html_of
from bitext.publish.feeds import feeds
from bitext.publish.formats import files_of
from bitext.publish.heads import head
from bitext.publish.library_files import (  # fmt: skip
    NAME,
    SCHEMA_NAME,
    Packed,
    in_zip,
    llms,
    robots,
    schema_text,
)
from bitext.publish.markdown import put_markdown
from bitext.publish.reporting import NOBODY, Reach, links_of
from bitext.publish.settings import PLAIN, Settings
from bitext.publish.sitemap import write_sitemap
from bitext.publish.whole import Built
from bitext.search import index

#: Nothing is known of the pages.
NONE: Mapping[str, Built] = {}


def finish(
    root: Path,
    site_dir: Path,
    project: Project | None = None,
    settings: Settings = PLAIN,
    built: Mapping[str, Built] = NONE,
    once: bool = False,
    seen: Callable[[], None] | None = None,
) -> None:
    """Completes `site_dir`, built from the project at `root`: search, downloads, assets.

    The project is loaded where nobody has done so yet. Any program may have rendered the pages; `built`
    has those of which more is known, by their files, and of some of them the HTML, which is in no file. With
    `once` the process does nothing more that asks of large tables.

    With `seen` the search comes last: that is called when everything else stands in the site. In a large
    library the index is most of what a change costs.
    """
    project = project or project_at(root)
    kept, place = project.memory.kept, str(site_dir)
    known = kept.get("site", place, b"")
    standing = Standing(site_dir, known if isinstance(known, dict) else None)
    standing.put("", {headers.NAME: headers.headers_file().encode("utf-8")})
    read = partial(html_of, built=built)
    texts = index.built_texts(root, site_dir, on_disk(root / "docs"), read, kept)
    site = site_address(settings.url)
    library, memory = project.library.bitexts, project.memory
    write_index = partial(index.write, library, project.glossary, project.people, texts, memory=memory, once=once)  # fmt: skip
    if not seen:
        write_index(standing)
    pages = take_away(project, standing, site, settings.reach, built)
    write_sitemap(site_dir, site, pages)
    assets.bundle(root, site_dir)
    if seen:
        standing.leave(index.FOLDER)
    standing.settle()
    if seen:
        seen()
        write_index(Standing(site_dir))
    kept.put("site", place, b"", standing.known())
    kept.only("site", [place])
    lasting.save()
    hashes.save()
    _forget(project)


def _forget(project: Project) -> None:
    """Removes what is kept of texts and pages that are no more."""
    docs, kept = project.root / "docs", project.memory.kept
    pages = [file.relative_to(docs).as_posix() for file in docs.rglob("*.md")]
    kept.only("html", pages)
    kept.only("page", pages)
    kept.only(TEXTS, (bitext.slug for bitext in project.library.bitexts))


def is_finished(site_dir: Path) -> bool:
    """Whether this was begun for the built site."""
    return (site_dir / headers.NAME).exists()


def take_away(
    project: Project,
    standing: Standing,
    site: str,
    reach: Reach = NOBODY,
    built: Mapping[str, Built] = NONE,
) -> list[str]:
    """Adds every file that readers and machines take away, and tells the pages of them; the pages that
    may be listed, by their paths from the site's root: '' is the home page."""
    names = {person.id: person.name for person in project.people.persons}
    memory = project.memory.on(names, site, reach)
    texts = [
        (b, memory.of(b, "about", partial(about, b, names, site), often=True))
        for b in project.library.bitexts
    ]
    glossary, kept = project.glossary, project.memory.kept
    sizes: dict[str, int] = {}
    links: dict[str, Mapping[str, str]] = {}
    heads: dict[str, str] = {}
    for bitext, said in texts:
        own, files = of_text(bitext, said, names, site, reach, memory)
        sizes |= _put(standing, own, files)
        for lang in LANGS:
            path = page_address("", lang, f"transcripts/{bitext.slug}/")
            links[path], heads[path] = own.links[lang], own.heads[lang]

    of_glossary = kept.made("lists", "glossary", digest(glossary), partial(formats.files, glossary))
    sizes |= standing.put("data", of_glossary)

    def keep(bitext: Bitext, pack: Callable[[], Packed]) -> Packed:
        return memory.of(bitext, "packed", pack)

    sizes |= standing.put("data", {SCHEMA_NAME: schema_text().encode("utf-8")})
    zipped = in_zip(texts, site, lambda name: standing.at(f"data/{name}"), keep)
    sizes[NAME] = standing.write(f"data/{NAME}", lambda out: write_zip(out, zipped))
    outlines = put_markdown(standing, project.root / "docs", reach, links, kept)
    told = {
        **feeds(project.library.bitexts, site),
        **opensearch.files(site),
        "robots.txt": robots(site),
        "llms.txt": llms(outlines, site),
    }
    standing.put("", {name: text.encode("utf-8") for name, text in told.items()})
    filling = Filling(site, reach, sizes, heads, links)
    return completed(standing, filling, built, kept)


#: Files by their names.
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Own:
    """What a text gives to the site beside its pages, without the bytes of its files."""

    files: Mapping[str, tuple[int, bytes]]  # the size and the hash of each, by name
    links: Mapping[str, Mapping[str, str]]  # by language: to report a problem
    heads: Mapping[str, str]  # by language


def of_text(
    bitext: Bitext, said: About, names: Names, site: str, reach: Reach, memory: Memory
) -> tuple[Own, Callable[[], Files]]:
    """What a text gives, and what gives its files, which are made or read when they are asked for."""

    def make() -> Files:
        texted = {
            f"{bitext.slug}.cite.json": cite_data(bitext, said, names, reach),
            **manager_files(said),
        }
        return files_of(bitext, said) | {name: text.encode() for name, text in texted.items()}

    def files() -> Files:
        return memory.of(bitext, "files", make)

    def own() -> Own:
        return Own(
            {name: (len(data), sha256(data).digest()) for name, data in files().items()},
            {lang: links_of(bitext, said, reach, lang) for lang in LANGS},
            {lang: head(bitext, said, lang, site) for lang in LANGS},
        )

    return memory.of(bitext, "own", own, often=True), files


def _put(standing: Standing, own: Own, files: Callable[[], Files]) -> dict[str, int]:
    """Puts a text's files below data/, those that stood there as they are; their sizes by name."""
    new = [
        name for name, (_, found) in own.files.items() if not standing.back(f"data/{name}", found)
    ]
    if new:
        made = files()
        standing.put("data", {name: made[name] for name in new})
        for name in new:
            standing.note(f"data/{name}", own.files[name][1])
    return {name: size for name, (size, _) in own.files.items()}
