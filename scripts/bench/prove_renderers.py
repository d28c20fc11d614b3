"""The same pages by MkDocs, ProperDocs and Zensical: compared page by page, and used in a browser.

    python scripts/bench/prove_renderers.py [properdocs | zensical]

The addresses of all files, and of every page its ids, title, words and links, are those of MkDocs. On
each site a reader switches the language at a paragraph and searches in both languages.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import lxml.html
from bed import chromium
from engines.served import served
from lxml import etree

ROOT = Path(__file__).resolve().parent.parent.parent
SET_UP = ROOT / ".cache" / "renderers" / "bin"
NAMES = ("properdocs", "zensical")
ADDRESS = "https://tracks.example/"
#: Where a reader switches: a text and one of its paragraphs.
TEXT, PLACE = "transcripts/sanders-xue-panel/", "s4p2"
#: What is searched, and on which page.
ASKED = (("", "敏捷治理"), ("en/", "agile governance"))
#: Hits that are compared.
SHOWN = 5
#: Pixels by which a paragraph may be moved by a switch: half a line.
NEAR = 14


def program(name: str) -> Path | None:
    """The renderer, as `make test` set it up."""
    found = SET_UP / name
    return found if found.is_file() else None


# --- page by page ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """What must be the same, whoever rendered it."""

    title: str
    language: str
    ids: tuple[str, ...]
    words: str
    links: tuple[str, ...]  # resolved


def page(file: Path, path: str) -> Page:
    """The page in `file`, which stands at `path`."""
    tree = lxml.html.fromstring(file.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    etree.strip_elements(tree, "script", with_tail=False)
    every = [e for e in tree.iter() if isinstance(e.tag, str)]
    links = (e.get(name) for e in every for name in ("href", "src") if e.get(name))
    return Page(
        str(tree.findtext(".//title")),
        str(tree.get("lang")),
        tuple(str(e.get("id")) for e in every if e.get("id")),
        " ".join(tree.find("body").text_content().split()),
        tuple(urljoin(ADDRESS + path, link) for link in links),
    )


def files(site: Path) -> list[str]:
    return sorted(f.relative_to(site).as_posix() for f in site.rglob("*") if f.is_file())


def differences(site: Path, other: Path) -> Iterator[str]:
    """What of the other site is not as in `site`: a line each. A theme's own files are not ours."""
    there, here = files(other), files(site)
    for name in sorted(set(here) ^ set(there)):
        if not name.startswith("assets/") or name.startswith("assets/bt/"):
            yield f"{name}: only in one of them"
    for name in sorted(set(here) & set(there)):
        if name.endswith(".html"):
            path = name.removesuffix("index.html")
            one, two = page(site / name, path), page(other / name, path)
            for fact in Page.__slots__:
                if getattr(one, fact) != getattr(two, fact):
                    yield f"{name}: {fact}: {_first(getattr(one, fact), getattr(two, fact))}"
        elif (site / name).read_bytes() != (other / name).read_bytes():
            yield f"{name}: other bytes"


def _first(one: str | tuple[str, ...], two: str | tuple[str, ...]) -> str:
    """Where two values begin to differ."""
    at = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))  # fmt: skip
    return f"{one[at : at + 40]!r} and not {two[at : at + 40]!r}"


# --- in a browser ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader met: where the switch led, and the first hits of each search."""

    switched: str
    hits: tuple[tuple[str, ...], ...]


def used(site: Path) -> tuple[Seen, list[str]]:
    """What a reader meets on a site, and everything that is wrong there."""
    with served(site) as (url, heard), chromium() as browser:
        # What was put in to hear the pages' errors stands within them, which their policy forbids.
        window = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True).new_page()  # fmt: skip
        window.goto(f"{url}/{TEXT}#{PLACE}")
        before = window.locator(f"#{PLACE}").bounding_box()
        window.locator("header .bt-lang").click()
        window.wait_for_url(f"**/en/{TEXT}*")
        window.wait_for_timeout(500)  # the place is found once the page is drawn
        after = window.locator(f"#{PLACE}").bounding_box()
        wrong = [] if before and after and abs(before["y"] - after["y"]) <= NEAR else [f"the place moved: {before} {after}"]  # fmt: skip
        switched = window.url.removeprefix(url)
        hits = []
        for start, query in ASKED:
            window.goto(f"{url}/{start}")
            window.locator(".bt-seek").click()
            window.locator("dialog.bt-find input[type=search]").fill(query)
            list_ = window.locator("dialog.bt-find .bt-find-list a")
            list_.first.wait_for()
            window.wait_for_timeout(1500)  # the list grows while parts of the index come in
            hits.append(tuple(a.evaluate("a => a.href").removeprefix(url) for a in list_.all()[:SHOWN]))  # fmt: skip
            list_.first.click()
            window.wait_for_url(lambda at, asked=f"{url}/{start}": at != asked)
    return Seen(switched, tuple(hits)), [*wrong, *heard]


# --- the three ---------------------------------------------------------------------------------------


def build(name: str, site: Path) -> None:
    """The site, rendered by MkDocs with its hook, or by another with `bitext finish`'s steps."""
    paths = os.pathsep.join(filter(None, (str(ROOT / "scripts"), os.environ.get("PYTHONPATH", ""))))
    env = os.environ | {"SITE_URL": ADDRESS, "PYTHONPATH": paths, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]  # fmt: skip
    if name != "mkdocs":
        command = [sys.executable, "scripts/publish/renderers.py", str(program(name)), str(site)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name} builds nothing:\n{done.stdout}{done.stderr}"[-4000:])


def main(words: list[str]) -> int:
    """1 where a site is not as MkDocs' or does not work."""
    wrong: list[str] = []
    asked = [name for name in words or NAMES if program(name)]
    with tempfile.TemporaryDirectory() as made:
        plain = Path(made, "mkdocs")
        build("mkdocs", plain)
        wanted, faults = used(plain)
        wrong += [f"mkdocs: {fault}" for fault in faults]
        if not all(wanted.hits) or PLACE not in wanted.switched:
            wrong.append(f"mkdocs: {wanted}")
        for name in asked:
            site = Path(made, name)
            build(name, site)
            found = list(differences(plain, site))
            seen, faults = used(site)
            found += faults + ([] if seen == wanted else [f"{seen} and not {wanted}"])
            print(f"{name}: {sum(f.endswith('.html') for f in files(site))} pages, {len(found)} differences")  # fmt: skip
            wrong += [f"{name}: {fault}" for fault in found]
    print("\n".join(wrong[:40]))
    print(f"MkDocs and {' and '.join(asked)}, {len(wrong)} differences")
    return int(bool(wrong) or not asked)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
