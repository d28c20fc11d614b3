"""Search side by side: this site's, stock Material at its best settings, and Pagefind alone.

    python scripts/bench/bench_search.py [--sizes 20,200,2000] [--queries 24]

The same libraries, queries and truth for all three, in one run, in Chromium, over a server that
compresses as web hosts do. For each: the bytes and the time from the first key to the first result
of a cold visit (at full speed, and at 400 ms a round trip and 400 kbit/s), the median and 95th
percentile of a query's answer, and how many of the pages that hold the query are among the first
ten. Jieba (for Material) and Pagefind are fetched into a throw-away environment; without them the
table says so.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import http.server
import json
import mimetypes
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
import venv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import ClassVar

from bed import BROWSER_ARGS, ROOT, installed_browser
from playwright.sync_api import Error, Page, sync_playwright
from search_bed import ASK, Library, build_site, index_site, libraries
from search_score import Query, fragments, page_of, plain, queries

#: Bytes of the stock index from which its worker needs minutes: measured, 2026.
MOST_OF_STOCK = 6_000_000

ROUND_TRIP, RATE = 0.4, 50_000  # seconds; bytes a second
PATIENCE = 240_000  # ms that a first result may take
SEPARATOR = r'[\s\u200b\u3000\-、。，．？！；：“”‘’（）《》【】「」…—·,.:;!?()"/]+'
PACKED = (".html", ".js", ".css", ".json", ".svg", ".txt")

# Runs in the throw-away environment: pages in, Pagefind's index and Material's cut texts out.
OUTSIDE = r"""
import asyncio, json, sys
from pagefind.index import PagefindIndex, IndexConfig
pages, out = json.load(open(sys.argv[1], encoding="utf-8")), sys.argv[2]
async def main():
    async with PagefindIndex(config=IndexConfig(output_path=out)) as index:
        for lang, url, title, text in pages:
            await index.add_custom_record(url=url, content=text, language=lang, meta={"title": title})
asyncio.run(main())
"""
JIEBA = r"""
import json, sys, jieba, logging
jieba.setLogLevel(logging.ERROR)
docs = json.load(open(sys.argv[1], encoding="utf-8"))
for d in docs:
    for key in ("title", "text"):
        d[key] = "\u200b".join(jieba.cut(d[key]))
json.dump(docs, open(sys.argv[1], "w", encoding="utf-8"), ensure_ascii=False)
"""


# --- a server that counts, and can be slow -----------------------------------------------------------


@dataclass
class Meter:
    """What was sent, and when."""

    log: list[tuple[float, int]] = field(default_factory=list)
    slow: bool = False
    line: threading.Lock = field(default_factory=threading.Lock)

    def send(self, write, data: bytes) -> None:
        """Sends, at the rate of a slow line if it is one; all connections share the line."""
        step = 2500 if self.slow else len(data)
        for n in range(0, len(data), step):
            part = data[n : n + step]
            with self.line if self.slow else contextlib.nullcontext():
                if self.slow:
                    time.sleep(len(part) / RATE)
                self.log.append((time.time(), len(part)))
                write(part)

    def sent(self, since: float, until: float) -> int:
        return sum(n for at, n in self.log if since <= at <= until)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, text compressed, and counts what goes out."""

    protocol_version = "HTTP/1.1"
    packed: ClassVar[dict[tuple[Path, float], bytes]] = {}

    def __init__(self, *args, meter: Meter, **kwargs) -> None:
        self.meter = meter
        super().__init__(*args, **kwargs)

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if self.meter.slow:
            time.sleep(ROUND_TRIP)
        try:
            data = path.read_bytes()
        except OSError:
            self.send_error(404)
            return
        head = [f"Content-Type: {mimetypes.guess_type(path.name)[0] or 'application/octet-stream'}"]
        if path.suffix in PACKED:
            key = (path, path.stat().st_mtime)
            data = self.packed.setdefault(key, gzip.compress(data, 6))
            head.append("Content-Encoding: gzip")
        head += [f"Content-Length: {len(data)}", "Cache-Control: max-age=600", "", ""]
        # A browser that is closed hangs up.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.meter.send(
                self.wfile.write, ("HTTP/1.1 200 OK\r\n" + "\r\n".join(head)).encode() + data
            )


# --- the three ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Engine:
    """How an engine's page is opened and asked; `ask` is JavaScript: query -> its pages, in order."""

    name: str
    folder: Path
    start: Mapping[str, str]  # lang -> path of a page
    script: str


OURS = (
    ASK
    + """
window.hits = (query) => window.ask(query).then((r) => r.items.filter((i) => !i.other).map((i) => i.href))
window.wake = () => document.querySelector('.bt-seek').click()
"""
)
STOCK = """
window.wake = () => document.querySelector('.md-search__input').focus()
window.hits = (query) => new Promise((done) => {
  const input = document.querySelector('.md-search__input'), list = document.querySelector('.md-search-result__list'), meta = document.querySelector('.md-search-result__meta')
  let timer
  const finish = () => { seen.disconnect(); done([...list.querySelectorAll('li > a')].slice(0, 10).map((a) => a.href)) }
  const seen = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(finish, 60) })
  input.value = ''; input.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true}))
  setTimeout(() => {
    seen.observe(list, {childList: true}); seen.observe(meta, {childList: true, characterData: true, subtree: true})
    input.value = query; input.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true}))
  }, 30)
})
"""
PAGEFIND = """
let engine
window.wake = async () => { engine = engine || import('/pagefind/pagefind.js'); await (await engine).init() }
window.hits = async (query) => {
  await window.wake()
  const found = await (await engine).search(query)
  const shown = await Promise.all(found.results.slice(0, 10).map((r) => r.data()))
  return shown.map((d) => new URL(d.url, location.href).href)
}
"""


def pages_of(library: Library) -> Iterator[tuple[str, str, str, str]]:
    """(language, address, title, text) of every page, as the other engines take it."""
    for lang, units in library.units.items():
        pages: dict[str, list[str]] = {}
        titles: dict[str, str] = {}
        for unit, text in units.items():
            if unit.endswith("#title"):
                titles[page_of(unit)] = text
            pages.setdefault(page_of(unit), []).append(text)
        for url, parts in pages.items():
            yield lang, url, titles.get(url, parts[0][:30]), "\n".join(parts)


def outside(python: Path | None, script: str, *args: str) -> bool:
    """Whether the script ran to its end in the throw-away environment, in reasonable time."""
    if not python:
        return False
    try:
        return (
            subprocess.run([python, "-c", script, *args], check=False, timeout=180).returncode == 0
        )
    except subprocess.TimeoutExpired:
        return False


def environment(folder: Path) -> Path | None:
    """A Python with Pagefind and jieba, or None when they cannot be had."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pip = [
        python,
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "pagefind[extended]",
        "jieba",
    ]
    return python if subprocess.run(pip, check=False, capture_output=True).returncode == 0 else None


def engines(library: Library, site: Path, work: Path, python: Path | None) -> Iterator[Engine]:
    """The three engines, each with the library's index in place."""
    index_site(site, library)
    yield Engine("ours", site, {"zh": "about/", "en": "en/about/"}, OURS)

    pages = list(pages_of(library))
    stock = work / f"stock-{library.size}"
    docs = [{"location": url, "title": title, "text": text} for _, url, title, text in pages]
    cut = work / "docs.json"
    cut.write_text(json.dumps(docs, ensure_ascii=False), "utf-8")
    words = outside(python, JIEBA, str(cut))
    make_stock(stock, json.loads(cut.read_text("utf-8")))
    yield Engine(f"Material{'' if words else ' (no jieba)'}", stock, {"zh": "", "en": ""}, STOCK)

    alone = work / f"pagefind-{library.size}"
    for lang in ("zh", "en"):
        (alone / lang).mkdir(parents=True)
        (alone / lang / "index.html").write_text(f'<!doctype html><html lang="{lang}"><title>x</title><p>x', "utf-8")  # fmt: skip
    listed = work / "pages.json"
    listed.write_text(json.dumps(pages, ensure_ascii=False), "utf-8")
    if outside(python, OUTSIDE, str(listed), str(alone / "pagefind")):
        yield Engine("Pagefind", alone, {"zh": "zh/", "en": "en/"}, PAGEFIND)
    else:
        print("        Pagefind could not be installed or run; it is left out")


def make_stock(folder: Path, docs: Sequence[Mapping]) -> None:
    """A plain Material site of one page whose index holds these documents."""
    source = folder.with_suffix(".source")
    (source / "docs").mkdir(parents=True)
    (source / "docs" / "index.md").write_text("# Search\n", "utf-8")
    config = {
        "site_name": "x", "theme": {"name": "material", "language": "zh", "font": False, "features": ["search.highlight"]},
        "plugins": [{"search": {"lang": "en", "pipeline": [], "separator": SEPARATOR}}],
    }  # fmt: skip
    (source / "mkdocs.yml").write_text(json.dumps(config, ensure_ascii=False), "utf-8")
    build_site(source / "mkdocs.yml", folder)
    index = folder / "search" / "search_index.json"
    made = json.loads(index.read_text("utf-8"))
    index.write_text(json.dumps({**made, "docs": docs}, ensure_ascii=False), "utf-8")


# --- measuring ---------------------------------------------------------------------------------------


def visit(browser, engine: Engine, url: str, lang: str) -> Page:
    page = browser.new_context(bypass_csp=True).new_page()  # our waiting is text to evaluate
    page.set_default_timeout(PATIENCE)
    page.goto(
        url + engine.start[lang], wait_until="networkidle" if engine.name == "Pagefind" else "load"
    )
    page.evaluate(engine.script + "\nvoid 0")
    return page


@cache
def bytes_of_stock(folder: Path) -> int:
    """What stock Material fetches for its search: the engine and the whole index, compressed."""
    files = [*(folder / "assets/javascripts/workers").glob("search.*.js")]
    files.append(folder / "search" / "search_index.json")
    return sum(len(gzip.compress(p.read_bytes(), 6)) for p in files)


#: Enters the query; the time, in seconds of the epoch, at which the first result stood there.
FIRST = {
    "ours": """async (query) => {
        const input = document.querySelector('.bt-find-form [type=search]'), list = document.querySelector('.bt-find-list')
        const seen = new Promise((done) => new MutationObserver(() => list.querySelector('.bt-hit') && done((performance.timeOrigin + performance.now()) / 1000)).observe(list, {childList: true}))
        window.wake(); input.value = query
        input.dispatchEvent(new InputEvent('input', {bubbles: true}))
        return seen
    }""",
    "Material": """async (query) => {
        const input = document.querySelector('.md-search__input'), list = document.querySelector('.md-search-result__list'), meta = document.querySelector('.md-search-result__meta')
        const seen = new Promise((done) => {
          const look = () => (list.children.length || /没有找到/.test(meta.textContent)) && done((performance.timeOrigin + performance.now()) / 1000)
          for (const e of [list, meta]) new MutationObserver(look).observe(e, {childList: true, subtree: true, characterData: true})
        })
        window.wake(); input.value = query
        input.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true}))
        return seen
    }""",
    "Pagefind": """async (query) => {
        const found = await (await import('/pagefind/pagefind.js')).search(query)
        if (found.results.length) await found.results[0].data()
        return (performance.timeOrigin + performance.now()) / 1000
    }""",
}


def first(
    browser, engine: Engine, url: str, meter: Meter, lang: str, query: str, slow: bool
) -> tuple[int, float]:
    """Bytes and seconds from the first key of a cold visit to the first result.

    Stock Material fetches its engine and its index with every page, before anyone searches: there
    the bytes are counted, and the time runs, from the page's own load on.
    """
    meter.slow = slow
    page = browser.new_context(bypass_csp=True).new_page()  # our waiting is text to evaluate
    page.set_default_timeout(PATIENCE)
    page.goto(url + engine.start[lang], wait_until="domcontentloaded")
    start = time.time()
    if engine.name.startswith("Material"):
        size = bytes_of_stock(engine.folder)
    else:
        page.wait_for_load_state("networkidle")
        page.evaluate(engine.script + "\nvoid 0")
        start, size = time.time(), 0
    page.evaluate(
        "window.wake = window.wake || (() => document.querySelector('.md-search__input').focus())"
    )
    end = page.evaluate(FIRST[engine.name.split()[0]], query)
    sent = size or meter.sent(start, end)
    page.context.close()
    meter.slow = False
    return sent, end - start


def asked(library: Library, lang: str, count: int) -> list[Query]:
    """Half written terms and names, half pieces of the texts."""
    written = tomllib.loads((ROOT / "tests" / "search" / "queries.toml").read_text("utf-8"))[lang]
    kinds = {k: written[k] for k in ("term", "name")}
    return [
        *list(queries(kinds, lang))[: count // 2],
        *fragments(library, lang, count - count // 2, seed=11),
    ]


def recall(
    engine: Engine, page: Page, library: Library, lang: str, list_: Sequence[Query]
) -> tuple[float, list[float]]:
    """The mean recall of the first ten pages, and each query's milliseconds."""
    texts = {unit: plain(text) for unit, text in library.units[lang].items()}
    found, times = [], []
    for query in list_:
        right = {page_of(unit) for unit, text in texts.items() if query.right(text)}
        if not right:
            continue
        start = time.monotonic()
        hits = page.evaluate("q => window.hits(q)", query.text)
        times.append(1000 * (time.monotonic() - start))
        top = dict.fromkeys(
            page_of(re.sub(r"^https?://[^/]+/|\?[^#]*", "", hit)) for hit in hits[:10]
        )
        found.append(min(1.0, len(right & set(top)) / min(10, len(right))))
    return statistics.mean(found), sorted(times)


def compare(
    browser, library: Library, site: Path, work: Path, python: Path | None, count: int
) -> None:
    """Prints the three engines' figures for one library."""
    for engine in engines(library, site, work, python):
        meter = Meter()
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(Handler, directory=str(engine.folder), meter=meter)
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/"
        for lang, query in (("zh", "敏捷治理"), ("en", "agile governance")):
            try:
                _, took = first(browser, engine, url, meter, lang, query, slow=False)
                if (
                    engine.name.startswith("Material")
                    and bytes_of_stock(engine.folder) > MOST_OF_STOCK
                ):
                    sent = bytes_of_stock(engine.folder)  # minutes: reckoned, not waited for
                    slow = took + sent / RATE
                else:
                    sent, slow = first(browser, engine, url, meter, lang, query, slow=True)
                page = visit(browser, engine, url, lang)
                page.evaluate("window.wake()")
                page.evaluate("q => window.hits(q)", query) if engine.name != "ours" else _settle(
                    page
                )
                share, times = recall(engine, page, library, lang, asked(library, lang, count))
                page.context.close()
                print(
                    f"{library.size:>6}  {engine.name:<20} {lang}  {sent / 1000:>9.1f} KB  {took:>6.2f} s  {slow:>7.2f} s  {times[len(times) // 2]:>6.0f} /{times[int(len(times) * 0.95)]:>6.0f} ms  recall {share:.2f}",
                    flush=True,
                )
            except Error as error:
                print(
                    f"{library.size:>6}  {engine.name:<20} {lang}  gave up: {str(error).splitlines()[0]}",
                    flush=True,
                )
        server.shutdown()


def _settle(page: Page) -> None:
    page.wait_for_function("bt.find.ready")
    page.evaluate("window.ask('人工智能')")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", default="20,200,2000")
    parser.add_argument("--queries", type=int, default=24, help="a language")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="two-tracks-bench-") as folder,
        sync_playwright() as playwright,
    ):
        work = Path(folder)
        python = environment(work / "environment")
        build_site(ROOT / "mkdocs.yml", work / "site")
        browser = playwright.chromium.launch(executable_path=installed_browser(), args=BROWSER_ARGS)
        print(
            "  size  engine               lang  first result:   fast       slow 4G    median / p95      of the first ten"
        )
        for library in libraries(ROOT, [int(n) for n in options.sizes.split(",")], work / "site"):
            compare(browser, library, work / "site", work, python, options.queries)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
