"""Joins the site's scripts and styles, and removes unused rules from the theme's style sheet.

A page loads three files: `base.css` (the theme's sheet without rules that match nothing on the site),
`all.css` and `all.js`; at the first sign of a reader's hand a text loads `later.js` too. Without
these, and without `bt_version`, the templates load the single files, so that another generator can
render the same tree.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

HERE = "overrides/assets/bt"
SCRIPTS = (
    "core", "sentences", "place", "switcher", "twin", "parallel", "peek", "permalinks",
    "term-card", "settings", "print", "theme-loader", "wake",
)  # fmt: skip
LATER = ("twins", "copy", "light", "quote", "turns", "continue")
#: Scripts that one kind of page loads by itself, and the sheet of all pages that are no text.
ALONE = ("continue", "glossary-filter")
PAGES = "pages"
SHEETS = ("tokens", "frame", "type", "tracks", "notes", "tools", "light", "print")
# Parts of the theme that exist only once its script has run.
MADE_BY_SCRIPT = re.compile(
    r"^(md-search|md-ellipsis|md-icon|md-tooltip|focus-visible|js$|md-typeset$)"
)
NEVER = re.compile(r"\[data-md-color-|giscus|mjx-container|gslide|\.mermaid|\[data-md-visible")
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
# The theme ships maps of its sources and word lists of its own search: never fetched here.
UNUSED = ("assets/**/*.map", "assets/javascripts/lunr/**/*", "assets/javascripts/workers/*", "assets/stylesheets/palette*.css")  # fmt: skip


def version(root: Path) -> str:
    """A short name for the present state of all scripts and styles: the same bytes, the same name."""
    digest = hashlib.sha256()
    for file in sorted((root / HERE).iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:10]


def bundle(site_dir: Path) -> None:
    """Writes assets/bt/all.css, all.js, later.js and base.css, squeezes the files that some pages load
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
    for name in (*(f"{name}.js" for name in ALONE), f"{PAGES}.css"):
        (folder / name).write_text(_squeezed(folder / name), "utf-8", newline="")
    theme = next((site_dir / "assets/stylesheets").glob("main.*.min.css"), None)
    if theme:
        kept = cut(theme.read_text("utf-8"), used_classes(site_dir))
        (folder / "base.css").write_text(kept, "utf-8", newline="")
    for pattern in UNUSED:
        for file in site_dir.glob(pattern):
            if file.is_file():
                file.unlink()


def _squeezed(file: Path) -> str:
    """A script or a sheet without comments and layout."""
    squeeze = cssmin if file.suffix == ".css" else jsmin
    return str(squeeze(file.read_text("utf-8")))


def used_classes(site_dir: Path) -> set[str]:
    """Every class name on any page of the built site."""
    found: set[str] = set()
    for page in site_dir.rglob("*.html"):
        for names in set(re.findall(r'class="([^"]*)"', page.read_text("utf-8"))):
            found.update(names.split())
    return found


def cut(css: str, used: set[str]) -> str:
    """`css` without the rules that can match nothing, and the variables that nothing then reads."""
    kept = "".join(_kept(css, used))
    read = set(re.findall(r"var\((--[\w-]+)", kept))
    return "".join(_lean(kept, read))


def _kept(css: str, used: set[str]) -> Iterator[str]:
    for head, body in blocks(css):
        if body is None:
            yield head
        elif head.startswith(("@media", "@supports")):
            inner = "".join(_kept(body, used))
            if inner:
                yield f"{head}{{{inner}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        else:
            alive = [s for s in split(head, ",") if _matches(s, used)]
            if alive:
                yield f"{','.join(alive)}{{{body}}}"


def _matches(selector: str, used: set[str]) -> bool:
    plain = re.sub(r":not\((?:[^()]|\([^()]*\))*\)", "", selector)
    if NEVER.search(plain):
        return False
    if re.search(r":(is|where)\(", plain):
        return True
    return all(name in used or MADE_BY_SCRIPT.match(name) for name in CLASS.findall(plain))


def _lean(css: str, read: set[str]) -> Iterator[str]:
    for head, body in blocks(css):
        if body is None:
            yield head
        elif head.startswith(("@media", "@supports")):
            yield f"{head}{{{''.join(_lean(body, read))}}}"
        else:
            lines = [d for d in split(body, ";") if not (d.startswith("--md-") and "url(" in d) or d.split(":")[0] in read]  # fmt: skip
            if lines:
                yield f"{head}{{{';'.join(lines)}}}"


def blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """(head, body) of each rule at the top of `css`; a statement has no body.

    >>> list(blocks('@charset "x";a{b:c}@media print{d{e:f}}'))
    [('@charset "x";', None), ('a', 'b:c'), ('@media print', 'd{e:f}')]
    """
    start = depth = opened = 0
    for i, char in _outside_quotes(css, "{};"):
        if char == "{":
            opened = i if depth == 0 else opened
            depth += 1
            continue
        depth -= char == "}"
        if depth == 0:
            yield (css[start:opened].strip(), css[opened + 1 : i]) if char == "}" else (css[start : i + 1].strip(), None)  # fmt: skip
            start = i + 1


def _outside_quotes(text: str, marks: str) -> Iterator[tuple[int, str]]:
    """Where these marks stand in a style sheet, but for those in quotes."""
    quote = ""
    for i, char in enumerate(text):
        if quote:
            quote = "" if char == quote and text[i - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
        elif char in marks:
            yield i, char


def split(text: str, at: str) -> list[str]:
    """`text` cut at `at` where it stands outside quotes and brackets.

    >>> split("a:b;c:url(data:x;y);d:';'", ";")
    ['a:b', 'c:url(data:x;y)', "d:';'"]
    """
    out, depth, start = [], 0, 0
    for i, char in _outside_quotes(text, f"()[]{at}"):
        if char == at and depth == 0:
            out.append(text[start:i].strip())
            start = i + 1
        depth += (char in "([") - (char in ")]")
    out.append(text[start:].strip())
    return [part for part in out if part]


def join_worker(folder: Path, names: Sequence[str], later: Sequence[str] = ()) -> None:
    """Makes the built worker one script, but for the parts it fetches later, and it and the box's without comments and indentation.

    The parts stand in the order in which the worker would else load them.
    """
    parts = [folder / f"search-{part}.js" for part in (*names, "worker")]
    for part in (folder / f"search-{name}.js" for name in later):
        if part.exists():
            part.write_text(_squeezed(part) + "\n", "utf-8", newline="")
    box = folder / "search-box.js"
    if all(part.exists() for part in parts):
        joined = "\n".join(map(_squeezed, parts))
        parts[-1].write_text(joined + "\n", "utf-8", newline="")
    if box.exists():
        box.write_text(_squeezed(box) + "\n", "utf-8", newline="")
