"""Keeps whole pages as MkDocs built them: one of which nothing changed is neither read, rendered, put into
the templates nor written again.

A page's HTML depends on its Markdown, on where its links lead, on the settings, the templates and the
navigation. MkDocs reads and renders a kept page as an empty one that has its anchors, so what is said of
links to anchors is what it would say; it builds only the others. What is kept is left to `finish`, which
has the page of the site before, or completes it as it was built.
Pages of the navigation are built each time, since their neighbours and titles are no part of them alone.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.library.files import contents
from bitext.library.kept import Kept, digest
from bitext.publish.rendering import Rendered, leads_the_same, restore, told_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files, InclusionLevel
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

#: Plugins whose part in a page follows from the settings.
KNOWN = frozenset(("search", "material/search", "i18n"))
#: Settings that no page shows.
UNSHOWN = frozenset(("plugins", "hooks", "theme", "site_dir", "dev_addr", "watch"))
#: What a template may be given that is of other pages, or of the hour.
OF_OTHERS = re.compile(rb"(?<![\w./-])(?:pages|build_date_utc)\b")
#: How the file of a page ends that is finished.
FILE = "index.html"
#: How hard a page is packed: fast, since it is done for each page that changed.
PACKED = 1


@dataclass(frozen=True, slots=True)
class Whole:
    """A page as built, packed, with what MkDocs asks of it besides."""

    packed: bytes
    rendered: Rendered  # without its content
    files: bytes  # the hash of all files of the site, of which it depends where links lead


@dataclass(frozen=True, slots=True)
class Built:
    """A page of the site as it was built, before it is finished."""

    key: bytes  # the same for the same HTML
    packed: bytes = b""  # the HTML; nothing where MkDocs has written it

    @classmethod
    def kept(cls, packed: bytes) -> Built:
        return cls(digest(packed), packed)

    def html(self) -> str:
        return zlib.decompress(self.packed).decode("utf-8")


class Wholes:
    """The pages of the build of one language, as far as they are kept. `built` has them by their files,
    from the site's folder on."""

    def __init__(self, kept: Kept, config: MkDocsConfig, nav: Navigation, files: Files) -> None:
        self.kept = kept
        self.files = digest(sorted(repr(told_of(file)) for file in files))
        self.ground = _ground(config, nav) if kept.folder else b""
        self._new: dict[str, bytes] = {}  # the grounds of the pages that are built now, by file
        self._rendered: dict[str, Rendered] = {}
        self._contents: dict[str, bytes] = {}
        self._all = files
        self._anchors = config.validation.links.anchors
        self._given: list[Page] = []
        self.built: dict[str, Built] = {}

    def take(self, page: Page, files: Files) -> bool:
        """Whether the page is one that is kept; then MkDocs is given it."""
        ground = self._ground_of(page)
        if not ground:
            return False
        found = self.kept.get("page", page.file.src_uri, ground)
        if isinstance(found, Whole) and (found.files == self.files or leads_the_same(found.rendered, files)):  # fmt: skip
            _give(page, found.rendered)
            self._given.append(page)
            self.built[page.file.dest_uri] = Built.kept(found.packed)
            return True
        self._new[page.file.src_uri] = ground
        return False

    def leave_out(self, files: Files) -> None:
        """Makes MkDocs build no page that is kept."""
        given = {page.file.src_uri for page in self._given}
        # They are asked for where pages are built, and nowhere else from here on.
        all_pages = files.documentation_pages

        def pages(**which: Callable[[InclusionLevel], bool]) -> Sequence[File]:
            return [file for file in all_pages(**which) if file.src_uri not in given]

        if given:
            files.documentation_pages = pages  # type: ignore[method-assign]

    def hear(self, page: Page, rendered: Rendered) -> None:
        """Notes what a page depends on that is rendered now."""
        self._rendered[page.file.src_uri] = replace(rendered, content="", toc=())

    def pack(self, page: Page, content: str) -> str:
        """Packs the content of a page until `unpack`, where that may be: MkDocs renders all pages before
        it builds the first."""
        if page.file.src_uri not in self._new:
            return content
        self._contents[page.file.src_uri] = zlib.compress(content.encode("utf-8"), PACKED)
        page.markdown = ""
        return ""

    def unpack(self, page: Page) -> None:
        """Gives a page its content again."""
        if packed := self._contents.pop(page.file.src_uri, b""):
            page.content = zlib.decompress(packed).decode("utf-8")

    def keep(self, page: Page, output: str) -> None:
        """Keeps a page that was built now, if all that it depends on is known."""
        ground = self._new.pop(page.file.src_uri, b"")
        rendered = self._rendered.pop(page.file.src_uri, None)
        if ground:
            page.content = ""
        if ground and rendered:
            packed = zlib.compress(output.encode("utf-8"), PACKED)
            self.kept.put("page", page.file.src_uri, ground, Whole(packed, rendered, self.files))
            self.built[page.file.dest_uri] = Built(digest(packed))

    def release(self) -> None:
        """Has the anchors looked up to which pages lead that MkDocs did not build. Lets go of what it has
        asked then: the anchors of all pages, and their links to some."""
        for page in self._given:
            page.validate_anchor_links(files=self._all, log_level=self._anchors)
        self._given.clear()
        for file in self._all:
            if file.page:
                file.page.present_anchor_ids = file.page.links_to_anchors = None

    def _ground_of(self, page: Page) -> bytes:
        """The hash of all that the page depends on but for its links; nothing where it is not kept."""
        file = page.file
        if (
            not (self.ground and file.abs_src_path and file.inclusion.is_not_in_nav())
            or page.parent
            or not file.dest_uri.endswith(FILE)
        ):
            return b""
        try:
            source = contents(Path(file.abs_src_path))
        except OSError:
            return b""
        return digest(self.ground, source, file.src_uri, file.url, file.inclusion.name)


def copy_what_is_new(files: Files) -> None:
    """Makes MkDocs copy no file again that the build of the first language has put into the site."""

    def copy(dirty: bool = False, *, inclusion: Callable[[InclusionLevel], bool]) -> None:
        for file in files:
            there = os.path.exists(file.abs_dest_path)
            if not there and not file.is_documentation_page() and inclusion(file.inclusion):
                file.copy_file(dirty)

    files.copy_static_files = copy  # type: ignore[method-assign, assignment]


def _give(page: Page, found: Rendered) -> None:
    """Makes MkDocs take the page as it is kept."""

    def read_source(_: MkDocsConfig) -> None:
        page.markdown, page.meta = "", {}

    def render(_: MkDocsConfig, files: Files) -> None:
        restore(page, found, files)
        # There may be thousands of pages: nothing of it is held.
        for name in ("read_source", "render"):
            vars(page).pop(name)

    page.read_source, page.render = read_source, render  # type: ignore[method-assign, assignment]


# --- what pages depend on ------------------------------------------------------------------------


def _ground(config: MkDocsConfig, nav: Navigation) -> bytes:
    """The hash of all that every page depends on; nothing where that is not known."""
    hooks = [contents(Path(str(hook.__file__))) for hook in config["hooks"].values()]
    plugins = {
        name: plugin for name, plugin in config.plugins.items() if name not in config["hooks"]
    }
    shown = {key: config[key] for key in sorted(config) if key not in UNSHOWN}
    of_plugins = [(name, plugin.config) for name, plugin in plugins.items()]
    settings = repr((shown, sorted(dict(config.theme).items()), of_plugins))
    entries = list(_entries(nav.items))
    templates = _templates(config.theme.dirs)
    known = len(hooks) == 1 and KNOWN.issuperset(plugins) and " at 0x" not in settings
    titled = all(title is not None for title, _ in entries)
    if not known or not titled or any(OF_OTHERS.search(text) for text in templates.values()):
        return b""
    return digest(settings, hooks, templates, entries)


def _entries(items: Iterable) -> Iterable[tuple[str | None, str | None]]:
    """The title and address of each entry of the navigation."""
    for item in items:
        yield item.title, getattr(item, "url", None)
        yield from _entries(item.children or ())


def _templates(folders: Iterable[str]) -> Mapping[str, bytes]:
    """The templates of the theme and of whoever writes over it, by their paths."""
    found = (file for folder in folders for file in sorted(Path(folder).rglob("*.html")))
    return {str(file): contents(file) for file in found}
