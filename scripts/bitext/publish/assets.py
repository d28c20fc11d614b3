"""Joins the site's scripts and styles.

A page loads two files, `all.css` and `all.js`; at the first sign of a reader's hand a text loads
`later.js` too. Without these, and without `bt_version`, the templates load the single files, so that
another generator can render the same tree. Nothing is loaded of the theme's own sheets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from bitext.model import LANGS

HERE = "overrides/assets/bt"
SCRIPTS = (
    "core", "sentences", "place", "switcher", "twin", "parallel", "peek", "permalinks",
    "term-card", "settings", "print", "find", "wake",
)  # fmt: skip
LATER = ("twins", "copy", "light", "quote", "cite", "report", "turns", "continue")
#: Scripts that are loaded by themselves, by all pages or one kind; the sheet of all pages that are no text, and of some.
ALONE = ("first", "browse", "continue", "glossary-filter", "moved", "search-marks")
PAGES = ("pages", "glossary", "search", "results")
#: Sheets that a script fetches with what it makes.
ASKED = ("cite",)
#: The parts of find-box-zh.js, find-page-en.js …: what the search loads when it is opened, and its page of
#: results, in the reader's language.
SEARCH = {
    f"{way}-{lang}": ("ask", f"say-{lang}", "list", way)
    for way in ("box", "page")
    for lang in LANGS
}
#: The engine's scripts in order, and what it fetches when a query needs it.
WORKER = ("fold", "query", "rank", "source", "hit", "worker")
PARTS = ("meant", "place", "date", "pair", "narrow")
SHEETS = ("base", "tokens", "frame", "type", "tracks", "notes", "tools", "light", "print")
#: The scripts that are several, of which one that an old browser cannot run does not take the others with it.
APART = ("all.js", "later.js")
#: What built pages ask for with `?v=`, and never without it: the files that each is made of.
MADE: Mapping[str, tuple[str, ...]] = {
    "all.css": tuple(f"{name}.css" for name in SHEETS),
    "all.js": tuple(f"{name}.js" for name in SCRIPTS),
    "later.js": tuple(f"{name}.js" for name in LATER),
    "search-worker.js": tuple(f"search-{part}.js" for part in WORKER),
    **{f"find-{way}.js": tuple(f"search-{part}.js" for part in SEARCH[way]) for way in SEARCH},
    **{f"search-{part}.js": (f"search-{part}.js",) for part in PARTS},
    **{f"{name}.js": (f"{name}.js",) for name in ALONE},
    **{f"{name}.css": (f"{name}.css",) for name in (*PAGES, *ASKED)},
}
# The renderer's own scripts, sheets and index of its search: never fetched here.
UNUSED = (
    "assets/**/*.map", "assets/javascripts/**/*", "assets/stylesheets/**/*.css",
    "search/search_index.json", "search.json",
)  # fmt: skip


def is_unused(name: str) -> bool:
    """Whether a file of the site is one that `bundle` removes.

    >>> is_unused("assets/javascripts/lunr/a.js"), is_unused("assets/bt/core.js")
    (True, False)
    """
    return any(fnmatchcase(name, pattern.replace("**/", "")) for pattern in UNUSED)


def version(root: Path) -> str:
    """A short name for the present state of all scripts and styles: the same bytes, the same name."""
    digest = hashlib.sha256()
    for file in sorted((root / HERE).iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:10]


def bundle(root: Path, site_dir: Path) -> None:
    """Writes into `site_dir` what its pages load of the scripts and sheets of the project at `root`, and
    removes the files of the theme that no page asks for."""
    folder = site_dir / "assets/bt"
    if not folder.is_dir():
        return
    for name, parts in MADE.items():
        text = _joined(name, [_squeezed(root / HERE / part) for part in parts])
        (folder / name).write_text(text + "\n", "utf-8", newline="")
    for pattern in UNUSED:
        for file in site_dir.glob(pattern):
            if file.is_file():
                file.unlink()


def _joined(name: str, texts: Sequence[str]) -> str:
    if name in APART:
        return "\n".join(f"try{{{text}\n}}catch(e){{console.error(e)}}" for text in texts)
    return (";\n" if name.endswith(".js") else "\n").join(texts)


def _squeezed(file: Path) -> str:
    """A script or a sheet without comments and layout."""
    squeeze = cssmin if file.suffix == ".css" else _of_scripts()
    return str(squeeze(file.read_text("utf-8")))


@cache
def _of_scripts() -> Callable[[str], str]:
    """What squeezes a script: with short names inside where that is installed, else without comments and
    layout only. Either way it uses no newer syntax than it had, and does the same."""
    try:
        import minify
    except (ImportError, OSError):  # not on every machine, and its library may not suit one
        return jsmin
    minify.config({"js-version": 5})

    def shortened(text: str) -> str:
        try:
            return minify.string("text/javascript", text)
        except minify.MinifyError:  # a script with a fault is published as it was written
            return jsmin(text)

    return shortened
