"""Keeps the HTML that MkDocs makes of a page's Markdown, while all that it was made from is the same.

It depends on the Markdown, the page's own address, the settings of Markdown, and on where each of its
links leads. What was told of each link is kept with the HTML and asked again: where one leads elsewhere
now, the page is rendered again. A page of which MkDocs has something to say, of a link that leads to no
page or from the site's root on, is rendered each time, so that it is said each time.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from bitext.library.kept import Kept, digest
from bitext.publish import sparing

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

#: The extensions that look at nothing but the Markdown and their own settings.
PURE = frozenset(
    "abbr admonition attr_list def_list fenced_code footnotes md_in_html meta tables toc "
    "pymdownx.blocks.details pymdownx.details pymdownx.superfences".split()
) | {sparing.NAME}
#: A link from the site's root on: MkDocs may have something to say of it.
ABSOLUTE = re.compile(r"""(?:href|src)=["']?[/\\]""")
#: What is told of a file to which a link leads; None of a file that is not there.
Told = tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as rendered. `asked` has what was told of the files to which its links lead."""

    content: str
    toc: tuple
    title: str | None
    anchors: frozenset[str]
    links: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # to anchors, by the path asked for
    asked: tuple[tuple[str, Told], ...]


#: Is told of each page of which it is known what its HTML depends on.
Hear = Callable[["Page", Rendered], None]


def keep_rendering(page: Page, kept: Kept, hear: Hear = lambda *_: None) -> None:
    """Makes MkDocs take the page's HTML from what is kept, where it may."""
    # Page.render has no event around it; the page alone gets another, and nothing of MkDocs changes.
    page.render = partial(_render, page, page.render, kept, hear)  # type: ignore[method-assign]


def _render(page: Page, render, kept: Kept, hear: Hear, config: MkDocsConfig, files: Files) -> None:
    """As `render`, or what it gave before."""
    ground = _ground(page, config)
    if not ground:
        render(config, files)
        return
    found = kept.get("html", page.file.src_uri, ground)
    if isinstance(found, Rendered) and leads_the_same(found, files):
        restore(page, found, files)
        hear(page, found)
        return
    asking = _Asking(files)
    render(config, asking)
    if asking.plain and not ABSOLUTE.search(page.content or ""):
        made = _rendered(page, asking)
        kept.put("html", page.file.src_uri, ground, made)
        hear(page, made)


def _ground(page: Page, config: MkDocsConfig) -> bytes:
    """The hash of all that the HTML depends on but for its links; nothing where that is not known."""
    settings = repr(
        (config.markdown_extensions, sorted((config.mdx_configs or {}).items(), key=repr))
    )
    log = logging.getLogger(type(page).__module__)
    tells = log.getEffectiveLevel() <= logging.DEBUG  # then MkDocs does not check anchors
    if tells or " at 0x" in settings or not PURE.issuperset(config.markdown_extensions):
        return b""
    file, links = page.file, config.validation.links
    return digest(
        type(page).__module__, page.markdown, file.src_uri, file.url, file.inclusion.name, settings,
        config.use_directory_urls, repr(sorted(links.items())),
    )  # fmt: skip


class _Asking:
    """The files of a site, as `Page.render` asks for them; notes what it was told."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.asked: dict[str, File] = {}
        self.plain = True  # whether nothing else was asked, and every file was there

    def get_file_from_path(self, path: str) -> File | None:
        found = self._files.get_file_from_path(path)
        if found is None or found.inclusion.is_excluded():
            self.plain = False
        else:
            self.asked[path] = found
        return found

    def __getattr__(self, name: str) -> object:
        self.plain = False
        return getattr(self._files, name)


def told_of(file: File | None) -> Told:
    return (file.src_uri, file.url, file.inclusion.name) if file else None


def leads_the_same(found: Rendered, files: Files) -> bool:
    """Whether each link of a page leads where it led."""
    return all(told_of(files.get_file_from_path(path)) == told for path, told in found.asked)


def _rendered(page: Page, asking: _Asking) -> Rendered:
    paths = {file: path for path, file in asking.asked.items()}
    return Rendered(
        page.content or "",
        tuple(map(_plain, page.toc)),
        page._title_from_render,
        frozenset(page.present_anchor_ids or ()),
        tuple(
            (paths.get(file, ""), tuple(links.items()))
            for file, links in (page.links_to_anchors or {}).items()
        ),
        tuple((path, told_of(file)) for path, file in asking.asked.items()),
    )


def _plain(link: AnchorLink) -> tuple:
    return link.title, link.id, link.level, tuple(map(_plain, link.children))


def restore(page: Page, found: Rendered, files: Files) -> None:
    """Gives the page what `Page.render` would have given it."""
    # The engine may be one that continues MkDocs under another name.
    structure = import_module(f"{type(page).__module__.rpartition('.')[0]}.toc")
    page.content = found.content
    page.toc = structure.get_toc([_token(row) for row in found.toc])
    page._title_from_render = found.title
    page.present_anchor_ids = set(found.anchors)
    page.links_to_anchors = links_of(found, page.file, files)


def links_of(found: Rendered, own: File, files: Files) -> dict[File, dict[str, str]]:
    """A page's links to anchors, by the file that has them; `own` is the page's."""
    links: dict[File, dict[str, str]] = {}
    for path, anchors in found.links:
        file = files.get_file_from_path(path) if path else own
        assert file is not None  # it was asked whether all links lead the same way
        links[file] = dict(anchors)
    return links


def _token(row: tuple) -> Mapping:
    title, id, level, children = row
    return {"name": title, "id": id, "level": level, "children": [_token(c) for c in children]}
