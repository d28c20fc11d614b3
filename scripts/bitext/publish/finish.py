"""Adds to the built site what MkDocs does not make: search files, downloads, feeds, bundles, heads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
from bitext.publish.archive import Content, write_zip
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

#: Where the zip of all texts is in the site.
ZIP = f"data/{NAME}"
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

    With `seen` the pages come first: it is called when they stand in the site, while the search and the zip
    are still those from before. These two are most of what a change in a large library costs.
    """
    project = project or project_at(root)
    kept, place = project.memory.kept, str(site_dir)
    known = kept.get("site", place, b"")
    standing = Standing(site_dir, known if isinstance(known, dict) else None)
    standing.put("", {headers.NAME: headers.headers_file().encode("utf-8")})
    read = partial(html_of, built=built)
    texts = index.built_texts(root, site_dir, on_disk(root / "docs"), read, kept)
    site = site_address(settings.url)
    given, zipped = take_away(project, standing, site, settings.reach)

    def write_rest(standing: Standing) -> int:
        """Writes the search and the zip; the size of the zip."""
        index.write(
            project.library.bitexts,
            project.glossary,
            project.people,
            texts,
            standing,
            project.memory,
            once,
        )
        return standing.write(ZIP, partial(write_zip, files=zipped(standing)))

    before = standing.size(ZIP) if seen else None
    size = write_rest(standing) if before is None else before
    filling = replace(given, sizes={**given.sizes, NAME: size})
    write_sitemap(site_dir, site, completed(standing, filling, built, kept))
    assets.bundle(root, site_dir)
    if before is not None:
        standing.leave(ZIP, index.FOLDER)
    standing.settle()
    if seen:
        seen()
    if before is not None:
        write_rest(Standing(site_dir))
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
    project: Project, standing: Standing, site: str, reach: Reach = NOBODY
) -> tuple[Filling, Callable[[Standing], Mapping[str, Content]]]:
    """Adds every file that readers and machines take away but the zip of all texts; what the pages are to be
    told of them, and what gives the files of the zip from where they stand then."""
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

    def zipped(standing: Standing) -> Mapping[str, Content]:
        return in_zip(texts, site, lambda name: standing.at(f"data/{name}"), keep)

    sizes |= standing.put("data", {SCHEMA_NAME: schema_text().encode("utf-8")})
    outlines = put_markdown(standing, project.root / "docs", reach, links, kept)
    told = {
        **feeds(project.library.bitexts, site),
        **opensearch.files(site),
        "robots.txt": robots(site),
        "llms.txt": llms(outlines, site),
    }
    standing.put("", {name: text.encode("utf-8") for name, text in told.items()})
    return Filling(site, reach, sizes, heads, links), zipped


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
