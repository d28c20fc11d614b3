"""Hugo with Pagefind as a peer of a build: a minimal theme over the Markdown of the generated pages."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

TOOLS = ("hugo", "pagefind")
SETTINGS = """\
baseURL = "https://tracks.example/"
defaultContentLanguage = "zh"
disableKinds = ["taxonomy", "term", "RSS"]
ignoreLogs = ["warning-goldmark-raw-html"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
title = true
[languages.zh]
weight = 1
title = "双轨"
contentDir = "content/zh"
hasCJKLanguage = true
[languages.en]
weight = 2
title = "Two Tracks"
contentDir = "content/en"
"""
BASE = """\
<!doctype html>
<html lang="{{ site.Language.Lang }}">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><header><a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a>
{{ range .Translations }}<a hreflang="{{ .Language.Lang }}" href="{{ .RelPermalink }}">{{ .Language.Lang }}</a>{{ end }}</header>
<main data-pagefind-body>{{ block "main" . }}<h1>{{ .Title }}</h1>{{ .Content }}{{ end }}</main>
<script src="/pagefind/pagefind-ui.js"></script></body></html>
"""
PAGE = '{{ define "main" }}<h1>{{ .Title }}</h1>{{ .TableOfContents }}{{ .Content }}{{ end }}\n'


def found() -> dict[str, list[str]]:
    """The command of each tool that is there: a program, or a module of this Python."""
    out = {}
    for name in TOOLS:
        if program := shutil.which(name):
            out[name] = [program]
        elif find_spec(name):
            out[name] = [sys.executable, "-m", name]
    return out


def prepare(docs: Path, to: Path) -> None:
    """Writes a site for Hugo with the pages of `docs`: an index is Hugo's under another name."""
    for lang in ("zh", "en"):
        for file in sorted((docs / lang).rglob("*.md")):
            name = "_index.md" if file.name == "index.md" else file.name
            new = to / "content" / lang / file.relative_to(docs / lang).with_name(name)
            new.parent.mkdir(parents=True, exist_ok=True)
            # What Hugo would read as its own marks is text here.
            text = file.read_text("utf-8").replace("{{", "{ {")
            new.write_text(text, "utf-8", newline="")
    layouts = to / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name, text in (("baseof", BASE), ("single", PAGE), ("list", PAGE)):
        (layouts / f"{name}.html").write_text(text, "utf-8")
    (to / "hugo.toml").write_text(SETTINGS, "utf-8")
