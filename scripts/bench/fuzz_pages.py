"""Puts odd and hostile text into every field of the generated pages and reads it in a browser.

The pages are made from records, not from files, so that the checks of the files cannot keep a text
away from the page. The site is built by MkDocs with the project's own settings and theme.

    python scripts/bench/fuzz_pages.py verbatim [SHARE] [SEED]   what is shown equals the text
    python scripts/bench/fuzz_pages.py inject [SHARE] [SEED]     nothing runs, nothing is fetched

SHARE is the part of the strings that is tried, from 0 to 1. Exit 1 when something differs or runs.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bed import ROOT, chromium, numbers, served
from fuzzed_pages import (
    PROBE,
    Expected,
    Pages,
    hostile_strings,
    inject_pages,
    odd_strings,
    squeeze,
    verbatim_pages,
)

from bitext.model import LANGS
from bitext.publish.assets import ALONE, HERE

#: What may stand inside a shown text; a list, a table or a block of code may not.
INLINE = {"p", "div", "span", "a", "q", "strong", "code", "bdi", "wbr"}
#: All that pages are made of. Anything else, an `on…` attribute or another address is hostile.
HARMLESS = INLINE | {
    "article", "section", "nav", "details", "summary", "pre", "blockquote", "dl", "dt", "dd", "ul",
    "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "button", "aside", "label", "input", "output",
    "table", "tbody", "tr", "td", "br", "small", "sup", "time", "mark",
}  # fmt: skip
READ = """
(asked) => {
  const blocks = /^(P|DIV|LI|UL|OL|DL|DT|DD|BR|PRE|H[1-6]|BLOCKQUOTE|SECTION)$/
  const ours = '.bt-tools, .bt-permalink, .bt-peeked, [data-bt-do]'
  const text = (node, skip) => {
    if (node.nodeType === 3) return node.data
    if (node.nodeType !== 1 || node.matches(ours) || (skip && node.matches(skip))) return ''
    const inner = [...node.childNodes].map((child) => text(child, skip)).join('')
    return blocks.test(node.tagName) ? ' ' + inner + ' ' : inner
  }
  const all = {}
  return asked.map(([selector, nth, skip]) => {
    all[selector] = all[selector] || document.querySelectorAll(selector)
    const node = all[selector][nth]
    if (!node) return null
    if (skip.startsWith('@')) return [node.getAttribute(skip.slice(1)) || '', []]
    const parts = [node] // '+ p' asks for a block of paragraphs: all that follow one another
    while (selector.endsWith('+ p') && parts[0].nextElementSibling?.localName === 'p' && !parts[0].nextElementSibling.className)
      parts.unshift(parts[0].nextElementSibling)
    parts.reverse()
    const tags = parts.flatMap((part) => [...part.querySelectorAll('*')].filter((n) => !n.closest(ours)).map((n) => n.localName))
    return [parts.map((part) => text(part, skip)).join(''), [...new Set(tags)]]
  })
}
"""
HOSTILE_PARTS = """
(harmless) => {
  const found = []
  for (const node of document.querySelectorAll('.md-content__inner *')) {
    if (!harmless.includes(node.localName) && !node.closest('.bt-tools, .bt-permalink'))
      found.push('<' + node.localName + '>')
    for (const {name, value} of node.attributes) {
      if (/^on|^srcdoc$|^formaction$/i.test(name) || (name === 'style' && /url|@|\\\\/i.test(value))) found.push(node.localName + '[' + name + ']')
      if (/^(href|src|action|data)$/i.test(name) && !/^https?:|^mailto:/.test(new URL(value, location.href).protocol))
        found.push(node.localName + '[' + name + '=' + value.slice(0, 40) + ']')
    }
  }
  const head = [...document.head.querySelectorAll('base, meta[http-equiv], iframe, object, img, svg')]
  found.push(...head.map((n) => 'head <' + n.localName + '>'))
  found.push(...[...document.querySelectorAll('script')].map((n) => 'script ' + (n.getAttribute('src') || n.id || n.textContent.slice(0, 20)).replace(/^[./]+|[?].*/g, '')))
  return found
}
"""
FOUND = """
() => {
  const list = document.querySelector('.bt-find-list')
  const strange = [...list.querySelectorAll('script, img, svg, iframe, object, embed, style, base, link, meta, form, video')]
  for (const node of list.querySelectorAll('*'))
    for (const {name} of node.attributes) if (/^on/i.test(name)) strange.push(node)
  return strange.map((node) => 'search ' + node.outerHTML.slice(0, 80))
}
"""
#: Whatever a payload calls says so instead.
TRAP = """
window.ran = []
for (const name of ['alert', 'confirm', 'prompt', 'print', 'hostile'])
  window[name] = (...given) => { window.ran.push(name + '(' + given.join() + ')') }
"""


# --- the site and the browser --------------------------------------------------------------------


def build_site(made: Pages, folder: Path) -> Path:
    """The site of the project's own settings, theme and hand-written pages, with these pages."""
    for name in ("overrides", "scripts"):
        (folder / name).symlink_to(ROOT / name)
    # A draft: these pages are no proved texts.
    text = (
        (ROOT / "mkdocs.yml").read_text("utf-8").replace("extra:\n", "extra:\n  bt_draft: true\n")
    )
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    for lang in LANGS:
        for file in (ROOT / "docs" / lang).glob("*.md"):
            target = folder / "docs" / lang / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
        (folder / "docs" / lang / "transcripts").mkdir()
        shutil.copy(ROOT / "docs" / lang / "transcripts" / "index.md", folder / "docs" / lang / "transcripts")  # fmt: skip
    files = {f"docs/{path}": text for path, text in made.texts.items()}
    files |= {f"data/{path}": text for path, text in made.data.items()}
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8"))
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, text=True,
        capture_output=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    if built.returncode:
        raise SystemExit(built.stdout + built.stderr[-4000:])
    return folder / "site"


def address_of(path: str) -> str:
    """Where the page of docs/<path> stands on the site."""
    return "/" + path.removesuffix(".md").removeprefix("zh/") + "/"


def differences(made: Pages, url: str, browser) -> list[tuple[Expected, str]]:
    """What the browser shows otherwise than expected, and how."""
    page, out = browser.new_page(), []
    for path in made.texts:
        page.goto(url + address_of(path))
        asked = [e for e in made.expected if e.path == path]
        answers = page.evaluate(READ, [[e.selector, e.nth, e.skip] for e in asked])
        for expected, answer in zip(asked, answers, strict=True):
            if answer is None:
                # Where a text has nothing to see, its element may be missing, but no id.
                if expected.text or re.fullmatch(r"\[id=[^\]]*\]", expected.selector):
                    out.append((expected, "nothing there"))
                continue
            text, tags = answer
            allowed = INLINE | ({"pre"} if expected.field == "unit code" else set())
            strange = set(tags) - allowed
            shown = squeeze(text)
            # What has nothing to show stands as one character without width, so that it is there.
            if (shown != expected.text and (shown, expected.text) != ("\u200b", "")) or strange:
                out.append((expected, f"{shown!r} {sorted(strange) or ''}"))
    page.close()
    return out


@dataclass(slots=True)
class Harm:
    """What hostile text has done."""

    ran: list[str]
    parts: list[str]
    requests: list[str]


def harm_done(made: Pages, url: str, browser) -> Harm:
    """Opens each page, and the transcripts side by side with their twins too."""
    harm = Harm([], [], [])
    context = browser.new_context()
    context.add_init_script(TRAP)
    page = context.new_page()
    page.on("dialog", lambda d: (harm.ran.append(d.message), d.dismiss()))
    own = (url, "data:", "blob:", "about:")
    page.on("request", lambda r: None if r.url.startswith(own) else harm.requests.append(r.url))
    page.goto(url + "/about/")
    usual = Counter(page.evaluate(HOSTILE_PARTS, sorted(HARMLESS)))
    usual += Counter(f"script {HERE.partition('/')[2]}/{name}.js" for name in ALONE)
    for path in made.texts:
        views = ("", "?view=parallel") if "/transcripts/i" in path else ("",)
        for view in views:
            page.goto(url + address_of(path) + view)
            if view:
                page.wait_for_timeout(300)  # the twin page is fetched and put beside the text
            harm.ran += [f"{path}: {call}" for call in page.evaluate("window.ran")]
            more = Counter(page.evaluate(HOSTILE_PARTS, sorted(HARMLESS))) - usual
            harm.parts += [f"{path}: {part}" for part in more.elements()]
    for query in made.queries:
        page.goto(f"{url}/?{urlencode({'q': query})}")
        if query == PROBE:
            page.wait_for_selector(".bt-find-list a")
        page.wait_for_timeout(400)
        strange = page.evaluate(FOUND)
        harm.ran += [f"search {query[:40]!r}: {call}" for call in page.evaluate("window.ran")]
        harm.parts += strange
    context.close()
    return harm


def run(kind: str, strings: Sequence[str]) -> int:
    """Builds, looks and tells; the number of faults."""
    start = time.monotonic()
    made = (verbatim_pages if kind == "verbatim" else inject_pages)(strings)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        site = build_site(made, Path(folder))
        with served(site) as url:
            if kind == "verbatim":
                wrong = differences(made, url, browser)
                for expected, shown in wrong[:40]:
                    print(f"{expected.path} {expected.field} {expected.selector}[{expected.nth}]: {expected.text!r} is shown as {shown}")  # fmt: skip
                for field, times in Counter(e.field for e, _ in wrong).most_common():
                    print(f"{times:6} {field}")
                print(f"{len(strings)} strings, {len(made.texts)} pages: {len(made.expected):,} comparisons, {len(wrong):,} differ", end="")  # fmt: skip
                faults = len(wrong)
            else:
                harm = harm_done(made, url, browser)
                for line in [*harm.ran, *harm.parts, *harm.requests][:40]:
                    print(line)
                print(f"{len(strings)} strings, {len(made.texts)} pages: {len(harm.ran)} executions, {len(harm.parts)} dangerous elements, {len(harm.requests)} foreign requests", end="")  # fmt: skip
                faults = len(harm.ran) + len(harm.parts) + len(harm.requests)
    print(f" ({time.monotonic() - start:.0f} s)")
    return faults


def share_of(strings: Sequence[str], share: float, seed: int) -> list[str]:
    """A part of the strings, the same for the same seed."""
    return random.Random(seed).sample(strings, max(1, round(len(strings) * share)))


def main(arguments: Sequence[str]) -> int:
    kinds = arguments[:1] or ["verbatim", "inject"]
    share = float(arguments[1]) if len(arguments) > 1 else 1.0
    [seed] = numbers(arguments[2:], 1)
    faults = 0
    for kind in kinds:
        strings = odd_strings() if kind == "verbatim" else hostile_strings()
        faults += run(kind, share_of(strings, share, seed))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
