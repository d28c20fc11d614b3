"""Joins the site's scripts and styles.

A page loads two files, `all.css` and `all.js`; at the first sign of a reader's hand a text loads
`later.js` too. Without these, and without `bt_version`, the templates load the single files, so that
another generator can render the same tree. Nothing is loaded of the theme's own sheets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fnmatch import fnmatchcase
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
ALONE = ("first", "browse", "continue", "glossary-filter", "moved")
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
SHEETS = ("base", "tokens", "frame", "type", "tracks", "notes", "tools", "light", "print")
#: What built pages ask for with `?v=`, and never without it.
VERSIONED = (
    "all.css", "all.js", "later.js", "search-worker.js",
    *(f"search-{part}.js" for part in ("meant", "place", "date", "pair", "narrow")),
    *(f"find-{way}.js" for way in SEARCH), *(f"{name}.js" for name in ALONE),
    *(f"{name}.css" for name in (*PAGES, *ASKED)),
)  # fmt: skip
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


def bundle(site_dir: Path) -> None:
    """Writes assets/bt/all.css, all.js and later.js, squeezes the files that some pages load
    by themselves, and removes theme files that no page asks for."""
    folder = site_dir / "assets/bt"
    if not folder.is_dir():
        return
    sheets = (_squeezed(folder / f"{name}.css") for name in SHEETS)
    (folder / "all.css").write_text("\n".join(sheets), "utf-8", newline="")
    for name, parts in (("all.js", SCRIPTS), ("later.js", LATER)):
        scripts = (_squeezed(folder / f"{part}.js") for part in parts)
        # One script that an old browser cannot run must not take the others with it.
        joined = "\n".join(f"try{{{text}\n}}catch(e){{console.error(e)}}" for text in scripts)
        (folder / name).write_text(joined + "\n", "utf-8", newline="")
    for way, searching in SEARCH.items():
        joined = ";\n".join(_squeezed(folder / f"search-{part}.js") for part in searching)
        (folder / f"find-{way}.js").write_text(joined + "\n", "utf-8", newline="")
    for name in (*(f"{name}.js" for name in ALONE), *(f"{name}.css" for name in (*PAGES, *ASKED))):
        (folder / name).write_text(_squeezed(folder / name), "utf-8", newline="")
    for pattern in UNUSED:
        for file in site_dir.glob(pattern):
            if file.is_file():
                file.unlink()


def _squeezed(file: Path) -> str:
    """A script or a sheet without comments and layout."""
    squeeze = cssmin if file.suffix == ".css" else jsmin
    return str(squeeze(file.read_text("utf-8")))


def join_worker(folder: Path, names: Sequence[str], later: Sequence[str] = ()) -> None:
    """Makes the built worker one script, without comments and indentation.

    The parts stand in the order in which the worker would else load them; `later` ones stay apart.
    """
    parts = [folder / f"search-{part}.js" for part in (*names, "worker")]
    for part in (folder / f"search-{name}.js" for name in later):
        if part.exists():
            part.write_text(_squeezed(part) + "\n", "utf-8", newline="")
    if all(part.exists() for part in parts):
        joined = "\n".join(map(_squeezed, parts))
        parts[-1].write_text(joined + "\n", "utf-8", newline="")
