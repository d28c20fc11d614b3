"""Keeps whole pages as MkDocs built them. One of which nothing changed does not even come before MkDocs.

A page's HTML depends on its Markdown, on where its links lead, on the settings, the templates and the
navigation. A page for which all that is the same is left out of the files before any plugin sees them.
When the navigation is made it comes back as a file to which links lead, but which is no page to build.
Its anchors are read only where a link asks for one, and its own links to anchors are looked up only where
a page that was built now has other anchors than before: so what is said of them is what MkDocs would say.
What is kept is left to `finish`, which has the page of the site before, or completes it as it was built.
Pages of the navigation are built each time, since their neighbours and titles are no part of them alone.
A page of which MkDocs has something to say is built each time, so that it is said each time.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.library.files import Stamp, contents, stamp_of
from bitext.library.hashes import sha256_of
from bitext.library.kept import Kept, digest
from bitext.model import Refusal
from bitext.publish.rendering import Hear, Rendered, links_of
from bitext.publish.templates import Shown

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


@dataclass(frozen=True, slots=True)
class Stood:
    """What the next build has to know of a page, so that it need not build it."""

    source: bytes  # the hash of its Markdown
    file: str  # where it is in the site, and its address
    url: str
    asked: tuple[str, ...]  # the paths by which its links ask for files
    key: bytes  # the same for the same HTML
    stamp: Stamp | None  # of the file in which it is kept


@dataclass(frozen=True, slots=True)
class Before:
    """The build before of one language: the names of all files, the hashes of all pages' anchors, and the
    pages that need not be built again."""

    names: frozenset[str] = frozenset()
    anchors: Mapping[str, bytes] = field(default_factory=dict)
    pages: Mapping[str, Stood] = field(default_factory=dict)


NO_DRAFTS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Built:
    """A page of the site as it was built, before it is finished."""

    key: bytes  # the same for the same HTML
    html: Callable[[], str] | None = None  # gives it; None where MkDocs has written it


class Wholes:
    """The pages of the build of one language, as far as they are kept. `built` has them by their files,
    from the site's folder on; `drafts` has texts that stand in the place of sources, by their paths."""

    def __init__(
        self, kept: Kept, config: MkDocsConfig, files: Files, drafts: Mapping[str, str] = NO_DRAFTS
    ) -> None:
        self.kept, self.drafts = kept, drafts
        self.built: dict[str, Built] = {}
        self._anchors = config.validation.links.anchors
        self._languages, self._language = _languages(config)
        self._names = frozenset(file.src_uri for file in files)
        self._ground = _ground(config, self._names) if kept.folder else b""
        found = self._ground and kept.get("whole", self._language, self._ground, often=True)
        self._before = found if isinstance(found, Before) else Before()
        self._left: dict[str, File] = {}  # the pages that are not built
        self._new: dict[str, bytes] = {}  # the hashes of the sources of those that are
        self._now: dict[str, Stood] = {}
        self._rendered: dict[str, Rendered] = {}
        self._contents: dict[str, bytes] = {}
        self._absent: list[Left] = []
        self._files = files
        self._in_nav: Set[File] = frozenset()

    def leave_out(self, files: Files) -> None:
        """Takes the pages out of the files that are not built, and those of other languages that are no
        twins of one that is."""
        others = self._paths(self._names ^ self._before.names)
        for src, stood in self._before.pages.items():
            file = files.src_uris.get(src)
            if file and self._stands(file, stood) and others.isdisjoint(stood.asked):
                self._left[src] = file
                files.remove(file)
        twins = {file.src_uri.partition("/")[2] for file in files if self._is_of(file.src_uri, self._language)}  # fmt: skip
        for file in files.documentation_pages():
            other = any(self._is_of(file.src_uri, x) for x in self._languages if x != self._language)  # fmt: skip
            if other and file.src_uri.partition("/")[2] not in twins:
                files.remove(file)

    def give_back(self, files: Files, nav: Navigation) -> None:
        """Lets links find the pages that are left out, and nothing else."""
        self._files, self._in_nav = files, {page.file for page in nav.pages}
        for src, file in self._left.items():
            stood = self._now[src] = self._before.pages[src]
            file.dest_uri, file.url = stood.file, stood.url
            page = Left(file, files, partial(self._found, src, stood.source))
            file.page = page  # type: ignore[assignment]  # as much of one as is asked for
            self._absent.append(page)
            self.built[stood.file] = Built(stood.key, page.html)
            files.append(file)
        all_pages = files.documentation_pages

        def pages(**which: Callable[[InclusionLevel], bool]) -> Sequence[File]:
            return [file for file in all_pages(**which) if file.src_uri not in self._left]

        files.documentation_pages = pages  # type: ignore[method-assign]
        # No file comes or goes while pages are rendered, and many links ask for the same.
        files.get_file_from_path = cache(files.get_file_from_path)  # type: ignore[method-assign]

    def hears(self, page: Page) -> Hear:
        """Notes what a page depends on when it is rendered; asked before it is read."""
        return partial(self._hear, self._source_of(page.file))

    def _hear(self, source: bytes, page: Page, rendered: Rendered) -> None:
        if self._ground and source and self._may_stand(page):
            self._new[page.file.src_uri] = source
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
        file = page.file
        source = self._new.pop(file.src_uri, b"")
        if not source:
            return
        page.content = ""
        rendered = self._rendered.pop(file.src_uri)
        packed = zlib.compress(output.encode("utf-8"), PACKED)
        self.kept.put("page", file.src_uri, self._of(source), Whole(packed, rendered))
        self.built[file.dest_uri] = Built(digest(packed))
        asked = tuple(path for path, _ in rendered.asked)
        stamp = self.kept.stamp("page", file.src_uri)
        self._now[file.src_uri] = Stood(source, file.dest_uri, file.url, asked, digest(packed), stamp)  # fmt: skip

    def release(self) -> None:
        """Has the anchors looked up to which pages lead that MkDocs did not build, and keeps what the next
        build has to know. Lets go of the anchors of all pages, and of their links to some."""
        pages: list[Page | Left] = []
        pages += [f.page for f in self._files if f.page and f.src_uri not in self._left]
        anchors = {
            page.file.src_uri: digest(sorted(map(str, page.present_anchor_ids or ())))
            for page in pages
        }
        others = self._paths(src for src, found in anchors.items() if self._before.anchors.get(src) != found)  # fmt: skip
        for left in self._absent:
            if not others.isdisjoint(self._now[left.file.src_uri].asked):
                left.validate(self._files, self._anchors)
                pages.append(left)
        told = {page.file.src_uri for page in pages if not _leads_to_anchors(page)}
        if self._ground:
            known = {src: self._before.anchors[src] for src in self._left}
            now = {src: stood for src, stood in self._now.items() if src not in told}
            after = Before(self._names, known | anchors, now)
            self.kept.put("whole", self._language, self._ground, after, often=True)
        for page in pages:
            page.present_anchor_ids = page.links_to_anchors = None

    def _stands(self, file: File, stood: Stood) -> bool:
        """Whether a page is kept that was built of what its file holds."""
        return self._source_of(file) == stood.source and self.kept.stands(
            "page", file.src_uri, self._of(stood.source), stood.stamp
        )

    def _source_of(self, file: File) -> bytes:
        """The hash of a page's Markdown; nothing where there is none."""
        draft = self.drafts.get(file.src_uri)
        if draft is not None:
            return sha256(draft.encode("utf-8")).digest()
        try:
            return sha256_of(Path(file.abs_src_path)) if file.abs_src_path else b""
        except OSError:
            return b""

    def _may_stand(self, page: Page) -> bool:
        """Whether nothing of another page stands on a page."""
        file = page.file
        return (
            file.inclusion.is_not_in_nav()
            and not page.parent
            and file not in self._in_nav
            and file.dest_uri.endswith(FILE)
        )

    def _of(self, source: bytes) -> bytes:
        """The hash of all that a page depends on but for its links."""
        return digest(self._ground, source)

    def _found(self, src: str, source: bytes) -> Whole:
        found = self.kept.get("page", src, self._of(source))
        if isinstance(found, Whole):
            return found
        raise Refusal("E-KEPT", str(self.kept.folder), 1, f"what is kept of {src} is damaged", "remove this folder, then build again")  # fmt: skip

    def _is_of(self, src: str, language: str) -> bool:
        return src.startswith(f"{language}/")

    def _paths(self, names: Iterable[str]) -> Set[str]:
        """All by which a link can ask for one of these files: a name, or one without or with a language."""
        found = set(names)
        bare = {name.partition("/")[2] for name in found}
        return found | bare | {f"{x}/{name}" for x in self._languages for name in found}


class Left:
    """Stands in the place of a page that is not built, for what MkDocs asks of it: its anchors, and its
    links to some."""

    def __init__(self, file: File, files: Files, read: Callable[[], Whole]) -> None:
        self.file = file
        self._files, self._read = files, read

    def html(self) -> str:
        return zlib.decompress(self._read().packed).decode("utf-8")

    @cached_property
    def _rendered(self) -> Rendered:
        return self._read().rendered

    @cached_property
    def present_anchor_ids(self) -> Set[str] | None:
        return self._rendered.anchors

    @cached_property
    def links_to_anchors(self) -> Mapping[File, Mapping[str, str]] | None:
        return links_of(self._rendered, self.file, self._files)

    def validate(self, files: Files, level: int) -> None:
        """Has MkDocs tell of the links to anchors that are not there."""
        # The engine may be one that continues MkDocs under another name.
        pages = import_module(f"{type(self.file).__module__.rpartition('.')[0]}.pages")
        pages.Page.validate_anchor_links(self, files=files, log_level=level)


def _leads_to_anchors(page: Page | Left) -> bool:
    """Whether each link of a page to an anchor finds it."""
    return all(
        file.page is None or file.page.present_anchor_ids is None or file.page.present_anchor_ids >= links.keys()
        for file, links in (page.links_to_anchors or {}).items()
    )  # fmt: skip


def copy_what_is_new(files: Files) -> None:
    """Makes MkDocs copy no file again that the build of the first language has put into the site."""

    def copy(dirty: bool = False, *, inclusion: Callable[[InclusionLevel], bool]) -> None:
        for file in files:
            there = os.path.exists(file.abs_dest_path)
            if not there and not file.is_documentation_page() and inclusion(file.inclusion):
                file.copy_file(dirty)

    files.copy_static_files = copy  # type: ignore[method-assign, assignment]


# --- what pages depend on ------------------------------------------------------------------------


def _languages(config: MkDocsConfig) -> tuple[Sequence[str], str]:
    """The languages of the site, and the one that is built; none where there is but one."""
    plugin = config.plugins.get("i18n")
    return (plugin.all_languages, plugin.current_language) if plugin else ((), "")


def _ground(config: MkDocsConfig, names: Set[str]) -> bytes:
    """The hash of all that every page depends on; nothing where that is not known. `names` has all files."""
    hooks = [contents(Path(str(hook.__file__))) for hook in config["hooks"].values()]
    plugins = {
        name: plugin for name, plugin in config.plugins.items() if name not in config["hooks"]
    }
    shown = {key: config[key] for key in sorted(config) if key not in UNSHOWN}
    of_plugins = [(name, plugin.config) for name, plugin in plugins.items()]
    settings = repr((shown, sorted(dict(config.theme).items()), of_plugins))
    entries = list(_entries(config.nav or ()))
    led = sorted(name for name in names for _, path in entries if name == path or name.partition("/")[2] == path)  # fmt: skip
    templates = {file: _template(file, stamp_of(file)) for file in _templates(config.theme.dirs)}
    known = len(hooks) == 1 and KNOWN.issuperset(plugins) and " at 0x" not in settings
    titled = config.nav and all(title is not None for title, _ in entries)
    if not known or not titled or any(of_others for _, of_others in templates.values()):
        return b""
    return digest(settings, hooks, templates, led)


def _entries(nav: object, title: str | None = None) -> Iterator[tuple[str | None, str]]:
    """The title and path of each entry of the navigation, as the settings have it."""
    if isinstance(nav, Mapping):
        for name, below in nav.items():
            yield from _entries(below, name)
    elif isinstance(nav, list):
        for below in nav:
            yield from _entries(below)
    else:
        yield title, str(nav)


def _templates(folders: Iterable[str]) -> Sequence[str]:
    """The templates of the theme and of whoever writes over it, but for what is hidden."""
    return [os.path.join(folder, name) for folder in folders for name in Shown(folder).list_templates() if name.endswith(".html")]  # fmt: skip


@cache
def _template(file: str, _stamp: Stamp | None) -> tuple[bytes, bool]:
    """The hash of a template, and whether it is given what is of other pages; read once for each state
    of its file."""
    text = contents(Path(file))
    return digest(text), OF_OTHERS.search(text) is not None
